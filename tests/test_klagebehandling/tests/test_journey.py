from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .journey import BODY, JourneyCase


@tagged("post_install", "-at_install")
class TestJourney(JourneyCase):
    """One whole way for each procedure, walked by those who walk it."""

    def test_lepro_from_complaint_to_closing(self):
        # …A-29
        case = self.arrive("nb-01", "2026-03-16 08:12:00")
        self.assertEqual(
            self.milestones(case, "running"), ["acknowledge", "close", "inform_staff"]
        )
        self.assert_employee_refused(case)
        with freeze_time("2026-03-20 09:00:00"):
            self.assert_refused("expected to be done", case.action_acknowledge)
            case.expected_on = date(2026, 4, 10)
            case.action_acknowledge()
            self.assertEqual(case.state, "acknowledged")
            letter = self.letters(case, "acknowledgement")
            self.assertEqual((letter.medium, letter.state), ("email", "queued"))
            self.assertFalse(self.milestones(case, "met"))
            self.deliver(case)
        self.assertEqual(self.milestones(case, "met"), ["acknowledge"])
        with freeze_time("2026-03-23 09:00:00"):
            case.action_investigate()
        with freeze_time("2026-04-10 09:00:00"):
            case.action_answer(body=BODY)
            self.assertEqual(case.state, "answered")
            self.assertEqual(
                self.milestones(case, "running"), ["close", "inform_staff"]
            )
        with freeze_time("2026-04-15 09:00:00"):
            self.assert_refused("outcome", case.action_close)
            case.action_close(outcome="upheld")
            self.deliver(case)
        self.assertEqual((case.state, case.outcome), ("closed", "upheld"))
        self.assertEqual(self.milestones(case, "met"), ["acknowledge", "close"])
        self.assertEqual(self.milestones(case, "running"), ["inform_staff"])
        with freeze_time("2026-04-16 09:00:00"):
            self.assertTrue(case.is_late)  # the end of the case is no excuse
            case.action_inform_staff()
        self.assertFalse(case.is_late)
        self.assert_in_order(
            self.events(case),
            "registered",
            "routed",
            "deadlines_opened",
            "acknowledged",
            "deadline_met",
            "investigating",
            "answered",
            "closed",
            "deadline_met",
            "staff_informed",
        )

    def test_lepro_with_nav_has_no_closing_limit(self):
        # the expected date is the limit
        case = self.arrive("nb-03", "2026-04-21 11:30:00")
        self.assertEqual(
            self.milestones(case, "running"), ["acknowledge", "inform_staff"]
        )
        case.expected_on = date(2026, 6, 1)
        case.action_acknowledge()
        self.deliver(case)
        self.assertIn("acknowledge", self.milestones(case, "met"))
        self.assertEqual(self.letters(case, "acknowledgement").medium, "meeting")

    def test_lepro_municipal_place_without_nav(self):
        #
        case = self.arrive("nb-07", "2026-09-07 08:20:00")
        self.assertFalse(case.has_external_parties)
        self.assertIn("close", self.milestones(case, "running"))
        self.assertIn("nav_not_offered", self.events(case))

    def test_lepro_acknowledged_too_late(self):
        # the eleventh day is late, and the journal says so
        case = self.arrive("nb-01", "2026-03-16 08:12:00")
        with freeze_time("2026-03-26 22:59:00"):
            self.assertFalse(case.is_late)
        self.env.invalidate_all()
        with freeze_time("2026-03-26 23:00:00"):
            self.assertTrue(case.is_late)
            self.assertIn(case, case.search([("is_late", "=", True)]))
            case.expected_on = date(2026, 4, 16)
            case.action_acknowledge()
            self.deliver(case)
        met = case.journal_ids.filtered(lambda one: one.event == "deadline_met")
        self.assertTrue(met.payload["is_late"])

    def test_social_care_from_complaint_to_closing(self):
        # C-01, C-12, C-17
        case = self.arrive("nb-08", "2026-03-28 19:15:00")
        self.assertIn("reply", self.milestones(case, "running"))
        with freeze_time("2026-03-30 19:14:59"):
            self.assertFalse(case.is_late)
            case.action_acknowledge()
            self.deliver(case)
            case.action_investigate()
        self.assert_employee_refused(case)
        with freeze_time("2026-04-20 10:00:00"):
            self.assert_refused("Write the reply", case.action_answer)
            case.action_answer(body=BODY)
            self.assert_refused("learned", case.action_close, outcome="upheld")
            case.lesson = "The evening round is signed by two."
            # C-06
            shown = case.with_context(complaint_on_screen=True)
            self.assert_refused("is about says", shown.action_close, outcome="upheld")
            case.write({"own_view_how": "asked", "own_view": "I was cold."})
            case.action_close(outcome="upheld")
            closing = self.letters(case, "closing")
            self.assertIn("The evening round is signed by two.", closing.body)
            self.deliver(case)
        self.assertIn("acknowledge", self.milestones(case, "met"))
        self.assertIn("reply", self.milestones(case, "met"))
        self.assertFalse(self.milestones(case, "running"))

    def test_social_care_praise_is_only_thanked_for(self):
        # E-22 in C: no clock for a resolution
        case = self.arrive("nb-10", "2026-11-12 17:30:00")
        self.assertEqual(self.milestones(case, "running"), ["acknowledge"])
        case.action_acknowledge()
        self.deliver(case)
        self.assertFalse(self.milestones(case, "running"))

    def test_social_care_appeal_is_sent_on_with_its_date(self):
        # E-20, E-21, D-51
        case = self.arrive("nb-11", "2026-02-09 09:00:00")
        self.assertEqual(case.handler_id, self.user("sosial_omsorg_no", "decision"))
        received = case.received_at
        with freeze_time("2026-02-09 13:00:00"):
            case.action_redirect()
        self.check_redirected(case, received)
        self.assertEqual(self.letters(case, "redirect").medium, "letter")

    def check_redirected(self, case, received):
        self.assertEqual(case.state, "redirected")
        self.assertEqual(case.received_at, received)
        letter = self.letters(case, "redirect")
        self.assertEqual(len(letter), 1)
        lang = self.env["res.lang"]._get_code(case.lang)
        ground = case.category_ids.filtered("redirect_text").with_context(lang=lang)
        told = " ".join(html2plaintext(letter.body).split())
        self.assertIn(" ".join(ground.redirect_text.split())[:60], told)
        self.deliver(case)
        self.assertEqual(self.milestones(case, "met"), ["acknowledge"])
        self.assertFalse(self.milestones(case, "running"))
        self.assertIn("redirected", self.events(case))

    def test_ljusnarsberg_reply_is_not_the_end(self):
        # B-19, B-21, B-23, B-24
        case = self.arrive("sv-01", "2026-04-01 12:20:00")
        self.assertEqual(self.milestones(case, "running"), ["acknowledge", "reply"])
        self.assert_employee_refused(case)
        with freeze_time("2026-04-14 08:00:00"):
            case.action_answer(body=BODY)
            self.deliver(case)
        self.assertEqual(case.state, "answered")
        self.assertFalse(case.closed_at)
        self.assertEqual(self.milestones(case, "met"), ["acknowledge", "reply"])
        with freeze_time("2026-04-20 08:00:00"):
            # B-07: what changes, or why nothing does
            self.assert_refused("measure", case.action_close, outcome="partly_upheld")
            case.env["complaint.action"].create(
                {"case_id": case.id, "name": "A second bus", "due_on": "2026-05-20"}
            )
            case.action_close(outcome="partly_upheld")
        self.assertEqual(case.state, "closed")
        self.assertEqual(self.milestones(case, "running"), ["measure"])

    def test_ljusnarsberg_no_reply_wanted(self):
        # B-22
        case = self.arrive("more-09", "2026-02-28 15:00:00")
        self.assertEqual(self.milestones(case, "running"), ["acknowledge"])
        case.action_acknowledge()
        case.no_measure_reason = "Nothing was found that has to change."
        case.action_close(outcome="no_finding")
        self.assertEqual(case.state, "closed")

    def test_ljusnarsberg_required_fields_of_the_e_service(self):
        # B-36, B-38, B-41: all that is missing is told at once; E-48: not on paper
        line = self.line("sv-01")
        gone = {"description": None, "parties": []}
        with freeze_time("2026-04-01 12:20:00"):
            with self.assertRaises(ValidationError) as caught:
                self.register(line, received_at=None, **gone)
            problems = set(caught.exception.problems)
            self.assertLessEqual({"description", "complainant_kind"}, problems)
            case = self.register(line, received_at=None, channel="paper_form", **gone)
        self.assertEqual(case.state, "received")

    def test_robertsfors_from_complaint_to_closing(self):
        # D-31…D-34, D-37, D-38
        case = self.arrive("sv-05", "2026-05-29 08:40:00")
        self.assertEqual(self.milestones(case, "running"), ["acknowledge", "reply"])
        self.assert_employee_refused(case)
        with freeze_time("2026-06-04 08:00:00"):
            handler = case.handler_id
            case.handler_id = False
            self.assert_refused("who handles", case.action_acknowledge)  # D-38
            case.handler_id = handler
            case.action_acknowledge()
        self.assertIn(
            handler.name, html2plaintext(self.letters(case, "acknowledgement").body)
        )
        with freeze_time("2026-06-10 08:00:00"):
            case.action_investigate()
            case.action_answer(body=BODY, medium="letter")
            # D-04, D-10
            shown = case.with_context(complaint_on_screen=True)
            self.assert_refused("in dialogue", shown.action_close, outcome="resolved")
            case.write(
                {
                    "dialogue_attempt": "We talked it through at home.",
                    "remedy": "The visit is at eight again.",
                    "lesson": "The list says who comes.",
                }
            )
            case.action_close(outcome="resolved")
        self.assertEqual(self.letters(case, "reply").medium, "letter")
        self.deliver(case)
        self.assertEqual(self.milestones(case, "met"), ["acknowledge", "reply"])

    def test_robertsfors_answer_before_acknowledgement_names_the_handler(self):
        # D-38: an answer that stands for the confirmation has its elements
        case = self.arrive("sv-05", "2026-05-29 08:40:00")
        case.handler_id = False
        self.assert_refused("who handles", case.action_answer, body=BODY)

    def test_robertsfors_anonymous_call_is_answered_by_code(self):
        # D-28, D-29: read and written with the code, in no other way
        case = self.arrive("sv-08", "2026-11-02 06:15:00")
        case.action_acknowledge()
        letter = self.letters(case, "acknowledgement")
        self.assertEqual((letter.medium, letter.state), ("portal", "sent"))
        self.assertFalse(
            case.correspondence_ids.filtered(lambda one: one.medium == "email")
        )

    def test_gislaved_from_complaint_to_closing(self):
        # E-51…E-58
        case = self.arrive("sv-10", "2026-06-17 14:40:00")
        self.assertEqual(self.milestones(case, "running"), ["acknowledge", "reply"])
        self.assert_employee_refused(case)
        with freeze_time("2026-06-18 08:00:00"):
            handler = case.handler_id
            case.handler_id = False
            self.assert_refused("who handles", case.action_acknowledge)  # E-53
            case.handler_id = handler
            case.action_acknowledge()
        self.assertEqual(
            self.letters(case, "acknowledgement").medium, "social_media"
        )  # E-54
        with freeze_time("2026-06-26 08:00:00"):
            case.action_investigate()
            self.assert_refused("put right", case.action_answer, body=BODY)  # E-57
            case.action_answer(
                body=BODY, remedy="The desk has a helper each Wednesday."
            )
        self.assertEqual(self.letters(case, "reply").medium, "social_media")  # E-58
        self.deliver(case)
        self.assertEqual(self.milestones(case, "met"), ["acknowledge", "reply"])
        self.assertEqual(case.state, "answered")
        with freeze_time("2026-06-29 08:00:00"):
            case.action_close(outcome="resolved")
        self.assertEqual(case.state, "closed")

    def test_gislaved_fault_report_is_sent_on(self):
        # E-18, E-21
        case = self.arrive("sv-09", "2026-10-15 18:05:00")
        self.assertEqual(case.handler_id, self.user("gislaved", "fault"))
        received = case.received_at
        with freeze_time("2026-10-16 08:00:00"):
            case.action_redirect()
        self.check_redirected(case, received)

    def test_gislaved_suggestion_filed_as_complaint_is_reclassified(self):
        # E-19, decided ambiguity 9: never rejected
        case = self.arrive("more-15", "2026-05-13 14:00:00", kind="complaint")
        self.assertEqual(case.kind, "suggestion")
        self.assertIn("reclassified", self.events(case))
