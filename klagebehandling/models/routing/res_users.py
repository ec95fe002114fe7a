from odoo import models

# What decides which cases a user reads.
READING = {"active", "company_ids", "group_ids"}


class ResUsers(models.Model):
    """Archiving a user gives on the cases that nobody else can read."""

    _inherit = "res.users"

    def write(self, vals):
        if not READING & vals.keys():
            return super().write(vals)
        reading = self._complaint_reading()
        result = super().write(vals)
        self._hand_up_complaints(reading)
        return result

    def unlink(self):
        reading = self._complaint_reading()
        handled = self.env["complaint.case"].sudo()._handled_by(self)
        result = super().unlink()
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
        # Odoo keeps groups and companies of a user in memory. Writing a group or a
        # company it forgets them before, and rules are asked meanwhile.
        self.env.registry.clear_cache()
        company_ids = {
            company_id
            for reading in (before, after)
            for id_ in changed & reading.keys()
            for company_id in reading[id_][1]
        }
        self.env["complaint.case"]._hand_up(
            self.env["res.company"].browse(company_ids), self.browse(changed), cases
        )
