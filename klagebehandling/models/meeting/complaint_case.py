from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing import keyring, receipt_code

# What both parties have agreed on, so that both must have signed.
AGREED = ("resolved", "resolved_at_once")
# Set by the page of who is signed in: the account shows who it is, not the code.
BY_ACCOUNT = "complaint_by_account"


class ComplaintCase(models.Model):
    """The meetings of a case and their minutes, and what closing asks of them (A-13).

    Also the code: one that staff have seen neither signs nor withdraws. Whoever holds
    it draws a new one first, which only the own page shows.
    """

    _inherit = "complaint.case"

    meeting_ids = fields.One2many("complaint.meeting", "case_id", string="Meetings")
    minutes_ids = fields.One2many("complaint.minutes", "case_id")
    code_drawn_on = fields.Date(
        string="New code drawn",
        readonly=True,
        copy=False,
        help="The complainant has a code that none of us has seen since then.",
    )
    # Of the code that staff had seen, once it is replaced: it opens nothing, and its
    # holder is told that it was replaced.
    code_seen_hash = fields.Char(groups=fields.NO_ACCESS, copy=False, index=True)
    next_milestone = fields.Selection(
        selection_add=[("sign", "Signing of the minutes")],
        ondelete={"sign": "set null"},
    )
    is_minutes_signed = fields.Boolean(
        related="policy_id.is_minutes_signed", string="Minutes are signed"
    )

    def _writable(self):
        return super()._writable() | {"meeting_ids"}

    def _check_not_ended(self):
        if any(case._has_ended() for case in self):
            raise UserError(self.env._("The case has ended. Reopen it first."))

    def _is_nav_welcome(self):
        """Whether NAV can take part: as the procedure says, at no municipal place."""
        case = self.sudo()
        return case.policy_id.is_nav_partner and case.place_type != "municipal"

    def _delayable(self, milestone):
        """Nobody is told that the own signature is late."""
        rows = super()._delayable(milestone)
        return rows.filtered(lambda row: row.milestone != "sign")

    # -- closing

    def _check_closing(self):
        """A matter that is resolved has minutes which both have signed (A-13)."""
        super()._check_closing()
        case = self.sudo()
        if not case.policy_id.is_minutes_signed or case.outcome not in AGREED:
            return
        last = case._minutes_last(case.minutes_ids)
        if "draft" in last.mapped("state"):
            raise UserError(
                self.env._(
                    "Minutes are being written: freeze them and have them signed by "
                    "both, or discard the draft. Then close the case as resolved."
                )
            )
        is_signed = last and set(last.mapped("state")) == {"signed"}
        was_met = last or "held" in case.meeting_ids.mapped("state")
        if is_signed or (case.outcome == "resolved_at_once" and not was_met):
            return
        raise UserError(
            self.env._(
                "The procedure demands minutes that both parties have signed before a "
                "case closes as resolved: see “Meeting and minutes”. Where that cannot "
                "be had, close it as unresolved: the person is told how to go on."
            )
        )

    def _close_unsigned(self, minutes):
        """Close as unresolved what nobody signed, two reminders later.

        Where we have not signed ourselves, or something else is missing, the handler is
        asked to look at it.
        """
        case = self.sudo()
        if case._has_ended():
            return
        own = case.with_context(lang=case.policy_id._spoken(case.lang)).env
        reason = own._(
            "We asked you twice to sign the minutes of our meeting and have not heard "
            "from you. You can still sign them."
        )
        if minutes.is_signed_by_us:
            try:
                with self.env.cr.savepoint():
                    case.action_close("unresolved", reason=reason)
                    return
            except UserError:
                self.env.invalidate_all()
        case._tell_said("minutes_unsigned")

    @api.model
    def _say_news(self, what, env):
        own = {
            "meeting": env._("The complainant answered the invitation"),
            "minutes_signed": env._("The complainant has signed the minutes"),
            "minutes_refused": env._("The complainant does not sign the minutes"),
            "minutes_remarked": env._(
                "The complainant has remarked on the minutes: read and sign them anew"
            ),
            "minutes_unsigned": env._(
                "The minutes are not signed after two reminders: close the case, or "
                "write to the person"
            ),
        }
        return own[what] if what in own else super()._say_news(what, env)

    # -- what the complainant reads and does

    @api.model
    def _minutes_last(self, minutes):
        """The last version of each meeting among some minutes."""
        last = minutes.browse()
        for versions in minutes.grouped("meeting_id").values():
            last |= versions.sorted("version")[-1:]
        return last

    def _minutes_frozen(self):
        """The latest frozen minutes of each meeting, as superuser."""
        minutes = self._submission().minutes_ids
        return self._minutes_last(minutes.filtered(lambda one: one.state != "draft"))

    def _minutes_to_read(self):
        """Those of them whose text has not been removed."""
        return self._minutes_frozen().filtered(lambda one: not one.text_erased_on)

    def _meetings_to_come(self):
        """The meetings that the complainant is called to."""
        meetings = self._submission().meeting_ids
        now = fields.Datetime.now()
        return meetings.filtered(
            lambda one: one.state == "called" and one.start_at > now
        ).sorted("start_at")

    # -- the code

    def _is_code_own(self):
        """Whether no one of us can have seen the code in force.

        It was shown on the public page to who sent the form, or drawn there since. Of
        what a colleague or another system registered, they were shown it.
        """
        case = self.sudo()
        public_id = self.env["ir.model.data"]._xmlid_to_res_id("base.public_user")
        return bool(case.code_drawn_on) or case.create_uid.id == public_id

    def _shown_code(self):
        """The colleague who registered it, and so was shown its first code.

        Nobody, where the person did so on the page, or the mail of a gateway.
        """
        case = self.sudo()
        case = case.parent_id or case
        nobody = self.env.ref("base.public_user") | self.env.ref("base.user_root")
        return case.create_uid - nobody

    def _check_code_own(self):
        """Refuse what only the person may do, where the code may be known to others.

        :raises IntakeRefused: that says to draw a new one
        """
        if self.env.context.get(BY_ACCOUNT) or self._is_code_own():
            return
        problem = self.env._(
            "One of us has seen your code. Draw a new one below first: it is shown to "
            "you only. Then do this again."
        )
        self.env["complaint.intake"]._refuse({"": problem})

    def _draw_code(self):
        """Give the person another code, in place of the one that was used to come here.

        :return: the code; it is shown once and kept as a keyed hash
        """
        code = receipt_code.make()
        self._put_code(code)
        return code

    def _put_code(self, code):
        """Put a code in force that the person has drawn and kept."""
        self.ensure_one()
        case = self.sudo()
        values = {
            "access_code_hash": keyring.keyed_hash("access code", code),
            "code_drawn_on": case._today(),
        }
        if not case._is_code_own():
            values["code_seen_hash"] = case.access_code_hash
        case.write(values)
        case._log("code_drawn")
        case._write_to_complainant("code_drawn")

    def _take_back(self):
        self._check_code_own()
        return super()._take_back()
