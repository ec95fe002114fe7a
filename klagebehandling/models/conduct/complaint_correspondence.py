from odoo import fields, models

PURPOSES = [
    ("limit", "How we keep in contact"),
    ("limit_review", "Answer to your objection"),
]


class ComplaintCorrespondence(models.Model):
    """The letters that tell of a limit, and answer an objection to it."""

    _inherit = "complaint.correspondence"

    purpose = fields.Selection(
        selection_add=PURPOSES,
        ondelete={code: "set default" for code, _label in PURPOSES},
    )
