from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("review_opened", "Review of a procedure opened"),
    ("review_decided", "Review of a procedure decided"),
]


class ComplaintCompanyJournal(models.Model):
    """Keeps when a review was opened, and who decided it."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"year"}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "conclusion": self.env._("Conclusion"),
            "year": self.env._("Year"),
        }
