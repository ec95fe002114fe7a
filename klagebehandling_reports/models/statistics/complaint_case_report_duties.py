from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.klagebehandling.models.figures.complaint_figure import DUTIES

SHARE = (16, 1)


class ComplaintCaseReport(models.Model):
    """Adds what became of the duties of a case: on time, late, moved, waived.

    A duty counts once it was done, or its time has passed: what still runs says nothing
    yet. A share is that of all duties in a cell, never an average of shares.
    """

    _inherit = "complaint.case.report"
    _depends = {
        "complaint.deadline": [
            *("case_id", "milestone", "state", "due_at", "met_on", "late_at")
        ]
    }

    acknowledged_on = fields.Date(string="Acknowledged", readonly=True)
    acknowledge_count = fields.Integer(string="Acknowledgements due", readonly=True)
    acknowledge_on_time_count = fields.Integer(
        string="Acknowledgements in time", readonly=True
    )
    acknowledge_share = fields.Float(
        string="Acknowledged in time, %", readonly=True, digits=SHARE, aggregator="avg"
    )
    inform_staff_count = fields.Integer(
        string="Information to the staff due", readonly=True
    )
    inform_staff_on_time_count = fields.Integer(
        string="Staff informed in time", readonly=True
    )
    inform_staff_share = fields.Float(
        string="Staff informed in time, %",
        readonly=True,
        digits=SHARE,
        aggregator="avg",
    )
    update_count = fields.Integer(string="Updates due", readonly=True)
    update_on_time_count = fields.Integer(string="Updates in time", readonly=True)
    update_share = fields.Float(
        string="Updated in time, %", readonly=True, digits=SHARE, aggregator="avg"
    )
    reply_count = fields.Integer(string="Replies due", readonly=True)
    reply_on_time_count = fields.Integer(string="Replies in time", readonly=True)
    reply_share = fields.Float(
        string="Replied in time, %", readonly=True, digits=SHARE, aggregator="avg"
    )
    close_count = fields.Integer(string="Closings due", readonly=True)
    close_on_time_count = fields.Integer(string="Closings in time", readonly=True)
    close_share = fields.Float(
        string="Closed in time, %", readonly=True, digits=SHARE, aggregator="avg"
    )
    escalated_count = fields.Integer(
        string="Duties that became late",
        readonly=True,
        help="Each of them was handed up the line.",
    )
    moved_count = fields.Integer(string="Promises moved", readonly=True)
    waived_count = fields.Integer(string="Promises waived", readonly=True)

    @api.model
    def _select(self):
        return SQL("%s, %s", super()._select(), self._columns(self._duty_columns()))

    @api.model
    def _duty_columns(self):
        acknowledged = self._local_day("acknowledged_at", table="duties")
        columns = {"acknowledged_on": acknowledged}
        for duty in DUTIES:
            total = SQL.identifier("duties", f"{duty}_count")
            in_time = SQL.identifier("duties", f"{duty}_on_time_count")
            columns[f"{duty}_count"] = SQL("COALESCE(%s, 0)", total)
            columns[f"{duty}_on_time_count"] = SQL("COALESCE(%s, 0)", in_time)
            columns[f"{duty}_share"] = self._share(in_time, total)
        for name in ("escalated_count", "moved_count", "waived_count"):
            columns[name] = SQL("COALESCE(%s, 0)", SQL.identifier("duties", name))
        return columns

    @api.model
    def _from(self):
        settled = SQL(
            "(state IN ('met', 'late') OR (state = 'running' AND due_at <= %s))",
            fields.Datetime.now(),
        )
        in_time = SQL("state = 'met' AND met_on < due_at")
        counted = {
            "acknowledged_at": SQL(
                "MIN(met_on) FILTER (WHERE milestone = 'acknowledge')"
            ),
            "escalated_count": SQL("COUNT(late_at)"),
            "moved_count": SQL("COUNT(*) FILTER (WHERE state = 'extended')"),
            "waived_count": SQL("COUNT(*) FILTER (WHERE state = 'waived')"),
        }
        for duty in DUTIES:
            for name, which in (("count", settled), ("on_time_count", in_time)):
                counted[f"{duty}_{name}"] = SQL(
                    "COUNT(*) FILTER (WHERE milestone = %s AND %s)", duty, which
                )
        return SQL(
            """%s
         LEFT JOIN (SELECT case_id, %s
                      FROM complaint_deadline
                  GROUP BY case_id
                   ) duties ON duties.case_id = c.id""",
            super()._from(),
            self._columns(counted),
        )

    @api.model
    def _share(self, part, total):
        return SQL("100.0 * %s / NULLIF(%s, 0)", part, total)

    def _read_group_select(self, aggregate_spec, query):
        name, _dot, operator = aggregate_spec.partition(":")
        duty = name.removesuffix("_share")
        if duty == name or duty not in DUTIES or operator != "avg":
            return super()._read_group_select(aggregate_spec, query)
        part, total = (
            SQL("SUM(%s)", self._field_to_sql(self._table, f"{duty}_{one}", query))
            for one in ("on_time_count", "count")
        )
        return self._share(part, total)
