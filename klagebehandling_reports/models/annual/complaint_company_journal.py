from odoo import fields, models

from odoo.addons.klagebehandling.models.journal.complaint_chain import kept

EVENTS = [
    ("annual_opened", "Yearly report opened"),
    ("annual_approved", "Yearly report approved"),
]


class ComplaintCompanyJournal(models.Model):
    """Keeps when a yearly report was opened, and who approved it."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))
