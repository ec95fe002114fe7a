from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.identity.complaint_identity_request_acts import DAYS


class ComplaintIdentityAnswer(models.TransientModel):
    """The custodian's answer to one request."""

    _name = "complaint.identity.answer"
    _inherit = ["complaint.case.dialog"]
    _description = "Answer a request to see an identity"
    _opens_on = "request_id"
    _needs = "read"

    request_id = fields.Many2one(
        "complaint.identity.request", required=True, readonly=True, ondelete="cascade"
    )
    case_id = fields.Many2one(
        related="request_id.case_id", required=False, groups=fields.NO_ACCESS
    )
    decision = fields.Selection(
        [("granted", "Open the identity"), ("refused", "Keep it closed")],
        required=True,
        default="refused",
    )
    asker_id = fields.Many2one(related="request_id.asker_id", related_sudo=False)
    pseudonym = fields.Char(related="request_id.pseudonym", related_sudo=False)
    ground = fields.Text(related="request_id.ground", related_sudo=False)
    answer = fields.Text(
        string="Answer to who asked",
        required=True,
        help="It is kept as it is. Write nothing in it that tells who the person is.",
    )
    last_day = fields.Date(
        string="Open until the end of",
        default=lambda self: fields.Date.context_today(self) + timedelta(days=DAYS),
    )

    @api.constrains("answer")
    def _check_answer(self):
        # Constraints run as superuser: ask the person.
        for form in self.sudo(False):
            form.request_id._check_answer(form.answer)

    def action_answer(self):
        """Give the answer; it is not changed afterwards."""
        request = self._begin()
        if self.decision == "refused":
            request.action_refuse(self.answer)
        else:
            request.action_grant(self.answer, expires_at=self._end_of_day())
        return self._finish(request)

    def _end_of_day(self):
        """The end of the last day where the case is handled, naive UTC."""
        if not self.last_day:
            raise UserError(self.env._("Choose until when the identity is open."))
        policy_sudo = self.request_id.sudo().case_id.policy_id
        return policy_sudo._day_start(self.last_day + timedelta(days=1))
