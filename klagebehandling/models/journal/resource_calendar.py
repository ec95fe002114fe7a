from odoo import api, models

# What decides on which days somebody works; the rest of it moves no date.
CALENDAR = {"holiday_country_id", "has_holiday_eves", "two_weeks_calendar"}
LINE = {"calendar_id", "dayofweek", "week_type", "day_period", "display_type"}
LINE |= {"hour_from", "hour_to"}
CLOSED = {"calendar_id", "company_id", "date_from", "date_to", "time_type"}
CLOSED |= {"resource_id"}


class ResourceCalendar(models.Model):
    """Enters what moves the working days of a procedure, from then on."""

    _name = "resource.calendar"
    _inherit = ["resource.calendar", "complaint.recorded"]

    @api.model
    def _recorded_names(self):
        return CALENDAR

    def _recorded_rows(self, names=None):
        counted = self.sudo() & self._counted().calendar_id
        return super(ResourceCalendar, counted)._recorded_rows(names)

    def _recorded_companies(self):
        policies = self._counted().filtered(lambda one: one.calendar_id == self)
        shared = any(not policy.company_id for policy in policies)
        companies = None if shared else policies.company_id
        return self.env["complaint.company.journal"]._companies(companies)


class ResourceCalendarAttendance(models.Model):
    """Enters changed hours of work of a calendar that counts."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "complaint.recorded"]

    @api.model
    def _recorded_names(self):
        return LINE

    def _recorded_rows(self, names=None):
        counted = self.env["resource.calendar"]._counted().calendar_id
        lines = self.sudo().exists().filtered(lambda line: line.calendar_id in counted)
        # Whole: a line that is moved away is one less here.
        return super(ResourceCalendarAttendance, lines)._recorded_rows()

    def _recorded_companies(self):
        return self.calendar_id._recorded_companies()


class ResourceCalendarLeaves(models.Model):
    """Enters closed days that count, but for those filled in, and nobody's leave."""

    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "complaint.recorded"]

    @api.model
    def _recorded_names(self):
        return CLOSED

    def _recorded_rows(self, names=None):
        counted = self.env["resource.calendar"]._counted().calendar_id
        is_filled_in = self.env.su
        leaves = (
            self.sudo()
            .exists()
            .filtered(
                lambda leave: (
                    not leave.resource_id
                    and not (is_filled_in and leave.is_public_holiday)
                    and (not leave.calendar_id or leave.calendar_id in counted)
                )
            )
        )
        # Whole: what becomes somebody's leave is a closed day less.
        return super(ResourceCalendarLeaves, leaves)._recorded_rows()

    def _recorded_companies(self):
        Journal = self.env["complaint.company.journal"]
        return Journal._companies(self.company_id or None)
