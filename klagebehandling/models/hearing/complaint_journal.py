from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("hearing_asked", "Person complained about was asked"),
    ("hearing_answered", "Person complained about has answered"),
]


class ComplaintJournal(models.Model):
    """That somebody was heard, and how; never what was said."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _code_labels(self):
        # A letter has no such medium.
        return {**super()._code_labels(), "here": self.env._("Here, in writing")}
