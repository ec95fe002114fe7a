"""Each protection of the wall is switched off once, and a leak test must notice.

Run by ``make prove``. By hand, with the configuration of a test database::

    ODOO_RC=.runtime/conf/klage_worker_1.conf PYTHONPATH=… \
        python tests/faults/leaks_can_fail.py [word of a protection …]

Prints which test noticed which protection missing; ends with 1 where none did. With
``LEAKS_SHARE=1/2`` it asks about every second of them only, for two runs at once, each
on a database of its own.
"""

import contextlib
import importlib
import inspect
import logging
import os
import pkgutil
import sys
from unittest import mock

from leak_protections import (
    AT_LEAST,
    NO_PROTECTION,
    NOTHING,
    OVERRIDING,
    OWN,
    PAIRED,
)
from leak_witnesses import GENERAL, MADE_FOR

import odoo.modules.module
from odoo import tools
from odoo.fields import Domain
from odoo.modules.registry import Registry
from odoo.tests.result import OdooTestResult

MODELS = "odoo.addons.klagebehandling.models"
ASKING = ("subject_manager", "colleague_admin")


# -- what is switched off ----------------------------------------------------------


@contextlib.contextmanager
def rule_off(test, model):
    """The wall's rule of a model sleeps."""
    rules = test.env["ir.rule"].search(
        [("model_id.model", "=", model), ("domain_force", "like", "walled_user_ids")]
    )
    rules.filtered("global").active = False
    test.env.flush_all()
    test.env.registry.clear_cache()
    yield
    test.env.registry.clear_cache()


@contextlib.contextmanager
def rules_open(test, model, are_global):
    """The rules of who reads a model, or of its company, let everything through."""
    rules = test.env["ir.rule"].search([("model_id.model", "=", model)])
    rules = rules.filtered(
        lambda rule: (
            rule["global"] == are_global and "walled_user_ids" not in rule.domain_force
        )
    )
    rules.domain_force = "[(1, '=', 1)]"
    test.env.flush_all()
    test.env.registry.clear_cache()
    yield
    test.env.registry.clear_cache()


@contextlib.contextmanager
def document_off(test, model):
    """Rows of Odoo's that hang on a case are as Odoo made them."""
    cls = test.env.registry[model]
    with (
        mock.patch.object(cls, "_visible_documents", lambda self: Domain.TRUE),
        mock.patch.object(cls, "_kept_back", lambda self: self.browse()),
        mock.patch.object(cls, "_concealed", lambda self: self.browse(), create=True),
    ):
        yield


@contextlib.contextmanager
def method_off(_test, definition, name):
    """A method is what it was before the addon overrode it, or does nothing."""

    def passed_on(self, *args, **kwargs):
        if name in NOTHING:
            return None
        return getattr(super(definition, self), name)(*args, **kwargs)

    original = vars(definition)[name]
    for attribute, value in vars(original).items():
        setattr(passed_on, attribute, value)
    with mock.patch.object(definition, name, passed_on):
        yield


@contextlib.contextmanager
def both_off(test, first, second):
    """Two protections that hold alone are off together."""
    with contextlib.ExitStack() as stack:
        for switch_off, *arguments in (first, second):
            stack.enter_context(switch_off(test, *arguments))
        yield


@contextlib.contextmanager
def groups_off(test, model, field):
    """Everybody who reads the row reads the field."""
    with mock.patch.object(test.env.registry[model]._fields[field], "groups", None):
        yield


def protections(registry):
    """What is to be switched off: {what it is called: (how, its arguments)}."""
    found = {}
    for name in sorted(registry.models):
        found |= protections_of(registry, name)
    for definition, method in own_methods():
        label = label_of(definition, method)
        if label not in NO_PROTECTION:
            found[label] = (method_off, definition, method)
    for field in ("title", "description", "walled_user_ids"):
        found[f"groups of complaint.case.{field}"] = (
            groups_off,
            "complaint.case",
            field,
        )
    return found | {
        label: (both_off, found[label], found[other]) for label, other in PAIRED.items()
    }


def protections_of(registry, name):
    """Those of the rows of one model."""
    bases = registry[name].mro()
    if registry[name]._abstract:
        return {}
    if registry["complaint.walled"] in bases:
        return {
            f"rule of {name}": (rule_off, name),
            f"readers of {name}": (rules_open, name, False),
            f"company of {name}": (rules_open, name, True),
        }
    if registry["complaint.walled.document"] in bases:
        return {f"rows of {name} that hang on a case": (document_off, name)}
    return {}


def own_methods():
    """The methods of the wall, and all overrides of Odoo's models that carry it."""
    for definition in own_definitions():
        for method, value in vars(definition).items():
            if inspect.isfunction(value) and is_protection(method, value):
                yield definition, method


def label_of(definition, method):
    return f"{definition.__module__.removeprefix(f'{MODELS}.')}.{method}"


def is_protection(method, function):
    return method not in NO_PROTECTION and (method in NOTHING or has_super(function))


def own_definitions():
    """The classes of the wall."""
    package = importlib.import_module(MODELS)
    for info in pkgutil.walk_packages(package.__path__, f"{MODELS}."):
        module = importlib.import_module(info.name)
        place = info.name.removeprefix(f"{MODELS}.")
        for _name, definition in inspect.getmembers(module, inspect.isclass):
            carries = place.startswith(OVERRIDING) and opens_others(definition)
            is_here = definition.__module__ == module.__name__
            if is_here and (place in OWN or carries):
                yield definition


def opens_others(definition):
    """Whether a class overrides a model of Odoo's."""
    inherited = getattr(definition, "_inherit", None) or []
    inherited = [inherited] if isinstance(inherited, str) else inherited
    return any(not name.startswith("complaint.") for name in inherited)


def has_super(function):
    return "super" in inspect.unwrap(function).__code__.co_names


# -- who notices ---------------------------------------------------------------------


def witness(module, name):
    """The test class, asking as few and switching off what is set on the class."""
    base = getattr(importlib.import_module(module), name)

    class Witness(base):
        protection = None
        looked_at = None

        @classmethod
        def _models(cls):
            return cls.looked_at or super()._models()

        def _assert_same_world(self, before, after):
            before = {key: one for key, one in before.items() if key in after}
            super()._assert_same_world(before, after)

        @classmethod
        def _asking(cls, names=()):
            everybody = {**cls.walled, **cls.outsiders}
            return {name: everybody[name] for name in ASKING}

        def setUp(self):
            super().setUp()
            if self.protection:
                switch_off, *arguments = self.protection
                stack = contextlib.ExitStack()
                self.addCleanup(stack.close)
                stack.enter_context(switch_off(self, *arguments))

    Witness.__name__ = Witness.__qualname__ = name
    return Witness


def load(path):
    module, _dot, name = path.rpartition(".")
    return witness(module, name)


def tests_of(cls, names):
    """The tests named, and then all others of the class where ``*`` is among them."""
    named = [name for name in names if name != "*"]
    others = [name for name in dir(cls) if name.startswith("test_")] * ("*" in names)
    others = [name for name in others if callable(getattr(cls, name))]
    return list(dict.fromkeys(named + others))


def fails(cls, method):
    test, result = cls(method), OdooTestResult()
    odoo.modules.module.current_test = test
    test.run(result)
    return bool(result.failures_count or result.errors_count)


def notices(cls, method, protection, sound):
    """Whether a test fails without a protection, and passes with all of them.

    :param sound: what was found out about the latter, by test and what it looks at
    """
    cls.protection = protection
    if not fails(cls, method):
        return False
    look = (method, *(cls.looked_at or ()))
    if look not in sound:
        cls.protection = None
        sound[look] = not fails(cls, method)
        if not sound[look]:
            print(f"{cls.__name__}::{method} fails by itself and is no witness")
    return sound[look]


def models_of(protection):
    """The one model whose rows a protection is about; else all."""
    _how, name, *_rest = protection
    return [name] if isinstance(name, str) else None


def ask(path, names_by_label, missing, noticed, is_narrow):
    """Let the tests of one class look for protections that nobody missed yet.

    :param names_by_label: dict of the tests that look for each
    :param is_narrow: whether they look at the model that it is about only
    """
    cls, sound = load(path), {}
    cls.setUpClass()
    try:
        for label, names in names_by_label.items():
            cls.looked_at = models_of(missing[label]) if is_narrow else None
            for method in tests_of(cls, names):
                if notices(cls, method, missing[label], sound):
                    noticed[label] = f"{cls.__name__}::{method}"
                    print(f"{label:64} {noticed[label]}", flush=True)
                    break
    finally:
        cls.tearDownClass()
        cls.doClassCleanups()


def made_for(label, tests):
    """The tests of one class that were made for a protection, the closest first."""
    known = [prefix for prefix in tests if label.startswith(prefix)]
    return [tests[prefix] for prefix in sorted(known, key=len, reverse=True)]


def ask_all(missing):
    """Who noticed what: {protection: test}."""
    noticed = {}
    rounds = [*MADE_FOR.items(), *GENERAL.items()]
    for path, tests in rounds:
        left = [label for label in missing if label not in noticed]
        asked = {
            label: made_for(label, tests) if isinstance(tests, dict) else tests
            for label in left
        }
        if asked := {label: names for label, names in asked.items() if names}:
            ask(path, asked, missing, noticed, isinstance(tests, dict))
    return noticed


def stale(known):
    """What the tables above name, and what is no protection any more."""
    prefixes = {prefix for tests in MADE_FOR.values() for prefix in tests}
    return sorted(
        prefix
        for prefix in prefixes
        if not any(label.startswith(prefix) for label in known)
    )


def main(words):
    os.environ.pop("KLAGE_PROVE", None)  # few ask, each about one thing
    tools.config.parse_config([])
    # Nothing is printed, but all is logged: some tests read what is.
    logging.lastResort = None
    logging.getLogger().handlers = [logging.NullHandler()]
    registry = Registry(tools.config["db_name"][0])
    known = protections(registry)
    if len(known) < AT_LEAST:
        print(f"Only {len(known)} protections were found: {AT_LEAST} are known.")
        return 1
    if unknown := stale(known):
        print(f"No protection is called like this: {unknown}")
        return 1
    missing = {
        label: protection
        for label, protection in known.items()
        if not words or any(word in label for word in words)
    }
    part, _of, parts = os.environ.get("LEAKS_SHARE", "1/1").partition("/")
    missing = dict(list(missing.items())[int(part) - 1 :: int(parts)])
    noticed = ask_all(missing)
    for label in missing:
        if label not in noticed:
            print(f"{label:64} NOBODY NOTICED")
    print(f"{len(noticed)} of {len(missing)} protections are missed by a test")
    return 0 if len(noticed) == len(missing) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
