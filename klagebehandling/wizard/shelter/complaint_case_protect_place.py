from odoo import fields, models


class ComplaintCaseProtectPlace(models.TransientModel):
    """One text of a case in which the address of a person stands."""

    _name = "complaint.case.protect.place"
    _inherit = ["complaint.dialog"]
    _description = "Text with the address of a person"

    dialog_id = fields.Many2one(
        "complaint.case.protect",
        string="Protect a person",
        required=True,
        ondelete="cascade",
        index=True,
    )
    res_model = fields.Char(string="Kind of text", required=True)
    res_id = fields.Integer(string="Number of the text", required=True)
    name = fields.Char(string="Text")
    is_masked = fields.Boolean(string="Take the address out", default=True)
