from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("recused", "Stepped back from the case"),
    ("subject_identified", "Said whom the case is about"),
    ("wall_changed", "The wall around the case changed"),
]


class ComplaintJournal(models.Model):
    """Declares the events around the wall of a case."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "count": self.env._("Persons"),
            "known": self.env._("Known"),
            "let_out": self.env._("Let out"),
            "taken_in": self.env._("Taken in"),
        }
