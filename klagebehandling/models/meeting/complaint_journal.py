from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("meeting_called", "Called to a meeting"),
    ("meeting_moved", "Meeting is to be called anew"),
    ("meeting_answered", "The complainant answered the invitation"),
    ("meeting_held", "Meeting held"),
    ("meeting_missed", "Meeting not held"),
    ("meeting_cancelled", "Meeting cancelled"),
    ("minutes_frozen", "Minutes frozen"),
    ("minutes_reopened", "New version of the minutes begun"),
    ("minutes_discarded", "Draft of minutes discarded"),
    ("minutes_remarked", "The complainant remarked on the minutes"),
    ("minutes_signed", "Minutes signed"),
    ("minutes_refused", "Minutes not agreed"),
    ("minutes_reminded", "Reminded to sign the minutes"),
    ("minutes_unsigned", "Minutes not signed after two reminders"),
    ("minutes_kept", "Document of the minutes kept"),
    ("minutes_opened", "Document of the minutes opened"),
    ("minutes_handed", "Copy of the minutes handed over"),
    ("code_drawn", "The complainant drew a new code"),
]
# Done by the person on the own page.
OWN_ACTS = {"code_drawn", "meeting_answered", "minutes_remarked"}
EXPLAINED = {
    "file": ("complaint.minutes.document", "kind"),
    "side": ("complaint.signature", "side"),
    "way": ("complaint.signature", "way"),
}


class ComplaintJournal(models.Model):
    """Meetings, minutes and signatures; never what was said there."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    def _is_own_act(self):
        """Also answering, remarking and signing there; not what a witness saw."""
        if self.event in ("minutes_signed", "minutes_refused"):
            payload = self.payload or {}
            is_own = payload.get("side") == "complainant"
            return is_own and payload.get("way") in ("portal", "code")
        return self.event in OWN_ACTS or super()._is_own_act()

    @api.model
    def _idle_events(self):
        own = {"kept", "opened", "handed", "reminded", "unsigned"}
        return super()._idle_events() | {f"minutes_{name}" for name in own}

    @api.model
    def _fact_keys(self):
        own = {*EXPLAINED, "digest", "sign", "version", "witness"}
        return super()._fact_keys() | own

    @api.model
    def _bound_labels(self):
        return {
            **super()._bound_labels(),
            "minutes": self.env._("minutes"),
            "minutes.document": self.env._("the document of minutes"),
            "signature": self.env._("a signature"),
        }

    @api.model
    def _explained_fields(self):
        return {**super()._explained_fields(), **EXPLAINED}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "digest": self.env._("Fingerprint (SHA-256)"),
            "file": self.env._("File"),
            "is_coming": self.env._("Comes"),
            "is_whole": self.env._("Signed by both"),
            "side": self.env._("Party"),
            "version": self.env._("Version"),
            "way": self.env._("Way of signing"),
            "witness": self.env._("Witness"),
        }

    @api.model
    def _timeline_sentences(self):
        return {
            **super()._timeline_sentences(),
            "code_drawn": self.env._("You drew a new code."),
            "meeting_answered": self.env._("You answered the invitation."),
            "meeting_cancelled": self.env._("The meeting was called off."),
            "meeting_held": self.env._("We met and talked about it."),
            "meeting_missed": self.env._("The meeting did not take place."),
            "minutes_frozen": self.env._("The minutes are ready to be read."),
            "minutes_remarked": self.env._("You remarked on the minutes."),
        }

    def _timeline_text(self, sentences, payload):
        if self.event in ("minutes_signed", "minutes_refused"):
            return self._say_signed(payload.get("side"))
        return super()._timeline_text(sentences, payload)

    def _say_signed(self, side):
        is_own = side == "complainant"
        if self.event == "minutes_refused":
            if is_own:
                return self.env._("You said why you do not sign the minutes.")
            return self.env._("We said why we do not sign the minutes.")
        if is_own:
            return self.env._("You signed the minutes.")
        return self.env._("We signed the minutes.")

    @api.model
    def _timeline_letters(self):
        return {
            **super()._timeline_letters(),
            "invitation": self.env._("We invited you to a meeting."),
            "minutes": self.env._("We asked you to read and sign the minutes."),
            "minutes_reminder": self.env._("We reminded you of the minutes."),
            "minutes_signed": self.env._("We wrote that both have signed the minutes."),
            "code_drawn": self.env._("We wrote that a new code was drawn."),
        }
