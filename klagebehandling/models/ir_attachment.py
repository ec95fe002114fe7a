from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# The files of these tell what a case is about, and who is in it.
CASE_MODELS = (
    "complaint.case",
    "complaint.company.journal",
    "complaint.correspondence",
    "complaint.deadline",
    "complaint.journal",
    "complaint.party",
)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_access(self, operation):
        """Auditors and custodians see cases, but never the files of a case."""
        result = super()._check_access(operation)
        if not self or self.env.su or self._reads_case_files():
            return result
        hidden = self.sudo().filtered(lambda file: file.res_model in CASE_MODELS)
        if not hidden:
            return result
        hidden = hidden.with_env(self.env)
        forbidden = (result[0] | hidden) if result else hidden
        return forbidden, lambda: AccessError(
            self.env._("Sorry, you are not allowed to access this document.")
        )

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access and not self._reads_case_files():
            elsewhere = Domain("res_model", "not in", CASE_MODELS)
            domain = Domain(domain) & (elsewhere | Domain("res_model", "=", False))
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _reads_case_files(self):
        user = self.env.user
        return user.has_group("klagebehandling.group_handler") or user.has_group(
            "klagebehandling.group_independent"
        )
