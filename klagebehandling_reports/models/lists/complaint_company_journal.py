from odoo import api, fields, models

from odoo.addons.klagebehandling.models.journal.complaint_chain import kept

EVENTS = [("list_taken", "List of cases taken out")]


class ComplaintCompanyJournal(models.Model):
    """Keeps which list was taken out, of which days, and its digest; no case of it."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        own = {"form", "rows", "sheet", "unit"}
        return super()._fact_keys() | own

    @api.model
    def _explained_fields(self):
        own = {"sheet": ("complaint.case.list", "sheet")}
        return {**super()._explained_fields(), **own}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "form": self.env._("As"),
            "rows": self.env._("Rows"),
            "sheet": self.env._("List"),
            "to_whom": self.env._("For whom"),
            "unit": self.env._("Unit"),
        }
