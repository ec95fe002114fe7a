from odoo import api, models


class ComplaintBound(models.AbstractModel):
    """The roles of the persons in a case are bound; who they are is sealed anyway."""

    _inherit = "complaint.bound"

    @api.model
    def _facts(self):
        return {
            **super()._facts(),
            "roles": lambda case: sorted(party["role"] for party in case["party_ids"]),
        }

    @api.model
    def _speaking(self):
        return {
            **super()._speaking(),
            "party_added": {"roles"},
            "party_changed": {"roles"},
        }
