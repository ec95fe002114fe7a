from odoo import api, fields, models

from ..journal.complaint_chain import kept
from .complaint_deadline import OWN_MILESTONES

EVENTS = [
    ("measure_opened", "Measure decided"),
    ("measure_given", "Measure given to another owner"),
    ("measure_moved", "Measure is done later"),
    ("measure_late", "Measure or the look at its effect is late"),
    ("measure_done", "Measure done"),
    ("measure_dropped", "Measure is not done"),
    ("measure_checked", "Effect of a measure checked"),
]


class ComplaintChain(models.AbstractModel):
    """What is entered of measures: of a case, or of the whole organisation."""

    _inherit = "complaint.chain"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        own = {code for code, _label in OWN_MILESTONES}
        return super()._fact_keys() | {"effect", "measure"} | own

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "effect": ("complaint.action", "effect"),
            "measure": ("complaint.action", "kind"),
        }

    @api.model
    def _key_labels(self):
        return {
            "user": self.env._("Owner"),
            **super()._key_labels(),
            "effect": self.env._("Effect"),
            "lesson": self.env._("What was learned"),
            "measure": self.env._("Measure"),
            "result": self.env._("What was done"),
        }
