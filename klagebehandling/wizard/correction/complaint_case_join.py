from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintCaseJoin(models.TransientModel):
    """Say that another case is about the same matter, and what follows from it."""

    _name = "complaint.case.join"
    _inherit = ["complaint.letter.dialog"]
    _description = "Same matter as another case"

    how = fields.Selection(
        [
            ("same", "Show each in the other"),
            ("treated", "Treat them together: each person gets an own answer"),
            (
                "repeat",
                "The same person sent it twice: end this one, the other goes on",
            ),
        ],
        string="What to do",
        required=True,
        default="same",
    )
    is_parting = fields.Boolean(
        readonly=True, help="It turns out not to be the same matter."
    )
    other_id = fields.Many2one(
        "complaint.case",
        string="Same matter as",
        domain="[('id', '!=', case_id), ('company_id', '=', company_id)]",
    )
    linked_id = fields.Many2one(
        "complaint.case",
        string="Not the same matter as",
        domain="[('id', 'in', same_matter_ids)]",
        compute="_compute_linked_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    company_id = fields.Many2one(related="case_id.company_id", related_sudo=False)
    same_matter_ids = fields.Many2many(
        related="case_id.same_matter_ids", related_sudo=False
    )
    reason = fields.Text(string="Why", required=True)

    @api.depends("case_id")
    def _compute_from_case(self):
        super()._compute_from_case()
        for dialog in self:
            if not dialog.case_id.wants_reply:
                dialog.medium = "portal"

    @api.depends("case_id", "is_parting")
    def _compute_linked_id(self):
        """Propose the only one there is."""
        for dialog in self:
            linked = dialog.case_id._origin.same_matter_ids
            is_only = dialog.is_parting and len(linked) == 1
            dialog.linked_id = is_only and linked

    @api.model
    def _told_fields(self):
        return [*super()._told_fields(), "how", "other_id"]

    def _standard_body(self):
        case, other = self.case_id._origin, self.other_id._origin
        if self.how != "repeat" or not case or not other or case == other:
            return False
        case.check_access("read")
        other.check_access("read")
        return case._say_joined(other)

    def action_confirm(self):
        """Link, join or part the cases.

        :raises UserError: where they cannot be joined; nothing typed is lost
        """
        case = self._begin()
        other = self.linked_id if self.is_parting else self.other_id
        if not other:
            raise UserError(self.env._("Choose the other case first."))
        step = "part" if self.is_parting else self.how
        getattr(self, f"_do_{step}")(case, other.id)
        return self._finish(case)

    def _do_same(self, case, other_id):
        case.action_link(other_id, self.reason)

    def _do_treated(self, case, other_id):
        case.action_join(other_id, self.reason)

    def _do_repeat(self, case, other_id):
        case.action_join(
            other_id,
            self.reason,
            is_repeat=True,
            body=self.body or None,
            medium=self.medium or None,
        )

    def _do_part(self, case, other_id):
        case.action_part(other_id, self.reason)
