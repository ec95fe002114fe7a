from odoo import api, models


class MailAlias(models.Model):
    """Enters a changed address of a unit, whoever changes it and where."""

    _name = "mail.alias"
    _inherit = ["mail.alias", "complaint.recorded"]

    @api.model
    def _enter_changes(self, changes):
        self._enter_as("unit_changed", changes)

    @api.model
    def _recorded_names(self):
        return {
            "alias_contact",
            "alias_defaults",
            "alias_domain_id",
            "alias_force_thread_id",
            "alias_model_id",
            "alias_name",
        }

    def _is_recorded(self):
        return bool(self._complaint_unit())

    def _recorded_companies(self):
        return self._complaint_unit().company_id

    def _recorded_key(self):
        return {"id": self.id, "unit": self._complaint_unit().id}

    def _complaint_unit(self):
        """The unit whose address it is."""
        units = self.env["complaint.unit"].sudo().with_context(active_test=False)
        own = ["|", ("alias_id", "=", self.id), ("anonymous_alias_id", "=", self.id)]
        return units.search(own, limit=1)

    @api.model
    def _tell_change(self, companies, known, change):
        self.env["complaint.unit"].browse(known["unit"])._tell_ways_changed()
