from odoo import api, fields, models


class ComplaintReferralAct(models.TransientModel):
    """An act on what is handed on, with what has to be said of it."""

    _name = "complaint.referral.act"
    _inherit = ["complaint.outgoing.dialog", "complaint.case.dialog"]
    _description = "Act on what is handed on"
    _opens_on = "referral_id"

    referral_id = fields.Many2one(
        "complaint.referral", required=True, readonly=True, ondelete="cascade"
    )
    case_id = fields.Many2one(
        related="referral_id.case_id", required=False, groups=fields.NO_ACCESS
    )
    step = fields.Selection(
        [
            ("consent", "The person agrees"),
            ("withdraw", "The person does not agree"),
            ("demanded", "An authority demands it"),
            ("send", "It was sent"),
            ("answer", "What came of it"),
            ("later", "Follow up later"),
            ("stop", "It is not sent"),
        ],
        required=True,
        default="send",
    )
    kind = fields.Selection(related="referral_id.kind", related_sudo=False)
    text = fields.Text(string="In words")
    medium = fields.Char(string="How it was sent")
    proof = fields.Char(string="What shows it")
    sent_on = fields.Date(
        compute="_compute_sent_on", store=True, precompute=True, readonly=False
    )
    until = fields.Date(string="Follow up on")

    @api.depends("referral_id")
    def _compute_sent_on(self):
        for act in self:
            act.sent_on = act.referral_id and act.referral_id.sudo().case_id._today()

    @api.model
    def _outgoing_fields(self):
        return ["referral_id", "step"]

    def _outgoing_case(self):
        referral = self.referral_id._origin.sudo(False)
        is_mine = self.step == "send" and referral.has_access("write")
        return referral.case_id if is_mine else referral.case_id.browse()

    def _outgoing_pieces(self):
        return self.referral_id._origin.document_ids._pieces()

    def action_confirm(self):
        """Do what the dialog says.

        :raises UserError: with what is missing; nothing typed is lost
        """
        referral = self._begin()
        getattr(self, f"_do_{self.step}")(referral)
        return self._finish(referral)

    def _do_consent(self, referral):
        referral.action_consent(self.text or None)

    def _do_withdraw(self, referral):
        referral.action_withdraw_consent(self.text or None)

    def _do_demanded(self, referral):
        referral.action_demanded(self.text or None)

    def _do_send(self, referral):
        referral.action_send(
            self.medium or None, self.proof or None, self.sent_on or None
        )

    def _do_answer(self, referral):
        referral.action_answer(self.text or None)

    def _do_later(self, referral):
        referral.action_follow_up(self.until or None, self.text or None)

    def _do_stop(self, referral):
        referral.action_stop(self.text or None)
