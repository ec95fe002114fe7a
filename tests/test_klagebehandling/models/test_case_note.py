from odoo import api, fields, models
from odoo.exceptions import UserError


class TestCaseNote(models.Model):
    """What another addon keeps of a case: it brings rights, and no rule.

    It also says what a person may write of it, and refuses more by what a row holds.
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

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if any(note.name == "Final" for note in self.sudo()):
            raise UserError(self.env._("This note is final."))
