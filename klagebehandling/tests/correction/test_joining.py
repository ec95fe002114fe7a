from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from ..common import ComplaintCase

REASON = "Both tell of the same dinner."
NEVER = 900_000_000


@tagged("post_install", "-at_install")
@freeze_time("2026-11-05 09:00:00")
class TestJoining(ComplaintCase):
    """Cases about the same matter: linked, treated together, or sent again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._register()
        cls.second = cls._register()
        cls.other = cls._register(
            parties=[
                {"role": "complainant", "name": "Ola Dunk", "email": "ola@example.com"}
            ]
        )
        cls.hidden = cls._register(
            parties=[{"role": "subject", "user_id": cls.leader.id}]
        )
        cls.led = cls.second.with_user(cls.leader)

    def _same(self, case, user):
        self.env.invalidate_all()
        return case.with_user(user).same_matter_ids

    def _link(self, case, other, user=None):
        user = user or self.director
        return case.with_user(user).action_link(other.id, REASON)

    # -- the link ----------------------------------------------------------------------

    def test_link_shows_in_both_cases(self):
        self._link(self.first, self.other, self.leader)
        self.assertEqual(self._same(self.first, self.worker), self.other)
        self.assertEqual(self._same(self.other, self.worker), self.first)
        self.assertFalse(self._same(self.second, self.worker))

    def test_link_is_seen_by_who_reads_both_only(self):
        # M17
        self.assertIn(self.leader, self.hidden.walled_user_ids)
        self._link(self.first, self.hidden)
        self.assertEqual(self._same(self.first, self.director), self.hidden)
        for user in (self.leader, self.worker):
            self.assertFalse(self._same(self.first, user))
            seen = self.first.with_user(user)
            row = seen.web_read({"same_matter_ids": {"fields": {"display_name": {}}}})
            self.assertFalse(row[0]["same_matter_ids"])
            self.assertFalse(seen.same_matter_note)
            self.assertNotIn(self.leader, self.first.walled_user_ids)

    def test_link_leaves_no_trace_in_what_others_read(self):
        before = self.first.journal_ids
        written = self.first.write_date
        self._link(self.first, self.hidden)
        self._link(self.hidden, self.other)
        self.assertEqual(self.first.journal_ids, before)
        self.assertEqual(self.first.write_date, written)
        self.assertFalse(self.first.message_ids.filtered("body"))

    def test_hidden_case_cannot_be_guessed(self):
        asked = self.first.with_user(self.leader)
        answers = set()
        for id_ in (self.hidden.id, NEVER):
            for act in (asked.action_link, asked.action_join, asked.action_part):
                with self.assertRaises(AccessError) as refusal:
                    act(id_, REASON)
                answers.add(str(refusal.exception))
            form = self.env["complaint.case.join"].with_user(self.leader)
            for values in ({"other_id": id_}, {"linked_id": id_}):
                with self.assertRaises(AccessError) as refusal:
                    form.create({"case_id": self.first.id, "reason": "x", **values})
                answers.add(str(refusal.exception))
                with self.assertRaises(AccessError) as refusal:
                    form.onchange(
                        {"case_id": self.first.id, **values},
                        ["other_id"],
                        {"body": {}, "other_id": {"fields": {"display_name": {}}}},
                    )
                answers.add(str(refusal.exception))
        self.assertEqual(len(answers), 1)
        self.assertFalse(self.env["complaint.case.link"].search([]))

    def test_nobody_has_a_right_on_the_rows(self):
        self._link(self.first, self.other)
        links = self.env["complaint.case.link"]
        for user in (
            self.leader,
            self.director,
            self.independent,
            self.custodian,
            self.auditor,
            self.owner,
            self.employee,
        ):
            with self.assertRaises(AccessError):
                links.with_user(user).search([])
        with self.assertRaises(UserError):
            self.first.with_user(self.leader).write(
                {"same_matter_ids": [(4, self.second.id)]}
            )

    def test_who_only_reads_links_nothing(self):
        for user in (self.auditor, self.employee, self.custodian, self.other_leader):
            with self.assertRaises(AccessError):
                self._link(self.first, self.other, user)

    def test_odd_links_are_refused_in_words(self):
        asked = self.first.with_user(self.leader)
        for case_id in (self.first.id, None, "x", True, 0, -1, 10**30, [self.other.id]):
            with self.subTest(case_id=case_id), self.assertRaises(UserError):
                asked.action_link(case_id, REASON)
        with self.assertRaises(UserError):
            asked.action_link(self.other.id, " ")
        self._link(self.first, self.other)
        with self.assertRaisesRegex(UserError, "already"):
            self._link(self.other, self.first)

    def test_link_is_taken_back_with_a_reason(self):
        self._link(self.first, self.other)
        asked = self.other.with_user(self.leader)
        with self.assertRaises(UserError):
            asked.action_part(self.first.id, "")
        asked.action_part(self.first.id, "Another dinner.")
        self.assertFalse(self._same(self.first, self.leader))
        row = self.env["complaint.case.link"].sudo().search([])
        self.assertEqual(row.ended_by_id, self.leader)
        self.assertEqual(row.end_reason, "Another dinner.")
        self._link(self.first, self.other)
        self.assertTrue(self._same(self.first, self.leader))

    # -- treated together --------------------------------------------------------------

    def test_treated_together_each_keeps_its_promises_and_its_answer(self):
        promises = {case: case.deadline_ids for case in (self.first, self.other)}
        self.other.with_user(self.leader).action_join(self.first.id, REASON)
        for case, rows in promises.items():
            self.assertEqual(case.deadline_ids, rows)
            self.assertEqual(set(rows.mapped("state")), {"running"})
            self.assertEqual(case.state, "received")
            self.assertFalse(case.is_repeat)
        self.first.with_user(self.leader).expected_on = "2026-12-01"
        self.first.with_user(self.leader).action_acknowledge()
        self._deliver(self.first)
        self.assertFalse(self.first._deadlines("acknowledge"))
        self.assertTrue(self.other._deadlines("acknowledge"))

    def test_nothing_of_one_person_is_shown_to_the_other(self):
        self.other.with_user(self.leader).action_join(self.first.id, REASON)
        self.other.with_user(self.leader).expected_on = "2026-12-01"
        self.other.with_user(self.leader).action_acknowledge()
        told = "".join(self.other.correspondence_ids.mapped("body"))
        told += str(self.other._timeline())
        for words in (self.first.reference, "Kari", "kari@", REASON):
            self.assertNotIn(words, told)
        self.assertFalse(self.first.correspondence_ids)

    def test_what_is_treated_together_shares_its_wall(self):
        # M17
        self.assertTrue(self.first.with_user(self.leader).has_access("read"))
        self.other.with_user(self.director).action_join(self.hidden.id, REASON)
        self.env.invalidate_all()
        self.assertIn(self.leader, self.other.walled_user_ids)
        self.assertNotEqual(self.other.handler_id, self.leader)
        self.assertFalse(self.other.with_user(self.leader).has_access("read"))
        self.assertTrue(self.other.with_user(self.director).has_access("read"))
        # Whom one is about later stands behind the wall of both.
        self.env["complaint.party"].create(
            {"case_id": self.hidden.id, "role": "subject", "user_id": self.worker.id}
        )
        self.assertIn(self.worker, self.other.walled_user_ids)

    # -- sent again by the same person -------------------------------------------------

    def _repeat(self, case=None, other=None, **values):
        case, other = case or self.led, other or self.first
        return case.action_join(other.id, REASON, is_repeat=True, **values)

    def test_sent_again_is_ended_by_a_letter_that_says_where_it_goes_on(self):
        self._repeat()
        self.assertEqual(self.second.state, "closed")
        self.assertFalse(self.second.outcome)
        self.assertTrue(self.second.is_repeat)
        self.assertFalse(self.first.is_repeat)
        letter = self.second.correspondence_ids
        self.assertEqual(letter.purpose, "closing")
        self.assertIn(self.first.reference, html2plaintext(letter.body))
        # Its promises are kept by that letter, the others run on.
        self.assertTrue(self.second._deadlines("acknowledge"))
        self._deliver(self.second)
        self.assertFalse(self.second._deadlines("acknowledge"))
        self.assertFalse(self.second._deadlines("close"))
        self.assertTrue(self.first._deadlines("acknowledge"))
        self.assertIn(self.first.reference, self.led.same_matter_note)
        self.assertIn(
            self.second.reference, self.first.with_user(self.leader).same_matter_note
        )

    def test_both_came_in_and_are_one_matter(self):
        self._repeat()
        both = self.first | self.second
        received = both.search_count([("id", "in", both.ids)])
        matters = both.search_count([("id", "in", both.ids), ("is_repeat", "=", False)])
        self.assertEqual((received, matters), (2, 1))

    def test_two_persons_are_never_taken_for_one(self):
        protected = self._register(anonymity="protected")
        anonymous = self._register(anonymity="anonymous", parties=[])
        for case in (self.other, protected, anonymous):
            with self.assertRaisesRegex(UserError, "same person"):
                self._repeat(case.with_user(self.leader))
            with self.assertRaisesRegex(UserError, "same person"):
                self._repeat(other=case)
            self.assertEqual(case.state, "received")
        namesake = self._register(
            parties=[
                {
                    "role": "complainant",
                    "name": "Kari Nordmann",
                    "email": "another.kari@example.com",
                }
            ]
        )
        with self.assertRaisesRegex(UserError, "same person"):
            self._repeat(namesake.with_user(self.leader))

    def test_same_phone_is_the_same_person(self):
        numbers = ("+47 900 11 222", "90011222")
        one, two = (
            self._register(parties=[{"role": "complainant", "phone": number}])
            for number in numbers
        )
        self._repeat(two.with_user(self.leader), one)
        self.assertEqual(two.state, "closed")

    def test_taken_apart_it_is_taken_up_again(self):
        self._repeat()
        self._deliver(self.second)
        self.first.with_user(self.leader).action_part(self.second.id, "Another dinner.")
        self.assertEqual(self.second.state, "investigating")
        self.assertFalse(self.second.is_repeat)
        self.assertFalse(self.second.outcome)
        self.assertTrue(self.second._deadlines("close"))
        self.assertFalse(self._same(self.first, self.leader))
        self.assertIn("parted", self.second.journal_ids.mapped("event"))

    def test_reopened_it_goes_on_by_itself(self):
        self._repeat()
        self.led.action_reopen("She says it was another dinner.")
        self.assertFalse(self.second.is_repeat)
        self.assertFalse(self._same(self.first, self.leader))

    def test_only_a_joining_ends_a_case_without_an_outcome(self):
        with self.assertRaises(UserError):
            self.led.action_close()
        with self.assertRaises(UserError):
            self.led.is_repeat = True
        self.assertFalse(self.second.is_repeat)

    def test_chains_and_ended_cases_are_refused(self):
        third = self._register()
        self._repeat()
        for case, other in ((self.led, third), (third, self.second)):
            with self.assertRaises(UserError):
                self._repeat(case.with_user(self.leader), other)
        with self.assertRaisesRegex(UserError, "other way"):
            self._repeat(self.first.with_user(self.leader), third)
        for value in ("x", 1, None):
            with self.assertRaises(UserError):
                third.with_user(self.leader).action_join(
                    self.first.id, REASON, is_repeat=value
                )

    def test_journal_stays_whole(self):
        self._repeat()
        journal = self.env["complaint.journal"]
        both = self.first | self.second
        self.assertFalse(list(journal._findings(journal._new_check(), both.ids)))

    # -- the dialog --------------------------------------------------------------------

    def _form(self, case, user=None, **context):
        dialog = self.env["complaint.case.join"].with_user(user or self.leader)
        return Form(dialog.with_context(default_case_id=case.id, **context))

    def test_dialog_shows_the_letter_before_it_goes(self):
        form = self._form(self.second)
        self.assertFalse(form.body)
        form.other_id = self.first.with_user(self.leader)
        form.how = "repeat"
        self.assertIn(self.first.reference, form.body)
        form.reason = REASON
        form.save().action_confirm()
        self.assertTrue(self.second.is_repeat)

    def test_dialog_parts(self):
        self._link(self.first, self.other)
        form = self._form(self.first, default_is_parting=True)
        self.assertEqual(form.linked_id, self.other.with_user(self.leader))
        form.reason = "Another dinner."
        form.save().action_confirm()
        self.assertFalse(self._same(self.first, self.leader))

    def test_dialog_is_for_who_works_the_case(self):
        for user in (self.auditor, self.custodian, self.employee, self.owner):
            with self.assertRaises(AccessError):
                self._form(self.first, user)
        with self.assertRaises(AccessError):
            self._form(self.hidden)
