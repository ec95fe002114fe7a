from odoo import api, fields, models
from odoo.tools import SQL


class ComplaintRegisterSeries(models.Model):
    """The last number that an organisation has given in a year.

    A row and not a sequence: a sequence leaves a gap where a transaction is undone.
    """

    _name = "complaint.register.series"
    _description = "Series of registry numbers"
    _log_access = False

    # By its id: nothing is read through it.
    organisation = fields.Integer(required=True)
    year = fields.Integer(required=True)
    last_number = fields.Integer(required=True, default=0)

    _year_unique = models.Constraint(
        "UNIQUE (organisation, year)", "There is one series for each year."
    )

    @api.model
    def _hold(self, company, year):
        """Have the series for this transaction alone.

        Whoever was overtaken since the transaction began gets a serialization failure
        here, before a number is given.

        :return: the series; empty while somebody else has it
        """
        self.env.cr.execute(
            SQL(
                """INSERT INTO complaint_register_series
                (organisation, year, last_number) VALUES (%s, %s, 0)
                ON CONFLICT (organisation, year) DO NOTHING""",
                company.id,
                year,
            ),
            log_exceptions=False,
        )
        series = self.search([("organisation", "=", company.id), ("year", "=", year)])
        held = series.try_lock_for_update()
        held.invalidate_recordset(["last_number"])
        return held

    def _take(self, count):
        """The next numbers, as a range; they are nobody's if it is all undone."""
        first = self.last_number + 1
        self.last_number += count
        return range(first, first + count)
