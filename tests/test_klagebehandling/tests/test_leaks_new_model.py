from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import NO_ACCESS, Command
from odoo.tests import tagged

from .leak_case import LeakCase
from .leak_world import CANARY, NOON

# The register says the same to everybody.
PUBLIC = {"complaint.registration"}
WORKERS = ("handler", "manager", "independent")


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestLeaksNewModel(LeakCase):
    """A model that somebody adds, and that knows nothing of the wall, is found out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._hide_known()
        # Refused to a person, and without effect: this one is as an addon brings it.
        fields_model = type(cls.env["ir.model.fields"])
        cls.startClassPatcher(
            patch.object(fields_model, "_leads_to_hidden", lambda *_args: False)
        )
        cls.env["ir.model"].create(
            {
                "name": "Note on a case",
                "model": "x_case_note",
                "field_id": [
                    Command.create({"name": "x_name", "ttype": "char"}),
                    Command.create(
                        {
                            "name": "x_case_id",
                            "field_description": "Case",
                            "ttype": "many2one",
                            "relation": "complaint.case",
                        }
                    ),
                ],
                "access_ids": [
                    Command.create(
                        {
                            "name": "note",
                            "group_id": cls.env.ref("base.group_user").id,
                            "perm_read": True,
                        }
                    )
                ],
            }
        )

    def _look(self):
        user = self.walled["subject_manager"]
        seen = self._look_around(user)
        return {key: one for key, one in seen.items() if key[0] == "x_case_note"}

    def _notice(self):
        before = self._look()
        self.env["x_case_note"].create({"x_name": CANARY, "x_case_id": self.case.id})
        self._assert_same_world(before, self._look())

    def test_new_model_without_a_rule_fails(self):
        self.assertIn("x_case_note", self._models())
        with self.assertRaises(AssertionError) as failure:
            self._notice()
        self.assertIn("x_case_note", str(failure.exception))

    def test_new_model_with_a_rule_passes(self):
        self.env["ir.rule"].create(
            {
                "name": "the wall",
                "model_id": self.env["ir.model"]._get_id("x_case_note"),
                "domain_force": "[('x_case_id', 'not any', "
                "[('walled_user_ids', 'in', [user.id])])]",
            }
        )
        self._notice()

    # -- a model of another addon that inherits what the core gives ----------------

    def _rules(self):
        """What the rules of the note say, by the end of their ids."""
        prefix = "test_klagebehandling.test_case_note_rule_"
        rules = self.env["ir.rule"].search([("model_id.model", "=", "test.case.note")])
        ids = rules._get_external_ids()
        return {ids[rule.id][0].removeprefix(prefix): rule for rule in rules}

    def test_part_of_a_case_gets_its_rules_without_xml(self):
        rules = self._rules()
        self.assertEqual(rules.keys(), {*WORKERS, "wall", "company", "others"})
        for name in WORKERS:
            group = self.env.ref(f"klagebehandling.group_{name}")
            self.assertEqual(rules[name].groups, group)
        self.assertFalse(rules["wall"].groups | rules["company"].groups)
        self.assertEqual(rules["others"].domain_force, "[(0, '=', 1)]")

    def test_part_of_a_case_is_read_by_who_works_the_case(self):
        cases = self.seen_cases | self.case
        Note = self.env["test.case.note"]
        notes = Note.create([{"name": CANARY, "case_id": one.id} for one in cases])
        self.assertEqual(notes.company_id, self.company)
        workers = [f"klagebehandling.group_{name}" for name in WORKERS]
        for user in (self.director, *self.walled.values(), *self.outsiders.values()):
            with self.subTest(user=user.login):
                known = self.env["complaint.case"].browse()
                if any(user.has_group(group) for group in workers):
                    known = known.with_user(user).search([("id", "in", cases.ids)])
                seen = Note.browse()
                if seen.with_user(user).has_access("read"):
                    seen = seen.with_user(user).search([("id", "in", notes.ids)])
                self.assertEqual(set(seen.sudo().case_id.ids), set(known.ids))
        self.assertEqual(Note.with_user(self.director).search([]), notes)

    def test_part_of_a_case_is_behind_the_wall(self):
        Note = self.env["test.case.note"]
        user = self.walled["subject_manager"]
        self.env.invalidate_all()
        before = self._look_around_notes(user)
        hidden = Note.create({"name": CANARY, "case_id": self.case.id})
        self._assert_same_world(before, self._look_around_notes(user))
        for values in ({"case_id": self.case.id}, {"case_id": self.case.id + 10**6}):
            with self.assertRaises(AccessError) as refusal:
                Note.with_user(user).create({"name": "x", **values})
            self.assertNotIn(self.case.reference, str(refusal.exception))
        with self.assertRaises(AccessError):
            hidden.with_user(user).name = "y"

    def test_name_of_a_part_is_told_to_who_sees_it(self):
        """Odoo reads the names of what is pointed to as superuser."""
        note = self.env["test.case.note"].create(
            {"name": CANARY, "case_id": self.case.id}
        )
        self.assertEqual(note.with_user(self.director).sudo().display_name, CANARY)
        with self.assertRaises(MissingError):
            note.with_user(self.walled["subject_manager"]).sudo().display_name  # noqa: B018

    def test_what_a_part_holds_decides_nothing_for_who_does_not_see_it(self):
        note = self.env["test.case.note"].create(
            {"name": "Final", "case_id": self.case.id}
        )
        with self.assertRaisesRegex(UserError, "is final"):
            note.with_user(self.director).name = "y"
        user = self.walled["subject_manager"]
        for id_ in (note.id, note.id + 10**6):
            with self.assertRaisesRegex(AccessError, "not for you to see"):
                note.with_user(user).browse(id_).write({"name": "y"})

    def _look_around_notes(self, user):
        seen = self._look_around(user)
        return {key: one for key, one in seen.items() if key[0] == "test.case.note"}

    def test_every_model_of_ours_that_points_at_a_case_is_walled(self):
        # The dialogs are their writer's own, and taken away with the case.
        registry = self.env.registry
        for name in self._models():
            if not name.startswith("complaint.") or registry[name]._transient:
                continue
            pointing = [
                one
                for one in registry[name]._fields.values()
                if one.comodel_name == "complaint.case" and one.store
            ]
            with self.subTest(model=name):
                if name in PUBLIC:
                    # What everybody may read tells nobody which case it is of.
                    self.assertEqual({one.groups for one in pointing}, {NO_ACCESS})
                elif pointing:
                    self.assertTrue(
                        issubclass(registry[name], registry["complaint.walled"])
                    )
