# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import TODAY, RetentionCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHold(RetentionCase):
    """Who leads the work holds a case from disposal, says why, and until when."""

    def _hold(self, user=None, until="2026-12-31", reason="In court"):
        return (
            self.env["complaint.hold"]
            .with_user(user or self.leader)
            .create({"case_id": self.case.id, "reason": reason, "until_on": until})
        )

    def test_a_held_case_is_not_disposed_of(self):
        # C-25, M36
        row = self._proposed(self.case)
        hold = self._hold()
        self._night()
        self.assertEqual(row.state, "lapsed")
        hold.action_lift()
        self.assertTrue(self._proposed(self.case))

    def test_a_hold_takes_back_what_is_approved(self):
        row = self._proposed(self.case)
        row.with_user(self.approver).action_approve()
        self._hold()
        self._night()
        self.assertEqual(row.state, "lapsed")
        self.assertTrue(self.case.description)

    def test_a_hold_ends_by_itself(self):
        self._hold()
        with freeze_time("2026-12-31 09:00:00"):
            self.assertFalse(self._proposed(self.case))
        with freeze_time("2027-01-01 09:00:00"):
            self.assertTrue(self._proposed(self.case))

    def test_it_says_why_who_and_until_when(self):
        hold = self._hold().sudo()
        self.assertEqual(hold.set_by_id, self.leader)
        self.assertEqual(str(hold.set_on), "2026-11-02")
        entry = self.case.journal_ids.filtered(lambda one: one.event == "hold_set")
        self.assertEqual(entry.payload, {"until": "2026-12-31"})
        self.assertEqual(entry.texts, {"reason": "In court"})
        for values in (
            {"reason": " "},
            {"reason": "x" * 2001},
            {"until": False},
            {"until": "2026-11-01"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self._hold(**values)

    def test_it_is_written_once_and_lifted_once(self):
        hold = self._hold()
        for values in ({"until_on": "2026-11-02"}, {"reason": "x"}, {"lifted_on": 0}):
            with self.subTest(values=values), self.assertRaises(UserError):
                hold.write(values)
        with self.assertRaises(UserError):
            hold.unlink()
        hold.action_lift()
        self.assertEqual(hold.lifted_by_id, self.leader)
        with self.assertRaises(UserError):
            hold.action_lift()

    def test_who_leads_the_work_alone_holds_a_case(self):
        hold = self._hold()
        for user in (self.worker, self.other_leader, self.auditor, self.approver):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._hold(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                hold.with_user(user).action_lift()

    def test_a_hold_moves_no_term(self):
        self._hold().action_lift()
        self.assertTrue(self._proposed(self.case))
        self.assertEqual(str(self._rows(self.case).kept_until), "2026-01-10")

    def test_it_is_set_on_the_form_of_the_case(self):
        form = Form(self.case.with_user(self.leader))
        with form.hold_ids.new() as hold:
            hold.reason = "In court"
            hold.until_on = "2026-12-31"
        form.save()
        self.assertEqual(self.case.hold_ids.reason, "In court")
