"""Every public method is an endpoint: odd arguments get a message, never a trace."""

import inspect
import traceback
from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_world import AccessWorld

OURS = ("odoo.addons.klagebehandling", "odoo.addons.klagebehandling_")
ROLES = ("employee", "handler", "manager")
HUGE = 10**30
ODD = {
    "nothing": None,
    "no": False,
    "yes": True,
    "text": "x",
    "empty text": "",
    "zero byte": "a\0b",
    "surrogate": "\udcff",
    "long text": "x" * 100_000,
    "zero": 0,
    "negative": -1,
    "huge": HUGE,
    "fraction": 1.5,
    "infinite": float("inf"),
    "bytes": b"\xff\x00",
    "empty list": [],
    "list": [None, "x", HUGE],
    "nested": [[[{"x": [1]}]]],
    "dict": {"x": 1},
    "odd dict": {None: None, 1: [2]},
    "foreign ids": [900_000_001, 900_000_002],
    "date": "2026-13-45",
}
# Ids as the web passes them; the rows of the world are added.
IDS = {
    "none": [],
    "nothing": None,
    "never": [900_000_001],
    "huge": [HUGE],
    "negative": [-5],
    "zero": [0],
    "text": "x",
    "texts": ["x"],
    "nested": [[1]],
    "dict": [{"x": 1}],
}


def our_methods(model):
    """Public methods that classes of ours define.

    :return: for each its name, the function, and whether Odoo has one too
    """
    for name in dir(type(model)):
        # The classes of a registry only pass on what these define.
        homes = [
            one
            for one in type(model).mro()
            if name in vars(one) and "pool" not in vars(one)
        ]
        ours = [one for one in homes if one.__module__.startswith(OURS)]
        if name.startswith("_") or not ours:
            continue
        function = vars(ours[0])[name]
        if inspect.isfunction(function) and is_public(model, name):
            yield name, function, len(ours) < len(homes)


def is_public(model, name):
    try:
        return bool(get_public_method(model, name))
    except AccessError:
        return False


@tagged("post_install", "-at_install")
class TestOddArguments(AccessWorld):
    def setUp(self):
        super().setUp()
        self.called, self.faults = 0, {}

    def _methods(self):
        """Each function once: model, method, and whether Odoo has it too."""
        known = set()
        names = sorted(self.env.registry, key=lambda one: self.env[one]._abstract)
        for name in names:
            for method, function, is_inherited in our_methods(self.env[name]):
                if function not in known:
                    known.add(function)
                    yield name, method, is_inherited

    def _call(self, role, model, method, args, kwargs, is_inherited, label):
        """Call as the web does; keep what is no message."""
        env = self.env(user=self.people[role].id, context={"lang": "en_US"})
        self.called += 1
        savepoint = env.cr.savepoint(flush=False)
        try:
            with suppress(UserError):
                call_kw(env[model], method, args, kwargs)
                env.flush_all()
        except Exception as error:
            if not is_inherited or self._is_ours(error):
                place = traceback.extract_tb(error.__traceback__)[-1]
                self.faults.setdefault(
                    f"{model}.{method}: {type(error).__name__} {error}"[:150]
                    + f" at {place.filename[-40:]}:{place.lineno}",
                    f"{role} {label}",
                )
        finally:
            env.transaction.clear()
            savepoint.rollback()
            savepoint.close(rollback=True)

    def _is_ours(self, error):
        """Whether it happened in a line of ours, not in Odoo's method behind it."""
        place = traceback.extract_tb(error.__traceback__)[-1]
        return "klagebehandling" in place.filename and "/tests/" not in place.filename

    def _arguments(self, function):
        """Arguments of a call, odd at one place or at all of them."""
        places = self._places(function)
        for label, value in ODD.items() if places else ():
            yield f"all {label}", [value] * len(places), {}
            for number in range(len(places)) if len(places) > 1 else ():
                others = ["x"] * len(places)
                others[number] = value
                yield f"{places[number].name} {label}", others, {}
        yield "none of them", [], {}
        yield "one too many", ["x"] * (len(places) + 1), {}
        yield "unknown name", [], {"no_such_argument": 1}

    def _places(self, function):
        parameters = list(inspect.signature(function).parameters.values())[1:]
        return [one for one in parameters if one.kind == one.POSITIONAL_OR_KEYWORD]

    def _rows(self, model):
        everything = self.env[model].with_context(active_test=False)
        if self.env[model]._abstract or not self.env[model]._auto:
            return []
        return everything.search([], limit=2).ids

    @mute_logger("odoo.sql_db", "odoo.models", "py.warnings", "odoo.addons.base")
    def test_every_public_method_answers_odd_arguments_with_a_message(self):
        for model, method, is_inherited in self._methods():
            function = get_public_method(self.env[model], method)
            for label, args, kwargs in self._calls(model, function):
                for role in ROLES:
                    self._call(role, model, method, args, kwargs, is_inherited, label)
        lines = [f"{fault} ({who})" for fault, who in sorted(self.faults.items())]
        self.assertGreater(self.called, 4000)
        self.assertFalse(lines, f"of {self.called} calls:\n" + "\n".join(lines))

    def _calls(self, model, function):
        """What is passed: a label, positional and named arguments."""
        if getattr(function, "_api_model", False):
            yield from self._arguments(function)
            return
        rows = self._rows(model)
        for label, args, kwargs in self._arguments(function):
            yield label, [rows[:1], *args], kwargs
        places = self._places(function)
        needed = ["x" for one in places if one.default is one.empty]
        for label, ids in {**IDS, "several": rows}.items():
            yield f"ids {label}", [ids, *needed], {}
