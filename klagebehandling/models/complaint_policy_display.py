from odoo import models


class ComplaintPolicy(models.Model):
    """The way from a version that is kept to the next one."""

    _inherit = "complaint.policy"

    def action_new_version(self):
        """Copy the version as a draft and open that.

        :return: the action that opens the draft
        """
        self.ensure_one()
        draft = self.copy()
        return {
            "type": "ir.actions.act_window",
            "res_model": "complaint.policy",
            "res_id": draft.id,
            "views": [(False, "form")],
            "name": draft.name,
        }
