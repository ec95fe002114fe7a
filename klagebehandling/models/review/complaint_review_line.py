from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .complaint_action import IMPULSES
from .complaint_clause import CHAPTERS
from .complaint_review import DECIDED
from .complaint_review_figure import FIGURES

ASSESSED = {"assessment", "comment", "impulse"}
# What an organisation whose procedure came with no clauses types in.
TYPED = {"code", "chapter", "name", "figure"}
# A measure that comes of a review is due so many days later, and looked at after that.
DUE_DAYS, CHECK_DAYS = 90, 180


class ComplaintReviewLine(models.Model):
    """One clause in a review: what is promised, what shows it, and what it is worth."""

    _name = "complaint.review.line"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Clause under review"
    _order = "review_id desc, code, id"

    review_id = fields.Many2one(
        "complaint.review", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True)
    year = fields.Integer(related="review_id.year")
    review_state = fields.Selection(related="review_id.state", string="Review")
    code = fields.Char(string="Clause")
    chapter = fields.Selection(CHAPTERS, required=True, default="pro")
    name = fields.Char(string="What it says", required=True)
    is_typed = fields.Boolean(string="Typed in", readonly=True, default=True)
    is_by_program = fields.Boolean(
        string="Kept by the program",
        readonly=True,
        help="The program sees to it by itself, as long as it is used.",
    )
    figure = fields.Selection(FIGURES, help="Which of the frozen figures shows it.")
    evidence = fields.Char(string="What shows it", compute="_compute_evidence")
    assessment = fields.Selection(
        [
            ("kept", "Kept"),
            ("partly", "Kept in part"),
            ("not", "Not kept"),
            ("irrelevant", "Not relevant"),
        ]
    )
    comment = fields.Text()
    impulse = fields.Selection(
        IMPULSES,
        string="Why improve it",
        help="What an improvement of it comes of.",
    )
    action_ids = fields.One2many(
        "complaint.action", "review_line_id", string="Measures", readonly=True
    )
    has_measure = fields.Boolean(
        compute="_compute_measure", search="_search_has_measure"
    )
    measure = fields.Char(
        compute="_compute_measure", help="What came of it, and how far it is."
    )

    @api.depends("figure", "review_id.figure_ids")
    @api.depends_context("uid", "lang")
    def _compute_evidence(self):
        figures = {
            (one.review_id.id, one.key): one.text for one in self.review_id.figure_ids
        }
        for line in self:
            line.evidence = figures.get((line.review_id._origin.id, line.figure))

    @api.depends("action_ids.state", "action_ids.due_on")
    @api.depends_context("lang")
    def _compute_measure(self):
        # Of the organisation and of no case: whoever reads the line may know of it.
        labels = self.env["complaint.action"]._fields["state"]
        labels = dict(labels._description_selection(self.env))
        for line in self:
            actions = line.sudo().action_ids
            line.has_measure = bool(actions)
            line.measure = "; ".join(
                f"{labels[action.state]} ({action.done_on or action.due_on})"
                for action in actions
            )

    def _search_has_measure(self, operator, value):
        if operator != "in":
            return NotImplemented
        some = fields.Domain("action_ids", "any!", [])
        return some if True in value else ~some

    @api.depends("code", "name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        self._check_known()
        for line in self:
            line.display_name = " ".join(filter(None, (line.code, line.name)))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.sudo()._begin_review()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.sudo()._begin_review()
        return result

    def _begin_review(self):
        """A review is under way as soon as somebody assesses something in it."""
        if any(line.assessment for line in self):
            opened = self.review_id.filtered(lambda review: review.state == "draft")
            opened.state = "under_way"

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su:
            return
        if operation == "create":
            ids = [vals.get("review_id") for vals in vals_list]
            if not all(isinstance(id_, int) and id_ for id_ in ids):
                raise UserError(self.env._("A clause belongs to a review."))
            self.env["complaint.review"].browse(ids)._begin()
        for vals in vals_list:
            is_named = operation == "create" or "name" in vals
            if is_named and not str(vals.get("name") or "").strip():
                raise UserError(self.env._("Write what the clause says."))

    def _writable(self):
        names = super()._writable()
        if any(line.review_id.sudo().state == DECIDED for line in self):
            return names
        if all(line.is_typed for line in self):
            names |= TYPED
        return names | ASSESSED

    @api.model
    def _creatable(self):
        return {"review_id", *TYPED, *ASSESSED}

    def action_improve(self, impulse=None):
        """Make a measure of the whole organisation of it (C-33, C-34).

        Whoever owns the review is asked to do it, as of any measure. Also after the
        review is decided.

        :param impulse: what it comes of, where that is not chosen yet: ``feedback``,
            ``audit``, ``best_practice`` or ``figure``
        :raises UserError: where nothing is chosen, or a measure is still to be done
        """
        if impulse is not None and impulse not in dict(IMPULSES):
            raise ValidationError(self.env._("Choose what the improvement comes of."))
        for line in self:
            line.check_access("write")
            why = impulse or line.impulse or (line.figure and "figure")
            if not why:
                raise UserError(self.env._("Choose what the improvement comes of."))
            line.sudo()._improve(why, self.env.user)
        return True

    def _improve(self, impulse, user):
        if self.action_ids.filtered(lambda action: action.state == "open"):
            raise UserError(self.env._("A measure is to be done already."))
        today = fields.Date.context_today(self)
        if self.review_state != DECIDED:
            self.impulse = impulse
        owners = self.company_id._complaint_owners()
        self.action_ids.create(
            {
                "company_id": self.company_id.id,
                "unit_id": self.review_id.policy_id._top_unit().id,
                "kind": "routine",
                "name": self.env._("Improve: %(clause)s", clause=self.name),
                "owner_id": (self.review_id.owner_id & owners or user).id,
                "due_on": today + timedelta(days=DUE_DAYS),
                "check_on": today + timedelta(days=CHECK_DAYS),
                "impulse": impulse,
                "review_line_id": self.id,
            }
        )

    def _prepare_again(self, is_assessed=False):
        """What a line is made of once more: next year, or in a correction."""
        names = {*TYPED, "is_typed", "is_by_program"}
        if is_assessed:
            names |= ASSESSED
        return {name: self[name] for name in names}
