from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDelayAndSplit(ComplaintCase):
    def setUp(self):
        super().setUp()
        self.case = self._register(
            categories=["out_of_scope_appeal", "food"], reply_channel="portal"
        )

    def _form(self, model, user=None):
        wizard = self.env[model].with_user(user or self.leader)
        return Form(wizard.with_context(default_case_id=self.case.id))

    def test_delay_is_told_with_reason_and_date(self):
        #
        form = self._form("complaint.case.delay")
        self.assertEqual(form.milestone, "acknowledge")
        form.milestone = "close"
        row = self._deadline(self.case, "close")
        self.assertEqual(form.old_due_on, row.due_on)
        form.reason = "We wait for a doctor."
        form.until = row.due_on
        delay = form.save()
        with self.assertRaises(UserError):
            delay.action_confirm()
        self.assertEqual(delay.reason, "We wait for a doctor.")
        delay.until = row.due_on + timedelta(days=10)
        delay.action_confirm()
        self.assertEqual(row.state, "extended")
        self.assertIn("We wait for a doctor.", self.case.correspondence_ids.body)

    def test_part_that_belongs_elsewhere_is_proposed_and_split_off(self):
        # E-21, D-51
        form = self._form("complaint.case.split")
        split = form.save()
        self.assertEqual(split.category_ids.mapped("code"), ["out_of_scope_appeal"])
        action = split.action_confirm()
        child = self.env["complaint.case"].browse(action["res_id"])
        self.assertEqual(child.parent_id, self.case)

    def test_who_does_not_see_the_case_gets_nowhere(self):
        for model in ("complaint.case.delay", "complaint.case.split"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.other_leader).create(
                    {"case_id": self.case.id, "reason": "x", "until": "2030-01-01"}
                    if model.endswith("delay")
                    else {"case_id": self.case.id}
                )
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.employee).create(
                    {"case_id": self.case.id}
                )

    def test_another_user_does_not_read_what_is_being_written(self):
        form = self._form("complaint.case.delay")
        form.reason, form.until = "Secret", "2030-01-01"
        delay = form.save()
        with self.assertRaises(AccessError):
            delay.with_user(self.director).read(["reason"])
