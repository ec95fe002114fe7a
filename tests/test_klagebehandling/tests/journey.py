from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from .common import ExampleCase

BODY = "<p>Reply in the words of the organisation.</p>"


class JourneyCase(ExampleCase):
    """A case as its handler sees and moves it."""

    def arrive(self, name, moment, **changes):
        """A line of the files that arrives at a moment, as its handler sees it."""
        with freeze_time(moment):
            case = self.register(self.line(name), received_at=None, **changes)
        return case.with_user(case.handler_id)

    def milestones(self, case, state):
        """The milestones whose deadlines are in a state."""
        deadlines = case.deadline_ids.filtered(lambda one: one.state == state)
        return sorted(deadlines.mapped("milestone"))

    def letters(self, case, purpose):
        return case.correspondence_ids.filtered(lambda one: one.purpose == purpose)

    def deliver(self, case):
        """Have all that waits leave now, as the queue and colleagues would."""
        letters = case.sudo().correspondence_ids
        letters.filtered(lambda one: one.state == "queued")._mark_sent("Delivered")

    def assert_in_order(self, events, *expected):
        """That the events are there, in this order, others between them or not."""
        rest = iter(events)
        for event in expected:
            self.assertIn(event, rest, f"{expected} in {events}")

    def assert_refused(self, missing, call, *args, **kwargs):
        """That the procedure refuses and changes nothing."""
        case = call.__self__
        state, letters = case.state, len(case.correspondence_ids)
        events = self.events(case)
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            call(*args, **kwargs)
        self.assertNotIsInstance(caught.exception, AccessError)
        self.assertIn(missing, str(caught.exception))
        case.invalidate_recordset()
        self.assertEqual((case.state, self.events(case)), (state, events))
        self.assertEqual(len(case.correspondence_ids), letters)

    def assert_employee_refused(self, case):
        """That an employee who registered it can do no more with it (E-12)."""
        own = case.with_user(self.user(case.policy_id.code, "reception"))
        actions = ("acknowledge", "investigate", "answer", "close", "redirect")
        for name in (*actions, "withdraw", "reopen"):
            with self.assertRaises(AccessError):
                getattr(own, f"action_{name}")()
