from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("hearing_asked", "A person was asked for a statement"),
    ("hearing_answered", "A person has given a statement"),
]


class ComplaintJournal(models.Model):
    """That somebody was heard, and how; never what was said."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _code_labels(self):
        # A letter has no such medium.
        return {**super()._code_labels(), "here": self.env._("Here, in writing")}
