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

import odoo.modules.module
from odoo import tools
from odoo.fields import Domain
from odoo.modules.registry import Registry
from odoo.tests.result import OdooTestResult

TESTS = "odoo.addons.test_klagebehandling.tests"
CORE_TESTS = "odoo.addons.klagebehandling.tests"
MODELS = "odoo.addons.klagebehandling.models"
# What only some tests can notice, by the beginning of what it is called.
ANONYMOUS = ("anonymity.", "concealment.complaint_walled._check_values")
MAILED = ("intake.mail_", "anonymity.")
ROUTED = ("concealment.complaint_concealed._partner_find_from_emails",)
PARTIES = ("conflict.complaint_case._part_from",)
CUSTOMISED = (
    "concealment.ir_actions_server",
    "concealment.ir_default",
    "concealment.ir_model_fields",
)
DECLARED = ("readers of", "company of")
TALKED = ("case.complaint_case_colleagues.",)
EDITED = ("case.complaint_guarded.",)
WALLED = ("conflict.", "unit.")
EXPORTED = ("journal.complaint_walled.export_data",)
ADDED = ("readers of test.", "company of test.", "rule of test.")
# The tests that look, class by class: (module, class, methods, what they look for).
WITNESSES = (
    (f"{CORE_TESTS}.anonymity.test_day_precision", "TestDayPrecision", None, ANONYMOUS),
    (f"{CORE_TESTS}.anonymity.test_unreachable", "TestUnreachable", None, ANONYMOUS),
    (f"{CORE_TESTS}.anonymity.test_nameless_mail", "TestNamelessMail", None, MAILED),
    (f"{CORE_TESTS}.case.test_colleagues", "TestColleagues", None, TALKED),
    (f"{CORE_TESTS}.case.test_guarded", "TestGuarded", None, EDITED),
    (f"{CORE_TESTS}.journal.test_customised", "TestCustomised", None, CUSTOMISED),
    (f"{CORE_TESTS}.conflict.test_parties", "TestParties", None, PARTIES),
    (f"{CORE_TESTS}.hearing.test_hearing", "TestHearing", None, ROUTED),
    (f"{CORE_TESTS}.conflict.test_wall", "TestWall", None, WALLED),
    (
        f"{CORE_TESTS}.journal.test_journal_exports",
        "TestJournalExports",
        ("test_an_export_is_entered_with_its_fields_and_without_values",),
        EXPORTED,
    ),
    (
        f"{TESTS}.test_access_matrix",
        "TestAccessMatrix",
        (
            "test_rights_are_those_of_the_table",
            "test_part_of_a_case_is_seen_with_its_company_only",
        ),
        DECLARED,
    ),
    (
        f"{TESTS}.test_leaks_new_model",
        "TestLeaksNewModel",
        (
            "test_part_of_a_case_is_behind_the_wall",
            "test_part_of_a_case_is_read_by_who_works_the_case",
            "test_part_of_a_case_gets_its_rules_without_xml",
        ),
        ADDED,
    ),
    (
        f"{TESTS}.test_leaks_worlds",
        "TestLeaksWorlds",
        ("test_world_is_the_same_without_the_hidden_cases",),
        None,
    ),
    (
        f"{TESTS}.test_leaks_guesses",
        "TestLeaksGuesses",
        (
            "test_guessed_ids_answer_as_ids_that_never_were",
            "test_public_methods_answer_as_for_ids_that_never_were",
            "test_relations_lead_to_nothing_hidden",
            "test_forged_values_are_no_oracle",
        ),
        None,
    ),
    (f"{TESTS}.test_leaks_acts", "TestLeaksActs", None, None),
    (f"{TESTS}.test_leaks_numbers", "TestLeaksNumbers", None, None),
    (
        f"{TESTS}.test_access_matrix",
        "TestAccessMatrix",
        ("test_rights_are_those_of_the_table",),
        None,
    ),
    (f"{CORE_TESTS}.conflict.test_wall", "TestWall", None, None),
)
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
AT_LEAST = 124
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
    "unit.complaint_unit._alias_get_creation_values",
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
def groups_off(test, model, field):
    """Everybody who reads the row reads the field."""
    with mock.patch.object(test.env.registry[model]._fields[field], "groups", None):
        yield


def protections(registry):
    """What is to be switched off: {what it is called: (how, its arguments)}."""
    found = {}
    for name in sorted(registry.models):
        bases = registry[name].mro()
        if registry[name]._abstract:
            continue
        if registry["complaint.walled"] in bases:
            found[f"rule of {name}"] = (rule_off, name)
            found[f"readers of {name}"] = (rules_open, name, False)
            found[f"company of {name}"] = (rules_open, name, True)
        elif registry["complaint.walled.document"] in bases:
            found[f"rows of {name} that hang on a case"] = (document_off, name)
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
    return found


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


def methods_of(cls, names):
    return names or [name for name in dir(cls) if name.startswith("test_")]


def fails(cls, method):
    test, result = cls(method), OdooTestResult()
    odoo.modules.module.current_test = test
    test.run(result)
    return bool(result.failures_count or result.errors_count)


def ask(cls, methods, missing, noticed):
    """Let the tests of one class look for each protection that nobody missed yet."""
    cls.setUpClass()
    try:
        for label, protection in missing.items():
            cls.protection = protection
            for method in methods:
                if fails(cls, method):
                    noticed[label] = f"{cls.__name__}::{method}"
                    print(f"{label:64} {noticed[label]}", flush=True)
                    break
    finally:
        cls.tearDownClass()
        cls.doClassCleanups()


def sound(cls, methods):
    """The tests that pass with every protection on; the others cannot be witnesses."""
    cls.setUpClass()
    try:
        cls.protection = None
        return [method for method in methods if not fails(cls, method)]
    finally:
        cls.tearDownClass()
        cls.doClassCleanups()


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
    missing = {
        label: protection
        for label, protection in known.items()
        if not words or any(word in label for word in words)
    }
    part, _of, parts = os.environ.get("LEAKS_SHARE", "1/1").partition("/")
    missing = dict(list(missing.items())[int(part) - 1 :: int(parts)])
    noticed = {}
    for module, name, methods, about in WITNESSES:
        left = {
            label: one
            for label, one in missing.items()
            if label not in noticed and (about is None or label.startswith(about))
        }
        if not left:
            continue
        cls = witness(module, name)
        if methods := sound(cls, methods_of(cls, methods)):
            ask(cls, methods, left, noticed)
    for label in missing:
        if label not in noticed:
            print(f"{label:64} NOBODY NOTICED")
    print(f"{len(noticed)} of {len(missing)} protections are missed by a test")
    return 0 if len(noticed) == len(missing) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
