import ast
import pathlib

from odoo import tools
from odoo.modules import get_manifest, get_modules
from odoo.tests import tagged

from ...models.journal import complaint_chain
from .common import JournalCase

JOURNALS = ("complaint.journal", "complaint.company.journal")
GONE = "entered_by_an_addon_that_is_gone"
# Events that are put together: all that may stand in the gap.
GAPS = {
    "identity_*": ("complaint.identity.request", "state", {"granted", "refused"}),
    "original_*": (
        "complaint.original.act",
        "kind",
        {"requested", "opened", "released"},
    ),
}
# What the acts of the handling room hand on to ``_move``.
MOVED = {
    "acknowledged",
    "investigating",
    "answered",
    "closed",
    "redirected",
    "withdrawn",
}


class Reader(ast.NodeVisitor):
    """Collect the events that the code of one file enters."""

    def __init__(self, takers):
        self.takers, self.events, self.function = takers, set(), None

    def visit_FunctionDef(self, node):
        outer, self.function = self.function, node
        calls = {
            call.func.attr
            for call in ast.walk(node)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        }
        self.is_writer = "_append" in calls
        names = [argument.arg for argument in node.args.args]
        defaults = zip(reversed(names), reversed(node.args.defaults), strict=False)
        self._note(*(value for name, value in defaults if name == "event"))
        self.generic_visit(node)
        self.function = outer

    def visit_Call(self, node):
        if isinstance(node.func, ast.Attribute) and node.func.attr in self.takers:
            place = self.takers[node.func.attr]
            given = [*node.args[place : place + 1]]
            given += [word.value for word in node.keywords if word.arg == "event"]
            self._note(*given)
        self.generic_visit(node)

    def visit_Tuple(self, node):
        """Rows of ``_append``: owner, event and payload; no part of a domain."""
        is_row = len(node.elts) == 3 and not isinstance(node.elts[0], ast.Constant)
        if self.function and self.is_writer and is_row:
            self._note(node.elts[1])
        self.generic_visit(node)

    def visit_Yield(self, node):
        """What the door enters of a complaint: event and payload."""
        if self.function.name.endswith("_events") and isinstance(node.value, ast.Tuple):
            self._note(node.value.elts[0])
        self.generic_visit(node)

    def _note(self, *nodes):
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                self.events.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [getattr(part, "value", None) for part in node.values]
                self.events.add(
                    "".join(part if isinstance(part, str) else "*" for part in parts)
                )


def takers(trees):
    """Where the functions that take an event take it, by their names."""
    places = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args]
                if "event" in names and names[0] == "self":
                    places[node.name] = names.index("event") - 1
    return places


@tagged("post_install", "-at_install")
class TestJournalEvents(JournalCase):
    """Every event has words, and they go without a trace in the chains."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trees = dict(cls._trees())

    @classmethod
    def _trees(cls):
        """The syntax of all code of our addons that are installed, by its path."""
        installed = cls.env["ir.module.module"]._installed()
        for name in get_modules():
            if name.startswith("klagebehandling") and name in installed:
                root = pathlib.Path(get_manifest(name).path)
                for path in root.rglob("*.py"):
                    if "tests" not in path.relative_to(root).parts:
                        tree = ast.parse(path.read_text(encoding="utf-8"))
                        yield path.relative_to(root.parent), tree

    def _written(self):
        """By path, the events that the code there enters."""
        places = takers(self.trees.values())
        written = {}
        for path, tree in self.trees.items():
            reader = Reader(places)
            reader.visit(tree)
            for event in reader.events:
                _model, _field, values = GAPS.get(event, (None, None, {""}))
                written.setdefault(path, set()).update(
                    event.replace("*", value) for value in values
                )
        return written

    def _declared(self):
        """By event, the places that declare it."""
        declared = {}
        for model in JOURNALS:
            for cls in type(self.env[model]).mro():
                field = vars(cls).get("event")
                for event, _label in (getattr(field, "_args__", {}) or {}).get(
                    "selection_add", ()
                ):
                    declared.setdefault(event, set()).add(cls.__module__)
        return declared

    def test_every_event_that_is_entered_is_declared(self):
        written = set().union(*self._written().values())
        self.assertGreater(len(written), 40)
        self.assertFalse(written - self._declared().keys())

    def test_every_event_that_is_declared_is_entered(self):
        written = set().union(*self._written().values()) | MOVED
        self.assertFalse(self._declared().keys() - written)

    def test_an_event_is_declared_once(self):
        self.assertFalse(
            {event for event, homes in self._declared().items() if len(homes) > 1}
        )

    def test_what_is_put_together_is_known(self):
        for model, field, values in GAPS.values():
            self.assertLessEqual(
                values, set(self.env[model]._fields[field].get_values(self.env))
            )

    def test_every_event_has_a_label_in_each_language(self):
        for lang in ("nb_NO", "sv_SE"):
            self.env["res.lang"]._activate_lang(lang)
            for model in JOURNALS:
                field = self.env[model]._fields["event"]
                labels = dict(
                    field._description_selection(self.env(context={"lang": lang}))
                )
                self.assertEqual(labels.keys(), dict(field.selection).keys())
                self.assertTrue(all(labels.values()))

    # Refused

    def test_an_event_without_words_is_refused(self):
        count = self.case.journal_count
        for write in (
            lambda: self.case._log("unheard_of"),
            lambda: self.case._log_apart("unheard_of"),
            # The organisation's event is none of a case, and the other way round.
            lambda: self.case._log("anchored"),
            lambda: self.journal._log_company(self.company, "acknowledged"),
        ):
            with self.assertRaisesRegex(ValueError, "is not declared"):
                write()
        self.assertEqual(self.case.journal_count, count)
        self.assertFalse(self.env.cr.postrollback.data)

    def test_an_event_without_words_is_refused_by_the_field_too(self):
        values = self.case.journal_ids[0].copy_data()[0]
        values.update(sequence=99, event="unheard_of", digest="x")
        with self.assertRaisesRegex(ValueError, "unheard_of"):
            self.journal.create(values)

    # An addon that goes

    def test_an_event_that_goes_writes_nothing(self):
        """The way that Odoo takes when an addon is uninstalled, for every event."""
        self.journal._log_company(self.company, "keyring_changed")
        self.env.flush_all()
        before = self._rows()
        values = self._values()
        self.assertGreater(len(values), 50)
        for field in values.field_id:
            values.filtered(
                lambda value, field=field: value.field_id == field
            )._process_ondelete()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._rows(), before)
        self.assertEqual(self._findings(), [])

    def test_every_event_is_left_by_the_addon_that_goes(self):
        for model in JOURNALS:
            field = self.env[model]._fields["event"]
            self.assertEqual(field.ondelete.keys(), dict(field.selection).keys())
            self.assertEqual(
                set(field.ondelete.values()), {complaint_chain._leave}, model
            )

    def _values(self):
        return self.env["ir.model.fields.selection"].search(
            [("field_id.name", "=", "event"), ("field_id.model", "in", JOURNALS)]
        )

    def _rows(self):
        """All that the database keeps of both journals."""
        rows = []
        for model in JOURNALS:
            table = tools.SQL.identifier(self.env[model]._table)
            rows += self.env.execute_query(
                tools.SQL("SELECT row::text FROM %s row ORDER BY id", table)
            )
        return rows

    def _enter_gone(self):
        """An entry of an addon that was uninstalled since."""
        field = self.journal._fields["event"]
        field._selection[GONE] = "Gone"
        try:
            entry = self.case._log(GONE, milestone="reply")
            self.env.flush_all()
        finally:
            del field._selection[GONE]
        self.env.invalidate_all()
        return entry

    def test_an_entry_of_an_addon_that_is_gone_is_shown_and_whole(self):
        entry = self._enter_gone()
        self.assertEqual(self._findings(), [])
        shown = "Entered by an addon that is gone"
        for user in (self.leader, self.auditor):
            seen = entry.with_user(user)
            self.assertEqual((seen.event, seen.event_label), (GONE, shown))
            self.assertEqual(seen.display_name, shown)
            found = seen.web_search_read(
                [("id", "=", entry.id)], {"event": {}, "event_label": {}}
            )
            self.assertEqual(found["records"][0]["event_label"], shown)
            groups = seen.web_read_group([("id", "=", entry.id)], ["event"], [])
            self.assertEqual(groups["groups"][0]["event"], GONE)
        self.leader.group_ids += self.env.ref("klagebehandling.group_export")
        exported = entry.with_user(self.leader).export_data(["event", "event_label"])
        self.assertEqual(exported["datas"], [[GONE, shown]])

    def test_journals_are_grouped_and_searched_by_event(self):
        auditor = self.journal.with_user(self.auditor)
        mine = [("case_id", "in", self.cases.ids)]
        groups = dict(auditor._read_group(mine, ["event"], ["__count"]))
        self.assertEqual(groups["registered"], 2)
        labels = auditor.fields_get(["event"])["event"]["selection"]
        self.assertIn(["withdrawn", "Withdrawn"], [list(pair) for pair in labels])
        self.assertEqual(
            auditor.search([*mine, ("event", "=", "withdrawn")]).case_id, self.case
        )
