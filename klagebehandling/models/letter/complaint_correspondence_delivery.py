import smtplib
from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ...addresses import mail_address
from ...channels import BUILT_IN, HAND, QUEUE, Channel
from ...sealing import keyring
from .complaint_queue import NotDelivered

# Local hours in which people are written to.
OFFICE = (7, 20)


def _is_final(error):
    """Whether a mail server has said that it will never take this address."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _text in error.recipients.values())


class ComplaintCorrespondence(models.Model):
    """How a letter reaches the person: the queue, its tries and the next best way."""

    _inherit = "complaint.correspondence"

    message_id = fields.Char(
        readonly=True, copy=False, index="btree_not_null", help="Of the e-mail sent."
    )
    replaces_id = fields.Many2one(
        "complaint.correspondence",
        readonly=True,
        index="btree_not_null",
        help="The letter that could not be delivered.",
    )

    is_by_hand = fields.Boolean(
        compute="_compute_is_by_hand",
        search="_search_is_by_hand",
        help="A person prints it, calls about it or says it, and enters the proof.",
    )
    missing = fields.Char(
        compute="_compute_missing",
        compute_sudo=True,
        help="What its medium needs and is not known of the person it goes to.",
    )

    _due_mail = models.Index("(id) WHERE state IN ('queued', 'sending')")
    _unsettled = models.Index(
        "(id) WHERE direction = 'out' AND state IN ('sent', 'failed') "
        "AND settled_at IS NULL"
    )

    @api.depends("medium")
    def _compute_is_by_hand(self):
        media = self._media_of(HAND)
        for letter in self:
            letter.is_by_hand = letter.medium in media

    def _search_is_by_hand(self, operator, value):
        if operator != "in":
            return NotImplemented
        by_hand = Domain("medium", "in", self._media_of(HAND))
        return by_hand if True in value else ~by_hand

    @api.depends("medium", "recipient_id", "state")
    def _compute_missing(self):
        for letter in self:
            is_open = letter.direction == "out" and letter.state != "sent"
            letter.missing = is_open and letter._say_missing(
                letter.recipient_id, letter.medium
            )

    @api.model
    def _media(self):
        """Hook: the ways of writing to somebody, and what each of them needs.

        An addon that adds one gives it a label with ``selection_add`` on ``medium``
        here and on ``reply_channel`` of the case, and calls super. Where it is not
        delivered by hand it also has ``_send_<medium>``; what that leaves to the
        queue with ``_wake_queue`` is sent by ``_post_<medium>``, a letter at a time.

        :return: dict from medium to ``channels.Channel``
        """
        media = dict(BUILT_IN)
        if not self._is_sms_on():
            media["sms"] = replace(media["sms"], sent_by=HAND)
        return media

    @api.model
    def _channel(self, medium):
        """What a medium needs; of one by which we never write, nothing is known."""
        return self._media().get(medium) or Channel()

    @api.model
    def _media_of(self, sent_by):
        media = self._media()
        return [name for name, channel in media.items() if channel.sent_by == sent_by]

    @api.model
    def _lacks(self, person, medium):
        """The field of a person that a medium needs and that is not known, or ``""``.

        :param person: one ``complaint.party``, or none
        """
        need = self._channel(medium).needs
        return "" if need and person.sudo()[need] else need

    @api.model
    def _say_missing(self, person, medium):
        """What :meth:`_lacks` finds, in words; empty where nothing is missing."""
        need = self._lacks(person, medium)
        return need and {
            "email": self.env._("No e-mail address is known."),
            "phone": self.env._("No phone number is known."),
            "street": self.env._("No street address is known."),
        }.get(need, self.env._("What this way of sending needs is not known."))

    def _is_to_complainant(self):
        """Hook: whether it is part of the dialogue with the complainant.

        What goes to others in the case is never shown to the complainant.
        """
        return True

    @api.model
    def _is_for_others(self, vals):
        """Hook: the same, asked of the values of a letter that is not made yet."""
        return False

    def _send(self):
        """Hand each queued document to its medium, all of one medium at once."""
        queued = self.filtered(lambda letter: letter.state == "queued")
        for letter in queued.sudo():
            letter.queued_on = letter.case_id._today()
        for medium, letters in queued.grouped("medium").items():
            getattr(letters, f"_send_{medium}", letters._send_by_hand)()
        return self

    def _send_portal(self):
        """Publish on the status page: readable there from now on."""
        self._mark_sent(self.env._("Published on the status page"))

    def _send_email(self):
        self._wake_queue()

    @api.model
    def _wake_queue(self):
        """Leave it to the queue, so that no other server ever delays an action."""
        self.env.ref("klagebehandling.ir_cron_send_correspondence").sudo()._trigger()

    def _send_sms(self):
        """Hand it to Odoo's SMS where that is installed, else to a colleague."""
        if self._is_sms_on():
            self._wake_queue()
        else:
            self._send_by_hand()

    @api.model
    def _is_sms_on(self):
        """Odoo's SMS is there and somebody has said that it is paid for."""
        parameters = self.env["ir.config_parameter"].sudo()
        is_on = parameters.get_param("klagebehandling.is_sms_sent") == "True"
        return is_on and "sms.sms" in self.env

    def _post_sms(self):
        """Send a text without content; the number is kept nowhere afterwards."""
        number = self._recipient_sudo().phone
        lang = self.case_id.policy_id._spoken(self.lang)
        text = self.with_context(lang=lang)._notice_text()
        sms = self.env["sms.sms"].sudo().create({"number": number, "body": text})
        sms.send(unlink_failed=False, unlink_sent=False, raise_exception=False)
        failure = sms.state == "error" and sms.failure_type
        sms.unlink()
        if failure:
            raise NotDelivered(failure)
        return self.env._("Text message")

    def _send_by_hand(self):
        """Ask the handler to say it, post it or send it, and to enter the proof."""
        today = fields.Date.context_today(self)
        tasks = []
        for letter in self:
            user = letter.case_id.handler_id or letter.case_id._superior(0)
            tasks.append((letter.case_id, user, letter._say_deliver(user), today))
        self.env["complaint.case"]._plan_tasks("delivery", tasks)
        self.meets_ids._plan_question()

    def _say_deliver(self, user):
        """The task in the words of who reads it."""
        reader = self.with_context(lang=user.lang)
        media = dict(reader._fields["medium"]._description_selection(reader.env))
        purposes = dict(reader._fields["purpose"]._description_selection(reader.env))
        return reader.env._(
            "%(medium)s: deliver “%(purpose)s” and enter the proof",
            medium=media[self.medium],
            purpose=purposes[self.purpose],
        )

    @api.model
    def _queued(self):
        return Domain("medium", "in", self._media_of(QUEUE))

    @api.model
    def _unsettled_domain(self):
        return super()._unsettled_domain() & Domain("direction", "=", "out")

    def _waits_until(self):
        return self._office_opens()

    def _prepare_taken(self):
        values = super()._prepare_taken()
        if self.medium == "email":
            values["message_id"] = self._stable_message_id()
        return values

    def _deliver(self):
        """Send one notice; the address is read now, and not kept with the letter."""
        if missing := self._say_missing(self._recipient_sudo(), self.medium):
            raise NotDelivered(missing)
        return getattr(self, f"_post_{self.medium}")()

    def _post_email(self):
        """Send a notice without content: that there is news, and where to read it."""
        address = mail_address(self._recipient_sudo().email)
        if not address:
            raise NotDelivered(self.env._("The e-mail address is not valid."))
        lang = self.case_id.policy_id._spoken(self.lang)
        message = self.with_context(lang=lang)._build_notice(address)
        # What cannot be delivered comes back to the organisation itself.
        server = self.env["ir.mail_server"].with_company(self.company_id)
        try:
            return server.send_email(message)
        except MailDeliveryException as error:
            if _is_final(error.__context__):
                raise NotDelivered(
                    self.env._("The mail server does not know the address.")
                ) from error
            raise

    def _office_opens(self):
        """When the next office hour starts, naive UTC; nothing where it is open now.

        A notice of delay goes out on its day, whatever the hour, and at once what
        would come too late for a promise that it keeps.
        """
        policy = self.case_id.policy_id
        local = policy._local(fields.Datetime.now())
        if OFFICE[0] <= local.hour < OFFICE[1]:
            return False
        is_evening = local.hour >= OFFICE[1]
        day = local.date() + timedelta(days=is_evening)
        opens_at = policy._day_start(day) + timedelta(hours=OFFICE[0])
        kept = self.meets_ids.filtered("is_open")
        is_pressing = any(row.due_at <= opens_at for row in kept)
        if is_pressing or (is_evening and self.purpose == "delay"):
            return False
        return opens_at

    def _send_another_way(self):
        """Open the next way for what could not be delivered, before the due date."""
        for letter in self:
            if medium := letter._next_medium():
                letter._send_anew(medium)

    def _send_anew(self, medium=None):
        """Send it once more to the same person, as a letter of its own.

        :param medium: in another way; in the same one without it
        """
        kept = self.meets_ids.filtered("is_open")
        self.copy(
            {
                "medium": medium or self.medium,
                "recipient_id": self.recipient_id.id,
                "state": "queued",
                "replaces_id": self.id,
                "deadline_id": self.deadline_id.id,
                "meets_ids": [Command.set(kept.ids)],
            }
        )._send()

    def _next_medium(self):
        """The next way that reaches the same person, or False."""
        recipient_sudo = self._recipient_sudo()
        for medium in self._channel(self.medium).then:
            if not self._lacks(recipient_sudo, medium):
                return medium
        return False

    def _bounce(self, message_ids):
        """A mail came back: the legal event is that the person was not reached (M61).

        That is kept on the letter whatever else happens: the report comes once. What
        follows from it touches the case, and is left to the queue where a colleague is
        at work there.

        :param message_ids: Message-Ids named by the bounce
        :return: whether one of them was ours
        """
        letters = self.sudo().search(
            [("message_id", "in", list(message_ids)), ("state", "=", "sent")]
        )
        for letter in letters:
            # Colleagues read it, whatever the language of the program that fetches.
            lang = letter.case_id.handler_id.lang or letter.case_id.policy_id._spoken()
            letter._write_failed(
                letter.with_context(lang=lang).env._("The e-mail came back.")
            )
        self.env.flush_all()  # who meets another worker here has kept nothing
        try:
            with self.env.cr.savepoint():
                letters._settle()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            self._wake_queue()
        return bool(letters)

    def _note_delivered(self, message_ids):
        """Add to the proof that the other side's server reports the delivery (M61).

        :param message_ids: Message-Ids named by the report
        """
        letters = self.sudo().search(
            [("message_id", "in", list(message_ids)), ("state", "=", "sent")]
        )
        for letter in letters:
            said = self.env._("reported as delivered")
            if said not in (letter.proof or ""):
                letter.proof = f"{letter.proof}; {said}"

    def _stable_message_id(self):
        """The same for each try: whoever receives a notice twice can tell.

        A worker that is killed after the mail server took a mail, and before that is
        stored, sends it again. A second notice without content does no harm, a lost
        one would.
        """
        key = keyring.keyed_hash("message", f"{self.env.cr.dbname}:{self.id}")
        domain = self.get_base_url().partition("://")[2].partition(":")[0]
        return f"<{key[:32]}.complaint@{domain or 'localhost'}>"

    def _notice_text(self):
        """Says that there is news and where to read it, and nothing else (M60)."""
        return self.env._(
            "There is news in your case with %(organisation)s. Open %(url)s and enter "
            "the code you got when you wrote to us. Do not answer this message.",
            organisation=self.company_id.name,
            url=f"{self.get_base_url()}/klage/status",
        )

    def _notice_subject(self):
        """Hook: the subject of a notice; it tells nothing of the case."""
        return self.env._("There is news in your case")

    def _notice_body(self):
        """Hook: the text of a notice by e-mail."""
        return self._notice_text()

    def _reply_to(self):
        """Hook: the address that an answer goes to; empty for the sender's."""
        return ""

    def _build_notice(self, address):
        return self.env["ir.mail_server"]._build_email__(
            email_from=self.company_id.email_formatted or self.env.user.email_formatted,
            email_to=[address],
            subject=self._notice_subject(),
            body=self._notice_body(),
            reply_to=self._reply_to() or None,
            message_id=self._stable_message_id(),
            headers={
                "Auto-Submitted": "auto-generated",
                # Reports of failure are wanted: they are not among these.
                "X-Auto-Response-Suppress": "OOF, AutoReply",
            },
        )
