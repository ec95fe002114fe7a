from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...roles import FACTS
from .complaint_deadline import OWN_MILESTONES


class ComplaintCase(models.Model):
    """Adds that the head follows up each case, and what nobody has followed up yet."""

    _inherit = "complaint.case"

    next_milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "set null" for code, _label in OWN_MILESTONES},
    )
    followup_ids = fields.One2many(
        "complaint.followup", "case_id", string="Follow-ups by the head"
    )
    followed_up_on = fields.Date(
        string="Followed up by the head", readonly=True, copy=False, groups=FACTS
    )
    is_follow_up_due = fields.Boolean(
        string="Not yet followed up",
        compute="_compute_is_follow_up_due",
        compute_sudo=True,
        search="_search_is_follow_up_due",
        groups=FACTS,
    )
    can_follow_up = fields.Boolean(compute="_compute_can_follow_up")

    @api.depends("followed_up_on", "policy_id.is_followed_up", "kind", "is_repeat")
    def _compute_is_follow_up_due(self):
        due = self._domain_follow_up_due()
        for case in self:
            case.is_follow_up_due = bool(case.filtered_domain(due))

    def _search_is_follow_up_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        due = self._domain_follow_up_due()
        return due if True in value else ~due

    @api.model
    def _domain_follow_up_due(self):
        """What is to be followed up: all but praise, and what came twice (D-45)."""
        return (
            Domain("policy_id", "any!", [("is_followed_up", "=", True)])
            & Domain("followed_up_on", "=", False)
            & Domain("kind", "!=", "praise")
            & Domain("is_repeat", "=", False)
        )

    @api.depends_context("uid")
    @api.depends("policy_id", "unit_id")
    def _compute_can_follow_up(self):
        for case in self:
            case.can_follow_up = self.env.user in case._followers()

    def action_follow_up(self, note=None):
        """Record that the head has followed up these cases (D-45).

        :param note: what was seen, if anything is to be remarked
        :raises UserError: for whoever the procedure does not give it to
        """
        self.check_access("write")
        followups = self.env["complaint.followup"]
        followups.create([{"case_id": case.id, "note": note} for case in self])
        return True

    def _check_follower(self):
        """Refuse a follow-up where the procedure has none, or to whom it is not given.

        :raises UserError: in the same words, whoever it is given to
        """
        self.check_access("write")
        case = self.sudo()
        if not case.policy_id.is_followed_up and not case._deadlines("follow_up"):
            raise UserError(
                self.env._("The procedure does not ask the head to follow up cases.")
            )
        if self.env.user not in case._followers():
            raise UserError(
                self.env._(
                    "This case is followed up by whom the procedure names for that, or "
                    "by who leads at the top of the line."
                )
            )

    def _followers(self):
        """Who may follow up the case, all of whom read it: users, as superuser.

        Never somebody behind its wall, nor a person of the case.
        """
        case = self.sudo()
        out, unit = case._kept_out(), case.unit_id
        if not case.is_restricted:
            versions = case.policy_id._versions(case.policy_id.code, case.company_id)
            leading = unit.line_manager_ids.filtered(
                lambda user: unit._can_handle(user, out)
            )
            named = (versions | case.policy_id).follower_id & leading
            if named:
                return named
            for one in unit._heads_first():
                if heads := (one.manager_id | one.deputy_id) & leading:
                    return heads
        user, _route = unit._receiver(case.policy_id, out, is_restricted=True)
        return user

    def _writable(self):
        return super()._writable() | {"followup_ids"}
