from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .journey import BODY, JourneyCase


@tagged("post_install", "-at_install")
class TestJourneyTurns(JourneyCase):
    """Withdrawn, reopened, sent twice, or about somebody who is named later."""

    def test_robertsfors_withdrawn(self):
        case = self.arrive("sv-07", "2026-03-03 07:30:00")
        case.action_withdraw(reason="By phone")
        self.assertEqual(case.state, "withdrawn")
        self.assertEqual(len(self.letters(case, "withdrawal")), 1)
        self.deliver(case)
        self.assertFalse(self.milestones(case, "running"))
        self.assertEqual(self.milestones(case, "met"), ["acknowledge", "reply"])
        entry = case.journal_ids.filtered(lambda one: one.event == "withdrawn")
        self.assertEqual(entry.texts, {"reason": "By phone"})
        self.assertFalse(entry.payload)
        self.assert_refused("cannot become", case.action_close, outcome="upheld")

    def test_nothing_to_explain_is_not_redirected(self):
        # E-21: never silently
        case = self.arrive("sv-10", "2026-06-17 14:40:00")
        self.assert_refused("Explain", case.action_redirect)

    def test_reopened_with_its_history(self):
        case = self.arrive("sv-10", "2026-06-17 14:40:00")
        with freeze_time("2026-06-26 08:00:00"):
            case.action_answer(body=BODY, remedy="Done.")
            case.action_close(outcome="not_upheld")
            self.deliver(case)
        old, events = case.deadline_ids, self.events(case)
        with freeze_time("2026-08-03 08:00:00"):
            self.assert_refused("Write why", case.action_reopen)
            case.action_reopen(reason="New facts")
        self.assertEqual(case.state, "investigating")
        self.assertFalse(case.outcome or case.closed_at)
        self.assertEqual(set(old.mapped("state")), {"met"})
        new = case.deadline_ids - old
        self.assertEqual(new.mapped("milestone"), ["reply"])
        self.assertEqual(new.due_on, date(2026, 8, 12))
        self.assertEqual(self.events(case)[: len(events)], events)
        entry = case.journal_ids.filtered(lambda one: one.event == "reopened")
        self.assertEqual(entry.texts, {"reason": "New facts"})
        self.assertEqual(entry.payload, {"outcome": "not_upheld"})
        with freeze_time("2026-08-10 08:00:00"):
            case.action_answer(body=BODY, remedy="Really done.")
            case.action_close(outcome="upheld")
            self.deliver(case)
        self.assertEqual(new.state, "met")

    def test_an_open_case_is_not_reopened(self):
        case = self.arrive("sv-10", "2026-06-17 14:40:00")
        self.assert_refused("Only an ended", case.action_reopen, reason="Why not")

    def test_journal_is_one_unbroken_chain(self):
        case = self.arrive("sv-10", "2026-06-17 14:40:00")
        case.action_acknowledge()
        case.action_withdraw(reason="Solved")
        entries = case.sudo().journal_ids.sorted("sequence")
        self.assertEqual(entries.mapped("sequence"), list(range(1, len(entries) + 1)))
        for before, after in zip(entries, entries[1:], strict=False):
            self.assertEqual(after.previous_digest, before.digest)
        self.assertEqual(case.sudo().journal_head, entries[-1].digest)

    def test_the_same_submission_is_one_case(self):
        changes = {"submission_id": "0f9f3e1c-journey"}
        case = self.arrive("sv-10", "2026-06-17 14:40:00", **changes)
        again = self.arrive("sv-10", "2026-06-17 14:41:00", **changes)
        self.assertEqual(case, again)

    def test_named_later_the_manager_loses_the_case(self):
        # also when it comes out during the investigation
        case = self.arrive("nb-03", "2026-04-21 11:30:00")
        manager = case.handler_id
        subject = {"case_id": case.id, "role": "subject", "user_id": manager.id}
        self.env["complaint.party"].with_user(manager).create(subject)
        self.env.invalidate_all()
        self.assertFalse(case.search([("id", "=", case.id)]))
        case_sudo = case.sudo()
        self.assertEqual(case_sudo.handler_id, self.user("lepro", "management"))
        self.assertFalse(case_sudo.is_restricted)
        self.assertIn("wall_changed", self.events(case_sudo))

    def test_named_later_the_last_of_the_line_loses_the_case(self):
        # the independent receiver, and nobody else, has it then
        case = self.arrive("nb-03", "2026-04-21 11:30:00")
        head = self.user("lepro", "management")
        subject = {"case_id": case.id, "role": "subject", "user_id": head.id}
        self.env["complaint.party"].with_user(head).create(subject)
        self.env.invalidate_all()
        case_sudo = case.sudo()
        receiver = self.user("lepro", "independent")
        self.assertEqual(case_sudo.handler_id, receiver)
        self.assertTrue(case_sudo.is_restricted)
        seen = self.env["complaint.case"].with_user(receiver)
        self.assertIn(case.id, seen.search([]).ids)

    def test_nobody_behind_the_wall_is_made_handler(self):
        #
        case = self.arrive("nb-07", "2026-09-07 08:20:00")
        manager = self.user("lepro", "laundry")
        self.assertIn(manager, case.sudo().walled_user_ids)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            case.handler_id = manager
