from odoo import models

OWNER = "klagebehandling.group_procedure"


class ResCompany(models.Model):
    """Says who owns the procedure of a company, and who may appoint the first owner."""

    _inherit = "res.company"

    def _complaint_owners(self):
        """The active owners of the procedure of the company."""
        users = self.env.ref(OWNER).sudo().all_user_ids
        return users.filtered(lambda user: user.active and self <= user.company_ids)

    def _may_appoint_complaint_owner(self):
        """Whether the user may name an owner: an administrator of access rights may,
        while there is none."""
        return (
            self.env.user.has_group("base.group_erp_manager")
            and not self._complaint_owners()
        )
