import ast

from odoo import models

from ... import mail_gate


class MailAlias(models.Model):
    """The address of a unit keeps no trace of an anonymous mail that came through it.

    Leak: Odoo notes on the alias that a mail came, and so when, and writes to who sent
    one that failed; that a first one came in could tell of a case to every employee.
    Proved by ``test_alias_does_not_note_when_a_mail_came``,
    ``test_world_is_the_same_without_the_hidden_cases``,
    ``test_nobody_is_told_that_a_mail_was_refused`` and
    ``test_fault_is_told_without_the_mail``.
    """

    _inherit = "mail.alias"

    def write(self, vals):
        if mail_gate.NAMELESS.get():
            vals = {name: vals[name] for name in vals if name != "alias_status"}
        return super().write(vals) if vals else True

    def _compute_alias_status(self):
        """Ours count as tested from the start: that a first mail came tells of it."""
        super()._compute_alias_status()
        for alias in self:
            if alias.sudo().alias_model_id.model == "complaint.case":
                alias.alias_status = "valid"

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
