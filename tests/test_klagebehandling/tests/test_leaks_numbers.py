from freezegun import freeze_time

from odoo.tests import tagged

from .leak_case import LeakCase
from .leak_world import NOON

# The children that a case gets at the door, in whose ids a gap could be counted.
PARTS = ("complaint.case", "complaint.party", "complaint.deadline", "complaint.journal")
ROUNDS = 24


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestLeaksNumbers(LeakCase):
    """Law part 8, 7: no number tells how many cases there are in between."""

    def _numbers(self, rounds, hide=False):
        """The gaps between the ids of one's own rows, with or without hidden cases."""
        gaps = {name: [] for name in PARTS}
        last = self._last_ids(self._register())
        for _round in range(rounds):
            if hide:
                self._register(
                    parties=[self._complainant(), *self._subjects()],
                )
            case = self._register()
            first = self._first_ids(case)
            for name in PARTS:
                gaps[name].append(first[name] - last[name])
            last = self._last_ids(case)
        return gaps

    def _ids(self, case):
        return {
            "complaint.case": case.ids,
            "complaint.party": case.party_ids.ids,
            "complaint.deadline": case.deadline_ids.ids,
            "complaint.journal": case.journal_ids.ids,
        }

    def _first_ids(self, case):
        return {name: min(ids) for name, ids in self._ids(case).items()}

    def _last_ids(self, case):
        return {name: max(ids) for name, ids in self._ids(case).items()}

    def test_public_numbers_are_drawn_without_order(self):
        cases = [self._register() for _round in range(8)]
        for name in ("reference", "registry_number"):
            numbers = [case[name] for case in cases]
            self.assertEqual(len(set(numbers)), len(numbers))
            self.assertNotEqual(numbers, sorted(numbers))
        tails = [int(case.registry_number.split("-")[1]) for case in cases]
        steps = {
            after - before for before, after in zip(tails, tails[1:], strict=False)
        }
        self.assertFalse(steps & set(range(-10, 11)))

    def test_one_gap_between_ids_does_not_tell_of_a_hidden_case(self):
        """A gap as wide as one with a hidden case in it also comes without one."""
        without = self._numbers(ROUNDS)
        with_hidden = self._numbers(ROUNDS, hide=True)
        for name in PARTS:
            with self.subTest(model=name):
                self.assertGreaterEqual(
                    max(without[name]),
                    min(with_hidden[name]),
                    f"{sorted(without[name])} {sorted(with_hidden[name])}",
                )

    def test_counters_are_those_of_the_reader(self):
        """The unit's counter, the list's pages and the digest count what is seen."""
        case = self._hide_known()
        user = self.walled["subject_manager"]
        unit = self.workshop.with_user(user)
        above = self.workshop.with_user(self.director)
        self.assertEqual(above.case_count, 4)
        seen = (
            self.env["complaint.case"]
            .with_user(user)
            .search_count([("unit_id", "=", self.workshop.id)])
        )
        self.assertEqual(unit.case_count, seen)
        self.assertEqual(seen, 3)
        self.assertFalse(case.with_user(user).exists())

    def test_digest_counts_what_its_reader_sees(self):
        """One mail after the other in one go, whoever's comes first."""
        self._hide_known()
        digest = self.env["digest.digest"].create(
            {
                "name": "Figures",
                "periodicity": "daily",
                "kpi_complaint_received": True,
                "company_id": self.company.id,
            }
        )
        subject = self.walled["subject_manager"]
        with freeze_time("2026-11-02 20:00:00"):
            for readers in ((subject, self.director), (self.director, subject)):
                self.env.invalidate_all()
                figures = {
                    user: self._figure(digest._compute_kpis(self.company, user))
                    for user in readers
                }
                self.assertEqual(figures[subject], "3")
                self.assertEqual(figures[self.director], "4")

    def _figure(self, kpis):
        kpi = next(one for one in kpis if "received" in one["kpi_name"])
        return str(kpi["kpi_col1"]["value"])

    def test_registration_log_tells_no_second(self):
        """``create_date`` of visible rows does not shift with hidden ones."""
        before = self._register()
        self._hide_known()
        after = self._register()
        self.assertEqual(before.create_date, after.create_date)
