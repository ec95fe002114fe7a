import ast

from odoo import models

from ... import mail_gate


class MailAlias(models.Model):
    _inherit = "mail.alias"

    def write(self, vals):
        """Odoo notes on the alias that a mail came through, and so when."""
        if mail_gate.NAMELESS.get():
            vals = {name: vals[name] for name in vals if name != "alias_status"}
        return super().write(vals) if vals else True

    def _alias_bounce_incoming_email(self, message, message_dict, set_invalid=True):
        """Nobody answers who is anonymous, not even that something failed."""
        if mail_gate.NAMELESS.get():
            return None
        return super()._alias_bounce_incoming_email(message, message_dict, set_invalid)

    def _is_nameless(self):
        """Whether what arrives at this address becomes an anonymous case."""
        defaults = ast.literal_eval(self.alias_defaults or "{}")
        if defaults.get("anonymity"):
            return defaults["anonymity"] == "anonymous"
        unit = self.env["complaint.unit"].sudo().browse(defaults.get("unit_id"))
        return unit.effective_policy_id.anonymity_default == "anonymous"
