"""Every public method is an endpoint: each is called with a guessed id."""

import inspect

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method

# Made for other callers than the web, deprecated, or covered by a channel of its own.
LEFT_OUT = {
    "check_access_rights",
    "check_access_rule",
    "create",
    "load",
    "toggle_active",
    "web_resequence",
}
# What is passed for a parameter of this name; "x" for every other.
ARGUMENTS = {
    "category_ids": [],
    "data": [],
    "domain": [],
    "field_names": [],
    "fields": ["display_name"],
    "fields_spec": {"display_name": {}},
    "medium": "portal",
    "milestone": "close",
    "operation": "read",
    "outcome": "upheld",
    "partner_ids": [],
    "reason": "because",
    "specification": {"display_name": {}},
    "until": "2026-12-24",
    "user_id": 1,
    "vals": {},
    "vals_list": [{}],
    "values": {},
}


def public_methods(model):
    """The names of the methods of rows that can be called from outside."""
    for name in dir(type(model)):
        if name.startswith("_") or name in LEFT_OUT:
            continue
        if not inspect.isfunction(inspect.getattr_static(type(model), name)):
            continue
        try:
            method = get_public_method(model, name)
        except AccessError:
            continue
        if not getattr(method, "_api_model", False):
            yield name


def call_method(record, name):
    """Call a method with something for each parameter that has no default."""
    method = get_public_method(record, name)
    parameters = list(inspect.signature(method).parameters.values())[1:]
    return method(
        record,
        *(
            ARGUMENTS.get(one.name, "x")
            for one in parameters
            if one.kind == one.POSITIONAL_OR_KEYWORD and one.default is one.empty
        ),
    )
