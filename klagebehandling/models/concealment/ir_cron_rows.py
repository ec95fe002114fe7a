from odoo import api, models
from odoo.fields import Domain


class ComplaintCronRows(models.AbstractModel):
    """What wakes the clock and the queue of letters is for nobody to read.

    Leak: when a job is called, and how much it has left, tells that something happened
    in a case. Proved by ``test_when_a_job_of_ours_is_called_is_for_nobody_to_read``.
    Adds to ``complaint.case.attached`` which rows these are: they name a job, not a
    document. Inherited by Odoo's two models of such rows.
    """

    _name = "complaint.cron.rows"
    _inherit = ["complaint.case.attached"]
    _description = "Hangs on a job of ours"

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


class IrCronProgress(models.Model):
    """How much is left to do for a job: see ``complaint.cron.rows``."""

    _name = "ir.cron.progress"
    _inherit = ["ir.cron.progress", "complaint.cron.rows"]


class IrCronTrigger(models.Model):
    """When a job is called next: see ``complaint.cron.rows``."""

    _name = "ir.cron.trigger"
    _inherit = ["ir.cron.trigger", "complaint.cron.rows"]
