"""Forged values: to say an id, and to read back what Odoo makes of it.

A many2one takes any number and shows the name behind it; so do pairs of a model and
an id, and references. Each field that can hold the id of a hidden row is tried in all
models, with the hidden id and with one that never existed.
"""

from .leak_case import PAIRS
from .probes import RANDOM, Channel, readable_fields

LOGGED = {"id", "create_uid", "write_uid", "create_date", "write_date"}
TARGETS = ("complaint.case", "complaint.correspondence", "mail.message")


def specification(model):
    """Ask for every field, and for the names of what is pointed to."""
    return {
        name: {"fields": {"display_name": {}}} if model._fields[name].relational else {}
        for name in readable_fields(model)
        if name not in LOGGED
    }


def required_values(model):
    """Something for each required field, so that nothing else is complained about."""
    values = {}
    for name, field in model._fields.items():
        if not field.required or not field.store or name in LOGGED:
            continue
        if not field.compute and not field.related:
            values[name] = plain_value(model, field)
    return values


def plain_value(model, field):
    if field.type == "selection":
        return (field.get_values(model.env) or [False])[0]
    if field.type == "many2one":
        return model.env[field.comodel_name].sudo().search([], limit=1).id
    examples = {
        "date": "2026-12-24",
        "datetime": "2026-12-24 10:00:00",
        "integer": 1,
        "float": 1,
        "monetary": 1,
        "boolean": True,
    }
    return examples.get(field.type, "x")


def forgeries(model, hidden):
    """How rows of a model can name a hidden row: (label, comodel, values of an id)."""
    for name, field in model._fields.items():
        if name in LOGGED or not model._has_field_access(field, "write"):
            continue
        if field.type == "many2one" and field.comodel_name in hidden:
            yield name, field.comodel_name, lambda id_, name=name: {name: id_}
        elif field.type in ("one2many", "many2many") and field.comodel_name in hidden:
            yield name, field.comodel_name, lambda id_, name=name: {name: [(4, id_)]}
        elif field.type == "reference":
            for target in TARGETS:
                yield (
                    f"{name} {target}",
                    target,
                    lambda id_, name=name, target=target: {name: f"{target},{id_}"},
                )
    yield from paired_forgeries(model)


def paired_forgeries(model):
    for model_field, id_field in PAIRS:
        if not {model_field, id_field} <= model._fields.keys():
            continue
        for target in TARGETS:
            yield (
                f"{model_field}/{id_field} {target}",
                target,
                lambda id_, one=model_field, two=id_field, target=target: {
                    one: model.env["ir.model"]._get_id(target)
                    if one.endswith("_id")
                    else target,
                    two: f"[{id_}]"
                    if model._fields[two].type in ("char", "text")
                    else id_,
                },
            )


def save(model, values):
    return model.web_save(required_values(model) | values, specification(model))


def change(model, values):
    given = required_values(model) | values
    return model.onchange(given, list(values), specification(model))


def open_form(model, values):
    defaults = {f"default_{name}": value for name, value in values.items()}
    return model.with_context(**defaults).onchange({}, [], specification(model))


def ask_defaults(model, values):
    defaults = {f"default_{name}": value for name, value in values.items()}
    ids = [value for value in values.values() if isinstance(value, int)]
    active = {"active_model": "complaint.case", "active_ids": ids}
    if ids:
        active["active_id"] = ids[0]
    names = [name for name in readable_fields(model) if name not in RANDOM]
    return model.with_context(**defaults, **active).default_get(names)


FORGED_CHANNELS = [
    Channel("create with a forged value", "a row that names the id", save),
    Channel("onchange with a forged value", "a form where the id is typed", change),
    Channel("form with a forged default", "a form opened upon the id", open_form),
    Channel("default_get with forged context", "what a button passes on", ask_defaults),
]
