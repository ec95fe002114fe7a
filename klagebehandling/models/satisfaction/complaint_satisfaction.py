from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

QUESTIONS = ("was_heard", "was_clear", "was_fair")
LOWEST, HIGHEST = 1, 5


class ComplaintSatisfaction(models.Model):
    """One person's three answers about the handling: numbers, and whose they are not.

    A row holds the organisation, the unit, the month in which it was counted, and
    numbers. No case, no user, no text, no time. Rows come in batches, shuffled, and
    only as many together as may be shown: who holds the database finds no way from an
    answer to a case (M45, C-36).
    """

    _name = "complaint.satisfaction"
    _description = "Answer about the handling"
    _order = "month desc, unit_id"
    _log_access = False
    _rec_name = "month"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    unit_id = fields.Many2one(
        "complaint.unit",
        readonly=True,
        index=True,
        ondelete="cascade",
        help="None: the organisation as a whole.",
    )
    month = fields.Date(required=True, readonly=True, help="Its first day.")
    was_heard = fields.Integer(
        string="I was listened to", required=True, readonly=True, aggregator="avg"
    )
    was_clear = fields.Integer(
        string="I understood what happened",
        required=True,
        readonly=True,
        aggregator="avg",
    )
    was_fair = fields.Integer(
        string="I was treated fairly", required=True, readonly=True, aggregator="avg"
    )

    _in_scale = models.Constraint(
        "CHECK (was_heard BETWEEN 1 AND 5 AND was_clear BETWEEN 1 AND 5 "
        "AND was_fair BETWEEN 1 AND 5)",
        "Each answer is a number from 1 to 5.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Answers are given by those who complained."))
        return super().create(vals_list)

    @api.model
    def _cells(self, company, first, last):
        """The averages of a time, of each unit with enough answers; for reports.

        :param first: first day of the first month
        :param last: first day of the last month
        :return: list of dicts with ``unit_id``, ``count`` and the three averages
        """
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT unit_id, COUNT(*) AS count,
                          ROUND(AVG(was_heard), 1)::float AS was_heard,
                          ROUND(AVG(was_clear), 1)::float AS was_clear,
                          ROUND(AVG(was_fair), 1)::float AS was_fair
                     FROM complaint_satisfaction
                    WHERE company_id = %s AND month BETWEEN %s AND %s
                 GROUP BY unit_id ORDER BY unit_id NULLS FIRST""",
                company.id,
                first,
                last,
            )
        )
        least = self._least(company)
        return [row for row in rows if row["count"] >= least]

    @api.model
    def _least(self, company):
        """From how many answers a cell is shown: what the strictest procedure says."""
        policies = (
            self.env["complaint.policy"]
            .sudo()
            .search([("company_id", "=", company.id)])
        )
        return max(policies.mapped("satisfaction_cases"), default=5)
