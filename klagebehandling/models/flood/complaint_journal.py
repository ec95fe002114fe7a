from odoo import fields, models

from ..journal.complaint_chain import kept

EVENTS = [("flood_closed", "Ended as part of a flood")]


class ComplaintJournal(models.Model):
    """That a case was ended together with others, and why."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))
