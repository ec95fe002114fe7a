from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import ComplaintCase

TOLD_ABOUT = {
    "registered",
    "acknowledged",
    "contact_agreed",
    "definition_agreed",
    "investigating",
    "answered",
    "closed",
    "redirected",
    "withdrawn",
    "reopened",
    "message_received",
    # What the person did on the status page, and what came of it.
    "company_wished",
    "second_stage",
    "text_confirmed",
    # The meeting and its minutes.
    "code_drawn",
    "meeting_answered",
    "meeting_cancelled",
    "meeting_held",
    "meeting_missed",
    "minutes_frozen",
    "minutes_remarked",
    # Who speaks for the person, and how contact is kept.
    "authorisation_ended",
    "limit_objected",
    "limit_lifted",
    "limit_ended",
    # Passed on to somebody who can handle it.
    "handed_over",
    # Only where the person wanted it.
    "referral_sent",
}
# What is told of these stands in the entry: which letter, and who signed.
TOLD_BY_ITSELF = {"correspondence_sent", "minutes_signed", "minutes_refused"}


@tagged("post_install", "-at_install")
class TestTimeline(ComplaintCase):
    """C-15, M19: what the complainant reads of the journal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-11-02 22:30:00"):
            cls.case = cls._register(
                received_at="2026-11-01T10:00", reply_channel="portal"
            )

    def test_it_tells_what_was_done_in_order_with_local_days(self):
        with freeze_time("2026-11-03 23:30:00"):
            self.case.with_user(self.leader).action_acknowledge()
        with freeze_time("2026-11-05 09:00:00"):
            self.case.with_user(self.leader).action_delay("Ill", "2027-01-15")
        with freeze_time("2026-11-09 09:00:00"):
            self.case.with_user(self.leader).action_answer(body="<p>Warm.</p>")
            self.case.with_user(self.leader).action_close("resolved")
        steps = [(str(step["day"]), step["text"]) for step in self.case._timeline()]
        self.assertEqual(
            steps,
            [
                ("2026-11-01", "We received it."),
                ("2026-11-04", "We confirmed that we have it."),
                ("2026-11-05", "We told you a new date."),
                ("2026-11-09", "We answered you."),
                ("2026-11-09", "The case was closed."),
            ],
        )

    def test_what_is_written_is_told_when_it_has_left(self):
        # D-37, E-52: met is what was sent
        with freeze_time("2026-11-02 09:00:00"):
            case = self._register(reply_channel="letter")
        told = [("2026-11-02", "We received it.")]
        for day, posted, act, on_its_way, sent in (
            (
                "2026-11-03",
                "2026-11-04",
                lambda user: user.action_acknowledge(),
                "Our confirmation is on its way to you.",
                "We confirmed that we have it.",
            ),
            (
                "2026-11-09",
                "2026-11-11",
                lambda user: user.action_answer(body="<p>Warm.</p>"),
                "Our answer is on its way to you.",
                "We answered you.",
            ),
        ):
            with freeze_time(f"{day} 09:00:00"):
                act(case.with_user(self.leader))
            self.assertEqual(self._told(case), [*told, (day, on_its_way)])
            letter = case.correspondence_ids.filtered(lambda one: one.state == "queued")
            with freeze_time(f"{posted} 12:00:00"):
                letter.with_user(self.leader).action_mark_sent("Posted", posted)
            told.append((posted, sent))
            self.assertEqual(self._told(case), told)
        letter.sudo()._write_failed("It came back.")
        self.assertEqual(self._told(case), told[:-1])

    def _told(self, case):
        return [(str(step["day"]), step["text"]) for step in case._timeline()]

    def test_it_never_tells_what_is_internal(self):
        case = self._register(
            about_manager=True,
            kind="whistleblowing",
            parties=[{"role": "subject", "name": "Canary Subject"}],
        )
        plain = self._register()
        self.assertEqual(
            [step["text"] for step in case._timeline()],
            [step["text"] for step in plain._timeline()],
        )
        before = plain._timeline()
        journal = self.env["complaint.journal"]
        events = {event for event, _label in journal._fields["event"].selection}
        internal = events - TOLD_ABOUT - TOLD_BY_ITSELF
        self.assertGreater(len(internal), 40)
        for event in sorted(internal):
            plain._log(event, handler=self.leader.id, reason="canary", to="x")
        self.assertEqual(plain._timeline(), before)

    def test_only_reviewed_events_are_told(self):
        self.assertEqual(
            set(self.env["complaint.journal"]._timeline_sentences()), TOLD_ABOUT
        )

    def test_an_anonymous_case_has_its_days_too(self):
        with freeze_time("2026-11-02 09:00:00"):
            case = self._register(anonymity="anonymous", parties=[])
            case.with_user(self.leader).action_investigate()
        self.assertEqual(
            {step["day"] for step in case._timeline()}, {date(2026, 11, 2)}
        )
