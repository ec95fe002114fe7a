# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.tests import Form, tagged

from .common import KARI, OnwardCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestChoice(OnwardCase):
    """After an unresolved end the person chooses: NAV, or the management (A-15)."""

    def _closed(self, outcome="unresolved", **values):
        case = self._register(**{"parties": [KARI], **values})
        case.handler_id = self.worker
        self._as(case).action_close(outcome=outcome, body="<p>We did not agree.</p>")
        return case

    def test_it_is_offered_after_an_unresolved_end_only(self):
        #
        both = ["nav", "management"]
        for outcome in ("unresolved", "partly_upheld", "not_upheld"):
            self.assertEqual(self._closed(outcome)._ways_onward(), both, outcome)
        for outcome in ("resolved", "resolved_at_once", "upheld"):
            self.assertFalse(self._closed(outcome)._ways_onward(), outcome)
        self.assertFalse(self._answered()._ways_onward())

    def test_letter_that_closes_names_the_choice(self):
        #
        unknown = {"anonymity": "anonymous", "parties": [{"role": "complainant"}]}
        for values, outcome, told in (
            ({}, "unresolved", (True, True, False)),
            ({"place_type": "municipal"}, "unresolved", (False, True, True)),
            (unknown, "unresolved", (False, True, False)),
            ({}, "resolved", (False, False, False)),
        ):
            case = self._register(**{"parties": [KARI], **values})
            case.handler_id = self.worker
            self._as(case).action_close(outcome=outcome)
            letters = case.correspondence_ids
            body = letters.filtered(lambda one: one.purpose == "closing").body
            self.assertEqual(self._told(body), told, (values, outcome))

    def _told(self, body):
        words = ("caseworker at NAV", "management takes it up", "no part in your case")
        return tuple(one in body for one in words)

    def test_reply_names_no_choice_that_the_page_does_not_offer_yet(self):
        case = self._register(parties=[KARI])
        case.outcome = "not_upheld"
        letters = self.env["complaint.correspondence"]
        for purpose, told in (("reply", False), ("closing", True)):
            body = letters._default_body(case, purpose)
            self.assertEqual(self._told(body), (told, told, False), purpose)

    def test_dialog_shows_the_choice_before_it_is_closed(self):
        case = self._answered()
        end = self._as(self.env["complaint.case.end"])
        end = end.with_context(default_case_id=case.id, default_step="close")
        form = Form(end)
        form.outcome = "unresolved"
        self.assertEqual(self._told(form.body), (True, True, False))
        # Who has said so already is not asked again.
        case._go_further()
        form = Form(end)
        form.outcome = "unresolved"
        self.assertEqual(self._told(form.body), (False, False, False))

    def test_nav_is_offered_where_it_has_a_part(self):
        #
        for values in (
            {"place_type": "municipal"},
            {"anonymity": "anonymous", "parties": [{"role": "complainant"}]},
        ):
            case = self._closed(**values)
            self.assertEqual(case._ways_onward(), ["management"])
            self.assertFalse(case._choose_way("nav"))
            self.assertFalse(case.referral_ids)
        self.env.cr.execute("UPDATE complaint_policy SET is_nav_partner = false")
        self.env.invalidate_all()
        self.assertFalse(self._closed()._ways_onward())

    def test_nav_is_recorded_as_the_persons_choice_and_has_a_clock(self):
        #
        case = self._closed()
        self.assertTrue(case._choose_way("nav", "She knows me."))
        referral = case.referral_ids
        self.assertEqual(
            (referral.kind, referral.state, referral.consent),
            ("nav", "draft", "given"),
        )
        self.assertEqual(str(referral.consent_on), "2026-11-02")
        self.assertEqual(referral.consent_how, "Chosen on the status page.")
        self.assertEqual(str(referral.due_on), "2026-11-09")
        entry = case.journal_ids.filtered(lambda one: one.event == "referral_consent")
        self.assertEqual(
            (entry.payload["referral"], entry.payload["consent"]), ("nav", "given")
        )
        wish = case.correspondence_ids.filtered(lambda one: one.purpose == "onward")
        self.assertIn("She knows me.", wish.body)
        self.assertTrue(
            [task for task in case.activity_ids if task.user_id == self.worker]
        )
        # The colleague who has it needs not ask again.
        mine = referral.with_user(self.worker)
        mine.recipient = "NAV Sagene"
        self._add(mine)
        self._send(mine)
        self.assertEqual(case.stage, "external")

    def test_management_takes_it_up_at_once(self):
        #
        case = self._closed()
        self.assertTrue(case._choose_way("management"))
        self.assertEqual(case.handler_id, self.director)
        self.assertEqual((case.state, case.stage), ("investigating", "2"))
        referral = case.referral_ids
        self.assertEqual(
            (referral.kind, referral.state, referral.user_id),
            ("management", "sent", self.director),
        )
        wish = case.correspondence_ids.filtered(lambda one: one.purpose == "onward")
        self.assertIn("gave no reason", wish.body)
        self.assertIn("handed it on, as you wanted", str(case._timeline()))

    def test_one_chooses_once(self):
        #
        case = self._closed()
        self.assertFalse(case._choose_way("body"))
        self.assertFalse(case._choose_way("second"))
        self.assertTrue(case._choose_way("nav"))
        for way in ("nav", "management"):
            self.assertFalse(case._choose_way(way))
        self.assertEqual(len(case.referral_ids), 1)
        self.assertFalse(case._may_go_further())

    def test_where_nobody_in_the_management_is_left_it_is_noted(self):
        case = self._closed()
        for user in (self.director, self.independent, self.worker):
            case.handler_id = user
        self.assertFalse(case._choose_way("management"))
        self.assertIn("nobody_else", self._events(case))
        self.assertFalse(case.referral_ids)
        self.assertEqual(case.state, "closed")
        self.assertTrue(case._said_further_on())

    def test_anonymous_choice_leaves_a_day_only(self):
        case = self._closed(anonymity="anonymous", parties=[{"role": "complainant"}])
        self.assertTrue(case._choose_way("management"))
        referral = case.referral_ids
        for moment in (referral.create_date, referral.write_date):
            local = case.policy_id._local(moment)
            self.assertFalse(local.hour or local.minute or local.second)
