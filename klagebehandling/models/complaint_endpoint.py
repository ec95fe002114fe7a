import functools
import inspect
from collections.abc import Mapping
from datetime import date, datetime

from odoo import models
from odoo.api import NewId
from odoo.exceptions import ValidationError

HOME = "odoo.addons.klagebehandling"
# As the public methods of the suite call what they take.
TEXTS = ("answer", "body", "ground", "medium", "milestone", "outcome", "proof")
TEXTS += ("impulse", "reason", "remedy", "text", "effect", "how", "note", "report")
TEXTS += ("result",)
DAYS = ("expires_at", "sent_on", "told_on", "trained_on", "until")
FLAGS = ("send_now",)
NUMBERS = ("days", "issue_id", "party_id", "user_id")
LISTS = ("category_ids",)
LONGEST = 1_000_000
HIGHEST = 2**31


def is_text(value):
    """Whether a value is text that a database can store."""
    if not isinstance(value, str) or len(value) > LONGEST or "\0" in value:
        return False
    return not any("\ud800" <= sign <= "\udfff" for sign in value)


def is_day(value):
    try:
        return isinstance(value, date) or bool(datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def is_number(value):
    # True is a number to Python, and none to a database.
    return type(value) is int and 0 < value < HIGHEST


def is_list(value):
    return isinstance(value, list | tuple) and all(map(is_number, value))


def is_values(value):
    return isinstance(value, Mapping) and all(isinstance(name, str) for name in value)


def is_values_list(value):
    rows = value if isinstance(value, list | tuple) else [value]
    return all(map(is_values, rows))


def is_names(value):
    return isinstance(value, list | tuple) and all(
        isinstance(name, str) for name in value
    )


OWN = {
    **dict.fromkeys(TEXTS, is_text),
    **dict.fromkeys(DAYS, is_day),
    **dict.fromkeys(FLAGS, lambda value: isinstance(value, bool)),
    **dict.fromkeys(NUMBERS, is_number),
    **dict.fromkeys(LISTS, is_list),
}
# What the overrides of Odoo's methods look into before Odoo does.
INHERITED = {
    **dict.fromkeys(("default", "msg_dict", "vals", "values"), is_values),
    "custom_values": lambda value: not value or is_values(value),
    "fields_to_export": is_names,
    "vals_list": is_values_list,
}
# Where nothing is an answer of its own, which the method asks for in its own words.
OPTIONAL = {*OWN, "custom_values", "default"}


def own_method(model_class, name):
    """A method of ours that gets only what its names say, in rows that can exist."""
    method = getattr(model_class, name)
    signature = inspect.signature(method)

    @functools.wraps(method)
    def endpoint(self, *args, **kwargs):
        refuse_odd(self, OWN, signature, args, kwargs)
        if not all(isinstance(one, NewId) or is_number(one) for one in self._ids):
            raise ValidationError(self.env._("Choose rows that exist."))
        try:
            return getattr(super(model_class, self), name)(*args, **kwargs)
        except ValueError as error:
            # What ensure_one says, where it is the caller who chose the rows.
            if len(self) == 1 or not str(error).startswith("Expected singleton"):
                raise
            raise ValidationError(self.env._("Choose one row.")) from error

    return endpoint


def override(model_class, name):
    """An override of a method of Odoo that gets nothing it would stumble over."""
    method = getattr(model_class, name)
    signature = inspect.signature(method)

    @functools.wraps(method)
    def endpoint(self, *args, **kwargs):
        # Once, where the call comes in: the mixins of a model have overrides too.
        if type(self) is model_class or name not in vars(type(self)):
            refuse_odd(self, INHERITED, signature, args, kwargs)
        return getattr(super(model_class, self), name)(*args, **kwargs)

    return endpoint


def refuse_odd(model, checks, signature, args, kwargs):
    """Refuse arguments that a method does not take, or not as they are.

    :raises ValidationError: for the first one
    """
    try:
        given = signature.bind(model, *args, **kwargs).arguments
    except TypeError:
        raise ValidationError(
            model.env._("This takes other values. Reload the page and try again.")
        ) from None
    for name, value in given.items():
        is_missing = name in OPTIONAL and (value is None or value is False)
        if name in checks and not is_missing and not checks[name](value):
            raise ValidationError(
                model.env._("This is no value for “%(name)s”.", name=name)
            )


class ComplaintEndpoint(models.AbstractModel):
    """Every public method can be called from outside, with anything.

    Odoo passes on what a program sends, and a list instead of a text ends somewhere
    below in a trace. Here the methods of the suite get their arguments checked, all of
    them, so that a new one needs no thought, and the overrides of Odoo's methods the
    values that they look into.
    """

    _name = "complaint.endpoint"
    _description = "Public methods of the suite"

    def _register_hook(self):
        super()._register_hook()
        for model_class in self.env.registry.values():
            for name, modules in self._public_methods(model_class).items():
                is_ours = [module.startswith(HOME) for module in modules]
                if all(is_ours):
                    setattr(model_class, name, own_method(model_class, name))
                elif any(is_ours) and self._looks_into(model_class, name):
                    setattr(model_class, name, override(model_class, name))

    def _public_methods(self, model_class):
        """The names of public methods, and the modules of all who define each."""
        modules = {}
        for home in model_class.mro():
            # The classes of a registry hold what was set there before.
            if "pool" in vars(home):
                continue
            for name, value in vars(home).items():
                if not name.startswith("_") and inspect.isfunction(value):
                    modules.setdefault(name, set()).add(home.__module__)
        return modules

    def _looks_into(self, model_class, name):
        parameters = inspect.signature(getattr(model_class, name)).parameters
        return not INHERITED.keys().isdisjoint(parameters)
