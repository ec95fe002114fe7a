from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError


class ComplaintCase(models.Model):
    """Who must never notice a case, and the case's way around them."""

    _inherit = "complaint.case"

    _case_path = ""

    is_manager_known = fields.Boolean(
        readonly=True,
        copy=False,
        help="It has been said which manager the case concerns.",
    )
    is_line_walled = fields.Boolean(
        string="Not known whom it concerns",
        compute="_compute_is_line_walled",
        compute_sudo=True,
        help="Until somebody above says who it is, the unit's line is kept out.",
    )
    recused_user_ids = fields.Many2many(
        "res.users",
        "complaint_case_recusal",
        "case_id",
        "user_id",
        string="Recused",
        copy=False,
        readonly=True,
        groups="klagebehandling.group_manager,klagebehandling.group_custodian",
        help="Have said themselves that they must not handle the case.",
    )

    @api.depends(
        "about_manager",
        "is_manager_known",
        "party_ids.role",
        "party_ids.user_id",
        "party_ids.is_outsider",
    )
    def _compute_is_line_walled(self):
        for case in self:
            case.is_line_walled = case._is_line_walled()

    def _find_wall(self, unit, subjects, is_line_walled):
        """Who must never notice the case.

        The persons complained about and everyone whose line of management runs
        through them. Where it is not known who it is, the line of the unit counts.

        :param subjects: users complained about
        :param is_line_walled: it concerns the nearest manager, or somebody only named
        """
        Unit = self.env["complaint.unit"].sudo()
        walled = subjects
        if subjects:
            led = Unit.search(
                [
                    "|",
                    ("manager_id", "in", subjects.ids),
                    ("deputy_id", "in", subjects.ids),
                ]
            )
            walled |= led._people()
        if is_line_walled:
            nearest = unit._line().sudo().filtered("manager_id")[:1]
            walled |= (nearest or unit.sudo())._people()
        if not unit._responsible(walled):
            # Whom the line ends with is not walled for having a place in the tree.
            walled -= unit.sudo().effective_policy_id.independent_id - subjects
        return walled

    def _subjects(self):
        """The persons complained about."""
        return self.party_ids.filtered(lambda party: party.role == "subject")

    def _unknown_subjects(self):
        """Those who are named, and nobody has said yet who that is."""
        return self._subjects().filtered(
            lambda subject: not (subject.user_id or subject.is_outsider)
        )

    def _is_line_walled(self):
        """Whether the wall stands on the unit: it is not known who it is about."""
        is_known = not self.about_manager or self.is_manager_known
        return not is_known or bool(self._unknown_subjects())

    def _names_manager(self):
        """Whether the nearest manager is among those who are complained about."""
        return self.unit_id._first_manager() in self._subjects().user_id

    def _check_movable(self):
        """Refuse to move a case whose wall stands on its unit: it would fall."""
        for case in self.sudo():
            if case._is_line_walled():
                raise UserError(
                    self.env._(
                        "Say first whom it concerns: enter that person with their "
                        "user. Then the case can be moved to another unit."
                    )
                )

    def _route_independently(self):
        """Give a case that turns out to be whistleblowing to the independent receiver.

        The stricter wall stays, whatever the case is called later (M29).
        """
        for case in self.sudo().filtered(lambda case: not case.is_restricted):
            receiver = case.policy_id.independent_id - case.walled_user_ids
            top = case.unit_id._line()[-1:]._responsible(case.walled_user_ids)
            case.write({"is_restricted": True, "handler_id": (receiver or top).id})
            case._revoke()

    def _renew_walls(self, units):
        """Let the walls grow around whom a re-organisation puts into the line.

        It takes nobody out: who is complained about could leave the line for the
        very purpose of seeing the case.
        """
        cases = self.search(
            [
                ("company_id", "in", units.company_id.ids),
                "|",
                ("about_manager", "=", True),
                "|",
                ("party_ids.role", "=", "subject"),
                ("recused_user_ids", "!=", False),
            ]
        )
        cases._update_wall(may_shrink=False)

    def _update_wall(self, may_shrink=True):
        """Set the wall anew and route the case around whoever now stands behind it.

        Who does that, perhaps without knowing of the case, leaves no trace in it.

        :param may_shrink: let go of whom no conflict of interest concerns any more;
            never while it is unknown whom the case is about
        """
        found = {}
        cases = self.with_user(SUPERUSER_ID)
        for case in cases._with_linked():
            if may_shrink and case._names_manager():
                case.is_manager_known = True
            walled = case._wall_with_linked(found)
            if case._is_line_walled() or not may_shrink:
                walled |= case.walled_user_ids
            if walled == case.walled_user_ids:
                continue
            added = walled - case.walled_user_ids
            case.walled_user_ids = walled
            case._log("wall_changed", count=len(walled))
            if case.handler_id in walled:
                next_up = case.unit_id._responsible(walled)
                case.is_restricted = case.is_restricted or not next_up
                case.handler_id = next_up or case.policy_id.independent_id
            if added:
                case._revoke()

    def _family(self):
        """The cases of one submission: what was split from it and what it was."""
        top = self.parent_id or self
        return top | top.child_ids

    def _with_linked(self):
        """The cases with those whose walls depend on theirs."""
        family = self._family()
        return family | family.search([("retaliation_of_id", "in", family.ids)])

    def _wall_with_linked(self, found):
        """The wall of the case and of those it tells of.

        One part of a submission names the other, and a report of retaliation names
        what it followed: who may not notice the one may not see the other.

        :param found: walls found before, by what they depend on
        """
        walled = self.env["res.users"]
        for case in self._family():
            subjects = case._subjects().user_id | case.recused_user_ids
            key = (case.unit_id, subjects, case._is_line_walled())
            if key not in found:
                found[key] = case._find_wall(*key)
            walled |= found[key]
        return walled | self._family().retaliation_of_id.walled_user_ids
