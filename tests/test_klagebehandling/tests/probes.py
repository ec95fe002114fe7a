"""The ways in which a user can ask Odoo about something, as data.

Each channel is a question that any signed-in user can put from outside. The leak
tests put all of them to every model of the registry, as everybody who must not
notice a case, and compare the answers with those of a world without it, or for an
id that never existed. The table of the threat model is printed from here::

    python -m odoo shell … <<< "from odoo.addons.test_klagebehandling.tests import \
probes; print(probes.describe())"
"""

import re
from typing import NamedTuple

import psycopg2

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError

# Of models with many rows, such as views and fields, so many are read in full.
ROWS_READ = 60
# Rendered anew for each call, and never about a case.
SKIPPED_TYPES = ("binary", "image")
# Drawn at random for each new row.
RANDOM = ("color", "uuid", "access_token", "account_token")
RANDOM_EXTERNAL_ID = re.compile(r"(__export__\.\w+_\d+)_[0-9a-f]{8}\b")
FAILURES = (
    AccessError,
    MissingError,
    UserError,
    ValidationError,
    ValueError,
    KeyError,
    TypeError,
    NotImplementedError,
    AttributeError,
    psycopg2.Error,
)


class Channel(NamedTuple):
    """One way to ask: what it is called, what it asks, and the function that does."""

    name: str
    asks: str
    ask: object


def answer(ask, *args):
    """The answer, or how it was refused; whatever was written is rolled back."""
    env = args[0].env
    try:
        with env.cr.savepoint(flush=False) as savepoint:
            try:
                return plain(ask(*args))
            finally:
                env.transaction.clear()
                savepoint.rollback()
    except FAILURES as failure:
        return f"{type(failure).__name__}: {failure.args[0] if failure.args else ''}"


def plain(value):
    """The value as text that compares: records as ids, dicts in order."""
    if isinstance(value, dict):
        items = sorted(value.items(), key=lambda item: str(item[0]))
        return {plain(key): plain(one) for key, one in items}
    if isinstance(value, list | tuple | set):
        return [plain(one) for one in value]
    if hasattr(value, "_name") and hasattr(value, "ids"):
        return [value._name, value.ids]
    return RANDOM_EXTERNAL_ID.sub(r"\1", str(value))


def everything(model):
    return model.with_context(active_test=False)


def readable_fields(model):
    """The fields a user may read, but for pictures."""
    described = model.fields_get(attributes=["type"])
    return [
        name
        for name, field in described.items()
        if field["type"] not in SKIPPED_TYPES and not name.startswith("avatar_")
    ]


# -- what a model answers ------------------------------------------------------


def search(model):
    return sorted(everything(model).search([]).ids)


def count(model):
    return everything(model).search_count([])


def group_total(model):
    return everything(model).formatted_read_group([], [], ["__count"])


def read_rows(model):
    """All readable fields of the rows, field by field where one cannot be read."""
    rows = everything(model).search([], limit=ROWS_READ, order="id desc")
    names = readable_fields(model)
    try:
        return rows.read(names)
    except FAILURES:
        found = {}
        for name in names:
            try:
                found[name] = rows.read([name])
            except FAILURES as failure:
                found[name] = type(failure).__name__
        return found


def suggest_names(model):
    return sorted(everything(model).name_search("", limit=None))


def list_view(model):
    asked = {
        name: {"fields": {"display_name": {}}}
        for name in readable_fields(model)
        if model._fields[name].relational and model._fields[name].store
    }
    return everything(model).web_search_read([], asked, limit=ROWS_READ, order="id")


def group_by_each(model):
    """The totals by each stored field that can be grouped by."""
    found = {}
    for name in groupable_fields(model):
        try:
            groups = everything(model).formatted_read_group([], [name], ["__count"])
        except FAILURES as failure:
            groups = type(failure).__name__
        found[name] = groups
    return found


def groupable_fields(model):
    for name in readable_fields(model):
        field = model._fields[name]
        if not field.store or not field.column_type and field.type != "many2many":
            continue
        if field.type in ("date", "datetime"):
            yield f"{name}:month"
        elif field.type not in ("json", "text", "html", "properties"):
            yield name


def export_rows(model):
    names = [name for name in readable_fields(model) if model._fields[name].store]
    rows = everything(model).search([], limit=ROWS_READ, order="id desc")
    return rows.export_data([".id", *names])["datas"]


def new_record(model):
    names = [name for name in readable_fields(model) if name not in RANDOM]
    return model.default_get(names)


MODEL_CHANNELS = [
    Channel("search", "which rows are there, archived ones included", search),
    Channel("search_count", "how many rows are there", count),
    Channel("formatted_read_group", "how many in all, as a pivot asks", group_total),
    Channel("read", "every readable field of the rows", read_rows),
    Channel("name_search", "the names that a many2one offers", suggest_names),
    Channel("default_get", "what a new row is filled with", new_record),
]
# Put to our own models, and to what hangs on records of any model.
DEEP_CHANNELS = [
    Channel("web_search_read", "a list with the names of what it points to", list_view),
    Channel("group by each field", "totals by every field, as a kanban", group_by_each),
    Channel("export_data", "the export of every stored field", export_rows),
]


# -- what an id answers that was guessed ---------------------------------------


def read_guessed(record):
    return record.read(["display_name"])


def read_all_guessed(record):
    return record.read(readable_fields(record))


def web_read_guessed(record):
    return record.web_read({"display_name": {}})


def name_guessed(record):
    return record.display_name


def search_guessed(record):
    return record.search_count([("id", "in", record.ids)])


def search_name_guessed(record):
    return record.search_read([("id", "in", record.ids)], ["display_name"])


def export_guessed(record):
    return record.export_data(["id", "display_name"])


def metadata_guessed(record):
    return record.get_metadata()


def write_guessed(record):
    return record.write({})


def save_guessed(record):
    return record.web_save({}, {"display_name": {}})


def delete_guessed(record):
    return record.unlink()


def copy_guessed(record):
    return record.copy()


def access_guessed(record):
    return [record.has_access(mode) for mode in ("read", "write", "unlink")]


RECORD_CHANNELS = [
    Channel("read of an id", "the name of an id", read_guessed),
    Channel("read of an id, all fields", "every field of an id", read_all_guessed),
    Channel("web_read", "the same as the web client asks", web_read_guessed),
    Channel("search for an id", "whether a domain finds the id", search_guessed),
    Channel("search_read for an id", "the name by a domain", search_name_guessed),
    Channel("export of an id", "an export of chosen ids", export_guessed),
    Channel(
        "get_metadata", "who made an id and when, its external id", metadata_guessed
    ),
    Channel("write", "whether an id can be written", write_guessed),
    Channel("web_save", "the same as the web client saves", save_guessed),
    Channel("unlink", "whether an id can be deleted", delete_guessed),
    Channel("copy", "a copy of an id", copy_guessed),
    Channel("has_access", "whether the rights allow an id", access_guessed),
]


# -- what a domain answers about what it may not name ---------------------------


def by_path(model, name, ids):
    """Whether a relation leads to given rows, in the three ways a domain can ask."""
    asked = everything(model)
    return [
        asked.search_count([(name, "in", ids)]),
        asked.search_count([(f"{name}.id", "in", ids)]),
        asked.search_count([(name, "any", [("id", "in", ids)])]),
    ]


def by_far_path(model, path, ids):
    return everything(model).search_count([(f"{path}.id", "in", ids)])


def by_reference(model, model_field, id_field, name, ids):
    """Whether rows hang on given records of a model, as the chatter does."""
    asked = everything(model)
    domain = [(model_field, "=", name), (id_field, "in", ids)]
    return [
        asked.search_count(domain),
        asked.formatted_read_group(domain, [id_field], ["__count"])
        if model._fields[id_field].store
        else None,
    ]


def by_text(model, name, text):
    return everything(model).search_count([(name, "ilike", text)])


PATH_CHANNELS = [
    Channel("relation in a domain", "whether a relation holds an id", by_path),
    Channel("path in a domain", "the same over two relations", by_far_path),
    Channel("model and id in a domain", "what hangs on an id", by_reference),
    Channel("text in a domain", "whether any text holds a word", by_text),
]


def describe():
    """The channels as the lines of a table."""
    channels = MODEL_CHANNELS + DEEP_CHANNELS + RECORD_CHANNELS + PATH_CHANNELS
    return "\n".join(f"| {one.name} | {one.asks} |" for one in channels)
