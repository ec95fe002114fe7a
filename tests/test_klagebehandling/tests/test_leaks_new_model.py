from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .leak_case import LeakCase
from .leak_world import CANARY, NOON


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestLeaksNewModel(LeakCase):
    """A model that somebody adds, and that knows nothing of the wall, is found out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._hide_known()
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

    def test_every_model_of_ours_that_points_at_a_case_is_walled(self):
        # The dialogs are their writer's own, and taken away with the case.
        registry = self.env.registry
        for name in self._models():
            if not name.startswith("complaint.") or registry[name]._transient:
                continue
            fields = registry[name]._fields.values()
            if any(
                one.comodel_name == "complaint.case" and one.store for one in fields
            ):
                with self.subTest(model=name):
                    self.assertTrue(
                        issubclass(registry[name], registry["complaint.walled"])
                    )
