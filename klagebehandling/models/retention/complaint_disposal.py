from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...roles import FACTS
from ..case.complaint_case_part import WORKERS, readers

APPROVERS = "klagebehandling.group_disposal_approver"
BATCH = 200


class ComplaintDisposal(models.Model):
    """That a case may be disposed of, who approved it, and how far it has come (C-25).

    The clock proposes it when the term has passed, and takes the proposal back when the
    case is held, taken up again, or something comes in. Somebody else than who has the
    case approves it. The row remains: it is the log of disposals, with no word of the
    case. Who approves sees the number of a case, and no case by it.
    """

    _name = "complaint.disposal"
    _inherit = ["complaint.case.part"]
    _description = "Disposal"
    _order = "kept_until desc, id desc"
    _rec_name = "reference"
    # No time of a row, which could tell of an anonymous case, is kept.
    _log_access = False
    _is_disposed_of = False
    _readers = {
        **readers(*WORKERS, "auditor"),
        "disposal_approver": "(1, '=', 1)",
    }

    case_id = fields.Many2one(groups=FACTS, readonly=True, ondelete="restrict")
    reference = fields.Char(related="case_id.reference")
    kind = fields.Selection(related="case_id.kind")
    outcome = fields.Selection(related="case_id.outcome")
    company_id = fields.Many2one(readonly=True)
    rule_id = fields.Many2one(
        "complaint.retention.rule",
        string="By the rule",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    kept_until = fields.Date(required=True, readonly=True)
    state = fields.Selection(
        [
            ("proposed", "To be approved"),
            ("approved", "Approved"),
            ("identity", "Identities gone"),
            ("words", "Words and files gone"),
            ("disposed", "Disposed of"),
            ("lapsed", "Taken back"),
        ],
        required=True,
        readonly=True,
        default="proposed",
        index=True,
    )
    proposed_on = fields.Date(required=True, readonly=True)
    approved_on = fields.Date(readonly=True)
    approved_by_id = fields.Many2one(
        "res.users", string="Approved by", readonly=True, ondelete="restrict"
    )
    disposed_on = fields.Date(string="Disposed of", readonly=True)

    _case_once = models.UniqueIndex(
        "(case_id) WHERE state <> 'lapsed'", "This case is proposed already."
    )
    _approved_state = models.Constraint(
        "CHECK (state IN ('proposed', 'lapsed') OR approved_on IS NOT NULL)",
        "What is disposed of was approved.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of disposals is kept."))

    def action_approve(self):
        """Approve that these cases are disposed of; the night after, they are.

        :raises AccessError: for who may not approve, or has one of the cases
        :raises UserError: where one is not to be disposed of any more
        """
        self.check_access("write")
        rows_sudo = self.sudo().try_lock_for_update()
        if self.env.user in rows_sudo.case_id.handler_id:
            raise AccessError(
                self.env._(
                    "You have one of these cases yourself. Somebody else approves it."
                )
            )
        due = rows_sudo._still_due()
        if not self or len(due) < len(self) or {*due.mapped("state")} != {"proposed"}:
            raise UserError(
                self.env._(
                    "Not all of these wait for an approval any more. Load the list "
                    "again, and choose anew."
                )
            )
        rows_sudo.write(
            {
                "state": "approved",
                "approved_on": fields.Date.context_today(self),
                "approved_by_id": self.env.uid,
            }
        )
        rows_sudo._log_step("disposal_approved")
        return True

    def _log_step(self, event, **payload):
        """Enter a step in the journals of the cases, by which decision it is taken."""
        self.env["complaint.journal"].sudo()._append(
            [
                (
                    row.case_id,
                    event,
                    {
                        "basis": row.rule_id.basis,
                        "decision": row.rule_id._say_decision(),
                        **payload,
                    },
                )
                for row in self
            ],
            is_act=False,
        )

    # -- which cases

    @api.model
    def _due(self):
        """The cases whose term has passed, with their rule: a query.

        A term runs from the end of the case, or from what came in after it.
        """
        today = SQL(
            "((%s::timestamp AT TIME ZONE 'UTC') AT TIME ZONE policy.tz)::date",
            fields.Datetime.now(),
        )
        return SQL(
            """SELECT one.id AS case_id, one.company_id, rule.id AS rule_id,
                term.kept_until, %(today)s AS today
            FROM complaint_case AS one
            JOIN complaint_policy AS policy ON policy.id = one.policy_id
            %(rule)s %(term)s
            WHERE one.closed_at IS NOT NULL AND one.disposed_on IS NULL
                AND rule.is_preserved IS NOT TRUE
                AND term.kept_until < %(today)s
                AND (policy.is_public_body IS NOT TRUE OR (
                    rule.decision_number <> '' AND rule.decision_body <> ''
                    AND rule.decision_on <= %(today)s))
                AND %(free)s""",
            today=today,
            rule=self._join_rule(),
            term=self._join_term(),
            free=self._is_free(today),
        )

    @api.model
    def _join_rule(self):
        """The rule that names most of a case."""
        return SQL(
            """JOIN LATERAL (
                SELECT * FROM complaint_retention_rule AS rule
                WHERE rule.active AND rule.covers = 'case'
                    AND rule.company_id = one.company_id
                    AND rule.policy_code = policy.code
                    AND COALESCE(rule.kind, one.kind) = one.kind
                    AND (rule.outcome IS NULL OR rule.outcome = one.outcome)
                ORDER BY rule.kind IS NULL, rule.outcome IS NULL LIMIT 1
            ) AS rule ON TRUE"""
        )

    @api.model
    def _join_term(self):
        return SQL(
            """CROSS JOIN LATERAL (
                SELECT (((GREATEST(one.closed_at, max(letter.create_date))
                    AT TIME ZONE 'UTC') AT TIME ZONE policy.tz)::date
                    + make_interval(years => rule.years))::date AS kept_until
                FROM complaint_correspondence AS letter
                WHERE letter.case_id = one.id AND letter.direction = 'in'
            ) AS term"""
        )

    @api.model
    def _is_free(self, today):
        """Whether nothing holds the case: no hold, duty, letter, measure or request."""
        held = SQL("lifted_on IS NULL AND until_on >= %s", today)
        rows = {
            "complaint_hold": held,
            "complaint_deadline": SQL("state IN ('running', 'late')"),
            "complaint_correspondence": SQL("state IN ('queued', 'sending')"),
            "complaint_action": SQL(
                "(state = 'open' OR state = 'done' AND check_on IS NOT NULL "
                "AND checked_on IS NULL)"
            ),
            # Somebody asks for its documents, or can still appeal.
            "complaint_access_review": SQL(
                "(state <> 'answered' OR decision_asked_on IS NOT NULL "
                "AND decided_on IS NULL OR appeal_until >= %s)",
                today,
            ),
        }
        return SQL(" AND ").join(
            SQL(
                "NOT EXISTS (SELECT FROM %s WHERE case_id = one.id AND %s)",
                SQL.identifier(table),
                condition,
            )
            for table, condition in rows.items()
        )

    @api.model
    def _propose(self):
        """Propose some of the cases whose term has passed, in one statement.

        :return: how many; 0 where there are no more
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO complaint_disposal (case_id, company_id, rule_id,
                    kept_until, proposed_on, state)
                SELECT case_id, company_id, rule_id, kept_until, today, 'proposed'
                FROM (%s) AS due WHERE NOT EXISTS (
                    SELECT FROM complaint_disposal AS known
                    WHERE known.case_id = due.case_id AND known.state <> 'lapsed')
                ORDER BY kept_until LIMIT %s
                ON CONFLICT DO NOTHING RETURNING id""",
                self._due(),
                BATCH,
            )
        )
        return len(rows)

    def _still_due(self):
        """Those whose term has passed under their rule, and that nothing holds."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT one.id FROM complaint_disposal AS one JOIN (%s) AS due
                ON due.case_id = one.case_id AND due.rule_id = one.rule_id
                WHERE one.id = ANY(%s)""",
                self._due(),
                self.ids,
            )
        )
        return self.browse(id_ for (id_,) in rows)
