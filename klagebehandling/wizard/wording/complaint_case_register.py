from markupsafe import Markup

from odoo import api, fields, models

from ...models.wording.complaint_wording import SPOKEN


class ComplaintCaseRegister(models.TransientModel):
    """Adds what to say to who tells: the words of the procedure, where it has any."""

    _inherit = "complaint.case.register"

    script = fields.Html(compute="_compute_script")

    @api.depends("unit_id", "kind")
    def _compute_script(self):
        for form in self:
            unit_sudo = form.unit_id.sudo()
            wordings = self.env["complaint.wording"]._fitting(
                SPOKEN,
                unit_sudo.company_id,
                unit_sudo.effective_policy_id,
                form.kind,
                self.env.lang,
            )
            form.script = Markup().join(wordings.mapped("body")) or False
