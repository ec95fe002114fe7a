# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"
FIGURES = ["received_count", "registrar_count", "last_received_on", "is_unused"]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestUse(ComplaintCase):
    """Whether a unit uses the system, over what the reader may read (E-09)."""

    def _figures(self, user, unit=None):
        self.env.flush_all()
        self.env.invalidate_all()
        row = (unit or self.workshop).with_user(user).read(FIGURES)[0]
        return [row[name] for name in FIGURES]

    def _take(self, user, **values):
        """A complaint that a colleague registers."""
        intake = self.env["complaint.intake"].with_user(user)
        result = intake.with_company(self.company).register(
            {
                "unit_id": self.workshop.id,
                "channel": "phone",
                "description": "The food is cold.",
                **values,
            }
        )
        return self.env["complaint.case"].browse(result["case_id"])

    def test_use_of_a_unit_is_shown_to_who_leads_it(self):
        # E-09
        self._take(self.worker, received_at="2026-10-01T10:00:00")
        self._take(self.worker, received_at="2026-10-20T10:00:00")
        self._take(self.employee, received_at="2026-10-10T10:00:00")
        self._register(received_at="2026-09-01T10:00:00")  # through the form
        for user in (self.leader, self.director, self.auditor):
            received, people, last, is_unused = self._figures(user)
            self.assertEqual((received, people), (4, 2))
            self.assertEqual(str(last), "2026-10-20")
            self.assertFalse(is_unused)
        self.assertEqual(
            self._figures(self.director, self.kitchen), [0, 0, False, True]
        )

    def test_nothing_for_long_is_what_the_procedure_says(self):
        # E-09
        self._take(self.worker, received_at="2026-04-01T10:00:00")
        self.assertTrue(self._figures(self.leader)[3])
        self.policy.unused_months = 9
        self.assertFalse(self._figures(self.leader)[3])
        self.policy.unused_months = 0
        self.assertFalse(self._figures(self.director, self.kitchen)[3])

    def test_figures_are_for_nobody_else(self):
        # E-09
        self._take(self.worker)
        for user in (self.worker, self.employee, self.owner, self.custodian):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._figures(user)
        self.assertEqual(self._figures(self.other_leader), [0, 0, False, False])
        units = self.env["complaint.unit"].with_user(self.leader)
        shown = units.search([("is_use_shown", "=", True)])
        self.assertEqual(shown, self.workshop)

    def test_hidden_case_changes_no_figure(self):
        # E-09: two worlds, with the case and without
        self._take(self.worker, received_at="2026-10-01T10:00:00")
        readers = (self.leader, self.director, self.auditor)
        before = {user: self._figures(user) for user in readers}
        about = [{"role": "subject", "user_id": self.leader.id}]
        self._take(self.director, parties=about)
        self._take(self.director, kind="whistleblowing")
        self.assertEqual(self._figures(self.leader), before[self.leader])
        self.assertNotEqual(self._figures(self.director), before[self.director])
        about = [{"role": "subject", "user_id": self.director.id}]
        after = {user: self._figures(user) for user in readers}
        self._take(self.employee, parties=about)
        self.assertEqual({user: self._figures(user) for user in readers}, after)

    def test_many_units_take_no_more_queries(self):
        # E-09
        units = self.management | self.workshop | self.kitchen
        counts = []
        for some in (units[:1], units):
            self._figures(self.director)  # warm
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.director).read(FIGURES)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)
