from odoo import fields, models


class ComplaintCorrespondence(models.Model):
    """The letter that tells of a promise which a corrected receipt has moved."""

    _inherit = "complaint.correspondence"

    purpose = fields.Selection(
        selection_add=[("correction", "Notice of a correction")],
        ondelete={"correction": "set message"},
    )
