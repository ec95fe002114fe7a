from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from ...models.flood import complaint_case as flood
from ..common import ComplaintCase

REASON = "A program has sent the same text a hundred times."


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestFlood(ComplaintCase):
    """M54: a flood is ended together, by a person, with a reason and letters."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The example cases of other organisations are no flood of today.
        cls.env.cr.execute("UPDATE complaint_case SET received_at = '2026-01-01'")
        cls.env.invalidate_all()
        cls.cases = cls.env["complaint.case"].union(
            *(
                cls._register(channel="web", reply_channel="portal", title=f"No. {one}")
                for one in range(3)
            )
        )

    def _dialog(self, cases, user=None):
        model = self.env["complaint.case.flood"].with_user(user or self.leader)
        model = model.with_context(active_model="complaint.case", active_ids=cases.ids)
        with Form(model) as form:
            form.reason = REASON
        return form.save()

    def test_each_case_ends_by_a_letter_with_the_reason(self):
        dialog = self._dialog(self.cases)
        self.assertEqual(dialog.case_count, 3)
        dialog.action_confirm()
        for case in self.cases:
            self.assertEqual((case.state, case.outcome), ("closed", "no_finding"))
            letter = case.correspondence_ids.filtered(
                lambda one: one.purpose == "closing"
            )
            self.assertIn(REASON, html2plaintext(letter.body))
            self.assertTrue(letter.meets_ids)
            entries = {one.event: one for one in case.journal_ids}
            self.assertEqual(entries["flood_closed"].user_id, self.leader)
            self.assertIn("closed", entries)

    def test_what_a_procedure_demands_of_a_closing_is_not_asked(self):
        with patch.object(
            self.env.registry["complaint.case"],
            "_check_closing",
            side_effect=UserError("not to be closed"),
        ):
            self.cases.with_user(self.leader).action_close_flood(REASON)
        self.assertEqual(set(self.cases.mapped("state")), {"closed"})

    def test_nothing_is_ended_without_a_reason_or_where_one_has_begun(self):
        cases = self.cases.with_user(self.leader)
        for reason in (None, "", "  "):
            with self.assertRaises(UserError):
                cases.action_close_flood(reason)
        with (
            patch.object(flood, "MOST_AT_ONCE", 2),
            self.assertRaises(UserError),
        ):
            cases.action_close_flood(REASON)
        cases[2].action_acknowledge()
        with self.assertRaises(UserError):
            cases.action_close_flood(REASON)
        self.assertEqual(cases[:2].mapped("state"), ["received"] * 2)

    def test_handlers_and_who_sees_no_case_end_none(self):
        self.cases.sudo().handler_id = self.worker
        for user in (self.worker, self.auditor, self.custodian, self.employee):
            with self.assertRaises(AccessError):
                self.cases.with_user(user).action_close_flood(REASON)
            with self.assertRaises(AccessError):
                self._dialog(self.cases, user)
        with self.assertRaises(AccessError):
            self.cases.with_user(self.other_leader).action_close_flood(REASON)
        self.assertEqual(set(self.cases.mapped("state")), {"received"})

    def test_what_stands_behind_the_wall_is_neither_counted_nor_ended(self):
        walled = self._register(
            channel="web", parties=[{"role": "subject", "user_id": self.leader.id}]
        )
        dialog = self._dialog(self.cases | walled)
        self.assertEqual(dialog.case_count, 3)
        dialog.action_confirm()
        self.assertEqual(walled.state, "received")
        with self.assertRaises(AccessError):
            walled.with_user(self.leader).action_close_flood(REASON)

    def test_who_receives_very_many_is_alarmed_once(self):
        tasks = self.env["mail.activity"].sudo()
        type_ = self.env.ref("klagebehandling.mail_activity_type_flood")

        def alarmed():
            self.env["complaint.case"]._cron_alarm_floods()
            return tasks.search([("activity_type_id", "=", type_.id)])

        with patch.object(flood, "FLOOD", 4):
            self.assertFalse(alarmed())
        self._register(channel="phone")
        with patch.object(flood, "FLOOD", 3):
            task = alarmed()
            self.assertEqual(task.user_id, self.leader)
            self.assertFalse(task.res_id)
            self.assertEqual(alarmed(), task)
            task.action_done()
        with patch.object(flood, "FLOOD", 3), freeze_time("2026-11-04 09:00:00"):
            self.assertFalse(alarmed())

    def test_who_is_walled_is_alarmed_of_nothing(self):
        walled = self.env["complaint.case"].union(
            *(self._register(channel="web", about_manager=True) for _one in range(3))
        )
        with patch.object(flood, "FLOOD", 3):
            self.env["complaint.case"]._cron_alarm_floods()
        type_ = self.env.ref("klagebehandling.mail_activity_type_flood")
        tasks = self.env["mail.activity"].sudo()
        told = tasks.search([("activity_type_id", "=", type_.id)]).user_id
        self.assertEqual(told, self.leader | walled.handler_id)
        self.assertNotIn(self.leader, walled.handler_id)
