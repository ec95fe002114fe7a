from odoo import api, fields, models


class ComplaintCaseWish(models.TransientModel):
    """Record whether the complainant wants a reply, as the person has said (B-22)."""

    _name = "complaint.case.wish"
    _inherit = ["complaint.case.dialog"]
    _description = "Is a reply wanted?"

    wants_reply = fields.Boolean(
        string="A reply is wanted",
        compute="_compute_wants_reply",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    reason = fields.Text(string="How and when it was said", required=True)

    @api.depends("case_id")
    def _compute_wants_reply(self):
        for wish in self:
            wish.wants_reply = not wish.case_id.wants_reply

    def action_confirm(self):
        """Enter the wish; the duties follow it."""
        case = self._begin()
        case.action_record_wish(self.wants_reply, self.reason)
        return self._finish(case)
