from odoo import fields, models


class TestCaseNote(models.Model):
    """What another addon keeps of a case: it brings rights, and no rule."""

    _name = "test.case.note"
    _inherit = ["complaint.case.part"]
    _description = "Note on a case"

    name = fields.Char(required=True)
