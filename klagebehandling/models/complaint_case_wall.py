from odoo import models
from odoo.exceptions import UserError


class ComplaintCase(models.Model):
    """Who must never notice a case, and the case's way around them."""

    _inherit = "complaint.case"

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
            led = Unit.search([("manager_id", "in", subjects.ids)])
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

    def _is_line_walled(self):
        """Whether the wall stands on the unit: it is not known who it is about."""
        is_known = all(subject.user_id for subject in self._subjects())
        return self.about_manager or not is_known

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

    def _renew_walls(self, units):
        """Recompute the walls of the cases that units' people may now stand behind."""
        cases = self.search(
            [
                ("company_id", "in", units.company_id.ids),
                "|",
                ("about_manager", "=", True),
                ("party_ids.role", "=", "subject"),
            ]
        )
        cases._update_wall()

    def _update_wall(self):
        """Set the wall anew and route the case around whoever now stands behind it."""
        for case in self.sudo():
            walled = case._find_wall(
                case.unit_id, case._subjects().user_id, case._is_line_walled()
            )
            if walled == case.walled_user_ids:
                continue
            case.walled_user_ids = walled
            case._log("wall_changed", count=len(walled))
            if case.handler_id in walled:
                next_up = case.unit_id._responsible(walled)
                case.is_restricted = case.is_restricted or not next_up
                case.handler_id = next_up or case.policy_id.independent_id
