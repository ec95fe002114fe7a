from datetime import timedelta

import pytz

from odoo import api, fields, models


class ResourceCalendarLeaves(models.Model):
    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "complaint.remembered"]
    _keeps_rows = False

    is_public_holiday = fields.Boolean(
        readonly=True, help="Filled in from the country's public holidays."
    )

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        is_by_hand = not self.env.su and any(leaves.mapped("is_public_holiday"))
        if is_by_hand and leaves._is_remembered():
            self.env["resource.calendar"]._refuse_holidays()
        leaves._check_open()
        return leaves

    def write(self, vals):
        if "is_public_holiday" in vals and not self.env.su:
            self.env["resource.calendar"]._refuse_holidays()
        result = super().write(vals)
        self._check_open()
        return result

    def _check_open(self):
        """Refuse a closed period that leaves a procedure no working day."""
        closed = self.sudo().filtered(
            lambda leave: not leave.resource_id and not leave.is_public_holiday
        )
        if closed and closed._is_remembered():
            self.env["resource.calendar"]._check_open(closed)

    def _local_days(self):
        """The dates of a public holiday, where its calendar is."""
        zone = pytz.timezone(self.calendar_id.tz or "UTC")
        first, last = (
            pytz.utc.localize(moment).astimezone(zone).date()
            for moment in (self.date_from, self.date_to)
        )
        days = (last - first).days + 1
        return {first + timedelta(days=number) for number in range(days)}

    def _is_remembered(self):
        """A closed day counts, in a calendar that counts or in all; nobody's leave."""
        closed = self.sudo().filtered(lambda leave: not leave.resource_id)
        is_everywhere = any(not leave.calendar_id for leave in closed)
        return is_everywhere or closed.calendar_id._is_remembered()
