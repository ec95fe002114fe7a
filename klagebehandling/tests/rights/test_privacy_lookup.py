from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import ComplaintCase

WORDS = "Only the colleagues read this."


@tagged("post_install", "-at_install")
class TestPrivacyLookup(ComplaintCase):
    """Odoo's search for a person neither tells of cases nor deletes of them (M37)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(
            cls.env, "test_lookup_admin", groups="base.group_system"
        )
        partner = cls.leader.partner_id
        partner.email = "leader@example.com"
        cls.lookups = cls.env["privacy.lookup.wizard"].with_user(cls.admin)
        cls.asked = {"name": partner.name, "email": partner.email}

    def _found(self):
        lookup = self.lookups.create(self.asked)
        lookup.action_lookup()
        return sorted(lookup.line_ids.mapped(lambda one: (one.res_model, one.res_id)))

    def test_nothing_of_a_case_is_counted(self):
        before = self._found()
        case = self._register()
        case.message_post(body=WORDS, author_id=self.leader.partner_id.id)
        case.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.leader.id, summary="Look"
        )
        self.env["calendar.event"].create(
            {
                "name": "Talk",
                "res_model_id": self.env["ir.model"]._get_id(case._name),
                "res_id": case.id,
                "start": "2026-11-02 09:00:00",
                "stop": "2026-11-02 10:00:00",
                "partner_ids": self.leader.partner_id.ids,
            }
        )
        self.env.flush_all()
        self.assertEqual(self._found(), before)

    def test_nothing_of_a_case_is_deleted(self):
        case = self._register()
        message = case.message_post(body=WORDS)
        for row in (case, case.party_ids, message):
            line = self.env["privacy.lookup.wizard.line"].create(
                {
                    "res_id": row.id,
                    "res_model_id": self.env["ir.model"]._get_id(row._name),
                }
            )
            with self.subTest(model=row._name):
                with self.assertRaises(AccessError):
                    line.with_user(self.admin).action_unlink()
                with self.assertRaises(AccessError):
                    line.with_user(self.admin)._onchange_is_active()
                self.assertTrue(row.exists())

    def test_other_rows_are_found_as_ever(self):
        self.assertIn(("res.partner", self.leader.partner_id.id), self._found())
