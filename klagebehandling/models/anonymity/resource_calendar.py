import pytz

from odoo import fields, models
from odoo.tools import SQL


class ResourceCalendar(models.Model):
    """The holidays of a year carry a day and no hour (M11).

    Leak: the first complaint that needs a year fills it in, and its second would stay.
    Proved by ``test_holidays_of_a_new_year_have_a_day``.
    """

    _inherit = "resource.calendar"

    def _fill_holidays(self, years):
        super()._fill_holidays(years)
        self.env.flush_all()
        zone = pytz.timezone(self.tz)
        now = pytz.utc.localize(fields.Datetime.now()).astimezone(zone)
        midnight = zone.localize(now.replace(tzinfo=None, hour=0, minute=0, second=0))
        values = {
            "day": midnight.astimezone(pytz.utc).replace(tzinfo=None, microsecond=0),
            "calendar": self.id,
            "now": self.env.cr.now(),
        }
        for query in (
            "UPDATE resource_calendar SET write_date = %(day)s WHERE id = %(calendar)s",
            "UPDATE resource_calendar_leaves "
            "SET create_date = %(day)s, write_date = %(day)s "
            "WHERE calendar_id = %(calendar)s AND create_date = %(now)s",
        ):
            self.env.cr.execute(SQL(query, **values))
        self.env.invalidate_all(flush=False)
