from odoo import fields, models

PURPOSES = [
    ("rights_answer", "Answer about your data"),
    ("rights_extended", "More time for your request about your data"),
    ("rights_ended", "Your data are used again"),
]


class ComplaintCorrespondence(models.Model):
    """The letters that answer a request about the own data."""

    _inherit = "complaint.correspondence"

    purpose = fields.Selection(
        selection_add=PURPOSES,
        ondelete={code: "set default" for code, _label in PURPOSES},
    )
