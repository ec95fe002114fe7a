from odoo import api, models

# What decides which cases a user reads.
READING = {"active", "company_ids", "group_ids"}


class ResUsers(models.Model):
    """Who may see complaints: every change is entered in the organisation's journal,
    and cases that nobody can read any more are given on."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        self.env["res.groups"]._log_complaint_members({}, users)
        return users

    def write(self, vals):
        Groups = self.env["res.groups"]
        before = Groups._complaint_members("group_ids" in vals, self)
        reading = self._complaint_reading() if READING & vals.keys() else None
        result = super().write(vals)
        Groups._log_complaint_members(before, self)
        if reading is not None:
            self._hand_up_complaints(reading)
        return result

    def unlink(self):
        Groups = self.env["res.groups"]
        before = Groups._complaint_members(users=self)
        reading = self._complaint_reading()
        handled = self.env["complaint.case"].sudo()._handled_by(self)
        result = super().unlink()
        Groups._log_complaint_members(before, self)
        self.browse()._hand_up_complaints(reading, handled)
        return result

    def _complaint_reading(self):
        """By user, as what the user reads cases and in which organisations."""
        names = self.env["res.groups"]._complaint_group_names()
        reading = {}
        for user in self.sudo().exists().filtered("active"):
            roles = {names[id_] for id_ in user.all_group_ids.ids if id_ in names}
            if roles & {"handler", "independent"}:
                reading[user.id] = roles, frozenset(user.company_ids.ids)
        return reading

    def _hand_up_complaints(self, before, cases=None):
        """Give on the cases of those who read otherwise than before.

        :param before: what :meth:`_complaint_reading` answered then
        :param cases: that have lost their handler
        """
        after = self._complaint_reading()
        changed = {
            id_ for id_ in before.keys() | after if before.get(id_) != after.get(id_)
        }
        if not changed:
            return
        company_ids = {
            company_id
            for reading in (before, after)
            for id_ in changed & reading.keys()
            for company_id in reading[id_][1]
        }
        self.env["complaint.case"]._hand_up(
            self.env["res.company"].browse(company_ids), self.browse(changed), cases
        )
