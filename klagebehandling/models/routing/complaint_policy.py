from odoo import models

# What of a procedure decides who receives a case.
RECEIVING = {"independent_id", "fallback_id", "active", "state"}


class ComplaintPolicy(models.Model):
    """Who is named as receiver takes over what nobody could receive until then."""

    _inherit = "complaint.policy"

    def write(self, vals):
        result = super().write(vals)
        if RECEIVING & vals.keys():
            # A shared preset binds the cases of whoever has no version of their own.
            Company = self.env["complaint.company.journal"]
            companies = self.sudo().company_id or Company._companies()
            self.env["complaint.case"]._hand_up(companies)
        return result
