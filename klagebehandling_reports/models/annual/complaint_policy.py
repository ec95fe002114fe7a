from datetime import date, timedelta

from odoo import models
from odoo.exceptions import UserError

# Where the procedure names no day: our own rule.
MONTH, DAY = 1, 31
# So long before it is due, somebody begins to write it.
DAYS = 30


class ComplaintPolicy(models.Model):
    """Adds when the yearly report of a procedure is drafted (E-62, M42)."""

    _inherit = "complaint.policy"

    def action_annual_report(self):
        """Open the yearly report of the last whole year; the one that is there, if any.

        In the first year that of the running one, which is approved when it is over.

        :return: action that opens it
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "in_force" or not self.company_id:
            raise UserError(
                self.env._(
                    "A yearly report is written about what is in force in your "
                    "organisation."
                )
            )
        policy = self.sudo()
        year = policy._today().year
        versions = policy._versions(policy.code, policy.company_id)
        year -= versions._were_there(year - 1)
        reports = self.env["complaint.annual.report"].sudo()
        report = reports._newest(policy, year) or reports._open_for(policy, year)
        return report._open_form()

    def _report_due(self, year):
        """The day on which the report of a year is due, in the year after."""
        return date(year + 1, self.report_month or MONTH, self.report_day or DAY)

    def _report_year(self):
        """The newest year whose report is to be drafted; None without a report."""
        if not self.report_recipient and not self.is_report_public:
            return None
        today = self._today()
        year = today.year - 1
        begins = max(self._report_due(year) - timedelta(DAYS), date(today.year, 1, 1))
        return year if begins <= today else year - 1
