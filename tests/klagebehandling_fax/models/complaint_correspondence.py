from odoo import api, fields, models

from odoo.addons.klagebehandling.channels import Channel


class ComplaintCorrespondence(models.Model):
    """A letter goes by fax: a colleague sends it and enters the proof."""

    _inherit = "complaint.correspondence"

    medium = fields.Selection(
        selection_add=[("fax", "Fax")], ondelete={"fax": "set default"}
    )

    @api.model
    def _media(self):
        """It needs a number; what does not come through is posted, or published."""
        return {**super()._media(), "fax": Channel("phone", then=("letter", "portal"))}
