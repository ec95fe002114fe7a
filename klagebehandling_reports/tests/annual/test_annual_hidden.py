import random

from freezegun import freeze_time

from odoo.tests import tagged

from .test_annual_report import NOW, AnnualCase

LEAST = 5


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAnnualHidden(AnnualCase):
    """Hidden complaints count in the sum, and nobody learns of one by it (M43)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subject = cls._create_user("subject", "group_manager")
        cls.subjects = cls.subject | cls._create_user("second", "group_manager")

    def _wall(self, count, user=None, **values):
        user = user or self.subject
        subject = {"role": "subject", "name": user.name, "user_id": user.id}
        return self._make(count, parties=[subject], **values)

    def test_enough_are_counted(self):
        self._make(6)
        self._wall(LEAST)
        report = self._open_report()
        self.assertEqual(report.data["received"], 6, "a draft tells of none")
        self._approve(report)
        self.assertEqual(report.data["received"], 6 + LEAST)
        self.assertEqual(self._table(report, "channels")["total"], [6])

    def test_too_few_wait_for_the_next_year(self):
        self._make(6, received_at="2025-06-01T10:00")
        self._wall(LEAST - 2, received_at="2025-06-01T10:00")
        before = self._open_report(2025)
        self._publish(before)
        self.assertEqual(before.data["received"], 6)
        self.assertIn("This stands here every year", before.content)
        self._make(6)
        self._wall(2)
        report = self._approve(self._open_report())
        self.assertEqual(report.data["received"], 6 + LEAST)
        self.assertIn("This stands here every year", report.content)

    def test_each_is_counted_once(self):
        self._make(6, received_at="2025-06-01T10:00")
        self._wall(LEAST, received_at="2025-06-01T10:00")
        self._publish(self._open_report(2025))
        self._make(6)
        self._wall(LEAST)
        report = self._approve(self._open_report())
        self.assertEqual(report.data["received"], 6 + LEAST)

    def test_nobody_learns_of_a_hidden_one_by_subtraction(self):
        # The property, on drawn years: what is hidden from a reader and stands in the
        # sum is nothing, or enough.
        chance = random.Random(20270201)
        cases = self.env["complaint.case"]
        for turn in range(6):
            self.env.cr.execute("UPDATE complaint_case SET report_year = -1")
            cases.invalidate_model(["report_year"])
            year = 2018 + turn
            at = f"{year}-06-01T10:00"
            made = self._make(chance.choice((5, 8)), received_at=at)
            plain = len(made)
            for user in self.subjects:
                made |= self._wall(chance.randrange(8), user, received_at=at)
            report = self._approve(self._open_report(year))
            told = report.data["received"]
            readers = report.sudo()._case_readers() | self.subjects
            for reader in readers:
                known = cases.with_user(reader).search_count([("id", "in", made.ids)])
                hidden = told - plain - max(known - plain, 0)
                self.assertFalse(
                    told > plain and 0 < hidden < LEAST, (turn, reader.login, hidden)
                )

    def test_independent_receiver_hands_the_whole_number_on(self):
        # B-25
        self._make(6)
        self._wall(2)
        report = self._open_report()
        self._publish(report)
        receiver = self.policy.sudo().independent_id
        self.assertEqual(report.with_user(receiver).complete_count, 8)
        self.assertEqual(report.with_user(self.director).complete_count, 0)
        self.assertEqual(report.with_user(self.owner).complete_count, 0)
        tasks = self.env["mail.activity"].sudo()
        task = tasks.search([("user_id", "=", receiver.id)]).filtered(
            lambda one: "2026" in (one.summary or "")
        )
        self.assertIn("The board", task.summary)

    def test_mark_is_read_by_nobody(self):
        self._make(6)
        self._approve(self._open_report())
        for user in (self.director, self.owner, self.auditor):
            self.assertNotIn(
                "report_year",
                self.env["complaint.case"].with_user(user).fields_get(),
            )
