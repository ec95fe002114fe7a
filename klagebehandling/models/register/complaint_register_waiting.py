from odoo import api, fields, models
from odoo.tools import SQL


class ComplaintRegisterWaiting(models.Model):
    """Received, not registered: how many complaints of a day wait for a number.

    A day and how many, no case: the register says no more of them the day after.
    """

    _name = "complaint.register.waiting"
    _description = "Received, not registered"
    _order = "received_on, id"
    _rec_name = "received_on"
    _auto = False
    _depends = {
        "complaint.case": ["company_id", "policy_id", "received_at", "drawn_number"],
        "complaint.policy": ["tz"],
        "complaint.registration": ["case_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    policy_id = fields.Many2one(
        "complaint.policy", readonly=True, groups=fields.NO_ACCESS
    )
    received_on = fields.Date(
        string="Received",
        readonly=True,
        help="The day it reached the organisation, in whichever box.",
    )
    case_count = fields.Integer(string="Complaints", readonly=True)
    procedure = fields.Char(compute="_compute_number_by")
    number_by = fields.Date(
        string="Numbered by",
        compute="_compute_number_by",
        help="The next working day.",
    )
    is_late = fields.Boolean(compute="_compute_number_by")

    @property
    def _table_query(self):
        return SQL(
            """SELECT row_number() OVER (ORDER BY received_on, company_id, policy_id)
                AS id, company_id, policy_id, received_on, case_count
            FROM (
                SELECT one.company_id, one.policy_id, %s AS received_on,
                    count(*) AS case_count
                FROM %s GROUP BY 1, 2, 3
            ) AS days""",
            self._local_day(SQL("one.received_at")),
            self._from_waiting(),
        )

    @api.model
    def _local_day(self, moment):
        return SQL("((%s AT TIME ZONE 'UTC') AT TIME ZONE policy.tz)::date", moment)

    @api.model
    def _from_waiting(self):
        """Cases without a number: neither drawn at the door nor in the register."""
        return SQL(
            """complaint_case AS one
            JOIN complaint_policy AS policy ON policy.id = one.policy_id
            LEFT JOIN complaint_registration AS row ON row.case_id = one.id
            WHERE one.drawn_number IS NULL AND row.id IS NULL"""
        )

    @api.model
    def _case_ids(self, company, is_today):
        """Ids of the cases of an organisation that wait.

        :param is_today: also those that were registered today
        """
        self.env.flush_all()
        now = SQL("%s::timestamp", fields.Datetime.now())
        earlier = SQL(
            "%s < %s",
            self._local_day(SQL("one.registered_at")),
            self._local_day(now),
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT one.id FROM %s AND one.company_id = %s AND %s",
                self._from_waiting(),
                company.id,
                SQL("TRUE") if is_today else earlier,
            )
        )
        return [id_ for (id_,) in rows]

    @api.model
    def _companies(self):
        """The organisations where something waits."""
        groups = self.sudo()._read_group([], ["company_id"])
        return self.env["res.company"].union(*(company for (company,) in groups))

    @api.depends("received_on")
    @api.depends_context("lang")
    def _compute_number_by(self):
        for day in self:
            policy_sudo = day.sudo().policy_id
            day.procedure = policy_sudo.name
            day.number_by = policy_sudo._add_work_days(day.received_on, 1)
            today = policy_sudo._local(fields.Datetime.now()).date()
            day.is_late = day.number_by < today

    @api.model
    def action_number(self, *_ids):
        """Give numbers to all that waits in the companies chosen, now.

        :raises AccessError: for who is not the registrar
        """
        Registration = self.env["complaint.registration"]
        Registration.check_access("write")
        for company in self._companies() & self.env.companies:
            while Registration._number_next(company):
                pass
        return {"type": "ir.actions.client", "tag": "soft_reload"}
