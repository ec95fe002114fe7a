from odoo import api, models

from .complaint_case_part import NO_PARTY


class ComplaintWalled(models.AbstractModel):
    """Keeps the persons of a case from what they would read by place or role."""

    _inherit = "complaint.walled"

    @api.model
    def _wall_domain(self):
        no_party = NO_PARTY.format(path=self._path_to_case())
        return f"{super()._wall_domain()[:-1]}, {no_party}]"
