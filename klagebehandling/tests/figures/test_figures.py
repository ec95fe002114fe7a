# What people say in a test is not translated.
# pylint: disable=translation-required
from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from ..common import ComplaintCase

NOW = "2026-12-01 09:00:00"
RECEIVED = "2026-06-01T10:00"
PERIOD = date(2026, 1, 1), date(2026, 12, 31)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFigures(ComplaintCase):
    """What each figure of a period counts, whoever asks for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.figures = cls.env["complaint.figure"]
        cls.scope = cls.figures._of_unit(cls.management, cls.policy, *PERIOD)

    def _count(self, *keys, scope=None, **options):
        counted = self.figures._count(scope or self.scope, keys, **options)
        return counted[keys[0]] if len(keys) == 1 else counted

    def test_cases_count_by_their_own_days_and_once(self):
        # C-35, D-48
        one, again = (self._register(received_at=RECEIVED) for _number in range(2))
        self._register(received_at="2025-12-31T23:30")
        self._register(received_at="2026-01-01T00:30", unit_id=self.kitchen.id)
        again.is_repeat = True
        self.assertEqual(self._count("received"), (2, None))
        with freeze_time("2026-07-01 10:00:00"):
            one.with_user(self.leader).action_close(outcome="upheld")
        self.assertEqual(self._count("closed"), (1, None))
        self.assertEqual(
            self._count("received", by="unit_id"),
            {self.workshop: (1, None), self.kitchen: (1, None)},
        )
        company = self.figures._of_company(self.company, self.policy, *PERIOD)
        procedure = self.figures._of_procedure(self.policy, *PERIOD)
        for scope in (company, procedure):
            self.assertEqual(self._count("received", scope=scope), (2, None))
        below = self.figures._of_unit(self.kitchen, self.policy, *PERIOD)
        self.assertEqual(self._count("received", scope=below), (1, None))

    def test_minutes_count_once_in_their_newest_version(self):
        # A-13, C-35
        case = self._register(received_at=RECEIVED)
        meetings = self.env["complaint.meeting"].with_user(self.leader)
        first, second = (
            meetings.create(
                {"case_id": case.id, "start_at": "2026-11-20 09:00:00", "place": "2"}
            )
            for _number in range(2)
        )
        for meeting in (first, second):
            meeting.action_write_minutes()
            meeting.minutes_ids.agreed = "Warm food"
            meeting.minutes_ids.action_freeze()
        self.assertEqual(self._count("minutes"), (2, 0))
        first.minutes_ids.action_new_version()
        self.assertEqual(self._count("minutes"), (1, 0), "one is being changed")
        first.minutes_ids.sorted("version")[-1:].action_freeze()
        self.assertEqual(len(first.minutes_ids), 2)
        self.assertEqual(self._count("minutes"), (2, 0))

    def test_duties_are_on_time_late_moved_or_waived(self):
        # C-35, D-48
        kept, late, running = (
            self._register(received_at=RECEIVED) for _number in range(3)
        )
        with freeze_time("2026-06-02 10:00:00"):
            self._deadline(kept, "acknowledge")._meet()
        self._deadline(late, "acknowledge")._meet()
        self.assertEqual(self._count("acknowledge"), (3, 1), "one overdue, one late")
        self.assertEqual(
            self._count("acknowledge", by="unit_id"), {self.workshop: (3, 1)}
        )
        self._deadline(kept, "close")._waive("No reply wanted")
        self.assertEqual(self._count("waived"), (1, None))
        self.assertEqual(self._count("close"), (2, 0))
        self._deadline(running, "acknowledge").write(
            {"state": "late", "late_at": "2026-06-10 10:00:00"}
        )
        self._deadline(running, "close").write(
            {"state": "extended", "reason": "Ill", "next_at": False}
        )
        self.assertEqual(self._count("late"), (1, None))
        self.assertEqual(self._count("moved"), (1, None))

    def test_measures_are_due_done_late_and_their_effects(self):
        # D-48, C-10
        measures = self.env["complaint.action"].with_user(self.director)
        names = ("late", "done", "dropped", "checked")
        due = {"unit_id": self.workshop.id, "due_on": "2026-12-10"}
        late, done, dropped, checked = (
            measures.create({**due, "name": name, "check_on": "2026-12-20"})
            for name in names
        )
        self.assertEqual(self._count("measures"), (4, 0))
        done.action_done("Bought")
        checked.action_done("Bought")
        checked.action_check("fails", "It still gets cold.")
        dropped.action_drop("Not needed")
        self.assertEqual(self._count("measures"), (3, 2))
        self.assertEqual(self._count("effects"), (3, 1))
        self.assertEqual(self._count("measures_done"), (2, None))
        self.assertEqual(self._count("effects_failed"), (1, None))
        self.assertEqual(
            self._count("measures_late", "effects_late")["measures_late"], (1, None)
        )
        self.assertEqual(self._count("effects_late"), (1, None))
        self.assertEqual(late.state, "open")
        works = measures.create({**due, "name": "works", "check_on": "2026-12-20"})
        works.action_done("Bought")
        works.action_check("works", "It is warm.")
        self.assertEqual(self._count("effects_failed"), (1, None))
        # What is late stays so in the year after, until it is done.
        after = date(2027, 1, 1), date(2027, 12, 31)
        scope = self.figures._of_unit(self.management, self.policy, *after)
        standing = self._count("measures_late", "effects_late", scope=scope)
        self.assertEqual([*standing.values()], [(1, None), (1, None)])

    def test_each_figure_costs_no_query_more_for_more_cases(self):
        keys = list(self.figures._define(self.scope))
        self._register(received_at=RECEIVED)
        self._count(*keys)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._count(*keys)
        few = self.env.cr.sql_log_count - before
        for _number in range(5):
            self._register(received_at=RECEIVED)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._count(*keys)
        self.assertEqual(self.env.cr.sql_log_count - before, few)

    def test_left_out_and_withheld_agree_on_what_is_hidden(self):
        for _number in range(6):
            self._register(received_at=RECEIVED)
        about = [{"role": "subject", "user_id": self.leader.id}]
        self._register(received_at=RECEIVED, parties=about)
        self.assertEqual(self._count("received"), (7, None))
        counted = self.figures._count_open(self.scope, ["received"])
        self.assertEqual(counted["received"], (6, None))
        readers = self.director | self.leader
        published = self.figures._publish(self.scope, ["received"], readers, 5)
        numbers = published["received"]["numbers"]
        self.assertEqual(numbers, {"total": 6, "part": None})

    def test_measure_is_hidden_as_the_cases_are_that_it_comes_of(self):
        about = [{"role": "subject", "user_id": self.leader.id}]
        hidden = self._register(received_at=RECEIVED, parties=about)
        issues = self.env["complaint.issue"]
        place = {"company_id": self.company.id, "unit_id": self.workshop.id}
        for values in ({"case_ids": hidden.ids}, {"is_independent": True}, {}):
            issue = issues.create({"name": "Cold food", **place, **values})
            issue.action_ids = [
                Command.create({"name": "Boxes", "due_on": "2026-12-10"})
            ]
        self.assertEqual(self._count("measures_open"), (3, None))
        counted = self.figures._count_open(self.scope, ["measures_open"])
        self.assertEqual(counted["measures_open"], (1, None))
