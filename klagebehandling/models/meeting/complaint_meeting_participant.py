from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...vocabulary import PARTY_ROLES
from .complaint_meeting import PARTIES

# Never the person complained about: that one is heard apart (C-08).
ROLES = [("organisation", "For the organisation")]
ROLES += [pair for pair in PARTY_ROLES if pair[0] != "subject"]
UNASKED = (*PARTIES, "organisation", "service_user")
WRITTEN = {"answer", "attendance"}
# They have the minutes: on the own page, and here.
HOLDERS = ("complainant", "organisation")


class ComplaintMeetingParticipant(models.Model):
    """Somebody who takes part, with the consent of the complainant (A-21)."""

    _name = "complaint.meeting.participant"
    _inherit = ["complaint.case.part"]
    _description = "Person in a resolution meeting"
    _order = "id"
    _rec_name = "role"

    meeting_id = fields.Many2one(
        "complaint.meeting", required=True, ondelete="cascade", index=True
    )
    case_id = fields.Many2one(
        related="meeting_id.case_id",
        store=True,
        precompute=True,
        required=False,
        ondelete=None,
    )
    role = fields.Selection(ROLES, required=True)
    party_id = fields.Many2one(
        "complaint.party",
        string="Person",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('case_id', '=', case_id), ('role', '=', role)]",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Colleague",
        ondelete="restrict",
        domain="[('share', '=', False)]",
    )
    is_wished = fields.Boolean(
        string="Wished for",
        compute="_compute_is_wished",
        compute_sudo=True,
        help="The complainant has asked for this person.",
    )
    is_agreed = fields.Boolean(
        string="Agreed to",
        help="The complainant has agreed that this person takes part.",
    )
    answer = fields.Selection([("yes", "Comes"), ("no", "Cannot come")])
    attendance = fields.Selection([("present", "Was there"), ("absent", "Absent")])
    copy_on = fields.Date(
        string="Got a copy",
        readonly=True,
        copy=False,
        help="A copy of the signed minutes was handed over.",
    )
    may_get_copy = fields.Boolean(compute="_compute_may_get_copy", compute_sudo=True)

    @api.depends("role", "case_id.invite")
    def _compute_is_wished(self):
        for one in self:
            one.is_wished = one.role in (one.case_id.invite or "").split(",")

    @api.depends("role", "attendance", "meeting_id.minutes_ids.state")
    def _compute_may_get_copy(self):
        for one in self:
            is_there = one.attendance == "present" and one.role not in HOLDERS
            one.may_get_copy = is_there and bool(one._signed_document())

    @api.constrains("role", "party_id", "user_id")
    def _check_person(self):
        for one in self.sudo():
            party, case = one.party_id, one.meeting_id.case_id
            if party and (party.case_id != case or party.role != one.role):
                raise ValidationError(
                    self.env._("Choose a person of this case who has this role.")
                )
            if one.user_id & case._kept_out() or one.user_id.share:
                raise ValidationError(
                    self.env._("Choose a colleague who has no part in the case.")
                )
            if one.role == "external_caseworker" and not case._is_nav_welcome():
                raise ValidationError(
                    self.env._(
                        "NAV takes no part here: the place is a municipal one, or the "
                        "procedure does not offer it."
                    )
                )

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if operation == "create" and not self.env.su:
            ids = [vals.get("meeting_id") for vals in vals_list]
            meetings = self.env["complaint.meeting"].browse(filter(None, ids))
            meetings.check_access("write")
            if any(meeting.state != "planned" for meeting in meetings):
                raise UserError(
                    self.env._(
                        "The meeting has been called. Change it first: then who is "
                        "invited hears of it."
                    )
                )

    def _writable(self):
        names = super()._writable() | WRITTEN
        is_planned = all(one.meeting_id.state == "planned" for one in self)
        is_frozen = any(
            minutes.state != "draft" for minutes in self.meeting_id.minutes_ids
        )
        if is_frozen:
            return names - WRITTEN
        return names | {"party_id", "user_id", "is_agreed"} if is_planned else names

    @api.model
    def _creatable(self):
        return {"meeting_id", "role", "party_id", "user_id", "is_agreed", *WRITTEN}

    @api.ondelete(at_uninstall=False)
    def _unlink_planned_only(self):
        if any(one.meeting_id.state != "planned" for one in self):
            raise UserError(
                self.env._("Who was invited stays. Record that they were absent.")
            )

    def action_hand_copy(self):
        """Hand a copy of the signed minutes to who took part, and record that (A-13).

        To nobody else, and to nobody to whom the complainant has not agreed. It is the
        kept document: whoever is not to be known is named nowhere in it.

        :return: action that downloads it: for this user, for some minutes
        """
        self.ensure_one()
        self.check_access("write")
        self._check_welcome()
        if not self.may_get_copy:
            raise UserError(
                self.env._(
                    "A copy is handed to who was there, once both have signed the "
                    "latest version of the minutes."
                )
            )
        one = self.sudo()
        document = one._signed_document()
        one.copy_on = one.case_id._today()
        one.case_id._log(
            "minutes_handed", row=one.id, digest=document.digest, roles=[one.role]
        )
        return document.sudo(False).action_open()

    def _signed_document(self):
        """The last document of minutes that both have signed, in their last version."""
        minutes = self.meeting_id.minutes_ids.sorted("version")[-1:]
        kept = minutes.document_ids.filtered(
            lambda document: document.kind != "scan" and not document.text_erased_on
        )
        return kept.sorted("id")[-1:] if minutes.state == "signed" else kept.browse()

    def _check_welcome(self):
        """Refuse who takes part without that the complainant wants it (A-21)."""
        for one in self:
            is_asked = one.role in UNASKED or one.is_wished or one.is_agreed
            if not is_asked:
                raise UserError(
                    self.env._(
                        "Ask the complainant first: nobody but the two parties takes "
                        "part unless the complainant wants it. Then tick “Agreed to”, "
                        "or take this person out: %(role)s.",
                        role=one._say_role(),
                    )
                )

    def _say_role(self):
        labels = dict(self._fields["role"]._description_selection(self.env))
        return labels[self.role]

    def _say_roles(self):
        """Who else comes, for the letter: by role, no name leaves the house."""
        others = self.filtered(lambda one: one.role not in (*PARTIES, "organisation"))
        lang = self.case_id.policy_id._spoken(self.case_id.lang)
        return [one.with_context(lang=lang)._say_role() for one in others]

    def _say_name(self):
        """The name as it stands in minutes: none of who must not be known."""
        one = self.sudo()
        is_hidden = one.role in PARTIES and one.case_id.anonymity != "open"
        if is_hidden or one.party_id.is_protected:
            return ""
        return one.user_id.name or one.party_id.name or ""
