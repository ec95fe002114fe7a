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

from leak_witnesses import GENERAL, MADE_FOR

import odoo.modules.module
from odoo import tools
from odoo.fields import Domain
from odoo.modules.registry import Registry
from odoo.tests.result import OdooTestResult

MODELS = "odoo.addons.klagebehandling.models"
ASKING = ("subject_manager", "colleague_admin")
# Modules whose methods are the wall, besides those that override Odoo's models.
OWN = (
    "anonymity.complaint_case",
    "anonymity.complaint_correspondence",
    "anonymity.complaint_day",
    "anonymity.complaint_deadline",
    "anonymity.complaint_party",
    "case.complaint_case",
    "case.complaint_case_colleagues",
    "case.complaint_guarded",
    "concealment.complaint_case_attached",
    "concealment.complaint_concealed",
    "concealment.complaint_pointing",
    "concealment.complaint_pointing_document",
    "concealment.complaint_walled",
    "concealment.complaint_walled_document",
    "conflict.complaint_case",
    "conflict.complaint_revocation",
    "journal.complaint_walled",
    "unit.complaint_unit",
)
# The files that override Odoo's models for the wall, and for who is anonymous.
OVERRIDING = ("concealment.", "anonymity.", "intake.mail_")
# So many protections there were when this was counted last. A walk that finds fewer
# has lost some, and would call the rest proven.
AT_LEAST = 138
# What is no protection of its own: helpers, and what shows or journals.
NO_PROTECTION = {
    "_by_document",
    "_cases_sudo",
    "_check_movable",
    "_check_parent_id",
    "_check_slug",
    "_compute_is_line_walled",
    "_concealed_crons",
    "_document_fields",
    "_family",
    "_files",
    "get_empty_list_help",
    "_find_wall",
    "_hides",
    "_is_line_walled",
    "_is_of_case",
    "_make_missing_error",
    "_make_unknown_error",
    "_note_refusal",
    "_pointed",
    "_read_columns",
    "_set_walls",
    "_strangers",
    "_subjects",
    "_unknown_subjects",
    "_unworked",
    "_wall_domain",
    "_wall_with_linked",
    "_walled_models",
    "_with_linked",
    # Opens what a person may write; ``_check_values`` closes the rest.
    "_writable",
    "init",
    # What the door, evidence and the addresses of units ask for.
    "case.complaint_case.create",
    "concealment.ir_attachment._check_contents",
    # Opens the files of letters to who works the case.
    "concealment.ir_attachment._document_models",
    "unit.complaint_unit._alias_get_creation_values",
}
# Switched off together with what would hold alone, and why there are two.
PAIRED = {
    # Odoo computes fields of a new action by writing to it, and may stop doing so.
    "concealment.ir_actions_server.create": "concealment.ir_actions_server.write",
}
# Switched off by doing nothing: there is no other implementation below them.
NOTHING = {
    "_check_assigned",
    "_check_known",
    "_check_pointers",
    "_part_from",
    "_renew_walls",
    "_revoke",
    "_revoke_dialogs",
    "_revoke_mails",
    "_revoke_meetings",
    "_revoke_messages",
    "_revoke_tasks",
    "_route_independently",
    "_update_wall",
}


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

    :param sound: what was found out about the latter, by test
    """
    cls.protection = protection
    if not fails(cls, method):
        return False
    if method not in sound:
        cls.protection = None
        sound[method] = not fails(cls, method)
        if not sound[method]:
            print(f"{cls.__name__}::{method} fails by itself and is no witness")
    return sound[method]


def ask(path, names_by_label, missing, noticed):
    """Let the tests of one class look for protections that nobody missed yet.

    :param names_by_label: dict of the tests that look for each
    """
    cls, sound = load(path), {}
    cls.setUpClass()
    try:
        for label, names in names_by_label.items():
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
            ask(path, asked, missing, noticed)
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
