from odoo import fields, models


class ComplaintCase(models.Model):
    """A complainant may want to be answered by fax."""

    _inherit = "complaint.case"

    reply_channel = fields.Selection(
        selection_add=[("fax", "Fax")], ondelete={"fax": "set default"}
    )
