from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...vocabulary import html_lang

DECIDED = "decided"
DAYS_TO_CORRECT = 30


class ComplaintReview(models.Model):
    """One procedure, held against its clauses for one year (C-32…C-35, M46).

    The clock opens it, its owner assesses each clause and decides it. What is decided
    stands; a correction is a new one, with the same frozen figures.
    """

    _name = "complaint.review"
    _inherit = ["complaint.yearly"]
    _description = "Review of a procedure"

    due_on = fields.Date(string="To be decided by")
    state = fields.Selection(
        [("draft", "Not begun"), ("under_way", "Under way"), (DECIDED, "Decided")],
        required=True,
        default="draft",
        readonly=True,
        group_expand=True,
    )
    line_ids = fields.One2many("complaint.review.line", "review_id", string="Clauses")
    figure_ids = fields.One2many(
        "complaint.review.figure", "review_id", string="Figures", readonly=True
    )
    left_count = fields.Integer(
        string="Not assessed yet", compute="_compute_left_count"
    )
    conclusion = fields.Text(help="How well the procedure works, in a few sentences.")
    decided_on = fields.Date(readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    corrects_id = fields.Many2one(
        "complaint.review",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    _revision_unique = models.Constraint(
        "UNIQUE (company_id, policy_code, year, revision)",
        "This procedure is reviewed for this year already.",
    )
    _open_unique = models.UniqueIndex(
        "(company_id, policy_code, year) WHERE state != 'decided'",
        "A review of this procedure and year is open already.",
    )
    _decided_state = models.Constraint(
        "CHECK ((state = 'decided') = (decided_on IS NOT NULL))",
        "A review is decided exactly when it carries the day it was.",
    )

    @api.depends("line_ids.assessment")
    def _compute_left_count(self):
        lines = self.env["complaint.review.line"].sudo()
        counts = dict(
            lines._read_group(
                [("review_id", "in", self.ids), ("assessment", "=", False)],
                ["review_id"],
                ["__count"],
            )
        )
        for review in self:
            review.left_count = counts.get(review._origin.sudo(), 0)

    def _has_ended(self):
        return self.state == DECIDED

    @api.model
    def _open_ones(self):
        return [("state", "!=", DECIDED)]

    @api.model
    def _year_due(self, policy):
        return policy._review_year()

    @api.model
    def _open_for(self, policy, year):
        return policy._open_review(year)

    def _task(self):
        kind = self.env.ref("klagebehandling.mail_activity_type_review")
        return kind, self.env._("Review the procedure for %(year)s", year=self.year)

    def _writable(self):
        names = super()._writable()
        if any(review.state == DECIDED for review in self):
            return names
        return names | {"owner_id", "due_on", "conclusion", "line_ids"}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A review stays. Correct it by a new one."))

    # -- acts

    def action_keep_by_program(self):
        """Assess as kept what the program sees to by itself, where nothing is said."""
        self._begin()
        lines = self.line_ids.filtered(
            lambda line: line.is_by_program and not line.assessment
        )
        lines.write({"assessment": "kept"})
        return True

    def action_decide(self, text=None):
        """Decide the review, which stands from then on (C-35).

        :param text: the conclusion, where it has not been written yet
        :raises UserError: while a clause is not assessed, one that is not kept lacks
            its comment, or there is no conclusion
        """
        for review in self:
            review._begin()
            conclusion = (text or review.conclusion or "").strip()
            review._check_decidable(conclusion)
            review_sudo = review.sudo()
            review_sudo.write(
                {
                    "state": DECIDED,
                    "conclusion": conclusion,
                    "decided_on": fields.Date.context_today(review),
                    "decided_by_id": self.env.uid,
                }
            )
            review_sudo._enter("review_decided", conclusion=conclusion)
            review_sudo._end_tasks()
        return True

    def action_correct(self):
        """Open a new review in the place of a decided one, with all that stands in it.

        The figures stay those that were frozen.

        :return: action that opens the new review
        """
        self.ensure_one()
        self.check_access("write")
        old = self.sudo()
        newest = old.search(old._same_year(), order="revision desc", limit=1)
        if old.state != DECIDED or newest != old:
            raise UserError(
                self.env._("Only the newest decided review of a year is corrected.")
            )
        new = old.copy(
            {
                **old._prepare_revision(DAYS_TO_CORRECT),
                "state": "under_way",
                "corrects_id": old.id,
                "decided_on": False,
                "decided_by_id": False,
                "line_ids": [
                    Command.create(line._prepare_again(is_assessed=True))
                    for line in old.line_ids
                ],
                "figure_ids": [
                    Command.create(figure._prepare_again()) for figure in old.figure_ids
                ],
            }
        )
        new._enter("review_opened")
        new._ask()
        return new._open_form()

    def action_open_document(self):
        """Open the review as a page to read, or to print.

        :return: action that opens it in a new tab
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/klagebehandling/review/{self.id}",
            "target": "new",
        }

    def _make_page(self):
        """The review as a page, in the procedure's language, as its reader may see it.

        The printing addon lays it out on paper by the same template.

        :return: bytes
        """
        lang = self.policy_id.sudo()._spoken()
        review = self.with_context(lang=lang)
        chapter = review.line_ids._fields["chapter"]
        labels = dict(chapter._description_selection(review.env))
        values = {
            "review": review,
            "title": review.display_name,
            "chapters": [
                (
                    label,
                    review.line_ids.filtered(lambda line, c=code: line.chapter == c),
                )
                for code, label in labels.items()
            ],
            "html_lang": html_lang(lang),
        }
        html = review.env["ir.qweb"]._render("klagebehandling.review_page", values)
        return (Markup("<!DOCTYPE html>\n") + html).encode()

    # -- what stands behind the acts

    def _begin(self):
        """Ask for the rights, and whether the review is still open."""
        self.check_access("write")
        if any(review.state == DECIDED for review in self):
            raise UserError(
                self.env._("This review is decided. Correct it by a new one.")
            )

    def _check_decidable(self, conclusion):
        if self.left_count:
            raise UserError(
                self.env._(
                    "%(count)s clauses are not assessed yet.", count=self.left_count
                )
            )
        bare = self.line_ids.filtered(
            lambda line: (
                line.assessment in ("partly", "not")
                and not (line.comment or "").strip()
            )
        )
        if bare:
            raise UserError(
                self.env._(
                    "Write a comment to what is not kept, or kept in part: %(codes)s.",
                    codes=", ".join(line.code or line.name for line in bare),
                )
            )
        if not self.line_ids or not conclusion:
            raise UserError(
                self.env._("Write the conclusion, and enter at least one clause.")
            )
