from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_case import BY_ACCOUNT
from .complaint_deadline import REMINDERS

# How the complainant signs while one of us is there; each needs a witness.
WITNESSED = ("on_site", "paper")


class ComplaintMinutes(models.Model):
    """Who signs, in which way, and what follows where nobody does (A-13)."""

    _inherit = "complaint.minutes"

    signature_ids = fields.One2many("complaint.signature", "minutes_id")
    deadline_id = fields.Many2one(
        "complaint.deadline", readonly=True, copy=False, index="btree_not_null"
    )
    sign_by = fields.Date(string="Awaited until", related="deadline_id.due_on")
    is_signed_by_us = fields.Boolean(
        string="Signed by us", compute="_compute_signed", compute_sudo=True
    )
    is_signed_by_complainant = fields.Boolean(
        string="Signed by the complainant", compute="_compute_signed", compute_sudo=True
    )

    @api.depends("signature_ids.side", "signature_ids.is_refused")
    def _compute_signed(self):
        for minutes in self:
            minutes.is_signed_by_us = minutes._has_signed("organisation")
            minutes.is_signed_by_complainant = minutes._has_signed("complainant")

    def action_sign(self):
        """Sign for the organisation, with the own account.

        :raises UserError: for a version that is not the latest, or signed already
        """
        for minutes in self:
            minutes.check_access("write")
            minutes._check_signer()
            minutes._check_not_both()
            minutes.sudo()._sign("organisation", "account", user_id=self.env.uid)
        return True

    def action_refuse(self, reason=None):
        """Refuse for the organisation; the reason is part of the document.

        :raises UserError: without a reason
        """
        for minutes in self:
            minutes.check_access("write")
            minutes._check_signer()
            minutes.sudo()._sign(
                "organisation",
                "account",
                user_id=self.env.uid,
                is_refused=True,
                remark=reason,
            )
        return True

    def action_discard(self):
        """Throw a draft away: what was frozen before it counts again.

        :return: action that shows the case
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state("draft")
        self._check_pen()
        draft_sudo = self.sudo()
        meeting, case = draft_sudo.meeting_id, draft_sudo.case_id
        case._log("minutes_discarded", row=self.id, version=self.version)
        draft_sudo.unlink()
        before = meeting.minutes_ids.sorted("version")[-1:]
        if before.state == "frozen" and not before.is_signed_by_complainant:
            before._await_signature()
        return {
            "type": "ir.actions.act_window",
            "res_model": case._name,
            "res_id": case.id,
            "views": [(False, "form")],
        }

    def _check_signer(self):
        """Refuse who signs for us and is no clean party of it (A-13)."""
        minutes = self.sudo()
        others = minutes.case_id._kept_out() | minutes.signature_ids.witness_id
        if others & self.env.user:
            raise UserError(
                self.env._(
                    "You have a part in this case, or were the witness: somebody else "
                    "signs."
                )
            )

    def _check_not_both(self):
        """Refuse who was shown the code: nobody makes both signatures (A-13).

        Not where the complainant has signed before a witness, which takes no code.
        """
        minutes = self.sudo()
        is_witnessed = minutes.signature_ids.filtered(
            lambda one: one.witness_id and not one.is_refused
        )
        if self.env.user in minutes.case_id._shown_code() and not is_witnessed:
            raise UserError(
                self.env._(
                    "You registered this complaint and were shown its code. Let a "
                    "colleague sign for us, or have the person sign before a witness "
                    "first: then nobody can make both signatures."
                )
            )

    def _sign_before(self, way, witness, **values):
        """Record that the complainant signed, or refused, before a witness.

        :param way: ``on_site`` or ``paper``
        :param witness: a colleague who is neither a signing party nor the handler
        """
        self.ensure_one()
        self.check_access("write")
        case = self.sudo().case_id
        if way not in WITNESSED:
            raise UserError(self.env._("Choose how the complainant signed."))
        if case.anonymity != "open":
            raise UserError(
                self.env._(
                    "This person is not to be known: the minutes are signed with the "
                    "code, on the status page."
                )
            )
        self.sudo()._check_witness(witness.sudo())
        return self.sudo()._sign(
            "complainant",
            way,
            user_id=self.env.uid,
            witness_id=witness.id,
            **values,
        )

    def _check_witness(self, witness):
        case = self.case_id
        ours = self.signature_ids.filtered(lambda one: one.side == "organisation")
        parties = case.party_ids.user_id | case._kept_out() | case._have_handled()
        present = self.writer_id | self.meeting_id.participant_ids.user_id
        is_party = witness & (parties | present | ours.user_id | self.env.user)
        is_colleague = (
            witness.exists()
            and witness.active
            and not witness.share
            and case.company_id in witness.company_ids
        )
        if not is_colleague or is_party:
            raise UserError(
                self.env._(
                    "The witness is a colleague who has no part in the case: neither "
                    "who signs, nor who was at the meeting, nor a handler of the case, "
                    "nor who enters this."
                )
            )

    def _sign(self, side, way, is_refused=False, remark=None, sealed=None, **values):
        """Enter one signature, or a refusal, under this version.

        As superuser. Two at once: the second waits for the first and is refused.

        :param sealed: names and pictures, which are kept sealed
        :return: the signature
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("frozen", "refused")
        self._check_latest()
        remark = (remark or "").strip()
        if self._has_signed(side):
            raise UserError(self.env._("This version has been signed already."))
        if is_refused and not remark:
            raise UserError(self.env._("Write why it is not signed."))
        signature = self.env["complaint.signature"].create(
            {
                "minutes_id": self.id,
                "side": side,
                "way": way,
                "is_refused": is_refused,
                "remark": remark or False,
                "digest": self.digest,
                **values,
            }
        )
        signature._seal_person(sealed)
        self._follow_signature(signature)
        return signature

    def _take_turn(self):
        """Let nobody else sign meanwhile, and look at what stands there now."""
        if not self.try_lock_for_update():
            raise UserError(
                self.env._("Somebody is signing at this moment. Try again in a moment.")
            )
        self.invalidate_recordset()

    def _has_signed(self, side):
        return bool(
            self.signature_ids.filtered(
                lambda one: one.side == side and not one.is_refused
            )
        )

    def _follow_signature(self, signature):
        is_whole = self._has_signed("organisation") and self._has_signed("complainant")
        if is_whole:
            self.state = "signed"
        else:
            self.state = "refused" if signature.is_refused else "frozen"
        signature._log_signature(is_whole)
        if signature.side == "complainant":
            self._stop_waiting()
        self._keep_document()
        if is_whole:
            self._give_copy()

    def _give_copy(self):
        """Tell the complainant that the signed document is there, and who signed how.

        Whoever was said to have signed before a witness hears of it in this way too.
        """
        letters = self.env["complaint.correspondence"].sudo()
        lang = self.case_id.policy_id._spoken(self.case_id.lang)
        lines = self.with_context(lang=lang).signature_ids._document_lines()
        body = letters._default_body(
            self.case_id,
            "minutes_signed",
            minutes=self,
            lines=[line for line in lines if not line["is_refused"]],
        )
        self.case_id._write_to_complainant("minutes_signed", body)

    # -- the complainant, on the own page

    def _sign_there(self, way, digest, name=None, remark=None, is_refused=False):
        """The complainant signs or refuses on the own page.

        A remark becomes part of the document first: of a new version, which is then
        the one that is signed.

        :param way: ``portal`` or ``code``
        :param digest: of the version that was read
        :raises IntakeRefused: where it changed meanwhile, or something is missing
        """
        minutes = self._read_there(digest)
        case, problems = minutes.case_id, {}
        name, remark = (name or "").strip(), case._mask_codes((remark or "").strip())
        if minutes._has_signed("complainant"):
            problems[""] = self.env._("You have signed this already.")
        if is_refused and not remark:
            problems["text"] = self.env._("Write what you do not agree with.")
        if not is_refused and case.anonymity == "open" and not name:
            problems["name"] = self.env._("Write your name.")
        if problems:
            self._refuse_there(problems)
        if remark and not is_refused:
            minutes, remark = minutes._with_remark(remark), False
        is_named = case.anonymity == "open" and name
        signature = minutes._sign(
            "complainant",
            way,
            is_refused=is_refused,
            remark=remark,
            sealed={"name": name} if is_named else None,
            is_drawn=bool(minutes._is_code_drawn()),
        )
        case._tell_said("minutes_refused" if is_refused else "minutes_signed")
        return signature

    def _remark_there(self, digest, remark):
        """The complainant adds a remark, and signs nothing yet."""
        minutes = self._read_there(digest)
        case = minutes.case_id
        remark = case._mask_codes((remark or "").strip())
        if minutes._has_signed("complainant"):
            problem = self.env._(
                "You have signed these minutes. Write to us below instead."
            )
            self._refuse_there({"": problem})
        if not remark:
            self._refuse_there({"text": self.env._("Write your remark.")})
        new = minutes._with_remark(remark)
        new._await_signature()
        case._tell_said("minutes_remarked")
        return new

    def _read_there(self, digest):
        """This version, where it is still the one that the person has read."""
        try:
            self._take_turn()
        except UserError as error:
            self._refuse_there({"": str(error)})
        if self._is_being_changed():
            problem = self.env._(
                "We are writing a new version of these minutes, so nothing has been "
                "signed. You hear from us when it is ready to be read."
            )
            self._refuse_there({"": problem})
        if not self.is_latest or self.state == "draft" or self.digest != digest:
            problem = self.env._(
                "The minutes have changed since you opened this page. Nothing has been "
                "signed. Read them once more below, then go on."
            )
            self._refuse_there({"": problem})
        return self

    def _is_code_drawn(self):
        """Whether the code that signs replaced one which a colleague was shown."""
        is_by_account = self.env.context.get(BY_ACCOUNT)
        return not is_by_account and self.case_id._shown_code()

    def _is_being_changed(self):
        """Whether we have begun a new version, which nobody else reads yet."""
        return "draft" in self.meeting_id.minutes_ids.mapped("state")

    def _refuse_there(self, problems):
        """Say on the page of the case what is wrong; nothing typed is lost."""
        self.env["complaint.intake"]._refuse(problems)

    def _with_remark(self, remark):
        """A new version that holds a remark, frozen as the one before it."""
        said = "\n\n".join(filter(None, [self._all_remarks(), remark]))
        values = self._prepare_version(remarks=said, writer_id=False)
        self._stop_waiting()
        new = self.create(values)
        new.case_id._log("minutes_remarked", row=new.id, version=new.version)
        new._freeze()
        return new

    # -- where nobody signs

    def _ask_to_sign(self):
        """Write to the complainant that there are minutes, and wait for a while."""
        case = self.case_id
        letters = self.env["complaint.correspondence"].sudo()
        body = letters._default_body(
            case, "minutes", minutes=self, is_signed=case.policy_id.is_minutes_signed
        )
        case._write_to_complainant("minutes", body)
        self._await_signature()

    def _await_signature(self):
        case = self.case_id
        if case.policy_id.is_minutes_signed and not case._has_ended():
            day = case._today() + timedelta(days=case.policy_id.sign_days)
            deadlines = self.env["complaint.deadline"].sudo()
            self.deadline_id = deadlines.create(deadlines._prepare_signing(case, day))

    def _stop_waiting(self):
        """The person has reacted, or is asked for another version."""
        self.deadline_id._meet()

    def _no_reaction(self, row):
        """Remind twice; then leave it unsigned, and close the case as unresolved.

        It can be signed later all the same.

        :param row: the deadline that has passed
        """
        if self.case_id._has_ended():
            row._waive(self.env._("The case has ended."))
            return
        reminders = row._delay_count()
        if reminders >= REMINDERS:
            row._waive(self.env._("No reaction after two reminders."))
            self.case_id._log("minutes_unsigned", row=self.id, version=self.version)
            self.case_id._close_unsigned(self)
            return
        self.deadline_id = row._remind_again(self.env._("Reminded."))
        case = self.case_id
        case._log("minutes_reminded", row=self.id, version=self.version)
        letters = self.env["complaint.correspondence"].sudo()
        is_last = reminders + 1 == REMINDERS
        body = letters._default_body(
            case, "minutes_reminder", minutes=self, is_last=is_last
        )
        case._write_to_complainant("minutes_reminder", body)
