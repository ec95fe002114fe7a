from odoo import api, fields, models

from ..journal.complaint_chain import kept
from .complaint_deadline import OWN_MILESTONES

EVENTS = [
    ("followed_up", "Followed up by the head"),
    ("need_named", "A need for another way of working was named"),
]


class ComplaintJournal(models.Model):
    """That the head has followed a case up, and that a need was named from it."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {code for code, _label in OWN_MILESTONES}
