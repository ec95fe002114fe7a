from datetime import timedelta

from odoo import api, fields, models

MINUTES = 10


class ComplaintIdentityReveal(models.TransientModel):
    """One look at a protected identity: who looks, and nothing of what is seen.

    The row holds no identity. It is opened at each reading, for as long as the
    permission holds and for ten minutes at most. No dialog on a case: nothing is done
    in it, and where the wall grows it closes itself and says so, while it is shown.
    """

    _name = "complaint.identity.reveal"
    _inherit = ["complaint.dialog"]
    _description = "A look at a protected identity"

    request_id = fields.Many2one(
        "complaint.identity.request", required=True, readonly=True, ondelete="cascade"
    )
    pseudonym = fields.Char(related="request_id.pseudonym")
    expires_at = fields.Datetime(related="request_id.expires_at")
    is_closed = fields.Boolean(compute="_compute_identity")
    name = fields.Char(compute="_compute_identity")
    email = fields.Char(string="E-mail", compute="_compute_identity")
    phone = fields.Char(compute="_compute_identity")
    street = fields.Char(compute="_compute_identity")
    zip = fields.Char(string="Postcode", compute="_compute_identity")
    city = fields.Char(string="Town", compute="_compute_identity")

    @api.depends("request_id")
    @api.depends_context("uid")
    def _compute_identity(self):
        for look in self:
            is_open = look._is_open()
            party_sudo = look._origin.sudo().request_id.party_id
            known = party_sudo._open_identity()[0] if is_open else {}
            look.is_closed = not is_open
            for name in ("name", "email", "phone", "street", "zip", "city"):
                look[name] = known.get(name, False)

    def _is_open(self):
        """Whether the act that was recorded still stands, and the permission too."""
        look_sudo = self._origin.sudo()
        until = fields.Datetime.now() - timedelta(minutes=MINUTES)
        return (
            bool(look_sudo)
            and look_sudo.create_uid == self.env.user
            and look_sudo.create_date > until
            and look_sudo.request_id.with_env(self.env)._is_open()
        )
