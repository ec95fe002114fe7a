from datetime import date, timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..procedure.complaint_policy_version import Gap
from .complaint_action import REVIEWERS

OURS = "Our own rule, unless the procedure says it."
REVIEWED = {"review_month", "review_day", "review_days"}


class ComplaintPolicy(models.Model):
    """Adds when a procedure is reviewed, and what a new version of it comes of.

    When it is reviewed promises nobody anything: it may change at any time. A version
    that follows another says why (C-34).
    """

    _inherit = "complaint.policy"

    change_reason = fields.Text(copy=False)
    review_id = fields.Many2one(
        "complaint.review",
        string="Comes of the review",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', '=', company_id), ('policy_code', '=', code)]",
        # Who handles cases reads procedures, and no review.
        groups=REVIEWERS,
        help="The review that this version answers to.",
    )
    review_line_ids = fields.Many2many(
        "complaint.review.line",
        "complaint_policy_review_line",
        "policy_id",
        "line_id",
        string="Comes of the measures to",
        copy=False,
        domain="[('review_id', '=', review_id), ('has_measure', '=', True)]",
        groups=REVIEWERS,
        help="The clauses whose measures this version is part of.",
    )
    review_month = fields.Integer(
        string="Reviewed each year, month", default=2, help=OURS
    )
    review_day = fields.Integer(string="Reviewed each year, day", default=1, help=OURS)
    review_days = fields.Integer(
        string="Days for the review", default=60, help="Until it is decided. " + OURS
    )

    _review_days_enough = models.Constraint(
        "CHECK (review_days BETWEEN 1 AND 366)",
        "A review takes between a day and a year.",
    )

    @api.constrains("review_month", "review_day")
    def _check_review_date(self):
        for policy in self:
            try:
                date(2025, policy.review_month, policy.review_day)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "A procedure is reviewed on a day that exists every year."
                    )
                ) from error

    @api.constrains("review_id", "review_line_ids", "company_id", "code")
    def _check_review(self):
        for policy in self.sudo():
            review = policy.review_id
            own = (policy.company_id, policy.code)
            is_others = review and (review.company_id, review.policy_code) != own
            if is_others or policy.review_line_ids.review_id - review:
                raise ValidationError(
                    self.env._(
                        "A version comes of reviews of its own procedure. Choose "
                        "another."
                    )
                )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | REVIEWED

    def _gaps_of_head(self):
        yield from super()._gaps_of_head()
        if self._other_versions() and not (self.change_reason or "").strip():
            yield Gap(
                self.env._("Origin"),
                self.env._("Write why this version replaces the one before."),
                # Somebody is there to say it; a program that renews has no reason.
                is_required=bool(self.env.context.get("complaint_on_screen")),
            )

    def action_review(self):
        """Open the review of the last whole year; the one that is there, if any.

        :return: action that opens it
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "in_force" or not self.company_id:
            raise UserError(
                self.env._("What is in force in your organisation is reviewed.")
            )
        policy = self.sudo()
        year = policy._today().year - 1
        review = policy._review_of(year) or policy._open_review(year)
        return review._open_form()

    def _review_year(self):
        """The year before the last day on which the procedure was to be reviewed."""
        today = self._today()
        day = date(today.year, self.review_month, self.review_day)
        return today.year - (1 if day <= today else 2)

    def _were_there(self, year):
        """Whether one of these versions was there in a year."""
        return any(policy.create_date.date().year <= year for policy in self)

    def _review_of(self, year):
        """The newest review of the procedure for a year; empty without."""
        return self.env["complaint.review"]._newest(self, year)

    def _top_unit(self):
        """The topmost unit that follows the procedure."""
        units = self.env["complaint.unit"].sudo()
        domain = [("policy_id.code", "=", self.code)]
        domain.append(("company_id", "=", self.company_id.id))
        return units.search(domain, order="parent_path", limit=1)

    def _open_review(self, year):
        """Open the review of a year, with its clauses and its figures frozen."""
        policy = self.sudo()
        review = self.env["complaint.review"].sudo()
        due_on = policy._today() + timedelta(days=policy.review_days)
        review = review.create(
            {
                **review._prepare_for(policy, year, due_on),
                "line_ids": [
                    Command.create(values) for values in policy._review_lines()
                ],
            }
        )
        review.figure_ids._freeze(review)
        review._enter("review_opened")
        review._ask()
        return review

    def _review_lines(self):
        """The clauses of the procedure, and what was typed in the last time."""
        clauses = self.env["complaint.clause"].sudo()
        names = ("code", "chapter", "name", "is_by_program", "figure")
        rows = [
            {"is_typed": False, **{name: clause[name] for name in names}}
            for clause in clauses.search([("policy_code", "=", self.code)])
        ]
        last = self.env["complaint.review"].sudo()
        last = last.search(
            [
                ("company_id", "=", self.company_id.id),
                ("policy_code", "=", self.code),
            ],
            order="year desc, revision desc",
            limit=1,
        )
        typed = last.line_ids.filtered("is_typed")
        return rows + [line._prepare_again() for line in typed]
