import ast

from odoo import models


class MailAlias(models.Model):
    """Tells what becomes of a mail to an address of a unit, and not that one came.

    Leak: Odoo notes on an alias that a first mail came in, which tells of a case to
    every employee. Proved by ``test_world_is_the_same_without_the_hidden_cases`` and
    ``test_alias_does_not_note_when_a_mail_came``.
    """

    _inherit = "mail.alias"

    def _complaint_defaults(self):
        """The values that an address gives a complaint; none where they are broken."""
        try:
            defaults = ast.literal_eval(self.alias_defaults or "{}")
        except (ValueError, SyntaxError):
            return {}
        return defaults if isinstance(defaults, dict) else {}

    def _compute_alias_status(self):
        """Ours count as tested from the start: that a first mail came tells of it."""
        super()._compute_alias_status()
        for alias in self:
            if alias.sudo().alias_model_id.model == "complaint.case":
                alias.alias_status = "valid"

    def _is_nameless(self):
        """Whether what arrives at this address becomes an anonymous case."""
        defaults = self._complaint_defaults()
        if defaults.get("anonymity"):
            return defaults["anonymity"] == "anonymous"
        unit = self.env["complaint.unit"].sudo().browse(defaults.get("unit_id"))
        return unit.exists().effective_policy_id.anonymity_default == "anonymous"
