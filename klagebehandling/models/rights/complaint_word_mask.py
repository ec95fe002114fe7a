from odoo import api, models


class ComplaintWordMask(models.AbstractModel):
    """What was asked with the code of a case is of that case, and points at none."""

    _inherit = "complaint.word.mask"

    @api.model
    def _asked(self, ids):
        yield from super()._asked(ids)
        reviews = self.env["complaint.access.review"].sudo()
        reviews = reviews.browse(ids[reviews._name])
        yield reviews.request_id.filtered("is_by_code")
