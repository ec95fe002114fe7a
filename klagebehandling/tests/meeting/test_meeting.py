# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestMeeting(MeetingCase):
    """A-20…A-23: called, with whom the complainant wants, and no trace in calendars."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(invite=["staff", "external_caseworker"])

    def _roles(self, meeting):
        return set(meeting.participant_ids.mapped("role"))

    def test_who_is_wished_for_is_entered(self):
        # the wish is asked for, and off where nothing was said
        meeting = self._meet(self.case)
        self.assertEqual(
            self._roles(meeting),
            {"organisation", "complainant", "staff", "external_caseworker"},
        )
        self.assertEqual(
            self._roles(self._meet(self._register())), {"organisation", "complainant"}
        )

    def test_it_is_planned_and_held_in_the_form(self):
        # as the web client sends it, with every field that can be written
        case = self._register()
        meetings = self.env["complaint.meeting"].with_user(self.leader)
        with Form(meetings.with_context(default_case_id=case.id)) as form:
            form.start_at = "2026-11-05 09:00:00"
            form.place = "Room 2"
        meeting = form.record
        with Form(meeting) as form, form.participant_ids.new() as line:
            line.role = "support_person"
            line.is_agreed = True
        self.assertEqual(
            self._roles(meeting), {"organisation", "complainant", "support_person"}
        )
        meeting.action_call()
        with Form(meeting) as form, form.participant_ids.edit(0) as line:
            line.attendance = "absent"
        self.assertEqual(meeting.participant_ids[0].attendance, "absent")
        with freeze_time("2026-11-05 11:00:00"):
            meeting.action_hold()
        self.assertEqual(meeting.state, "held")
        entry = case.journal_ids.filtered(lambda one: one.event == "meeting_held")
        self.assertEqual(entry.payload["row"], meeting.id)

    def test_nobody_takes_part_without_consent(self):
        #
        meeting = self._meet(self._register())
        meeting.participant_ids = [Command.create({"role": "support_person"})]
        for act in (meeting.action_call,):
            with self.assertRaisesRegex(UserError, "Ask the complainant first"):
                act()
        other = meeting.participant_ids.filtered(lambda o: o.role == "support_person")
        other.is_agreed = True
        meeting.action_call()
        self.assertEqual(meeting.state, "called")

    def test_nav_is_not_offered_at_a_municipal_place(self):
        #
        case = self._register(place_type="municipal", invite=["external_caseworker"])
        meeting = self._meet(case)
        self.assertNotIn("external_caseworker", self._roles(meeting))
        with self.assertRaisesRegex(ValidationError, "NAV takes no part"):
            meeting.participant_ids = [
                Command.create({"role": "external_caseworker", "is_agreed": True})
            ]
        # The permission beside: at a place of NAV it is.
        nav = self._register(place_type="nav", invite=["external_caseworker"])
        self.assertIn("external_caseworker", self._roles(self._meet(nav)))

    def test_invitation_is_a_letter_in_the_way_the_person_chose(self):
        #
        case = self._register(reply_channel="email", invite=["staff"])
        meeting = self._meet(case)
        meeting.action_call()
        letter = self._letters(case, "invitation")
        self.assertEqual(letter.medium, "email")
        self.assertIn("Room 2", letter.body)
        self.assertIn("November 5, 2026", letter.body)
        self.assertIn("10:00", letter.body)
        self.assertIn("Staff", letter.body)
        self.assertIn("meeting_called", self._events(case))
        self.assertNotIn("Kari", str(case.journal_ids.mapped("payload")))

    def test_calendar_tells_nothing(self):
        # neutral, the handler's alone, no partner of anybody in the case
        partners = self.env["res.partner"].search_count([])
        meeting = self._meet(self.case)
        meeting.action_call()
        event = meeting.sudo().event_id
        self.assertEqual(event.name, "Meeting")
        self.assertEqual(event.partner_ids, self.leader.partner_id)
        self.assertEqual(event.attendee_ids.partner_id, self.leader.partner_id)
        self.assertEqual(event.privacy, "private")
        self.assertFalse(event.location)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        told = str(event.read()[0])
        for word in ("Kari", "Cold food", "Room 2"):
            self.assertNotIn(word, told)
        # Who works no such case does not even see that the handler is busy.
        seen = self.env["calendar.event"].with_user(self.employee)
        self.assertFalse(seen.search([("id", "=", event.id)]))
        meeting.action_replan()
        meeting.write({"start_at": "2026-11-06 09:00:00"})
        meeting.action_call()
        self.assertEqual(str(event.start), "2026-11-06 09:00:00")
        self.assertEqual(len(self._letters(self.case, "invitation")), 2)
        meeting.action_cancel("The room burned down")
        self.assertFalse(event.exists())

    def test_what_was_called_is_changed_by_an_act_only(self):
        meeting = self._meet(self.case)
        meeting.action_call()
        for values in (
            {"start_at": "2026-11-09 09:00:00"},
            {"place": "Elsewhere"},
            {"state": "held"},
            {"participant_ids": [Command.create({"role": "staff"})]},
        ):
            with self.assertRaises(UserError):
                meeting.write(values)
        with self.assertRaises(UserError):
            meeting.participant_ids[:1].unlink()
        with self.assertRaisesRegex(UserError, "gone on meanwhile"):
            meeting.action_call()

    def test_invitation_needs_a_time_to_come_and_a_place(self):
        for values in ({"place": False}, {"start_at": "2026-11-01 09:00:00"}):
            meeting = (
                self._meet(self.case, **values)
                if "place" in values
                else (self._meet(self.case, values["start_at"]))
            )
            with self.assertRaises(UserError):
                meeting.action_call()

    def test_absence_is_recorded(self):
        #
        meeting = self._meet(self.case)
        meeting.action_call()
        with self.assertRaisesRegex(UserError, "Write why"):
            meeting.action_miss()
        meeting.reason = "Was ill"
        meeting.action_miss()
        self.assertEqual(meeting.state, "missed")
        self.assertIn("meeting_missed", self._events(self.case))

    def test_person_complained_about_and_who_is_kept_out_are_not_invited(self):
        roles = dict(
            self.env["complaint.meeting.participant"]._fields["role"].selection
        )
        self.assertNotIn("subject", roles)
        case = self._register(
            parties=[
                {"role": "complainant", "name": "Kari"},
                {"role": "subject", "user_id": self.worker.id},
            ]
        )
        meeting = self._meet(case)
        with self.assertRaises(ValidationError):
            meeting.participant_ids = [
                Command.create({"role": "staff", "user_id": self.worker.id})
            ]

    def test_others_see_and_do_nothing(self):
        meeting = self._meet(self.case)
        for user in (self.other_leader, self.auditor, self.custodian, self.employee):
            own = meeting.with_user(user)
            with self.assertRaises(AccessError):
                own.read(["place"])
            for act in ("action_call", "action_hold", "action_write_minutes"):
                with self.assertRaises(AccessError):
                    getattr(own, act)()
        # The permission beside.
        self.assertEqual(
            meeting.with_user(self.director).read(["place"])[0]["place"], "Room 2"
        )

    def test_time_of_an_anonymous_meeting_becomes_a_day(self):
        #
        case = self._register(anonymity="anonymous", parties=[])
        meeting = self._meet(case, "2026-11-01 14:30:00")
        meeting.flush_recordset()
        meeting.invalidate_recordset()
        self.assertEqual(str(meeting.start_at), "2026-10-31 23:00:00")
