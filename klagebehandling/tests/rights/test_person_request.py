from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...models.intake.refused import IntakeRefused
from ..disclosure.test_access_request import TODAY, DisclosureCase

CHECK = "Passport shown at the desk."


class RightsCase(DisclosureCase):
    """A private body, where somebody asks about the own data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write(
            {"is_public_body": False, "country_id": cls.env.ref("base.no").id}
        )
        cls.case = cls._register(
            description="Kari Nordmann says that Ola Hansen shouted.",
            parties=[
                {"role": "complainant", "name": "Kari Nordmann"},
                {"role": "witness", "name": "Ola Hansen"},
            ],
            reply_channel="portal",
        )

    @classmethod
    def _ask_own(cls, right="access", person="Kari Nordmann", user=None, **values):
        values = {"identity_check": CHECK, "wish": "All of it.", **values}
        return cls.requests.with_user(user or cls.clerk).create(
            {
                "unit_id": cls.management.id,
                "right": right,
                "person": person,
                "received_on": "2026-11-02",
                **values,
            }
        )

    def _review(self, request, user=None, case=None):
        reviews = request.sudo().review_ids
        case = case or self.case
        return reviews.filtered(lambda one: one.case_id == case).with_user(
            user or self.leader
        )

    def _searched(self, right="access", user=None, **values):
        request = self._ask_own(right, **values)
        request.action_search()
        return self._review(request, user)

    def _give(self, review, **values):
        for mask in review.mask_ids:
            mask.write({"decision": "mask", "ground_id": self.law.id})
        review.write({"outgoing_reason": "Looked at.", **values})
        review.action_review()
        review.action_answer()
        return review

    def _refuse(self, review):
        review.write(
            {"is_refused": True, "ground_id": self.law.id, "answer": "It is needed."}
        )
        review.action_review()
        review.action_answer()
        return review

    def _by_code(self, right, words="", case=None):
        return (case or self.case)._ask_right(right, words)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPersonRequest(RightsCase):
    """A person asks about the own data: taken in, with a clock of its own (M37)."""

    def test_clerk_registers_it_at_a_private_body_too(self):
        request = self._ask_own()
        self.assertEqual(request.due_on, date(2026, 12, 2))
        self.assertFalse(request.sudo().silent_until)

    def test_unit_has_a_procedure(self):
        bare = self._create_unit("Bare", manager_id=self.director.id)
        for right in ("access", False):
            with self.subTest(right=right), self.assertRaises(ValidationError):
                self._ask_own(right, unit_id=bare.id)

    def test_form_is_filled_in(self):
        rights = "klagebehandling.complaint_access_request_view_form_rights"
        asked = self.requests.with_user(self.clerk)
        with Form(asked.with_context(default_right="access"), view=rights) as form:
            form.unit_id = self.management
            form.person = "Kari Nordmann"
            form.identity_check = CHECK
            form.wish = "All of it."
        self.assertEqual(form.record.right, "access")

    def test_name_is_kept_sealed(self):
        request = self._ask_own(person="Kari Canary", reply_to="Storgata 1")
        request.write({"reply_to": "Storgata 2"})
        self.assertEqual(request.person, "Kari Canary")
        self.assertEqual(request.reply_to, "Storgata 2")
        self.env.flush_all()
        self.env.cr.execute("SELECT t::text FROM complaint_access_request t")
        rows = "".join(row for (row,) in self.cr.fetchall())
        self.assertNotIn("Canary", rows)
        self.assertNotIn("Storgata", rows)

    def test_month_is_the_calendar_s(self):
        for day, due in (
            ("2026-01-31", date(2026, 2, 28)),
            ("2026-08-31", date(2026, 9, 30)),
            ("2026-10-15", date(2026, 11, 15)),
        ):
            with self.subTest(day=day):
                self.assertEqual(self._ask_own(received_on=day).due_on, due)

    def test_day_to_come_is_refused(self):
        with self.assertRaises(ValidationError):
            self._ask_own(received_on="2026-11-03")

    @mute_logger("odoo.sql_db")
    def test_no_procedure_takes_longer(self):
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.policy.rights_more_months = 3
            self.env.flush_all()

    def test_who_asks_is_made_sure_of_first(self):
        for values in ({"identity_check": " "}, {"person": " "}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self._ask_own(**values).action_search()

    def test_what_is_asked_for_does_not_change(self):
        with self.assertRaises(UserError):
            self._ask_own().write({"right": "erasure"})

    def test_others_neither_see_nor_register(self):
        request = self._ask_own()
        for user in (self.worker, self.leader, self.independent, self.delegate):
            with self.subTest(user=user.login):
                self.assertFalse(request.with_user(user).has_access("read"))
                with self.assertRaises(AccessError):
                    self._ask_own(user=user)
        with self.assertRaises(AccessError):
            _read = request.with_user(self.auditor).person

    def test_all_cases_with_the_person_are_found(self):
        as_witness = self._register(
            parties=[{"role": "witness", "name": "Kari Nordmann"}]
        )
        other = self._register(parties=[{"role": "complainant", "name": "Per Vik"}])
        request = self._ask_own()
        request.action_search()
        found = request.sudo().review_ids.case_id
        self.assertEqual(found, self.case | as_witness)
        self.assertNotIn(other, found)

    def test_who_is_protected_is_not_found_by_name(self):
        #
        case = self._register(
            anonymity="protected",
            parties=[{"role": "complainant", "name": "Kari Nordmann"}],
        )
        request = self._ask_own()
        request.action_search()
        self.assertNotIn(case, request.sudo().review_ids.case_id)
        self.assertIn("with its code", request.sudo().answer)

    def test_clerk_hears_of_no_case_behind_the_wall(self):
        self._register(
            parties=[
                {"role": "complainant", "name": "Kari Nordmann"},
                {"role": "subject", "name": "Clerk", "user_id": self.clerk.id},
            ],
        )
        request = self._ask_own()
        request.action_search()
        self.assertEqual(len(request.sudo().review_ids), 2)
        self.assertFalse(request.own_review_ids)
        request.action_answer()
        self.assertEqual(request.state, "answered")

    def test_case_is_never_prepared_by_who_is_complained_about(self):
        case = self._register(
            parties=[
                {"role": "complainant", "name": "Kari Nordmann"},
                {"role": "subject", "name": "Leader", "user_id": self.leader.id},
            ],
        )
        request = self._ask_own()
        request.action_search()
        review = self._review(request, self.leader, case)
        self.assertFalse(review.has_access("read"))
        self.assertNotEqual(review.sudo().reviewer_id, self.leader)
        self.assertTrue(review.sudo().reviewer_id)

    def test_each_case_has_a_duty_with_its_ladder(self):
        review = self._searched()
        row = review.sudo().deadline_id
        self.assertEqual(row.milestone, "rights")
        self.assertEqual(row.due_on, date(2026, 12, 2))
        self.assertTrue(row.next_at)
        with freeze_time("2026-12-04 09:00:00"):
            row._escalate()
            self.assertEqual(row.state, "late")
            request = review.sudo().request_id.with_user(self.clerk)
            request.invalidate_recordset()
            self.assertTrue(request.is_late)

    def test_more_time_is_told_with_its_reason(self):
        review = self._searched()
        request = review.sudo().request_id.with_user(self.clerk)
        with self.assertRaises(UserError):
            request.action_extend()
        request.action_extend("Many old papers.")
        self.assertEqual(request.extended_until, date(2027, 2, 2))
        row = review.sudo().deadline_id
        self.assertEqual((row.state, row.due_on), ("running", date(2027, 2, 2)))
        self.assertEqual(row.extends_id.due_on, date(2026, 12, 2))
        letter = self.case.correspondence_ids.filtered(
            lambda one: one.purpose == "rights_extended"
        )
        self.assertIn("Many old papers.", letter.body)
        with self.assertRaises(UserError):
            request.action_extend("Again.")
        with freeze_time("2026-12-20 09:00:00"):
            request.invalidate_recordset()
            self.assertFalse(request.is_late)
            late = self.requests.search([("is_late", "=", True)])
            self.assertNotIn(request, late)

    def test_more_time_is_taken_within_the_month(self):
        request = self._searched().sudo().request_id.with_user(self.clerk)
        with freeze_time("2026-12-03 09:00:00"), self.assertRaises(UserError):
            request.action_extend("Too late.")

    # -- by the code

    def test_asked_by_code_names_nobody_and_no_clerk_reads_it(self):
        review = self._by_code("access")
        request = review.request_id
        self.assertEqual(review.case_id, self.case)
        self.assertFalse(request.person)
        numbers = (self.case.reference, self.case.registry_number)
        self.assertFalse({*review.mask_ids.mapped("words")} & {*numbers, "Kari"})
        for user in (self.clerk, self.registrar, self.auditor):
            with self.subTest(user=user.login):
                self.assertFalse(request.with_user(user).exists())
                found = self.requests.with_user(user).search([("right", "!=", False)])
                self.assertNotIn(request, found)
        self.assertTrue(review.with_user(self.leader).has_access("write"))

    def test_asked_twice_it_is_one_request(self):
        self.assertEqual(self._by_code("access"), self._by_code("access"))

    def test_what_was_split_off_is_asked_with_the_same_code(self):
        part = self._register(parties=[{"role": "complainant", "name": "Kari"}])
        part.sudo().parent_id = self.case
        reviews = self._by_code("access")
        self.assertEqual(reviews.case_id, self.case | part)
        self._give(reviews[0].with_user(self.leader))
        self.assertNotEqual(reviews.request_id.state, "answered")
        self._give(reviews[1].with_user(self.leader))
        self.assertEqual(reviews.request_id.state, "answered")

    def test_what_was_asked_by_code_goes_with_the_last_of_its_cases(self):
        # C-25
        part = self._register(parties=[{"role": "complainant", "name": "Kari"}])
        part.sudo().parent_id = self.case
        request = self._by_code("correction", "The soup was warm.").request_id.sudo()
        disposals = self.env["complaint.disposal"].sudo()
        for case, is_left in ((self.case, True), (part, False)):
            disposals._dispose_of_identities(case)
            disposals._dispose_of_the_rest(case)
            self.env.invalidate_all()
            self.assertEqual("soup" in str(request.read()), is_left)

    def test_nothing_is_looked_up_by_code(self):
        self._register(parties=[{"role": "complainant", "name": "Kari Nordmann"}])
        self.assertEqual(
            self._by_code("access").request_id.review_ids.case_id, self.case
        )

    def test_anonymous_person_asks_by_code(self):
        case = self._register(anonymity="anonymous", parties=[])
        review = self._by_code("access", case=case).with_user(self.leader)
        self._give(review)
        letter = review.sudo().letter_id
        self.assertEqual(letter.state, "sent")
        self.assertIn("The food is cold.", letter.body)

    # -- granted and refused

    def test_addition_changes_nothing_that_was_written(self):
        before = self.case.description
        review = self._searched("correction", wish="He did not shout. He wept.")
        self._give(review)
        case = self.case.with_user(self.leader)
        self.assertEqual(self.case.description, before)
        self.assertIn("He wept.", case.additions)
        self.assertIn("rights_given", self.case.journal_ids.mapped("event"))
        self.assertEqual(review.sudo().deadline_id.state, "met")
        with self.assertRaises(UserError):
            case.mark_ids.write({"words": "Other"})
        with self.assertRaises(UserError):
            case.mark_ids.sudo().unlink()

    def test_nothing_leaves_a_restricted_case_without_a_reason(self):
        self._give(self._searched("restriction"))
        case = self.case.with_user(self.leader)
        self.assertTrue(case.restriction)
        outgoing = self.env["complaint.outgoing"].with_user(self.leader)
        pieces = [outgoing._text_piece("<p>Plain.</p>")]
        with self.assertRaises(UserError):
            outgoing._check(case, pieces)
        outgoing._accept(case, pieces, "Asked for by the court.")
        outgoing._check(case, pieces)
        with self.assertRaises(UserError):
            case.mark_ids.action_end()
        case.mark_ids.action_end("It was checked.")
        case.invalidate_recordset()
        self.assertFalse(case.restriction)
        self.assertIn("rights_ended", self.case.correspondence_ids.mapped("purpose"))
        outgoing._check(case, [outgoing._text_piece("<p>Another.</p>")])

    def test_restriction_is_asked_with_a_code_that_nobody_saw(self):
        self.assertFalse(self.case._is_code_own())
        with self.assertRaises(IntakeRefused):
            self._by_code("restriction", "It is wrong.")
        self.case._draw_code()
        self.assertTrue(self._by_code("restriction", "It is wrong."))

    def test_erasure_is_granted_by_disposal_and_nothing_else(self):
        review = self._searched("erasure")
        with self.assertRaises(UserError):
            self._give(review)
        rule = self.env["complaint.retention.rule"].create(
            {"policy_id": self.policy.id, "years": 5, "basis": "Own plan."}
        )
        self._give(review)
        disposals = self.env["complaint.disposal"]
        self.case.sudo().write({"state": "closed", "closed_at": "2026-11-02 10:00:00"})
        self.case.deadline_ids.filtered("is_open")._waive("Ended.")
        with freeze_time("2026-11-04 09:00:00"):
            disposals._propose()
            row = disposals.search([("case_id", "=", self.case.id)])
            self.assertEqual((row.rule_id, row.state), (rule, "proposed"))
        self.assertTrue(self.case.description)

    def test_erasure_by_a_code_that_one_of_us_saw_is_not_granted(self):
        self.env["complaint.retention.rule"].create(
            {"policy_id": self.policy.id, "years": 5, "basis": "Own plan."}
        )
        self.case._ask_erasure()
        review = self.case._rights_asked("erasure").with_user(self.leader)
        with self.assertRaises(UserError):
            self._give(review)

    def test_refusal_says_why_and_where_to_complain(self):
        self.policy.erasure_text = "The archives act demands it."
        self.env["complaint.body"].create(
            {
                "name": "Data authority",
                "kind": "privacy",
                "country_id": self.env.ref("base.no").id,
                "company_id": self.company.id,
            }
        )
        letter = self._refuse(self._searched("erasure")).sudo().letter_id
        for words in ("It is needed.", "archives act", "Data authority", "Secrecy Act"):
            self.assertIn(words, letter.body)
        self.assertIn("rights_refused", self.case.journal_ids.mapped("event"))

    def test_duty_is_met_by_what_has_left(self):
        self.case.sudo().reply_channel = "letter"
        review = self._give(self._searched())
        row = review.sudo().deadline_id
        self.assertEqual(row.state, "running")
        review.sudo().letter_id._mark_sent("Posted")
        self.assertEqual(row.state, "met")
