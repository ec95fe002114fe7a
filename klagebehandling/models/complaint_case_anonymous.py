from odoo import api, models
from odoo.exceptions import UserError

# How an answer reaches somebody of whom nothing is known: with the code, or in person.
WITHOUT_ADDRESS = ("portal", "meeting")


class ComplaintCase(models.Model):
    """Nobody can write to, or write down, who is anonymous (M11)."""

    _inherit = "complaint.case"

    _anonymous_reply_channel = models.Constraint(
        "CHECK (anonymity <> 'anonymous' OR COALESCE(reply_channel, 'portal') "
        "IN ('portal', 'meeting'))",
        "Who is anonymous reads the answer with the receipt code.",
    )

    def write(self, vals):
        if vals.get("anonymity") == "anonymous":
            self._check_never_back()
        if vals.get("reply_channel"):
            self._check_reachable(vals["reply_channel"], vals.get("anonymity"))
        return super().write(vals)

    def _check_never_back(self):
        if any(case.anonymity != "anonymous" for case in self.sudo()):
            raise UserError(
                self.env._("Who has been known cannot be made anonymous again.")
            )

    def _check_reachable(self, medium, anonymity=None):
        """Refuse a way of writing that needs to know who the person is."""
        is_anonymous = any(
            (anonymity or case.anonymity) == "anonymous" for case in self.sudo()
        )
        if is_anonymous and medium not in WITHOUT_ADDRESS:
            raise UserError(
                self.env._(
                    "This person is anonymous and reads the answer with the receipt "
                    "code. Choose the status page, or a meeting."
                )
            )

    @api.model
    def _is_outsider(self, recipient):
        return recipient["share"] or not recipient["uid"]

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """The talk of an anonymous case stays in the house, and out of mailboxes."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not self or self.sudo().anonymity != "anonymous":
            return recipients
        return [
            dict(recipient, notif="inbox")
            for recipient in recipients
            if not self._is_outsider(recipient)
        ]
