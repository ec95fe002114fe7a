"""Every route that names a document, as an address to ask: found by looking.

The routes of all installed addons are read from the routing map. What they take is
known by its name: a model and an id, the id of a message, a file. A route of a new
addon, or of a newer Odoo, is asked as soon as it is there.
"""

import inspect
import re

from odoo import http

from .probes_http import Address

# Names of a model and of the id in it, as the routes of Odoo call them.
MODELS = ("thread_model", "res_model", "model", "model_name", "__model__")
IDS = ("thread_id", "res_id", "id", "rec_id", "res_ids", "ids")
# What an id of its own kind belongs to, and which of the ids it is.
OWN = {
    "message_id": ("mail.message", "message"),
    "last_message_id": ("mail.message", "message"),
    "from_message_id": ("mail.message", "message"),
    "attachment_id": ("ir.attachment", "file"),
    "attachment": ("ir.attachment", "file"),
    "original_id": ("ir.attachment", "file"),
    "file_ids": ("ir.attachment", "file"),
    "follower_id": ("mail.followers", "follower"),
    "activity_id": ("mail.activity", "activity"),
}
# What else a route asks for, so that it comes as far as to look at the document.
FILLERS = {
    "action": "add",
    "bus_data": {},
    "content": "👍",
    "data": "aGVp",
    "emails": ["somebody@example.com"],
    "fetch_params": {},
    "field": "display_name",
    "field_name": "description",
    "filename": "x",
    "height": 50,
    "is_internal": True,
    "main_email": "somebody@example.com",
    "name": "x",
    "partner_ids": [],
    "pid": 1,
    "post_data": {"body": "Hello", "message_type": "comment"},
    "quality": 80,
    "token": "x",
    "ufile": "",
    "update_data": {"body": "Hello"},
    "url": "https://example.com",
    "width": 50,
}
# Asked as calls, each method for itself: see probes_http and probes_methods.
CALLS = {"method", "__method__"}
# Without a session of the web client, or with a secret of its own first.
OTHER_AUTH = {"bearer", "calendar", "complainant"}
CONVERTER = re.compile(r"<(?:[^:<>]+:)?(\w+)>")


def document_routes(registry):
    """Yield ``(url, routing, names)`` of the routes that name a document by id."""
    addons = sorted(registry._init_modules | {"base", "web"})
    for url, endpoint in http._generate_routing_rules(addons, nodb_only=False):
        names = _names(url, endpoint)
        is_pair = not names.isdisjoint(MODELS) and not names.isdisjoint(IDS)
        is_own = not names.isdisjoint(OWN)
        is_other = endpoint.routing["auth"] in OTHER_AUTH
        if (is_pair or is_own) and not is_other and names.isdisjoint(CALLS):
            yield url, endpoint.routing, names


def route_addresses(registry, documents):
    """The addresses of all such routes, for each of some models of ours.

    :param documents: dict from a model to the name of its id, as in ``probes_http``
    """
    found = {}
    for url, routing, names in document_routes(registry):
        for model, key in documents.items():
            address = _address(url, routing, names, model, key)
            found[address.asks, address.url, str(address.params)] = address
    return list(found.values())


def _names(url, endpoint):
    """All that a route can be told: in its path, by its signature, by a query."""
    function = inspect.unwrap(endpoint.original_endpoint)
    told = set(inspect.signature(function).parameters) - {"self", "kwargs", "kw"}
    return told | set(CONVERTER.findall(url))


def _address(url, routing, names, model, key):
    values = {name: _value(name, model, key) for name in names}
    values = {name: value for name, value in values.items() if value is not None}
    in_path = set(CONVERTER.findall(url))
    path = CONVERTER.sub(lambda match: str(values.get(match[1], "x")), url)
    own = next((OWN[name][0] for name in names if name in OWN), model)
    rest = {name: value for name, value in values.items() if name not in in_path}
    if routing["type"] == "jsonrpc":
        return Address(f"{own}.route", path, rest)
    if "POST" in (routing.get("methods") or ()) or "ufile" in names:
        return Address(f"{own}.route", path, form=rest)
    query = "&".join(f"{name}={value}" for name, value in rest.items())
    return Address(f"{own}.route", f"{path}?{query}" if query else path)


def _value(name, model, key):
    if name in MODELS:
        return model
    if name in OWN:
        return f"{{{OWN[name][1]}}}"
    if name in ("ids", "res_ids"):
        return [f"{{{key}}}"]
    return f"{{{key}}}" if name in IDS else FILLERS.get(name)
