from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..common import ComplaintCase

NOW = "2027-02-01 08:00:00"


class ReviewCase(ComplaintCase):
    """An organisation whose procedure was there in 2026, with two clauses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The example's procedures are reviewed by other tests.
        cls.env.cr.execute(
            "UPDATE complaint_policy SET create_date = '2026-03-01' WHERE id = %s",
            [cls.policy.id],
        )
        cls.env.cr.execute(
            "UPDATE complaint_policy SET active = FALSE WHERE id != %s",
            [cls.policy.id],
        )
        cls.env["complaint.policy"].invalidate_model()
        cls.env.registry.clear_cache()
        cls.env["complaint.clause"].create(
            [
                {
                    "policy_code": "test_no",
                    "code": code,
                    "chapter": chapter,
                    "name": name,
                    "is_by_program": is_by_program,
                    "figure": figure,
                }
                for code, chapter, name, is_by_program, figure in (
                    ("T-01", "dln", "It is confirmed.", False, "acknowledge"),
                    ("T-02", "ano", "One can be anonymous.", True, False),
                    ("T-03", "lrn", "Trust is measured.", False, "satisfaction"),
                )
            ]
        )

    def _open(self, year=2026):
        return self.policy._open_review(year).with_user(self.owner)

    def _line(self, review, code):
        return review.line_ids.filtered(lambda line: line.code == code)

    def _decide(self, review):
        review.line_ids.write({"assessment": "kept"})
        review.action_decide("It works.")

    def _reviews(self):
        return self.env["complaint.review"].search(
            [("company_id", "=", self.company.id)], order="year, revision"
        )

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("klagebehandling.ir_cron_open_reviews").method_direct_trigger()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReview(ReviewCase):
    """Each year a procedure is held against its own clauses (C-32, M46)."""

    # -- the clock

    def test_review_opens_on_its_day_once_and_is_caught_up(self):
        # C-32
        with freeze_time("2027-01-31 08:00:00"):
            self._run_cron()
        self.assertFalse(self._reviews(), "not before its day")
        with freeze_time("2027-09-01 08:00:00"):
            self._run_cron()
            self._run_cron()
        review = self._reviews()
        self.assertEqual(review.mapped("year"), [2026], "caught up, and once")
        self.assertEqual(review.due_on, date(2027, 10, 31))
        self.assertEqual(review.owner_id, self.owner)
        self.assertEqual(review.line_ids.mapped("code"), ["T-01", "T-02", "T-03"])
        with freeze_time("2028-02-01 08:00:00"):
            self._run_cron()
        self.assertEqual(self._reviews().mapped("year"), [2026, 2027])

    def test_year_in_which_the_procedure_was_not_there_is_not_reviewed(self):
        # C-32
        with freeze_time("2026-11-01 08:00:00"):
            self._run_cron()
        self.assertFalse(self._reviews())

    def test_day_is_that_of_the_procedure(self):
        # C-32
        self.policy.write({"review_month": 3, "review_day": 15, "review_days": 10})
        with freeze_time("2027-03-14 08:00:00"):
            self._run_cron()
        self.assertFalse(self._reviews())
        with freeze_time("2027-03-15 08:00:00"):
            self._run_cron()
        self.assertEqual(self._reviews().due_on, date(2027, 3, 25))
        with self.assertRaises(ValidationError):
            self.policy.review_day = 32

    def test_killed_between_two_procedures_it_goes_on_the_next_time(self):
        # C-32
        other = self._create_policy("test_other")
        other.env.cr.execute(
            "UPDATE complaint_policy SET create_date = '2026-03-01' WHERE id = %s",
            [other.id],
        )
        other.invalidate_recordset()
        reviews = self.env["complaint.review"]
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *a: 0):
            reviews._cron_open()
        self.assertEqual(len(self._reviews()), 1)
        self._run_cron()
        self.assertEqual(len(self._reviews()), 2)

    def test_owner_has_a_task_until_it_is_decided(self):
        # C-32
        review = self._open()
        task = review.sudo().task_id
        self.assertEqual(task.user_id, self.owner)
        self.assertEqual(task.date_deadline, review.due_on)
        second = self._create_user("second_owner", "group_procedure")
        review.owner_id = second
        self.assertFalse(task.exists())
        self.assertEqual(review.sudo().task_id.user_id, second)
        with self.assertRaises(UserError):
            review.owner_id = self.leader
        self._decide(review)
        self.assertFalse(review.sudo().task_id)

    def test_one_without_an_owner_gets_the_first_there_is(self):
        # C-32
        self.owner.group_ids -= self.env.ref("klagebehandling.group_procedure")
        review = self.policy._open_review(2026)
        self.assertFalse(review.owner_id)
        self.owner.group_ids += self.env.ref("klagebehandling.group_procedure")
        self._run_cron()
        self.assertEqual(review.owner_id, self.owner)

    def test_one_whose_owner_is_gone_gets_another(self):
        # C-32
        review = self.policy._open_review(2026)
        second = self._create_user("second_owner", "group_procedure")
        self.owner.active = False
        self._run_cron()
        self.assertEqual(review.owner_id, second)
        self.assertEqual(review.task_id.user_id, second)

    def test_two_are_decided_each_by_its_own_conclusion(self):
        # C-35
        reviews = self._open(2025) | self._open(2026)
        reviews.line_ids.write({"assessment": "kept"})
        reviews[0].conclusion = "Then."
        with self.assertRaises(UserError):
            reviews.action_decide()

    def test_odd_values_are_refused_with_a_message(self):
        review = self._open()
        for values in (
            {"due_on": "soon"},
            {"due_on": 5},
            {"due_on": "2020-01-01"},
            {"due_on": "2099-01-01"},
            {"owner_id": "x"},
        ):
            with self.assertRaises(UserError):
                review.write(values)
        for values in ({"name": 0}, {"name": " "}, {"name": "x", "review_id": "y"}):
            with self.assertRaises(UserError):
                review.line_ids.create({"review_id": review.id, **values})

    def test_opening_and_deciding_stand_in_the_organisations_journal(self):
        # C-32, C-35
        review = self._open()
        self._decide(review)
        entries = self.env["complaint.company.journal"].search(
            [("company_id", "=", self.company.id), ("event", "=like", "review_%")]
        )
        self.assertEqual(
            sorted(entries.mapped("event")), ["review_decided", "review_opened"]
        )
        self.assertEqual(entries[-1].payload, {"policy": "test_no", "year": 2026})

    # -- assessing and deciding

    def test_first_assessment_begins_it_and_all_of_them_decide_it(self):
        # C-32, C-35
        review = self._open()
        self.assertEqual((review.state, review.left_count), ("draft", 3))
        review.action_keep_by_program()
        self.assertEqual((review.state, review.left_count), ("under_way", 2))
        self.assertEqual(self._line(review, "T-02").assessment, "kept")
        with self.assertRaises(UserError):
            review.action_decide("It works.")
        review.line_ids.write({"assessment": "not"})
        with self.assertRaises(UserError, msg="why is it not kept?"):
            review.action_decide("It works.")
        review.line_ids.write({"comment": "Nobody had the time."})
        with self.assertRaises(UserError, msg="no conclusion"):
            review.action_decide()
        review.action_decide("It does not work.")
        self.assertEqual(review.state, "decided")
        self.assertEqual(review.decided_by_id, self.owner)

    def test_what_is_decided_stands_and_a_correction_is_a_new_one(self):
        # C-32, C-35
        review = self._open()
        self._decide(review)
        for write in (
            lambda: review.line_ids[0].write({"assessment": "not"}),
            lambda: review.line_ids[0].write({"comment": "No."}),
            lambda: review.write({"conclusion": "No."}),
            lambda: review.write({"line_ids": [Command.create({"name": "No."})]}),
            lambda: review.line_ids.create({"review_id": review.id, "name": "No."}),
            lambda: review.action_decide("No."),
            lambda: review.action_keep_by_program(),
            lambda: review.write({"state": "draft"}),
            lambda: review.copy(),
        ):
            with self.assertRaises(UserError):
                write()
        for _number in range(5):
            self._register(received_at="2026-06-01T10:00")
        action = review.action_correct()
        new = review.browse(action["res_id"])
        self.assertEqual((new.state, new.revision), ("under_way", 2))
        self.assertEqual(new.corrects_id, review)
        self.assertEqual(new.line_ids.mapped("assessment"), ["kept"] * 3)
        # What happened since cannot be told from the difference.
        self.assertEqual(
            new.figure_ids.mapped("text"), review.figure_ids.mapped("text")
        )
        for one in (review, new):
            with self.assertRaises(UserError):
                one.action_correct()
        with self.assertRaises(AccessError):
            new.with_user(self.leader).action_correct()
        new.action_decide("It works better.")
        self.assertEqual(review.conclusion, "It works.")

    def test_without_clauses_they_are_typed_in_and_come_again_next_year(self):
        # C-32
        self.env["complaint.clause"].search([("policy_code", "=", "test_no")]).unlink()
        review = self._open()
        self.assertFalse(review.line_ids)
        with self.assertRaises(UserError):
            review.action_decide("It works.")
        review.line_ids = [
            Command.create({"code": "1", "name": "We answer.", "figure": "acknowledge"})
        ]
        line = review.line_ids
        line.name = "We answer quickly."
        line.assessment = "kept"
        with self.assertRaises(UserError):
            line.name = " "
        review.action_decide("It works.")
        with freeze_time("2028-02-01 08:00:00"):
            again = self._open(2027)
        self.assertEqual(again.line_ids.mapped("name"), ["We answer quickly."])
        self.assertFalse(again.line_ids.assessment)

    def test_words_of_the_procedure_are_not_edited(self):
        # C-32
        review = self._open()
        for name, value in (
            ("name", "Anything goes."),
            ("is_by_program", True),
            ("review_id", review.id),
            ("is_typed", True),
        ):
            with self.assertRaises(UserError):
                review.line_ids[0].write({name: value})
        with self.assertRaises(UserError):
            review.figure_ids[0].write({"key": "lessons"})
        with self.assertRaises(UserError):
            review.unlink()

    # -- improving

    def test_one_click_makes_a_measure_of_the_organisation(self):
        # C-33, C-34
        review = self._open()
        line = self._line(review, "T-03")
        line.action_improve("feedback")
        action = line.sudo().action_ids
        self.assertEqual((action.impulse, action.kind), ("feedback", "routine"))
        self.assertFalse(action.case_id)
        self.assertEqual(action.unit_id, self.management)
        self.assertEqual(action.owner_id, self.owner)
        # Managers read it, and its owner is asked, without reading measures.
        self.assertTrue(action.with_user(self.director).name)
        asked = self.env["complaint.action.assignment"].with_user(self.owner).search([])
        self.assertIn(action.name, asked.mapped("name"))
        self.assertFalse(
            self.env["complaint.action"].with_user(self.owner).has_access("read")
        )
        self.assertIn("To be done", line.measure)
        with self.assertRaises(UserError):
            line.action_improve("audit")
        action._settle_done("Done.", by=self.owner)
        line.invalidate_recordset()
        self.assertIn("Done", line.measure)
        line.action_improve("audit")
        self.assertEqual(len(line.sudo().action_ids), 2)
        # Whoever presses it, the owner of the review is asked.
        second = self._create_user("second", "group_procedure")
        other = (review.line_ids - line)[:1]
        other.with_user(second).action_improve("audit")
        self.assertEqual(other.sudo().action_ids.owner_id, self.owner)

    def test_measure_says_what_it_comes_of(self):
        # C-33, C-34
        review = self._open()
        with self.assertRaises(UserError):
            self._line(review, "T-02").action_improve()
        self.assertRaises(
            ValidationError, self._line(review, "T-02").action_improve, "whim"
        )
        line = self._line(review, "T-02")
        line.impulse = "best_practice"
        line.action_improve()
        self.assertEqual(line.sudo().action_ids.impulse, "best_practice")
        figure = self._line(review, "T-01")
        figure.action_improve()
        self.assertEqual(figure.sudo().action_ids.impulse, "figure")

    def test_handler_reads_the_measure_and_no_review(self):
        # C-34
        review = self._open()
        line = self._line(review, "T-03")
        line.action_improve("feedback")
        action = line.sudo().action_ids.with_user(self.worker)
        self.assertTrue(action.read(["name", "impulse"]))
        with self.assertRaises(AccessError):
            action.read(["review_line_id"])
        self.assertEqual(
            action.with_user(self.director).review_line_id.review_id.year, 2026
        )

    # -- a new version

    def _draft(self, **values):
        action = self.policy.with_user(self.owner).action_new_version()
        draft = self.env["complaint.policy"].with_user(self.owner)
        draft = draft.browse(action["res_id"])
        draft.write({"valid_from": "2027-03-01", **values})
        return draft

    def test_version_that_follows_another_says_why(self):
        # C-34
        self.policy.change_reason = "The first one."
        draft = self._draft()
        self.assertFalse(draft.change_reason, "each has its own")
        self.assertIn("replaces", draft.gap_list)
        shown = draft.with_context(complaint_on_screen=True)
        policies = self.env["complaint.policy"].with_user(self.owner)
        form = policies.get_view(view_type="form")["arch"]
        self.assertTrue("complaint_on_screen" in form, "the button demands it")
        with self.assertRaises(ValidationError):
            shown.action_put_in_force()
        draft.change_reason = " "
        with self.assertRaises(ValidationError):
            shown.action_put_in_force()
        draft.change_reason = "People waited too long."
        draft.action_put_in_force()
        self.assertEqual(draft.state, "in_force")
        # The first version follows none.
        first = self._create_policy("test_first", state="draft")
        first.action_put_in_force()
        arch = self.env["complaint.policy"].get_view(view_type="list")["arch"]
        self.assertIn("change_reason", arch)

    def test_version_names_the_review_and_the_measures_and_it_is_journaled(self):
        # C-34
        review = self._open()
        line = self._line(review, "T-03")
        line.action_improve("audit")
        self._decide(review)
        draft = self._draft(
            change_reason="People waited too long.",
            review_id=review.id,
            review_line_ids=[Command.set(line.ids)],
        )
        draft.action_put_in_force()
        entry = self.env["complaint.company.journal"].search(
            [("company_id", "=", self.company.id), ("event", "=", "policy_in_force")],
            order="sequence desc",
            limit=1,
        )
        after = entry.payload["after"]
        self.assertEqual(after["change_reason"], "People waited too long.")
        self.assertEqual(after["review_id"], review.id)
        self.assertEqual(after["review_line_ids"], line.ids)

    def test_version_names_no_review_of_another_procedure(self):
        # C-34
        other = self._create_policy("test_other")._open_review(2026)
        draft = self._draft()
        with self.assertRaises(ValidationError):
            draft.review_id = other
        with self.assertRaises(ValidationError):
            draft.review_line_ids = self._open().line_ids

    # -- rights

    def test_owner_writes_managers_and_auditor_read_nobody_else(self):
        # C-35
        review = self._open()
        for user in (self.leader, self.director, self.auditor):
            with self.subTest(user=user.login):
                mine = review.with_user(user)
                self.assertEqual(mine.year, 2026)
                self.assertTrue(mine.line_ids.mapped("evidence"))
                self.assertTrue(mine.figure_ids.mapped("text"))
                for write in (
                    lambda mine=mine: mine.write({"conclusion": "No."}),
                    lambda mine=mine: mine.line_ids[0].write({"assessment": "not"}),
                    lambda mine=mine: mine.line_ids.create(
                        {"review_id": mine.id, "name": "No."}
                    ),
                    lambda mine=mine: mine.action_decide("No."),
                    lambda mine=mine: mine.action_keep_by_program(),
                    lambda mine=mine: mine.action_correct(),
                    lambda mine=mine: mine.line_ids[0].action_improve("audit"),
                ):
                    self.assertRaises(AccessError, write)
        for user in (self.worker, self.independent, self.custodian, self.employee):
            with self.subTest(user=user.login):
                for rows in (review, review.line_ids, review.figure_ids):
                    self.assertFalse(rows.with_user(user).has_access("read"))
                    with self.assertRaises(AccessError):
                        rows.with_user(user).read(["company_id"])

    def test_another_company_sees_nothing(self):
        review = self._open()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere AS"})
        stranger = new_test_user(
            self.env,
            "stranger_owner",
            groups="klagebehandling.group_procedure,klagebehandling.group_manager,"
            "klagebehandling.group_auditor",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        for rows in (review, review.line_ids, review.figure_ids):
            self.assertFalse(rows.with_user(stranger).search([("id", "in", rows.ids)]))
            with self.assertRaises(AccessError):
                rows.with_user(stranger).read(["company_id"])
        with self.assertRaises(AccessError):
            self.policy.with_user(stranger).action_review()

    def test_owner_opens_it_by_hand_and_finds_the_one_that_is_there(self):
        # C-32
        policy = self.policy.with_user(self.owner)
        action = policy.action_review()
        self.assertEqual(policy.action_review()["res_id"], action["res_id"])
        self.assertEqual(self._reviews().id, action["res_id"])
        self.assertEqual(self._reviews().year, 2026)
        for user in (self.leader, self.auditor):
            with self.assertRaises(AccessError):
                self.policy.with_user(user).action_review()
        draft = policy.browse(policy.action_new_version()["res_id"])
        with self.assertRaises(UserError):
            draft.action_review()

    def test_document_is_for_who_reads_the_review(self):
        # C-35
        review = self._open()
        for user in (self.owner, self.leader, self.auditor):
            self.assertTrue(review.with_user(user).action_open_document()["url"])
        for user in (self.worker, self.employee, self.independent, self.custodian):
            with self.assertRaises(AccessError):
                review.with_user(user).action_open_document()


@tagged("post_install", "-at_install")
class TestReviewPage(HttpCase, ReviewCase):
    """The review as a page, for whoever reads it (C-35)."""

    def test_page_is_for_its_readers_and_else_not_there(self):
        # C-35
        with freeze_time(NOW):
            review = self._open()
            review.line_ids[0].comment = "<b>Slow</b>"
            self._decide(review)
        action = review.action_open_document()
        for user in (self.owner, self.leader, self.auditor):
            self.authenticate(user.login, user.login)
            page = self.url_open(action["url"])
            self.assertEqual(page.status_code, 200)
            self.assertIn("T-01", page.text)
            self.assertIn("It works.", page.text)
            self.assertIn("&lt;b&gt;Slow", page.text)
            self.assertIn("sandbox", page.headers["Content-Security-Policy"])
        for user in (self.worker, self.employee, self.independent):
            self.authenticate(user.login, user.login)
            missing = self.url_open("/klagebehandling/review/999999999")
            refused = self.url_open(action["url"])
            self.assertEqual(refused.status_code, 404)
            self.assertEqual(refused.text, missing.text)
        for odd in ("-1", "0", "1e3", "99999999999999999999", "x", "١"):
            self.assertEqual(
                self.url_open(f"/klagebehandling/review/{odd}").status_code, 404
            )
        # A parameter named like an argument of Python is no fault of ours.
        odd = self.url_open("/klagebehandling/review/x?self=1")
        self.assertEqual(odd.status_code, 404)
