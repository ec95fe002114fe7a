from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.klagebehandling.models.case.complaint_case_part import (
    WORKERS,
    readers,
)
from odoo.addons.klagebehandling.roles import FACTS
from odoo.addons.klagebehandling.vocabulary import (
    ANONYMITY,
    CASE_STATES,
    CHANNELS,
    KINDS,
    OUTCOMES,
    STAGES,
)

# What a measure is the percentile of, and which one.
PERCENTILES = {
    "workdays_to_acknowledge_median": ("workdays_to_acknowledge", 0.5),
    "workdays_to_acknowledge_p90": ("workdays_to_acknowledge", 0.9),
    "workdays_to_answer_median": ("workdays_to_answer", 0.5),
    "workdays_to_answer_p90": ("workdays_to_answer", 0.9),
}
# An average of days is told with one decimal.
DAYS = (16, 1)


class ComplaintCaseReport(models.Model):
    """The facts of each case in one row, to be counted, turned and drawn (E-60, E-64).

    Who reads a case reads its row, by the same rules: behind a wall there is none. It
    holds no words, no person and no handler: it measures the handling, not a colleague.

    An addon adds a column with a field and ``_select``, and a table with ``_from``, a
    ``LEFT JOIN`` to rows grouped by their case: PostgreSQL leaves out those that are
    not asked for. What a figure of a year counts is said by ``complaint.figure``; the
    columns count the same, which the tests hold.
    """

    _name = "complaint.case.report"
    _inherit = ["complaint.walled"]
    _description = "Facts of a case"
    _auto = False
    _order = "received_on desc, id desc"
    _rec_name = "case_id"
    # The rules ask the row itself, which has what they need of its case: the case would
    # be joined a second time.
    _case_path = ""
    _company_path = "company_id"
    _readers = readers(*WORKERS, "auditor")
    _depends = {
        "complaint.case": [
            *("company_id", "unit_id", "policy_id", "kind", "channel", "outcome"),
            *("handler_id", "is_restricted", "walled_user_ids", "barred_user_ids"),
            *("state", "stage", "anonymity", "is_repeat", "received_at", "lesson"),
            *("answered_at", "closed_at", "days_to_answer", "days_to_close"),
            *("workdays_to_acknowledge", "workdays_to_answer", "category_ids"),
        ],
        "complaint.policy": ["code", "company_id", "tz"],
        "complaint.action": ["case_id", "state", "done_on"],
        "complaint.referral": ["case_id", "kind"],
    }

    # Which case it is of
    case_id = fields.Many2one("complaint.case", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    unit_id = fields.Many2one("complaint.unit", readonly=True)
    policy_id = fields.Many2one(
        "complaint.policy", string="Version of the procedure", readonly=True
    )
    procedure_id = fields.Many2one(
        "complaint.policy",
        readonly=True,
        help="Its newest version, for all of them.",
    )

    # What it is
    kind = fields.Selection(KINDS, readonly=True)
    channel = fields.Selection(CHANNELS, readonly=True)
    category_ids = fields.Many2many(
        "complaint.category",
        "complaint_case_complaint_category_rel",
        "complaint_case_id",
        "complaint_category_id",
        string="Grounds",
        readonly=True,
        groups=FACTS,
        help="A case with several counts at each of them, and once in the total.",
    )
    anonymity = fields.Selection(ANONYMITY, readonly=True)
    is_anonymous = fields.Boolean(string="Anonymous", readonly=True)
    is_repeat = fields.Boolean(string="Sent again", readonly=True)
    state = fields.Selection(CASE_STATES, readonly=True)
    stage = fields.Selection(STAGES, readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    has_lesson = fields.Boolean(string="Something was learned", readonly=True)

    # What the rules ask for
    handler_id = fields.Many2one("res.users", groups=fields.NO_ACCESS)
    is_restricted = fields.Boolean(
        string="Independent handling", groups=fields.NO_ACCESS
    )
    walled_user_ids = fields.Many2many(
        "res.users",
        "complaint_case_wall",
        "case_id",
        "user_id",
        string="Behind the wall",
        groups=fields.NO_ACCESS,
    )
    barred_user_ids = fields.Many2many(
        "res.users",
        "complaint_case_barred",
        "case_id",
        "user_id",
        groups=fields.NO_ACCESS,
    )

    # When, by the procedure's own days
    received_on = fields.Date(string="Received", readonly=True)
    answered_on = fields.Date(string="Answered", readonly=True)
    closed_on = fields.Date(string="Ended", readonly=True)

    # How many
    matter_count = fields.Integer(
        string="Matters",
        readonly=True,
        help="What the same person sent twice is two receipts and one matter.",
    )
    lesson_count = fields.Integer(string="Learned from", readonly=True)
    measure_count = fields.Integer(string="Measures", readonly=True)
    measure_done_count = fields.Integer(string="Measures done", readonly=True)
    onward_count = fields.Integer(string="Handed on", readonly=True)

    # How long it took
    days_to_answer = fields.Float(
        string="Days to answer", readonly=True, digits=DAYS, aggregator="avg"
    )
    days_to_close = fields.Float(
        string="Days to closing", readonly=True, digits=DAYS, aggregator="avg"
    )
    workdays_to_acknowledge = fields.Float(
        string="Working days to acknowledge",
        readonly=True,
        digits=DAYS,
        aggregator="avg",
    )
    workdays_to_acknowledge_median = fields.Float(
        string="Working days to acknowledge, median",
        readonly=True,
        digits=DAYS,
        aggregator="avg",
    )
    workdays_to_acknowledge_p90 = fields.Float(
        string="Working days to acknowledge, 90 %",
        readonly=True,
        digits=DAYS,
        aggregator="avg",
        help="Nine of ten took no longer.",
    )
    workdays_to_answer = fields.Float(
        string="Working days to answer", readonly=True, digits=DAYS, aggregator="avg"
    )
    workdays_to_answer_median = fields.Float(
        string="Working days to answer, median",
        readonly=True,
        digits=DAYS,
        aggregator="avg",
    )
    workdays_to_answer_p90 = fields.Float(
        string="Working days to answer, 90 %",
        readonly=True,
        digits=DAYS,
        aggregator="avg",
        help="Nine of ten took no longer.",
    )

    @property
    def _table_query(self):
        # No view is left in the database: one would keep every column it names from
        # being changed by an upgrade.
        return SQL("%s %s %s", self._select(), self._from(), self._where())

    @api.model
    def _select(self):
        """Hook: what stands in the row of a case; ``c`` is the case."""
        columns = {
            "id": SQL("c.id"),
            "case_id": SQL("c.id"),
            **{name: SQL.identifier("c", name) for name in self._plain_columns()},
            "procedure_id": SQL("newest.id"),
            "is_anonymous": SQL("c.anonymity = 'anonymous'"),
            "is_repeat": SQL("c.is_repeat IS TRUE"),
            "has_lesson": SQL("COALESCE(c.lesson, '') <> ''"),
            "received_on": self._local_day("received_at"),
            "answered_on": self._local_day("answered_at"),
            "closed_on": self._local_day("closed_at"),
            "matter_count": SQL("CASE WHEN c.is_repeat THEN 0 ELSE 1 END"),
            "lesson_count": SQL(
                "CASE WHEN COALESCE(c.lesson, '') = '' THEN 0 ELSE 1 END"
            ),
            "measure_count": SQL("COALESCE(measures.total, 0)"),
            "measure_done_count": SQL("COALESCE(measures.done, 0)"),
            "onward_count": SQL("COALESCE(onward.total, 0)"),
            **self._durations(),
        }
        return SQL("SELECT %s", self._columns(columns))

    @api.model
    def _from(self):
        """Hook: the tables, the case as ``c`` and its version as ``version``."""
        return SQL(
            """
              FROM complaint_case c
         LEFT JOIN complaint_policy version ON version.id = c.policy_id
         LEFT JOIN (SELECT code, company_id, MAX(id) AS id
                      FROM complaint_policy
                  GROUP BY code, company_id
                   ) newest ON newest.code = version.code
                           AND newest.company_id = version.company_id
         LEFT JOIN (SELECT case_id, COUNT(*) AS total, COUNT(done_on) AS done
                      FROM complaint_action
                     WHERE state <> 'dropped'
                  GROUP BY case_id
                   ) measures ON measures.case_id = c.id
         LEFT JOIN (SELECT case_id, COUNT(*) AS total
                      FROM complaint_referral
                     WHERE kind NOT IN ('report', 'appeal')
                  GROUP BY case_id
                   ) onward ON onward.case_id = c.id"""
        )

    @api.model
    def _where(self):
        """Hook: which cases have a row at all; the rules say who reads it."""
        return SQL("WHERE TRUE")

    @api.model
    def _plain_columns(self):
        """The columns that stand in the case as they are here."""
        where = ("company_id", "unit_id", "policy_id", "handler_id", "is_restricted")
        what = ("kind", "channel", "anonymity", "state", "stage", "outcome")
        return where + what

    @api.model
    def _durations(self):
        """How long it took, empty where it has not happened."""
        answered, closed = SQL("c.answered_at"), SQL("c.closed_at")
        columns = {
            "days_to_answer": (answered, SQL("c.days_to_answer")),
            "days_to_close": (closed, SQL("c.days_to_close")),
            "workdays_to_answer": (answered, SQL("c.workdays_to_answer")),
            "workdays_to_acknowledge": (
                SQL("duties.acknowledged_at"),
                SQL("c.workdays_to_acknowledge"),
            ),
        }
        for name, (measured, _share) in PERCENTILES.items():
            columns[name] = columns[measured]
        return {
            name: SQL("CASE WHEN %s IS NOT NULL THEN %s END", happened, days)
            for name, (happened, days) in columns.items()
        }

    @api.model
    def _local_day(self, name, table="c"):
        """The day of a moment, in the time zone of the procedure."""
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE version.tz)::date",
            SQL.identifier(table, name),
        )

    @api.model
    def _columns(self, columns):
        """Named columns, parted by commas."""
        named = [
            SQL("%s AS %s", value, SQL.identifier(name))
            for name, value in columns.items()
        ]
        return SQL(", ").join(named)

    def _cases_sudo(self):
        return self.sudo().case_id

    def action_open_case(self):
        """Open the case itself."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "complaint.case",
            "res_id": self.case_id.id,
            "views": [(False, "form")],
            "name": self.env._("Case"),
        }

    def export_data(self, fields_to_export):
        """Refuse what Odoo fails over: a row of no table has no external ID."""
        if isinstance(fields_to_export, list | tuple) and "id" in fields_to_export:
            raise UserError(
                self.env._(
                    "A row of the statistics has no external ID. Export the case, or "
                    "leave “update data” unticked."
                )
            )
        return super().export_data(fields_to_export)

    def _read_group_select(self, aggregate_spec, query):
        """Let a pivot show the median and what nine of ten take: PostgreSQL counts them
        for each cell and each total anew.
        """
        name, _dot, operator = aggregate_spec.partition(":")
        if name not in PERCENTILES or operator != "avg":
            return super()._read_group_select(aggregate_spec, query)
        measured, share = PERCENTILES[name]
        return SQL(
            "PERCENTILE_CONT(%s) WITHIN GROUP (ORDER BY %s)",
            share,
            self._field_to_sql(self._table, measured, query),
        )
