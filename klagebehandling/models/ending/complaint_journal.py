from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("closed", "Closed"),
    ("redirected", "Redirected"),
    ("withdrawn", "Withdrawn"),
    ("reopened", "Reopened"),
    ("closed_unanswered", "Closed without an answer of the procedure"),
]


class ComplaintJournal(models.Model):
    """How a case ended, and what the complainant reads of that."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"outcome", "missing"}

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "outcome": ("complaint.case", "outcome"),
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "outcome": self.env._("Outcome"),
            "missing": self.env._("Not answered"),
        }

    @api.model
    def _code_labels(self):
        return {
            **super()._code_labels(),
            "own_view": self.env._("What the person it is about says"),
            "three_answers": self.env._("Dialogue, put right, learned"),
        }

    @api.model
    def _timeline_sentences(self):
        return {
            **super()._timeline_sentences(),
            "closed": self.env._("The case was closed."),
            "redirected": self.env._("We explained where it belongs."),
            "withdrawn": self.env._("It was taken back, and the case ended."),
            "reopened": self.env._("We took the case up again."),
        }
