from odoo import api, fields, models


class TestCaseNote(models.Model):
    """What another addon keeps of a case: it brings rights, and no rule.

    It also says what a person may write of it.
    """

    _name = "test.case.note"
    _inherit = ["complaint.case.part"]
    _description = "Note on a case"

    name = fields.Char(required=True)

    def _writable(self):
        return super()._writable() | {"name"}

    @api.model
    def _creatable(self):
        return {"case_id", "name"}
