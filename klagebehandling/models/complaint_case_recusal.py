from odoo import fields, models
from odoo.exceptions import UserError, ValidationError


class ComplaintCase(models.Model):
    """Who must not handle a case, and who it is about, as people say themselves."""

    _inherit = "complaint.case"

    hearing_ids = fields.One2many("complaint.hearing", "case_id", string="Hearings")

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

        Until then the whole line of the unit is kept out.

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
        case._update_wall()
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
