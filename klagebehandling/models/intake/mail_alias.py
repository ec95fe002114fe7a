import ast

from odoo import models


class MailAlias(models.Model):
    """Tells what becomes of a mail to an address of a unit."""

    _inherit = "mail.alias"

    def _complaint_defaults(self):
        """The values that an address gives a complaint; none where they are broken."""
        try:
            defaults = ast.literal_eval(self.alias_defaults or "{}")
        except (ValueError, SyntaxError):
            return {}
        return defaults if isinstance(defaults, dict) else {}

    def _is_nameless(self):
        """Whether what arrives at this address becomes an anonymous case."""
        defaults = self._complaint_defaults()
        if defaults.get("anonymity"):
            return defaults["anonymity"] == "anonymous"
        unit = self.env["complaint.unit"].sudo().browse(defaults.get("unit_id"))
        return unit.exists().effective_policy_id.anonymity_default == "anonymous"
