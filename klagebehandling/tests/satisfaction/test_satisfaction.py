from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.satisfaction import complaint_satisfaction_pending
from ...models.satisfaction.complaint_satisfaction import QUESTIONS
from ...sealing import keyring
from ..common import ComplaintCase

NOW = "2026-11-30 09:00:00"
GOOD = {"was_heard": 5, "was_clear": 4, "was_fair": 5}
OURS = ("complaint_satisfaction", "complaint_satisfaction_pending")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSatisfaction(ComplaintCase):
    """Three questions, and no way from an answer to a case (M45, C-36)."""

    def setUp(self):
        super().setUp()
        # The answer is kept by a cursor of its own: here it is one of the test's.
        self.registry_enter_test_mode()
        for table in (*OURS, "complaint_satisfaction_spent"):
            self.env.cr.execute(f"DELETE FROM {table}")  # the example has answers

    def _closed(self, **values):
        case = self._register(**values)
        user = self.independent if case.is_restricted else case.handler_id
        case.with_user(user).action_close(outcome="resolved")
        return case

    def _rate(self, case, **answers):
        kept = case._rate({**GOOD, **answers})
        self.env.flush_all()
        self.env.cr.postcommit.run()
        return kept

    def _count(self):
        self.env["complaint.satisfaction.pending"]._count_waiting()
        self.env.flush_all()
        ours = [("company_id", "=", self.company.id)]
        return self.env["complaint.satisfaction"].search(ours, order="id")

    def _rows(self, table):
        self.env.cr.execute(f"SELECT * FROM {table}")
        return self.env.cr.dictfetchall()

    def test_person_of_a_closed_case_answers_once(self):
        # C-36
        case = self._register()
        self.assertFalse(self._rate(case), "not before it is closed")
        case.with_user(self.leader).action_close(outcome="resolved")
        for answers in (
            {"was_fair": 6},
            {"was_fair": 0},
            {"was_fair": "5"},
            {"was_fair": None},
        ):
            self.assertFalse(self._rate(case, **answers))
        self.assertTrue(case._may_rate())
        self.assertTrue(self._rate(case))
        self.assertFalse(case._may_rate())
        self.assertFalse(self._rate(case))
        self.assertEqual(len(self._rows("complaint_satisfaction_pending")), 1)

    def test_answers_are_counted_from_so_many_and_not_before(self):
        # M45: shown from k answers a cell
        cases = [self._closed() for _number in range(5)]
        for case in cases[:4]:
            self._rate(case)
        self.assertFalse(self._count())
        self._rate(cases[4], was_fair=1)
        rows = self._count()
        self.assertEqual(len(rows), 5)
        self.assertEqual(rows.unit_id, self.workshop)
        self.assertFalse(self._rows("complaint_satisfaction_pending"))
        self.assertEqual(len(self._count()), 5, "twice counts nothing more")
        satisfaction = self.env["complaint.satisfaction"]
        (cell,) = satisfaction._cells(self.company, "2026-01-01", "2026-12-01")
        self.assertEqual((cell["count"], cell["was_fair"]), (5, 4.2))
        self.policy.satisfaction_cases = 6
        self.assertFalse(satisfaction._cells(self.company, "2026-01-01", "2026-12-01"))

    def test_dump_of_the_database_cannot_join_answer_and_case(self):
        # M45
        cases = [self._closed() for _number in range(5)]
        for number, case in enumerate(cases, start=1):
            self._rate(case, was_fair=number)
        # What waits is sealed, and all of the same length; the mark is a hash.
        waiting = self._rows("complaint_satisfaction_pending")
        self.assertEqual({*waiting[0]}, {"id", "sealed"})
        self.assertEqual(len({len(row["sealed"]) for row in waiting}), 1)
        # Nor can who holds the key too.
        opened = keyring.decrypt(waiting[0]["sealed"])
        self.assertEqual({*opened}, {"company", "unit", "year", *QUESTIONS})
        (mark, *_rest) = self._rows("complaint_satisfaction_spent")
        self.assertEqual({*mark}, {"id", "token_hash"})
        dump = str(waiting) + str(self._rows("complaint_satisfaction_spent"))
        for case in cases:
            for word in (case.reference, case.access_code_hash or "-no-", "Workshop"):
                self.assertNotIn(word, dump)
        # Counted, a row is numbers, unit and month: no time, no user, no text.
        shuffled = []

        def backwards(rows):
            shuffled.append(len(rows))
            rows.reverse()

        with patch.object(complaint_satisfaction_pending._random, "shuffle", backwards):
            rows = self._count()
        self.assertEqual(shuffled, [5])
        self.assertEqual(rows.mapped("was_fair"), [5, 4, 3, 2, 1], "as it was drawn")
        (row, *_rest) = self._rows("complaint_satisfaction")
        self.assertEqual(
            {*row},
            {
                "id",
                "company_id",
                "unit_id",
                "month",
                "was_heard",
                "was_clear",
                "was_fair",
            },
        )
        self.assertEqual(str(row["month"]), "2026-11-01")
        self.assertFalse(
            [
                field.name
                for name in (*OURS, "complaint_satisfaction_spent")
                for field in self.env[name.replace("_", ".")]._fields.values()
                if field.comodel_name
                in ("complaint.case", "res.users", "complaint.party")
            ]
        )

    def _written(self, act):
        """The tables that an act writes."""
        self.env.flush_all()
        written, execute = set(), type(self.env.cr).execute

        def listen(cursor, query, *args, **kwargs):
            words = str(getattr(query, "code", query)).split()
            if words[:1] in (["INSERT"], ["UPDATE"], ["DELETE"]):
                written.add(words[1 if words[0] == "UPDATE" else 2].strip('"'))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(type(self.env.cr), "execute", listen):
            act()
            self.env.flush_all()
        return written

    def test_mark_answer_and_count_are_written_apart(self):
        # M45: another transaction than the spent token; xmin tells nothing
        cases = [self._closed() for _number in range(5)]
        for case in cases[:4]:
            self._rate(case)
        self.assertEqual(
            self._written(lambda: cases[4]._rate(GOOD)),
            {"complaint_satisfaction_spent"},
        )
        self.assertEqual(
            self._written(self.env.cr.postcommit.run),
            {"complaint_satisfaction_pending"},
        )
        self.assertEqual(self._written(self._count), {*OURS})

    def test_answers_that_wait_follow_a_rotation_of_the_keys(self):
        cases = [self._closed() for _number in range(5)]
        for case in cases:
            self._rate(case)
        pending = self.env["complaint.satisfaction.pending"]
        ring = (keyring.new_key(), *keyring.keyring())
        with patch.object(keyring, "keyring", lambda: ring):
            self.assertEqual(pending._reseal_batch(10**6), 5)
            self.assertEqual(pending._reseal_batch(10**6), 0)
            waiting = self._rows("complaint_satisfaction_pending")
            marks = {keyring.mark_of(row["sealed"]) for row in waiting}
            self.assertEqual(marks, {keyring.mark(ring[0])})
        # The old key may be thrown away: they are counted all the same.
        with patch.object(keyring, "keyring", lambda: ring[:1]):
            self.assertEqual(len(self._count()), 5)

    def test_few_answers_of_a_year_go_to_the_organisation(self):
        cases = [
            self._closed(unit_id=unit.id) for unit in (self.workshop, self.kitchen) * 3
        ]
        for case in cases:
            self._rate(case)
        self.assertFalse(self._count())
        with freeze_time("2027-01-02 09:00:00"):
            rows = self._count()
        self.assertEqual(len(rows), 6)
        self.assertFalse(rows.unit_id)

    def test_answer_of_a_walled_case_is_none_of_the_unit(self):
        subject = [{"role": "subject", "user_id": self.worker.id}]
        for number in range(5):
            kind = "whistleblowing" if number % 2 else "complaint"
            self._rate(self._closed(kind=kind, parties=subject))
        self.assertFalse(self._count().unit_id)

    def test_neither_wall_nor_restriction_alone_lets_it_count_for_the_unit(self):
        subject = [{"role": "subject", "user_id": self.worker.id}]
        for values in ({"parties": subject}, {"kind": "whistleblowing"}):
            cases = [self._closed(**values) for _number in range(5)]
            self.assertNotEqual(
                bool(cases[0].walled_user_ids), bool(cases[0].is_restricted)
            )
            for case in cases:
                self._rate(case)
        rows = self._count()
        self.assertEqual(len(rows), 10)
        self.assertFalse(rows.unit_id)

    def test_strictest_procedure_says_from_how_many(self):
        self._create_policy("test_strict", satisfaction_cases=7)
        satisfaction = self.env["complaint.satisfaction"]
        self.assertEqual(satisfaction._least(self.company), 7)

    def test_who_sees_them(self):
        for _number in range(5):
            self._rate(self._closed())
        rows = self._count()
        for user in (self.leader, self.auditor, self.owner):
            self.assertEqual(
                rows.with_user(user).search([("id", "in", rows.ids)]), rows
            )
            with self.assertRaises(AccessError):
                rows.with_user(user).write({"was_fair": 1})
            with self.assertRaises(UserError):
                rows.with_user(user).create(
                    {"company_id": self.company.id, "month": NOW[:10], **GOOD}
                )
        for user in (self.worker, self.employee, self.custodian):
            with self.assertRaises(AccessError):
                rows.with_user(user).read(["was_fair"])
        for model in ("pending", "spent"):
            for user in (self.leader, self.auditor, self.env.ref("base.user_admin")):
                with self.assertRaises(AccessError):
                    self.env[f"complaint.satisfaction.{model}"].with_user(user).search(
                        []
                    )
