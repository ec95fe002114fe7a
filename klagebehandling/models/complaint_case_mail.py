from odoo import api, models


class ComplaintCase(models.Model):
    """A case and the mail gateway."""

    _inherit = "complaint.case"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Register an incoming e-mail through the door and mask it."""
        return self.env["complaint.intake"]._register_mail(msg_dict, custom_values)

    def message_update(self, msg_dict, update_vals=None):
        """Take an outsider's answer as correspondence; a colleague's stays talk."""
        if not self._is_colleague(msg_dict.get("author_id")):
            intake = self.env["complaint.intake"]
            for case in self.sudo():
                case.env["complaint.correspondence"]._receive(case, msg_dict)
            intake._mask_mail(msg_dict, self.env._("The complainant wrote by e-mail."))
        return super().message_update(msg_dict, update_vals=update_vals)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The talk about a case is for who works it; auditors and custodians, who may
        only read the case, do not read it."""
        return dict.fromkeys(self, "write")

    def _is_colleague(self, partner_id):
        partner = self.env["res.partner"].sudo().browse(partner_id or [])
        return any(user._is_internal() for user in partner.user_ids)
