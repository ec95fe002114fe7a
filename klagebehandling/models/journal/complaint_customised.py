from odoo import api, models


class ComplaintCustomised(models.AbstractModel):
    """Enters in the organisation's journal who tried to build upon cases, and what."""

    _inherit = "complaint.customised"

    @api.model
    def _note_refused(self, model):
        super()._note_refused(model)
        self.env["complaint.company.journal"]._log_refused(
            "customising_refused", rule=self._name, model=model or ""
        )
