# What people say in a test is not translated.
# pylint: disable=translation-required
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .journey import JourneyCase


@tagged("post_install", "-at_install")
class TestJourneyMinutes(JourneyCase):
    """LePro: the two sides meet, and sign what they agreed on (A-13, A-20)."""

    def _begin(self):
        """nb-07, until it is looked into; the nearest manager never notices it."""
        case = self.arrive("nb-07", "2026-09-07 08:20:00")
        with freeze_time("2026-09-14 08:00:00"):
            case.expected_on = date(2026, 10, 5)
            case.action_acknowledge()
            self.deliver(case)
            case.action_investigate()
        return case

    @freeze_time("2026-09-15 08:00:00")
    def test_lepro_municipal_place_meets_without_nav_and_signs(self):
        # …A-23
        case = self._begin()
        self.assertEqual(case.place_type, "municipal")
        self.assertIn("nav_not_offered", self.events(case))
        meeting = case.env["complaint.meeting"].create(
            {"case_id": case.id, "start_at": "2026-09-22 11:00:00", "place": "Rom 3"}
        )
        self.assertEqual(
            {*meeting.participant_ids.mapped("role")}, {"organisation", "complainant"}
        )
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            nav = {"role": "external_caseworker", "is_agreed": True}
            meeting.participant_ids = [Command.create(nav)]
        meeting.invalidate_recordset()
        meeting.action_call()
        letter = self.letters(case, "invitation")
        self.assertEqual(letter.medium, "email")
        words = html2plaintext(letter.body)
        self.assertIn("22. september 2026", words)
        self.assertIn("13:00", words)
        self.assertEqual(meeting.sudo().event_id.name, "Møte")
        with freeze_time("2026-09-22 13:00:00"):
            action = meeting.action_write_minutes()
            minutes = case.env["complaint.minutes"].browse(action["res_id"])
            minutes.agreed = "Fire dager i uka fra mandag."
            minutes.action_freeze_and_sign()
            self.assert_refused(
                "Meeting and minutes", case.action_close, outcome="resolved"
            )
        with freeze_time("2026-09-24 09:00:00"):
            minutes.sudo()._sign_there("portal", minutes.digest, name="Test Testesen")
            self.assertEqual(minutes.state, "signed")
            case.action_close(outcome="resolved")
        self.assertEqual((case.state, case.outcome), ("closed", "resolved"))
        self.assert_in_order(
            self.events(case),
            "meeting_called",
            "meeting_held",
            "minutes_frozen",
            "minutes_kept",
            "minutes_signed",
            "minutes_signed",
            "closed",
        )

    @freeze_time("2026-09-15 08:00:00")
    def test_lepro_unsigned_closes_as_unresolved_with_the_way_onward(self):
        #
        case = self._begin()
        case.action_close(outcome="unresolved")
        letter = self.letters(case, "closing")
        self.assertIn("ledelsen", html2plaintext(letter.body))
        self.assertTrue(case._may_go_further())
