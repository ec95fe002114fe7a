from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("text_confirmed", "Confirmed by the complainant as written down"),
    ("company_wished", "The complainant said who shall take part"),
    ("second_stage", "Taken up anew by somebody else"),
    ("nobody_else", "Nobody else may take it up"),
    ("files_sent", "Files sent to the complainant"),
]
# What the person has done by own act: what comes after it is new to them.
OWN_ACTS = {
    "registered",
    "message_received",
    "named_by_own_act",
    "erasure_asked",
    "text_confirmed",
    "company_wished",
}


class ComplaintJournal(models.Model):
    """What the complainant does in the own case, and reads of it."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    def _is_own_act(self):
        """Hook: whether the person did this on the own page."""
        return self.event in OWN_ACTS

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"roles", "stage"}

    @api.model
    def _explained_fields(self):
        return {**super()._explained_fields(), "stage": ("complaint.case", "stage")}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "roles": self.env._("Who shall take part"),
            "stage": self.env._("Stage"),
        }

    @api.model
    def _timeline_sentences(self):
        return {
            **super()._timeline_sentences(),
            "text_confirmed": self.env._("You confirmed what was written down."),
            "company_wished": self.env._("You told us who shall take part."),
            "second_stage": self.env._(
                "Somebody who has not handled it before takes it up."
            ),
        }

    @api.model
    def _timeline_letters(self):
        return {
            **super()._timeline_letters(),
            "question": self.env._("We asked you something."),
        }

    @api.model
    def _timeline_said(self):
        """What the complainant reads of an own letter, by its purpose."""
        return {
            "answer": self.env._("You answered our question."),
            "correction": self.env._("You corrected what was written down."),
            "help": self.env._("You asked for help."),
            "onward": self.env._("You told us that you want to go further."),
        }

    def _timeline_text(self, sentences, payload):
        text = super()._timeline_text(sentences, payload)
        if self.event == "message_received":
            return self._timeline_said().get(payload.get("purpose"), text)
        return text
