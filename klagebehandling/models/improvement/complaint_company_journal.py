from odoo import fields, models

from ..journal.complaint_chain import kept
from .complaint_journal import EVENTS


class ComplaintCompanyJournal(models.Model):
    """The same, of measures of the whole organisation."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))
