from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..case.complaint_case import LINKS

# What decides who stands behind the wall, apart from the persons of the case.
WALL_HANGS_ON = {"about_manager", "unit_id", *LINKS}
# Moved by actions only: the wall could be taken down with them.
CONFLICTS = {"is_manager_known", "recused_user_ids"}


class ComplaintCase(models.Model):
    """Adds the wall of a case: who must never notice it, and what they lose to it.

    ``_update_wall`` is called whenever a fact is written that decides who stands behind
    it: the wall grows, and lets go of somebody in ``action_identify`` only. ``_revoke``
    takes back tasks, messages, meetings and dialogs. Who that is, and who receives the
    case then, is asked of ``complaint.unit``.
    """

    _name = "complaint.case"
    _inherit = ["complaint.case", "complaint.revocation"]

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

    def write(self, vals):
        """Keep the wall around the case, whichever fact it hangs on is written."""
        result = super().write(vals)
        if WALL_HANGS_ON & vals.keys():
            self._update_wall()
        return result

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        for vals in vals_list if operation == "write" else ():
            if CONFLICTS & vals.keys() and not self.env.su:
                raise UserError(
                    self.env._(
                        "A conflict of interest is told by its button, not here."
                    )
                )
            if not vals.get("about_manager", True) and not self.env.su:
                self._check_kept_apart()
            if "handler_id" in vals and not self.env.su:
                self._check_handler(vals["handler_id"])
            if "unit_id" in vals:
                self._check_movable()

    def _check_kept_apart(self):
        """Refuse to take back that a case concerns the manager: it is identified."""
        if any(case.about_manager for case in self.sudo()):
            raise UserError(
                self.env._(
                    "Say whom it concerns, or that it is nobody among our users."
                )
            )

    def _check_handler(self, user_id):
        """Refuse a handler behind the wall in the words of any wrong choice."""
        for case in self.sudo():
            if user_id in case.walled_user_ids.ids:
                case._log_apart("assignment_refused", handler=user_id)
                raise UserError(
                    self.env._("This person cannot handle the case. Choose another.")
                )

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
            case.is_restricted = True
            if case._give_on():
                case._refuse_unread()
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
        cases._update_wall(is_act=False)

    def _update_wall(self, is_act=True, may_shrink=False):
        """Let the wall grow and route the case around whoever now stands behind it.

        Who does that, perhaps without knowing of the case, leaves no trace in it.

        :param is_act: done in the case itself, and refused where nobody is left to
            read it; else it waits for somebody
        :param may_shrink: let go of whom no conflict of interest concerns any more;
            never while it is unknown whom the case is about
        """
        cases = self.with_user(SUPERUSER_ID)._with_linked()
        before = cases._unreadable()
        added = cases._set_walls(is_act, may_shrink)
        changed = cases.filtered(lambda case: case in added)
        lost = changed.filtered(
            lambda case: case.handler_id in case.walled_user_ids or case._is_waiting()
        )
        left = lost._give_on()
        if not is_act:
            left._keep_waiting()
        elif left.filtered("handler_id") or changed._unreadable() - before:
            self._refuse_unread()
        for case in changed.filtered(added.get):
            case._revoke()

    def _part_from(self, users):
        """Give the case to others, where it was with who is a person of it now.

        It is a recusal: a witness does not handle the case, nor reads it (C-08).

        :raises UserError: where nobody else may receive it, or who does this would
            lose it: that person steps back in so many words
        """
        case = self.with_user(SUPERUSER_ID)
        users = users.with_user(SUPERUSER_ID) - case.walled_user_ids
        handler = case.handler_id & users
        if handler and handler == self.env.user and not self.env.su:
            raise UserError(
                self.env._(
                    "The case is yours. Step back from it first: then a colleague "
                    "enters you as a person of the case."
                )
            )
        if handler:
            case.barred_user_ids |= handler
            if case._give_on():
                self._refuse_unread()
            case._tell_receivers(handler)
        if users and case._is_lost():
            self._refuse_unread()
        if users:
            case._revoke()

    def _is_lost(self):
        """Whether nobody can read the case, though it does not wait for a receiver."""
        return bool(self._unreadable()) and not self._is_waiting()

    def _set_walls(self, is_act, may_shrink):
        """Set the walls of some cases as they have to be now.

        :return: by case whose wall has changed, the users who are new behind it
        """
        found, added = {}, {}
        for case in self:
            if is_act and case._names_manager():
                case.is_manager_known = True
            before, walled = case.walled_user_ids, case._wall_with_linked(found)
            if not may_shrink or any(one._is_line_walled() for one in case._family()):
                walled |= before
            if walled != before:
                added[case] = walled - before
                case.walled_user_ids = walled
                case._log(
                    "wall_changed",
                    count=len(walled),
                    taken_in=len(walled - before),
                    let_out=len(before - walled),
                )
        return added

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
                found[key] = case.unit_id._find_wall(*key[1:])
            walled |= found[key]
        return walled | self._family().retaliation_of_id.walled_user_ids

    def action_recuse(self, reason=None):
        """Step back from the case for a conflict of interest (M18).

        The user, and everyone whose line of management runs through them, stand
        behind the wall from now on; the case goes to the next in line.

        :param reason: why, in the user's words; required, not shown to auditors
        :raises UserError: without a reason
        """
        for case in self:
            case.check_access("write")
            if not isinstance(reason, str) or not reason.strip():
                raise UserError(self.env._("Write why you cannot handle the case."))
            case_sudo = case.sudo()
            case_sudo._log("recused", reason=reason.strip())
            case_sudo.recused_user_ids |= self.env.user
            case_sudo._update_wall()
        return True

    def action_identify(self, user_id=None, party_id=None):
        """Say whom the case is about, so that the wall stands where it belongs.

        Until then the whole line of the unit is kept out. Who is kept out for no
        reason any more may see the case from then on: nothing else lets anybody out,
        and the journal says how many it were.

        :param user_id: id of an employee; without it: nobody among our users
        :param party_id: id of the person of the case who was only named; without
            it the answer is which manager the case concerns
        :raises ValidationError: where these do not fit the case
        """
        self.ensure_one()
        self.check_access("write")
        user = self._read_employee(user_id)
        case = self.sudo()
        if party_id:
            subject = case._subjects().filtered(lambda party: party.id == party_id)
            if not subject:
                raise ValidationError(
                    self.env._("This is not a person whom the case is about.")
                )
            subject.write({"user_id": user.id, "is_outsider": not user})
        else:
            case.is_manager_known = True
            if user and user not in case._subjects().user_id:
                self.env["complaint.party"].create(
                    {"case_id": case.id, "role": "subject", "user_id": user.id}
                )
        case._log("subject_identified", known=bool(user))
        case._update_wall(may_shrink=True)
        return True

    def _read_employee(self, user_id):
        """The employee with an id; empty without one."""
        user = self.env["res.users"].sudo()
        if not user_id:
            return user
        user = user.search([("id", "=", user_id), ("share", "=", False)])
        if not user:
            raise ValidationError(self.env._("Choose one of your colleagues."))
        return user
