from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintSelfcheckAnswer(models.Model):
    """A question of a self-check, in the words of then, and its answer (D-49)."""

    _name = "complaint.selfcheck.answer"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Answer in a self-check"
    _order = "sequence, id"

    selfcheck_id = fields.Many2one(
        "complaint.selfcheck",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="selfcheck_id.company_id", store=True, index=True
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char(string="Question", required=True, readonly=True)
    answer = fields.Text()

    def _writable(self):
        names = super()._writable()
        is_open = all(row.selfcheck_id.state == "open" for row in self)
        return names | {"answer"} if is_open else names

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A self-check stays."))
