from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

SELFCHECK = "klagebehandling.mail_activity_type_selfcheck"
# So many quarters that were missed are made up for.
MOST_QUARTERS = 4
# Which figure of the period stands in which field.
FIGURES = {
    "received_count": "received",
    "closed_count": "closed",
    "late_count": "late",
    "pattern_count": "patterns_waiting",
    "measure_done_count": "measures_done",
    "measure_late_count": "measures_late",
    "effect_late_count": "effects_late",
    "effect_fails_count": "effects_failed",
}


class ComplaintSelfcheck(models.Model):
    """One quarter of an organisation, looked through by who leads it.

    The night after a quarter makes it, with figures, the needs that were named and the
    procedure's questions (D-48, D-49, B-26). They are answered, decisions and measures
    follow, and it is closed for good. Nothing of a case that is hidden from anybody is
    in its figures.
    """

    _name = "complaint.selfcheck"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Self-check of a quarter"
    _order = "first_on desc, id desc"

    name = fields.Char(compute="_compute_name", store=True)
    unit_id = fields.Many2one(
        "complaint.unit",
        string="Organisation",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Where the procedure begins: who leads it looks through the quarter.",
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    policy_id = fields.Many2one(
        "complaint.policy",
        string="Procedure",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    first_on = fields.Date(string="From", required=True, readonly=True)
    last_on = fields.Date(string="Until", required=True, readonly=True)
    received_count = fields.Integer(string="Received", readonly=True)
    closed_count = fields.Integer(string="Ended", readonly=True)
    late_count = fields.Integer(string="Duties that became late", readonly=True)
    pattern_count = fields.Integer(string="Patterns to be decided", readonly=True)
    measure_done_count = fields.Integer(string="Measures done", readonly=True)
    measure_late_count = fields.Integer(string="Measures late", readonly=True)
    effect_late_count = fields.Integer(string="Effects not checked", readonly=True)
    effect_fails_count = fields.Integer(string="Measures without effect", readonly=True)
    answer_ids = fields.One2many(
        "complaint.selfcheck.answer", "selfcheck_id", string="Questions"
    )
    proposal_ids = fields.One2many(
        "complaint.proposal", "selfcheck_id", string="Needs that were named"
    )
    action_ids = fields.One2many(
        "complaint.action", "selfcheck_id", string="Measures decided"
    )
    decision = fields.Text(string="Decisions")
    state = fields.Selection(
        [("open", "To be looked through"), ("closed", "Closed")],
        required=True,
        default="open",
        readonly=True,
    )
    closed_on = fields.Date(string="Closed on", readonly=True)
    closed_by_id = fields.Many2one(
        "res.users", string="Closed by", readonly=True, ondelete="restrict"
    )

    _quarter_unique = models.Constraint(
        "UNIQUE (unit_id, first_on)", "This quarter has its self-check already."
    )
    _closed_state = models.Constraint(
        "CHECK ((state = 'closed') = (closed_on IS NOT NULL))",
        "A self-check is closed exactly when it carries the day it was.",
    )

    @api.depends("first_on")
    def _compute_name(self):
        for check in self:
            day = check.first_on
            check.name = day and f"{day.year} / {(day.month + 2) // 3}"

    def _writable(self):
        names = super()._writable()
        if any(check.state == "closed" for check in self):
            return names
        return names | {"decision", "answer_ids", "action_ids"}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A self-check stays."))

    def action_close(self):
        """End the self-check for good: all is answered and decided (D-49).

        :raises UserError: where a question or a need waits still
        """
        for check in self:
            check.check_access("write")
            if check.state == "closed":
                raise UserError(self.env._("This self-check has been closed already."))
            check_sudo = check.sudo()
            if any(not (row.answer or "").strip() for row in check_sudo.answer_ids):
                raise UserError(self.env._("Answer each question first."))
            if "new" in check_sudo.proposal_ids.mapped("state"):
                raise UserError(self.env._("Decide on each need that was named first."))
            check_sudo.write(
                {
                    "state": "closed",
                    "closed_on": fields.Date.context_today(self),
                    "closed_by_id": self.env.uid,
                }
            )
            self.env["complaint.journal"]._log_company(
                check_sudo.company_id,
                "selfcheck_closed",
                row=check.id,
                first_on=str(check.first_on),
            )
            check_sudo._relieve()
        return True

    def _relieve(self):
        people = self.unit_id.manager_id | self.unit_id.deputy_id
        waiting = self.search(
            [("state", "=", "open"), ("unit_id.line_manager_ids", "in", people.ids)]
        )
        if not waiting:
            people._complaint_relieve(SELFCHECK)

    @api.model
    def _cron_open(self):
        """Make the self-checks of the quarters that have ended, one at a time.

        What was missed is made up for, a year back; twice makes nothing more.
        """
        cron, known = self.env["ir.cron"], self.with_user(SUPERUSER_ID)
        for unit, policy in known._places():
            for first_on in known._missing(unit, policy):
                known._open_quarter(unit, policy, first_on)
                if not cron._commit_progress(1):
                    return

    @api.model
    def _places(self):
        """Where procedures with a self-check begin: pairs of unit and procedure."""
        units = self.env["complaint.unit"].search([("policy_id", "!=", False)])
        tops = [unit for unit in units if unit._procedure_line() == unit]
        places = [(unit, unit._policy_today()) for unit in tops]
        return [(unit, policy) for unit, policy in places if policy.is_selfchecked]

    @api.model
    def _missing(self, unit, policy):
        """The first days of the quarters that have ended without a self-check."""
        today = policy._today()
        this = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        quarters = [
            this - relativedelta(months=3 * number)
            for number in range(MOST_QUARTERS, 0, -1)
        ]
        began_on = policy._local(unit.create_date).date()
        last_of = relativedelta(months=3, days=-1)
        known = self.search([("unit_id", "=", unit.id)]).mapped("first_on")
        return [
            day for day in quarters if day not in known and day + last_of >= began_on
        ]

    @api.model
    def _count(self, unit, policy, first_on, last_on):
        """The figures of a topmost unit and all below it, hidden cases left out.

        Everybody who reads them may so read all that is counted in them: nobody learns
        of a case by holding them against the own list.
        """
        figures = self.env["complaint.figure"]
        scope = figures._of_unit(unit, policy, first_on, last_on)
        counted = figures._count_open(scope, FIGURES.values())
        return {name: counted[key][0] for name, key in FIGURES.items()}

    @api.model
    def _open_quarter(self, unit, policy, first_on):
        last_on = first_on + relativedelta(months=3, days=-1)
        check = self.create(
            {
                "unit_id": unit.id,
                "policy_id": policy.id,
                "first_on": first_on,
                "last_on": last_on,
                "answer_ids": [
                    Command.create(
                        {"name": question.name, "sequence": question.sequence}
                    )
                    for question in policy.question_ids.with_context(lang=policy.lang)
                ],
                **self._count(unit, policy, first_on, last_on),
            }
        )
        needs = self.env["complaint.proposal"].search(
            [
                ("state", "=", "new"),
                ("selfcheck_id", "=", False),
                ("unit_id", "child_of", unit.id),
                ("proposed_on", "<=", last_on),
            ]
        )
        needs.selfcheck_id = check
        (unit.manager_id | unit.deputy_id)._complaint_ask(
            SELFCHECK,
            lambda env: env._("A quarter of complaints is to be looked through"),
        )
        return check
