import re

from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("correspondence_sent", "Letter sent"),
    ("correspondence_failed", "Letter could not be sent"),
    ("wish_recorded", "Said whether a reply is wanted"),
]
# What `complaint.correspondence` gives a mail.
OWN_ID = re.compile(r"<[0-9a-f]+\.complaint@[^<>\s]+>")


class ComplaintJournal(models.Model):
    """Declares the events of letters, and what they tell the complainant."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _idle_events(self):
        # The act that a letter tells of has an entry of its own.
        return super()._idle_events() | {"correspondence_sent"}

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"medium", "purpose", "queued_on", "sent_on"}

    @api.model
    def _bound_labels(self):
        return {**super()._bound_labels(), "correspondence": self.env._("a letter")}

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "medium": ("complaint.correspondence", "medium"),
            "purpose": ("complaint.correspondence", "purpose"),
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "medium": self.env._("Medium"),
            "purpose": self.env._("Purpose"),
            "wants_reply": self.env._("Reply wanted"),
            "queued_on": self.env._("Ready on"),
            "sent_on": self.env._("Sent on"),
            "user": self.env._("Told by"),
        }

    def _said(self):
        """The proof of a notice is the Message-Id of its mail: the letter shows it."""
        said = super()._said()
        if self.event != "correspondence_sent":
            return said
        return {
            key: text
            for key, text in said.items()
            if key != "proof" or not OWN_ID.fullmatch(str(text))
        }

    def _timeline_text(self, sentences, payload):
        if self.event == "correspondence_sent":
            return self._timeline_letters().get(payload.get("purpose"))
        return super()._timeline_text(sentences, payload)

    @api.model
    def _timeline_letters(self):
        """What the complainant reads of a letter, by its purpose.

        The purposes that are missing go with an act that is told already.
        """
        return {
            "receipt": self.env._("You got an automatic receipt."),
            "delay": self.env._("We told you a new date."),
            "update": self.env._("We told you how far we have come."),
            "terms": self.env._("We told you that the time limits changed."),
            "message": self.env._("We wrote to you."),
        }

    def _timeline_day(self, payload):
        # What a person has posted or said is entered later than it was done.
        if self.event == "correspondence_sent" and payload.get("sent_on"):
            return fields.Date.to_date(payload["sent_on"])
        return super()._timeline_day(payload)
