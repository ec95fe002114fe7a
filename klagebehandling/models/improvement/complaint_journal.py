from odoo import fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("measure_opened", "Measure decided"),
    ("measure_given", "Measure given to another owner"),
    ("measure_moved", "Measure is done later"),
    ("measure_done", "Measure done"),
    ("measure_dropped", "Measure is not done"),
    ("measure_checked", "Effect of a measure checked"),
]


class ComplaintJournal(models.Model):
    """That measures of a case were decided, done and checked."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))
