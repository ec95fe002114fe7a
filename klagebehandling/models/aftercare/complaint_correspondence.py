from odoo import fields, models


class ComplaintCorrespondence(models.Model):
    """The letter that asks how it has gone since."""

    _inherit = "complaint.correspondence"

    purpose = fields.Selection(
        selection_add=[("checkback", "How it has gone since")],
        ondelete={"checkback": "set default"},
    )
