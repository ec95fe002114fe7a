from odoo import api, models


class ComplaintPortalPage(models.AbstractModel):
    """An answer that was opened by its code goes, where nobody uses the page."""

    _inherit = "complaint.portal.page"

    @api.model
    def _idle(self, template, values):
        if template == "access_page":
            return "cover"
        if template == "access_answer_page" and values.get("asked"):
            return "empty"
        return super()._idle(template, values)
