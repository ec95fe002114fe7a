from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty


class ComplaintRightLetter(models.TransientModel):
    """Write to the person complained about; who complained is not named."""

    _name = "complaint.right.letter"
    _inherit = ["complaint.case.dialog"]
    _description = "Write to the person complained about"
    _opens_on = "right_id"

    right_id = fields.Many2one(
        "complaint.right", required=True, readonly=True, ondelete="cascade"
    )
    case_id = fields.Many2one(
        related="right_id.case_id", required=False, groups=fields.NO_ACCESS
    )
    medium = fields.Selection(
        [("letter", "Letter"), ("meeting", "Meeting"), ("phone", "Phone")],
        string="Told by way of",
        required=True,
        default="letter",
    )
    body = fields.Html(
        string="Text",
        compute="_compute_body",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    is_complainant_named = fields.Boolean(string="The text names who complained")
    reason = fields.Text(string="Why this person has to know it")

    @api.depends("right_id")
    def _compute_body(self):
        for dialog in self:
            dialog.body = dialog.right_id and dialog.right_id._default_body()

    def action_send(self):
        """Make the letter, which a colleague hands over.

        :raises UserError: where it is empty, or names who complained without a reason;
            nothing typed is lost
        """
        right = self._begin()
        if is_html_empty(self.body):
            raise UserError(self.env._("Write the text first."))
        if self.is_complainant_named and not (self.reason or "").strip():
            raise UserError(
                self.env._("Say why this person has to know who complained.")
            )
        right.action_write(
            self.body, self.medium, self.is_complainant_named and self.reason or None
        )
        return self._finish(right)
