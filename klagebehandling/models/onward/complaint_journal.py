from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("referral_opened", "Handing on begun"),
    ("referral_consent", "Consent to handing on answered"),
    ("document_added", "Document added to a package"),
    ("document_removed", "Document taken out of a package"),
    ("referral_sent", "Handed on"),
    ("referral_answered", "Answer to what was handed on"),
    ("referral_stopped", "Not handed on"),
    ("second_stage_wished", "How the wish to go further was said"),
    ("handed_over", "Handed over"),
    ("outgoing_accepted", "Sent with what was found in it"),
]
# Where the person chooses to go; an appeal is always the person's own.
CHOSEN = ("management", "nav", "body")


class ComplaintJournal(models.Model):
    """What was handed on, with whose consent, and what shows it."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _idle_events(self):
        return super()._idle_events() | {"referral_opened"}

    @api.model
    def _fact_keys(self):
        own = {"referral", "consent", "digests", "found", "documents", "role_held"}
        return super()._fact_keys() | own

    @api.model
    def _hidden_keys(self):
        return super()._hidden_keys() | {"digests"}

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "referral": ("complaint.referral", "kind"),
            "consent": ("complaint.referral", "consent"),
            "role_held": ("complaint.role", "kind"),
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "referral": self.env._("To"),
            "consent": self.env._("Consent"),
            "role_held": self.env._("Role"),
            "digests": self.env._("SHA-256"),
            "documents": self.env._("Documents"),
            "found": self.env._("Found"),
            "is_own": self.env._("The person's own"),
            "medium_text": self.env._("How it was sent"),
            "recipient": self.env._("Recipient"),
        }

    @api.model
    def _timeline_sentences(self):
        return {
            **super()._timeline_sentences(),
            "referral_sent": self.env._("We handed it on, as you wanted."),
            "handed_over": self.env._("We passed it on to somebody who can handle it."),
        }

    def _timeline_text(self, sentences, payload):
        if self.event == "referral_sent" and not self._is_wished(payload):
            return None
        return super()._timeline_text(sentences, payload)

    def _is_wished(self, payload):
        """Whether the person wanted it: what an authority demands is not told here."""
        kind = payload.get("referral")
        is_chosen = kind in CHOSEN and payload.get("consent") == "given"
        return is_chosen or kind == "appeal"
