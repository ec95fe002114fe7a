from odoo import api, models
from odoo.fields import Domain


class IrCronProgress(models.Model):
    """What wakes the clock and the queue of letters, and when, tells of cases."""

    _name = "ir.cron.progress"
    _inherit = ["ir.cron.progress", "complaint.walled.document"]

    def _kept_back(self):
        crons = self._concealed_crons()
        return self.filtered(lambda row: row.sudo().cron_id in crons)

    @api.model
    def _visible_documents(self):
        return Domain("cron_id", "not in", self._concealed_crons().ids)

    @api.model
    def _concealed_crons(self):
        crons = self.env["ir.cron"].sudo().with_context(active_test=False)
        return crons.search([("model_id.model", "=like", "complaint.%")])


class IrCronTrigger(models.Model):
    """What wakes the clock and the queue of letters, and when, tells of cases."""

    _name = "ir.cron.trigger"
    _inherit = ["ir.cron.trigger", "complaint.walled.document"]

    def _kept_back(self):
        crons = self._concealed_crons()
        return self.filtered(lambda row: row.sudo().cron_id in crons)

    @api.model
    def _visible_documents(self):
        return Domain("cron_id", "not in", self._concealed_crons().ids)

    @api.model
    def _concealed_crons(self):
        crons = self.env["ir.cron"].sudo().with_context(active_test=False)
        return crons.search([("model_id.model", "=like", "complaint.%")])
