from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-05 09:00:00")
class TestCorrectionDialog(ComplaintCase):
    """All is shown as it stands, what was wrong is edited, and a reason is given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(received_at="2026-11-02T10:00:00")

    def _form(self, user=None, case=None):
        dialog = self.env["complaint.case.correction"].with_user(user or self.leader)
        return Form(dialog.with_context(default_case_id=(case or self.case).id))

    def test_what_stands_in_the_case_is_shown_and_only_what_differs_is_corrected(self):
        form = self._form()
        self.assertEqual(form.unit_id, self.workshop)
        self.assertEqual(form.email, "kari@example.com")
        form.heading = "Served cold"
        form.phone = "22 00 00 00"
        form.reason = "She called."
        form.save().action_confirm()
        self.assertEqual(self.case.heading, "Served cold")
        self.assertEqual(self.case.party_ids.phone, "22 00 00 00")
        entry = self.case.journal_ids.filtered(lambda one: one.event == "corrected")
        self.assertEqual(entry.payload.keys(), {"binds"})
        self.assertEqual(entry.texts.keys(), {"heading_from", "heading_into", "reason"})

    def test_reason_is_demanded_by_the_form(self):
        form = self._form()
        form.heading = "Served cold"
        with self.assertRaisesRegex(AssertionError, "reason"):
            form.save()

    def test_what_moves_is_shown_before_it_does(self):
        form = self._form()
        self.assertFalse(form.moves)
        form.received_at = "2026-10-30 07:00:00"
        self.assertIn("11/09/2026", form.moves)
        self.assertFalse(form.is_later)
        form.received_at = "2026-11-04 07:00:00"
        self.assertTrue(form.is_later)
        for odd in ("1026-01-01 00:00:00", "9999-01-01 00:00:00"):
            form.received_at = odd
            self.assertFalse(form.moves)

    def test_what_somebody_else_corrected_meanwhile_is_shown_first(self):
        mine, theirs = self._form(), self._form(self.director)
        theirs.kind = "view"
        theirs.phone = "11"
        theirs.reason = "First"
        theirs.save().action_confirm()
        mine.heading = "Served cold"
        mine.reason = "Second"
        dialog = mine.save()
        action = dialog.action_confirm()
        self.assertEqual(action["res_id"], dialog.id)
        self.assertTrue(dialog.is_stale)
        self.assertFalse(self.case.heading)
        self.assertEqual((dialog.kind, dialog.phone), ("view", "11"))
        self.assertEqual((dialog.heading, dialog.reason), ("Served cold", "Second"))
        dialog.action_confirm()
        self.assertEqual(self.case.heading, "Served cold")
        self.assertEqual(self.case.kind, "view")
        self.assertEqual(self.case.party_ids.phone, "11")

    def test_refused_the_text_is_kept(self):
        form = self._form(self.worker)
        form.received_at = "2026-11-04 07:00:00"
        form.reason = "The postmark says so."
        dialog = form.save()
        with self.assertRaisesRegex(UserError, "manager"):
            dialog.action_confirm()
        self.assertEqual(dialog.reason, "The postmark says so.")

    def test_protected_and_anonymous_persons_are_not_shown(self):
        # A-08, M11
        nameless = [{"role": "complainant", "kind": "participant"}]
        for anonymity, parties in (("protected", None), ("anonymous", nameless)):
            values = {"anonymity": anonymity}
            if parties is not None:
                values["parties"] = parties
            case = self._register(**values)
            dialog = self.env["complaint.case.correction"].with_user(self.leader)
            dialog = dialog.create(
                {"case_id": case.id, "reason": "x", "name": "Kvitrev", "phone": "1"}
            )
            dialog.write({"email": "kvitrev@example.com"})
            self.assertFalse(dialog.sudo().identity_sealed)
            form = self._form(case=case)
            self.assertFalse(form.is_reach_known)
            form.kind = "view"
            form.reason = "She called."
            dialog = form.save()
            self.assertFalse(dialog.sudo().name)
            dialog.action_confirm()
            self.assertEqual(case.kind, "view")

    def test_identity_is_sealed_in_the_dialog_too(self):
        form = self._form()
        form.email = "kvitrev@example.com"
        form.reason = "She called."
        dialog = form.save()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(one)::text FROM complaint_case_correction one "
            "WHERE id = %s",
            dialog.ids,
        )
        stored = self.env.cr.fetchone()[0]
        for canary in ("kvitrev", "kari@example.com", "Nordmann"):
            self.assertNotIn(canary, stored)

    def test_who_loses_the_case_by_it_comes_out_at_the_cases(self):
        form = self._form(self.worker)
        form.unit_id = self.kitchen
        form.reason = "It happened in the kitchen."
        action = form.save().action_confirm()
        self.assertEqual(action["res_model"], "complaint.case")
        self.assertEqual(action["target"], "main")
        self.assertEqual(self.case.handler_id, self.other_leader)

    def test_dialog_is_of_who_opened_it_and_of_who_works_the_case(self):
        form = self._form()
        form.reason = "She called."
        dialog = form.save()
        for user in (self.director, self.worker):
            with self.assertRaises(AccessError):
                dialog.with_user(user).action_confirm()
        for user in (self.auditor, self.custodian, self.employee, self.owner):
            with self.assertRaises(AccessError):
                self._form(user)
        with self.assertRaises(AccessError):
            self._form(self.other_leader)
