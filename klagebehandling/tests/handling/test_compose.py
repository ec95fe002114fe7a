from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"
LATER = "2026-12-18"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCompose(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        terms = cls.policy.term_ids.filtered(
            lambda term: term.milestone == "acknowledge"
        )
        terms.write({"needs_expected_date": True, "needs_handler": True})
        cls.policy.term_ids = [cls._term("reply", 20, "workday", needs_remedy=True)]
        cls.case = cls._register()

    def _form(self, purpose, user=None, case=None):
        compose = self.env["complaint.case.compose"].with_user(user or self.leader)
        return Form(
            compose.with_context(
                default_case_id=(case or self.case).id, default_purpose=purpose
            )
        )

    def test_acknowledgement_tells_what_the_procedure_demands(self):
        # A-25, D-38, E-53
        form = self._form("acknowledgement")
        self.assertTrue(form.needs_expected_date and form.needs_handler)
        self.assertIn(self.case.reference, form.body)
        form.expected_on = LATER
        self.assertIn("December 18, 2026", form.body)
        self.assertIn("December 18, 2026", form.preview)
        form.save().action_send()
        self.assertEqual(self.case.state, "acknowledged")
        self.assertEqual(str(self.case.expected_on), LATER)
        self._deliver(self.case)
        self.assertEqual(self._deadline(self.case, "acknowledge").state, "met")
        letter = self.case.correspondence_ids
        self.assertEqual((letter.purpose, letter.medium), ("acknowledgement", "email"))

    def test_missing_element_is_refused_and_the_text_stays(self):
        form = self._form("acknowledgement")
        form.body = "<p>My own words</p>"
        form.expected_on = LATER
        letter = form.save()
        letter.expected_on = False
        with self.assertRaisesRegex(UserError, "expected to be done"):
            letter.action_send()
        self.assertIn("My own words", letter.body)
        self.assertEqual(self.case.state, "received")

    def test_own_words_are_not_overwritten_by_a_new_date(self):
        form = self._form("acknowledgement")
        form.body = "<p>My own words</p>"
        form.expected_on = LATER
        self.assertIn("My own words", form.body)

    def test_answer_puts_right_and_does_not_close(self):
        # B-23, E-57
        form = self._form("reply")
        form.expected_on = LATER
        form.remedy = "Two new warming boxes"
        self.assertIn("Two new warming boxes", form.body)
        form.medium = "letter"
        form.is_every_point_answered = True
        form.save().action_send()
        self.assertEqual(self.case.state, "answered")
        self.assertEqual(self.case.remedy, "Two new warming boxes")
        letter = self.case.correspondence_ids
        self.assertEqual((letter.medium, letter.state), ("letter", "queued"))
        letter.with_user(self.leader).action_mark_sent()
        self.assertEqual(letter.state, "sent")

    def test_reply_that_leaves_something_out_is_refused(self):
        # C-27, D-16, D-17
        self.kitchen.policy_id = self._create_policy("plain")
        case = self._register(unit_id=self.kitchen.id)
        letter = self._form("reply", case=case, user=self.other_leader).save()
        with self.assertRaisesRegex(UserError, "every point.*reasons.*put right"):
            letter.action_send()
        self.assertEqual(case.state, "received")
        letter.write({"is_every_point_answered": True})
        with self.assertRaisesRegex(UserError, "put right"):
            letter.action_send()
        letter.no_remedy_reason = "The food was warm by then."
        letter.action_send()
        self.assertEqual(case.state, "answered")
        entry = case.journal_ids.filtered(lambda one: one.event == "no_remedy")
        self.assertEqual(entry.texts, {"reason": "The food was warm by then."})

    def test_composer_guides_the_attitude(self):
        # E-37…E-42, C-16, E-08
        arch = self.env["complaint.case.compose"].get_view(view_type="form")["arch"]
        points = etree.fromstring(arch).xpath("//ul[@name='attitude']/li")
        texts = [point.text for point in points]
        for word in ("Thank", "is right", "why", "Regret", "take care", "come back"):
            self.assertTrue(any(word in text for text in texts), word)
        regret = next(point for point in points if "Regret" in point.text)
        # Regret is for complaints, never for praise or suggestions.
        self.assertIn("complaint", regret.get("invisible"))
        self.assertIn("Explain rather than defend", arch)

    def test_progress_is_told(self):
        # C-11, C-14, D-39
        form = self._form("update")
        form.body = "<p>We have talked with the kitchen.</p>"
        form.save().action_send()
        self.assertEqual(self.case.correspondence_ids.purpose, "update")
        self.assertEqual(self.case.state, "received")

    def test_redirect_explains_with_the_words_of_the_ground(self):
        # E-21, D-51
        ground = self.env.ref("klagebehandling.category_out_of_scope_appeal")
        ground.redirect_text = "An appeal goes to the county."
        case = self._register(categories=[ground.code])
        form = self._form("redirect", case=case, user=case.handler_id)
        self.assertIn("An appeal goes to the county.", form.body)
        form.save().action_send()
        self.assertEqual(case.state, "redirected")

    def test_message_leaves_the_state(self):
        form = self._form("message")
        with self.assertRaisesRegex(UserError, "Write the text first"):
            form.save().action_send()
        form = self._form("message")
        form.body = "<p>What day suits you?</p>"
        form.save().action_send()
        self.assertEqual(self.case.state, "received")
        self.assertEqual(self.case.correspondence_ids.purpose, "message")

    def test_others_cannot_write(self):
        for user in (self.employee, self.auditor, self.custodian):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["complaint.case.compose"].with_user(user).create(
                    {"case_id": self.case.id, "purpose": "message"}
                )

    def test_manager_of_another_unit_learns_nothing(self):
        with self.assertRaises(AccessError):
            self._form("reply", user=self.other_leader)
        told = {"medium": "portal", "expected_on": LATER, "remedy": "x"}
        for given in ({}, {**told, "handler_id": self.other_leader.id}):
            values = {"case_id": self.case.id, "purpose": "reply", **given}
            with self.subTest(given=given), self.assertRaises(AccessError):
                self.env["complaint.case.compose"].with_user(self.other_leader).create(
                    values
                )

    def test_answer_says_that_it_need_not_be_a_solution(self):
        # B-23
        body = str(self._form("reply").body)
        self.assertIn("An answer need not be a solution.", body)
        self.assertIn("stays open until we close it", body)

    def test_answer_that_closes_tells_what_was_tried_and_learned(self):
        # B-23, D-04, D-10
        self.env.cr.execute("UPDATE complaint_policy SET is_dialogue_required = TRUE")
        self.env.invalidate_all()
        form = self._form("reply")
        form.outcome = "upheld"
        form.lesson = "We ask first."
        form.dialogue_attempt = "We met on Monday."
        for words in (
            "An answer need not be a solution.",
            "together with you: We met on Monday.",
            "we have learned: We ask first.",
        ):
            self.assertIn(words, form.body)
        self.assertNotIn("stays open", form.body)
        form.is_dialogue_told = False
        self.assertNotIn("We met on Monday.", form.body)
        form.remedy = "A heater"
        form.is_every_point_answered = True
        form.save().action_send_and_close()
        self.assertEqual(self.case.state, "closed")
        letter = self.case.correspondence_ids
        self.assertIn("We ask first.", letter.body)
        self.assertNotIn("stays open", letter.body)
