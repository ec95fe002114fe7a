import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...limits import TEXTS
from ...vocabulary import WHEN
from ..case.complaint_case_colleagues import TASKS
from ..identity.complaint_party import IDENTITY_FIELDS
from .incoming_mail import IncomingMail
from .submission_reader import SubmissionReader

KEPT = (*TEXTS, *WHEN[:2], "place_type")
NAMED = ("open", "protected")
# Whose a passed-on mail can be, and what the journal calls it.
ATTRIBUTED = {"other": "author", "own": "sender", "nobody": "not_found"}


# What the gateway would go on to store in the chatter, where identity has no place.
MASKED = ("author_id", "cc", "cc_filtered", "date", "email_from", "from", "in_reply_to")
MASKED += ("parent_id", "partner_ids", "recipients", "references", "reply_to", "to")
MASKED += ("to_filtered", "subject", "x_odoo_message_id")


class ComplaintCase(models.Model):
    """Adds what comes in to a case that is there: mail, a split, the person's own name.

    The mail gateway calls ``message_update``; the portal calls
    ``_become_named`` with what the person told by the receipt code.
    """

    _inherit = "complaint.case"

    receipt_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)

    is_complainant_asked = fields.Boolean(
        string="Who complains is not entered",
        readonly=True,
        copy=False,
        help="A colleague passed on an e-mail, and nobody has said yet whose it is.",
    )

    def message_update(self, msg_dict, update_vals=None):
        """Take an outsider's answer as correspondence; a colleague's stays talk."""
        if not self._is_colleague(msg_dict.get("author_id")):
            mailbox_sudo = self.env["complaint.mailbox"].sudo()
            incoming = IncomingMail.of_gateway(self.env, msg_dict)
            for case in self.sudo():
                mailbox_sudo._take_answer(case, incoming)
            is_known = all(
                mailbox_sudo._is_known(case, incoming.mail) for case in self.sudo()
            )
            what = "mail" if is_known else "mail_elsewhere"
            # One note for all who read the case: in the language of its procedure.
            spoken = self.sudo()[:1].policy_id._spoken()
            env = self.with_context(lang=spoken).env
            self._mask_mail(msg_dict, self._say_incoming(what, env))
        return super().message_update(msg_dict, update_vals=update_vals)

    def _mask_mail(self, mail, body):
        """Leave of an outsider's mail only what a colleague may read in the chatter.

        :param mail: the gateway's dict, from which it goes on to post
        :param body: what stands there instead
        """
        for key in MASKED:
            mail.pop(key, None)
        mail.update(
            {
                "attachments": [],
                "author_id": self.env.ref("base.partner_root").id,
                "body": body,
                "email_from": False,
                "is_internal": True,
                "message_id": False,
                "message_type": "comment",
            }
        )

    def _note_mail(self):
        """Say in the chatter that it came by e-mail; who wrote has no place there."""
        # Made here, as Odoo would name it by the second in which it came.
        self.env["mail.message"].sudo().create(
            {
                "model": self._name,
                "res_id": self.id,
                "body": self.env._("Received by e-mail."),
                "author_id": self.env.ref("base.partner_root").id,
                "message_type": "notification",
                "subtype_id": self.env.ref("mail.mt_note").id,
                "is_internal": True,
            }
        )

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The talk about a case is for who works it; auditors and custodians, who may
        only read the case, do not read it."""
        return dict.fromkeys(self, "write")

    def _is_colleague(self, partner_id):
        partner = self.env["res.partner"].sudo().browse(partner_id or [])
        return any(user._is_internal() for user in partner.user_ids)

    def action_split(self, category_ids):
        """Make what concerns some of the grounds a case of its own (E-21, D-51).

        It keeps the date of receipt and the persons; the complainant follows it with
        the code of this case.

        :param category_ids: ids of grounds of this case, not all of them
        :return: id of the new case
        :raises UserError: where nothing or everything would be split off
        """
        self.ensure_one()
        self.check_access("write")
        if self._has_ended():
            raise UserError(self.env._("The case has ended. Reopen it first."))
        grounds = self.category_ids.filtered(lambda ground: ground.id in category_ids)
        if not grounds or grounds == self.category_ids:
            raise UserError(
                self.env._("Choose some of the grounds, not all: the rest stays here.")
            )
        case_sudo = self.sudo()
        intake = self.env["complaint.intake"].with_company(self.company_id)
        result = intake._admit([case_sudo._prepare_split(grounds)])[0]
        child_sudo = case_sudo.browse(result["case_id"])
        if child_sudo._unreadable():
            child_sudo._refuse_unread()
        child_sudo.parent_id = case_sudo
        case_sudo._log("split", into=child_sudo.reference)
        child_sudo._log("split_from", case=case_sudo.reference)
        case_sudo.category_ids -= grounds
        return child_sudo.id

    def _prepare_split(self, grounds):
        """Values of the door for the matter that is split off."""
        received_at = pytz.utc.localize(self.received_at).isoformat()
        return {
            **{name: self[name] for name in KEPT if self[name]},
            "unit_id": self.unit_id.id,
            "policy": self.policy_id.code,
            # Registered by a colleague: the form's required fields bind no longer.
            "channel": "api" if self.channel == "web" else self.channel,
            "kind": self.kind,
            "categories": grounds.mapped("code"),
            "received_at": received_at,
            "anonymity": self.anonymity,
            "about_manager": self.about_manager,
            "wants_reply": self.wants_reply,
            "reply_channel": self.reply_channel,
            "lang": self.lang,
            "has_external_parties": self.has_external_parties,
            "invite": [role for role in (self.invite or "").split(",") if role],
            "parties": [party._prepare_split() for party in self.party_ids],
        }

    def _keep_code(self):
        """Give the code to nobody any more: the complainant has said to have it."""
        self.sudo().filtered("receipt_hash").receipt_hash = False

    def _ask_erasure(self):
        """Ask, by the receipt code, that what the person wrote is removed.

        Asked twice it is one request, until it is answered.
        """
        self.ensure_one()
        case = self.sudo()
        if case.text_erased_on or case._is_erasure_asked():
            return
        case._log("erasure_asked")
        case._tell_handler("erasure")

    def _is_erasure_asked(self):
        events = self.sudo().journal_ids.mapped("event")
        return "erasure_asked" in events and not self.sudo().text_erased_on

    def _become_named(self, values):
        """Keep who the person is, as told with the receipt code.

        What was stored before keeps its days without hours.

        :param values: ``anonymity`` (open or protected), at least one of ``name``,
            ``email``, ``phone``, ``street`` (with ``zip`` and ``city``), and maybe
            ``reply_channel``
        :raises IntakeRefused: with a message for each field
        """
        self.ensure_one()
        clean = self._read_naming(values)
        case = self.sudo()
        if case.anonymity != "anonymous":
            raise ValidationError(self.env._("It is known already who you are."))
        changes = {"anonymity": clean["anonymity"]}
        if clean.get("reply_channel"):
            changes["reply_channel"] = clean["reply_channel"]
        case.write(changes)
        case._name_complainant(clean)
        case._log("named_by_own_act", **changes)
        case._tell_handler("named")

    def _read_naming(self, values):
        """Check what the person tells.

        :return: the clean values
        :raises IntakeRefused: as :meth:`_become_named`
        """
        clean, problems = {}, {}
        reader = SubmissionReader(self.env)
        for name, read in self._naming_readers(reader).items():
            try:
                clean[name] = reader.read_without_code(read(values.get(name) or ""))
            except ValueError as error:
                problems[name] = str(error)
        problems |= self._missing_in_naming(clean, problems)
        if problems:
            self.env["complaint.intake"]._refuse(problems)
        return clean

    def _naming_readers(self, reader):
        """How each value is read, as at the door."""
        channels = self._fields["reply_channel"]._description_selection(self.env)

        def of_person(name):
            return lambda text: reader.read_party({name: text}).get(name, "")

        return {
            "anonymity": self._read_named,
            "reply_channel": lambda text: (
                text and reader.read_selection(text, channels)
            ),
            **{name: of_person(name) for name in IDENTITY_FIELDS},
        }

    def _read_named(self, text):
        if text not in NAMED:
            raise ValueError(self.env._("Please choose one."))
        return text

    def _missing_in_naming(self, clean, problems):
        missing = {}
        is_told = any(clean.get(name) for name in IDENTITY_FIELDS)
        if not is_told and not problems.keys() & {*IDENTITY_FIELDS}:
            missing["name"] = self.env._("Write your name, or how we can reach you.")
        letters = self.env["complaint.correspondence"]
        needed = letters._channel(clean.get("reply_channel")).needs
        if needed and not clean.get(needed) and needed not in problems:
            missing[needed] = self.env._(
                "Write this, or choose to be answered in another way."
            )
        return missing

    def _name_complainant(self, clean):
        """Seal the identity in the person of the case."""
        values = {name: clean[name] for name in IDENTITY_FIELDS if clean[name]}
        values["is_protected"] = clean["anonymity"] == "protected"
        person = self.party_ids.filtered(lambda party: party.role == "complainant")
        if person:
            person[0].write(values)
        else:
            door = self.env["complaint.party"].with_context(complaint_intake=True)
            door.create(dict(values, case_id=self.id, role="complainant"))

    def action_attribute(self, who, values=None, reason=None, written_on=None):
        """Say who complains in an e-mail that an employee has passed on.

        It is said once, and only where nothing is known of the person.

        :param who: ``other``, ``own`` (the employee who sent it) or ``nobody``
        :param values: of another person, at least one of ``name``, ``email``,
            ``phone``, ``street``, ``zip`` and ``city``
        :param reason: how that is known; required where it cannot be found out
        :param written_on: the day that the passed-on mail names, ISO date
        :raises UserError: where that is not asked, or was answered already
        """
        self.ensure_one()
        self.check_access("write")
        if not self.is_complainant_asked:
            raise UserError(self.env._("Who complains in this case is known already."))
        clean = self._read_attribution(who, values, reason)
        facts = {"complainant": ATTRIBUTED[who]}
        if reason:
            facts["reason"] = reason.strip()
        if day := self._read_written_on(written_on):
            facts["written_on"] = str(day)
        case_sudo = self.sudo()
        case_sudo._log("complainant_entered", **facts)
        case_sudo.is_complainant_asked = False
        if clean:
            case_sudo._name_complainant({**clean, "anonymity": self.anonymity})
            if who == "own":
                people = case_sudo.party_ids
                people.filtered(lambda one: one.role == "complainant").kind = "employee"
            case_sudo._send_to_complainant()
        case_sudo._finish_complainant_tasks()
        return True

    def _read_attribution(self, who, values, reason):
        """Check who is said to complain; nothing is stored.

        :return: clean values of the person; empty where it cannot be found out
        """
        if not isinstance(who, str) or who not in ATTRIBUTED:
            raise ValidationError(self.env._("Say who complains."))
        if reason is not None and not isinstance(reason, str):
            raise ValidationError(self.env._("Write in words how you know it."))
        if who == "other":
            return self._read_person(values)
        if who == "own":
            helper_sudo = self.sudo().assisted_by_id
            if not helper_sudo:
                raise ValidationError(self.env._("No employee sent it: say who wrote."))
            own = {"name": helper_sudo.name, "email": helper_sudo.email_normalized}
            return {**dict.fromkeys(IDENTITY_FIELDS, ""), **own}
        if not (reason or "").strip():
            raise UserError(self.env._("Write how you tried to find it out."))
        return {}

    def _read_person(self, values):
        """Check who somebody is said to be, as at the door.

        :raises IntakeRefused: with a message for each field
        """
        if not isinstance(values, dict) or values.keys() - {*IDENTITY_FIELDS}:
            raise ValidationError(self.env._("Choose what to enter of the person."))
        clean, problems = {}, {}
        reader = SubmissionReader(self.env)
        for name, text in values.items():
            try:
                clean[name] = reader.read_party({name: text}).get(name, "")
            except ValueError as error:
                problems[name] = str(error)
        if not any(clean.values()) and not problems:
            problems["name"] = self.env._("Write the name, or how we reach the person.")
        if problems:
            self.env["complaint.intake"]._refuse(problems)
        return {**dict.fromkeys(IDENTITY_FIELDS, ""), **clean}

    def _read_written_on(self, written_on):
        try:
            day = fields.Date.to_date(written_on or None)
        except (TypeError, ValueError) as error:
            raise ValidationError(
                self.env._("Write the day like this: 2026-03-16.")
            ) from error
        if day and day > self._today():
            raise ValidationError(self.env._("It cannot have been written later."))
        return day

    def _ask_complainant(self):
        """Ask who works the case whose the e-mail is that a colleague passed on."""
        self.is_complainant_asked = True
        user = self.handler_id.filtered("active") or self._superior(0)
        summary = self.with_context(lang=user.lang).env._("Who is the complainant?")
        today = fields.Date.context_today(self)
        self._plan_tasks("complainant", [(self, one, summary, today) for one in user])

    def _finish_complainant_tasks(self):
        kind = self.env.ref(TASKS % "complainant")
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        domain += [("activity_type_id", "=", kind.id)]
        self.env["mail.activity"].sudo().search(domain).unlink()

    def _send_to_complainant(self):
        """Send now what had failed because nobody knew whom to write to."""
        for letter in self.correspondence_ids:
            is_left = letter.state == "failed" and not letter.is_returned
            is_left = is_left and letter._is_to_complainant()
            person = letter.recipient_id
            if is_left and person and not letter._say_missing(person, letter.medium):
                letter._send_anew()

    def _tell_handler(self, what):
        """Give the handler something to read, without any of it in the task.

        :param what: a key of :meth:`_say_incoming`
        """
        today = fields.Date.context_today(self)
        user = self.handler_id.filtered("active") or self._superior(0)
        tasks = []
        for one in user:
            env = self.with_context(lang=one.lang).env
            tasks.append((self, one, self._say_incoming(what, env), today))
        self._plan_tasks("news", tasks)

    @api.model
    def _say_incoming(self, what, env):
        """What came in, in the words of who reads the task."""
        return {
            "mail": env._("The complainant wrote by e-mail."),
            "mail_elsewhere": env._("An e-mail came from another address."),
            "mail_whole": env._("An e-mail came to the case that this was split from."),
            "named": env._("The complainant has told us who it is"),
            "erasure": env._("The complainant asks that the text is removed"),
        }[what]

    def _recall_receipts(self):
        """Do not send the automatic receipts of these cases, which just came in."""
        self.sudo().correspondence_ids.filtered(
            lambda letter: letter.purpose == "receipt" and letter.state == "queued"
        )._recall(self.env._("The e-mail was answered already."))
