from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_access_request import TODAY, DisclosureCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAccessReview(DisclosureCase):
    """Nothing leaves without a recorded review, and what is masked is gone (B-28)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(
            title="Cold food",
            description="Kari Nordmann got unheated porridge.\n"
            "Call 912 34 567 or kari@example.com.",
            parties=[{"role": "complainant", "name": "Kari Nordmann"}],
            attachments=[
                {"name": "Kari Nordmann.txt", "content": "S2FyaSBzYWlkIG5vLg=="},
                {"name": "Kari.bin", "content": "AAECAwQ="},
            ],
        )
        cls.request = cls._ask()
        cls.request.action_search()
        cls.review = cls.request.sudo().review_ids.with_user(cls.leader)

    def _decide_all(self, decision="mask"):
        for mask in self.review.mask_ids:
            mask.write({"decision": decision, "ground_id": self.law.id})

    def _reviewed(self):
        self._decide_all()
        self.review.action_review()
        return self.review

    def test_suggestions_wait_for_a_person(self):
        # B-28
        words = dict(self.review.mask_ids.mapped(lambda one: (one.words, one.source)))
        self.assertEqual(words["Kari Nordmann"], "name")
        self.assertEqual(words["912 34 567"], "phone")
        self.assertEqual(words["kari@example.com"], "email")
        self.assertEqual(set(self.review.mask_ids.mapped("decision")), {"open"})
        with self.assertRaises(UserError):
            self.review.action_review()

    def test_name_of_who_is_protected_is_not_suggested(self):
        # the suggestion would tell whose name it is.
        self._porridge(
            anonymity="protected",
            parties=[{"role": "complainant", "name": "Kari Nordmann"}],
        )
        request = self._ask()
        request.action_search()
        words = request.sudo().review_ids.filtered(
            lambda review: review.case_id != self.case
        )
        self.assertTrue(words)
        self.assertFalse(words.mask_ids.filtered(lambda one: "Kari" in one.words))

    def test_mask_has_its_ground(self):
        # B-28, B-30
        self.review.mask_ids.write({"decision": "mask"})
        with self.assertRaises(UserError):
            self.review.action_review()
        with self.assertRaises(UserError):
            self.review.action_mask_all()

    def test_masked_words_stand_nowhere_in_the_copy(self):
        # B-30, M35
        copy = self._reviewed().masked_copy
        for words in ("Kari", "Nordmann", "912", "example.com"):
            self.assertNotIn(words, copy)
        self.assertIn("got unheated porridge", copy)
        self.assertIn("Secrecy Act 7 (not verified)", copy)
        self.assertEqual(self.review.result, "masked")

    @mute_logger("odoo.sql_db")
    def test_file_that_is_no_text_is_left_out_with_a_note(self):
        # M35
        files = self.review.document_ids.filtered(lambda one: "File" in one.name)
        self.assertEqual(files.mapped("is_text"), [True, False])
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            files[1].is_included = True
            self.env.flush_all()
        copy = self._reviewed().masked_copy
        self.assertIn("It is left out.", copy)
        self.assertNotIn("bin", copy)
        self.assertIn("said no", copy)

    def test_what_is_written_beside_is_looked_at_too(self):
        self._decide_all()
        self.review.answer = "This is what Kari wrote."
        with self.assertRaises(UserError):
            self.review.action_review()

    def test_answer_needs_the_review(self):
        # B-28: no export without a recorded review.
        with self.assertRaises(UserError):
            self.review.action_answer()
        self._reviewed().action_answer()
        self.assertEqual(self.review.answered_on, date(2026, 11, 2))
        events = self.case.journal_ids.mapped("event")
        for event in ("access_found", "access_reviewed", "access_case_answered"):
            self.assertIn(event, events)

    def test_review_is_not_changed_once_it_is_done(self):
        self._reviewed()
        mask = self.review.mask_ids[0]
        with self.assertRaises(ValidationError):
            mask.write({"decision": "release"})
        with self.assertRaises(UserError):
            self.review.write({"is_refused": True})
        with self.assertRaises(UserError):
            self.review.document_ids[0].write({"is_included": False})
        self.review.action_reopen()
        self.assertFalse(self.review.masked_copy)
        mask.write({"decision": "release"})

    def test_copy_and_facts_are_not_written_by_hand(self):
        for values in ({"masked_copy": "<p>x</p>"}, {"state": "answered"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.review.write(values)
        with self.assertRaises(UserError):
            self.review.document_ids[0].write({"text": "x"})

    def test_guard_looks_at_what_leaves(self):
        # N12, B-28
        self._register(parties=[{"role": "complainant", "name": "Ola Vestlandsmo"}])
        self.review.sudo().document_ids[0].text += "\nAs with Ola Vestlandsmo."
        self._decide_all()
        with self.assertRaises(UserError):
            self.review.action_review()
        self.review.outgoing_reason = "A person of public life."
        self.review.action_review()
        self.assertTrue(
            self.case.sudo()
            .env["complaint.outgoing"]
            .search_count([("case_id", "=", self.case.id)])
        )

    def test_second_reader_is_somebody_else(self):
        # B-28
        self.policy.has_second_reader = True
        self._reviewed()
        with self.assertRaises(UserError):
            self.review.action_answer()
        with self.assertRaises(UserError):
            self.review.action_read()
        self.review.with_user(self.director).action_read()
        self.review.action_answer()

    def test_added_openness_is_weighed_where_the_procedure_says_it(self):
        # B-28
        self.policy.is_openness_weighed = True
        self._decide_all()
        with self.assertRaises(UserError):
            self.review.action_review()
        self.review.openness = "It would harm the person."
        self.review.action_review()

    def test_refusal_has_ground_and_words(self):
        # B-28
        self.review.is_refused = True
        with self.assertRaises(UserError):
            self.review.action_review()
        self.review.write({"ground_id": self.law.id, "answer": "It is secret."})
        self.review.action_review()
        self.review.action_answer()
        self.assertEqual(self.review.result, "refused")
        self.assertFalse(self.review.masked_copy)
        self.assertEqual(self.review.appeal_until, date(2026, 11, 23))

    def test_who_does_not_work_the_case_has_no_part_in_it(self):
        for user in (self.clerk, self.other_leader, self.registrar, self.delegate):
            with self.subTest(user=user.login):
                review = self.review.with_user(user)
                self.assertFalse(review.has_access("read"))
                with self.assertRaises(AccessError):
                    review.action_review()
        auditor = self.review.with_user(self.auditor)
        self.assertEqual(auditor.state, "found")
        with self.assertRaises(AccessError):
            _read = auditor.wish
        with self.assertRaises(AccessError):
            auditor.action_review()

    def test_walled_later_takes_it_away(self):
        self.assertTrue(self.review.with_user(self.worker).has_access("read"))
        self.env["complaint.party"].sudo().create(
            {"case_id": self.case.id, "role": "subject", "user_id": self.worker.id}
        )
        self.env.invalidate_all()
        for model in ("review", "document", "mask"):
            rows = self.env[f"complaint.access.{model}"].with_user(self.worker)
            self.assertFalse(rows.search_count([("case_id", "=", self.case.id)]))

    def _refused(self):
        self.policy.has_access_decision = True
        self.review.write(
            {"is_refused": True, "ground_id": self.law.id, "answer": "Secret."}
        )
        self.review.action_review()
        self.review.action_answer()
        return self.review.with_user(self.delegate)

    def test_no_of_the_clerk_is_no_decision(self):
        # B-28: the authority's own is, on request.
        review = self._refused()
        self.assertFalse(self.review.appeal_until)
        self.assertFalse(review.has_access("read"))
        self.request.sudo()._ask_decisions()
        self.assertTrue(review.has_access("read"))
        self.assertTrue(review.document_ids[0].text)
        with self.assertRaises(UserError):
            review.action_decide()
        with self.assertRaises(AccessError):
            self.review.action_decide()
        with self.assertRaises(UserError):
            self.review.write({"decision": "released"})
        review.write(
            {
                "decision": "upheld",
                "decision_text": "It would do harm.",
                "reservation": "Not to be passed on.",
            }
        )
        review.action_decide()
        self.assertEqual(review.appeal_until, date(2026, 11, 23))
        self.assertEqual(review.decided_by_id, self.delegate)
        told = self.request.sudo()._public_answer()["parts"][0]["decided"]
        self.assertEqual(told["text"], "It would do harm.")
        self.assertIn("access_case_decided", self.case.journal_ids.mapped("event"))
        with self.assertRaises(UserError):
            review.action_decide()

    def test_authority_that_hands_out_has_it_reviewed_anew(self):
        review = self._refused()
        self.request.sudo()._ask_decisions()
        review.write({"decision": "released", "decision_text": "No harm."})
        review.action_decide()
        self.assertEqual(self.review.state, "found")
        self.assertFalse(self.review.is_refused)
        self._reviewed()
        # Reviewed, and not out yet: who asked reads the decision and no more.
        (part,) = self.request.sudo()._public_answer()["parts"]
        self.assertFalse(part["copy"] or part["result"])
        self.assertEqual(part["decided"]["text"], "No harm.")
        self.review.action_answer()
        self.assertIn("porridge", self.review.masked_copy)

    def test_delegate_behind_the_wall_sees_nothing(self):
        self.env["complaint.party"].sudo().create(
            {"case_id": self.case.id, "role": "subject", "user_id": self.delegate.id}
        )
        review = self._refused()
        self.request.sudo()._ask_decisions()
        self.env.invalidate_all()
        self.assertFalse(review.has_access("read"))
        self.assertFalse(review.search_count([]))

    def test_what_is_handed_out_is_not_decided_on(self):
        self.policy.has_access_decision = True
        self._decide_all("release")
        self.review.document_ids.filtered(lambda one: not one.is_text).sudo().unlink()
        self.review.action_review()
        self.review.action_answer()
        self.request.sudo()._ask_decisions()
        self.assertEqual(self.review.result, "released")
        self.assertFalse(self.review.decision_asked_on)

    def test_who_asked_reads_the_copy_and_no_name_of_ours(self):
        # B-30
        self._reviewed().action_answer()
        told = str(self.request.sudo()._public_answer())
        self.assertIn("unheated porridge", told)
        for words in (self.case.reference, self.leader.name, "Kari", "912"):
            self.assertNotIn(words, told)

    def test_words_go_with_those_of_the_case(self):
        self._reviewed()
        self.case.with_user(self.leader).action_erase_text("On request.")
        self.env.flush_all()
        for table in ("review", "document", "mask"):
            self.env.cr.execute(f"SELECT t::text FROM complaint_access_{table} t")
            rows = "".join(row for (row,) in self.env.cr.fetchall())
            self.assertNotIn("porridge", rows)
            self.assertNotIn("Nordmann", rows)

    def test_grounds_are_those_of_the_own_country(self):
        review = self.review
        # The procedure binds cases already: past what freezes it.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_policy SET country_id = %s WHERE id = %s",
            [self.env.ref("base.no").id, self.policy.id],
        )
        self.env.invalidate_all()
        foreign = self.law.copy({"country_id": self.env.ref("base.se").id})
        plain = self.law.copy({"is_secrecy": False})
        over = self.law.copy({"valid_to": "2026-01-01"})
        self.assertIn(self.law, review.fitting_ground_ids)
        self.assertFalse((foreign | plain | over) & review.fitting_ground_ids)
        mask = self.env["complaint.access.mask"].with_user(review.env.user)
        for law in (foreign, plain, over):
            with self.subTest(law=law.country_id.code):
                with self.assertRaises(ValidationError):
                    review.ground_id = law
                with self.assertRaises(ValidationError):
                    mask.create(
                        {
                            "review_id": review.id,
                            "words": "Kari",
                            "decision": "mask",
                            "ground_id": law.id,
                        }
                    )
        review.ground_id = self.law
