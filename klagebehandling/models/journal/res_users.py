from odoo import api, models


class ResUsers(models.Model):
    """Who may see complaints: every change is entered in the organisation's journal."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        self.env["res.groups"]._log_complaint_members({}, users)
        return users

    def write(self, vals):
        Groups = self.env["res.groups"]
        before = Groups._complaint_members("group_ids" in vals, self)
        result = super().write(vals)
        Groups._log_complaint_members(before, self)
        return result

    def unlink(self):
        Groups = self.env["res.groups"]
        before = Groups._complaint_members(users=self)
        result = super().unlink()
        Groups._log_complaint_members(before, self)
        return result
