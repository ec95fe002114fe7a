import math
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools.date_utils import float_to_time


class ResourceCalendarAttendance(models.Model):
    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "complaint.remembered"]
    _keeps_rows = False

    def _is_remembered(self):
        return self.sudo().calendar_id._is_remembered()

    @api.constrains("hour_from", "hour_to")
    def _check_hours(self):
        """Refuse what Odoo and PostgreSQL take for a number, and JSON does not."""
        for line in self:
            if not (math.isfinite(line.hour_from) and math.isfinite(line.hour_to)):
                raise ValidationError(self.env._("Enter working hours as numbers."))

    def write(self, vals):
        calendars = self.sudo().calendar_id
        result = super().write(vals)
        (calendars | self.sudo().calendar_id)._check_open()
        return result

    def unlink(self):
        calendars = self.sudo().calendar_id
        result = super().unlink()
        calendars.exists()._check_open()
        return result

    def _clamped(self):
        """From when till when, within a day, whatever hours were entered."""
        return [
            float_to_time(min(max(hour, 0), 24))
            for hour in (self.hour_from, self.hour_to)
        ]

    def _days(self, first, last):
        """The dates that the line is of."""
        day = first + timedelta(days=(int(self.dayofweek) - first.weekday()) % 7)
        is_every_week = not self.calendar_id.two_weeks_calendar
        while day <= last:
            if is_every_week or int(self.week_type) == self.get_week_type(day):
                yield day
            day += timedelta(days=7)
