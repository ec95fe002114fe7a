from odoo import api, models

from ..journal.res_groups import MOVING


class ResGroups(models.Model):
    """Taking people out of a role gives on the cases that nobody else can read."""

    _inherit = "res.groups"

    def write(self, vals):
        if not MOVING & vals.keys():
            return super().write(vals)
        readers = self._complaint_readers()
        reading = readers._complaint_reading()
        result = super().write(vals)
        self._hand_up_complaints(readers, reading)
        return result

    def unlink(self):
        if self.env.context.get("_force_unlink"):
            return super().unlink()
        readers = self._complaint_readers()
        reading = readers._complaint_reading()
        result = super().unlink()
        self._hand_up_complaints(readers, reading)
        return result

    @api.model
    def _complaint_readers(self):
        """The users whose groups let them read cases."""
        ids = self.env["complaint.case"]._reading_groups()["all"]
        return self.sudo().browse(ids).user_ids

    @api.model
    def _hand_up_complaints(self, readers, reading):
        """Give on the cases of who got or lost one of our groups.

        :param readers: who read cases before
        :param reading: what ``res.users._complaint_reading`` answered of them then
        """
        (readers | self._complaint_readers())._hand_up_complaints(reading)
