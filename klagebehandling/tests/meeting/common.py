# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.fields import Command

from ..common import ComplaintCase

PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    b"awAAAABJRU5ErkJggg=="
)


class MeetingCase(ComplaintCase):
    """A procedure as LePro's: minutes are signed by both, NAV may take part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write(
            {
                "is_minutes_signed": True,
                "is_nav_partner": True,
                "onward_text": "<p>You can go to the management.</p>",
                "field_ids": [Command.create({"name": "invite"})],
            }
        )
        cls.witness = cls._create_user("witness")

    @classmethod
    def _meet(cls, case, when="2026-11-05 09:00:00", **values):
        """A meeting that the leader plans."""
        return (
            cls.env["complaint.meeting"]
            .with_user(cls.leader)
            .create({"case_id": case.id, "start_at": when, "place": "Room 2", **values})
        )

    @classmethod
    def _draft(cls, case, **values):
        """Minutes that the leader writes of a meeting that was held."""
        meeting = cls._meet(case, "2026-11-01 09:00:00")
        meeting.action_hold()
        minutes = cls.env["complaint.minutes"].with_user(cls.leader)
        words = {"discussion": "The food was cold.", "agreed": "Warm food\nEach day"}
        return minutes.create({"meeting_id": meeting.id, **words, **values})

    @classmethod
    def _frozen(cls, case, **values):
        minutes = cls._draft(case, **values)
        minutes.action_freeze()
        return minutes

    def _page(self, minutes):
        """The document as the core lays it out, whatever else is installed."""
        values = minutes.sudo()._document_values()
        return str(self.env["ir.qweb"]._render("klagebehandling.minutes_page", values))

    def _events(self, case):
        return case.journal_ids.sorted("sequence").mapped("event")

    def _letters(self, case, purpose):
        return case.correspondence_ids.filtered(lambda one: one.purpose == purpose)


def on(moment):
    return freeze_time(moment)
