from datetime import timedelta
from secrets import token_hex

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_date

from ...roles import CUSTODIAN, READERS
from ...vocabulary import CHANNELS, REPLY_CHANNELS

MEDIA = list(dict(REPLY_CHANNELS + CHANNELS).items())
PURPOSES = [
    ("receipt", "Automatic receipt"),
    ("acknowledgement", "Acknowledgement of receipt"),
    ("delay", "Delay notice"),
    ("update", "Progress update"),
    ("reply", "Reply"),
    ("terms", "Notice of new time limits"),
    ("redirect", "Notice of redirection"),
    ("closing", "Notice of closing"),
    ("withdrawal", "Confirmation of withdrawal"),
    ("message", "Message"),
]
# What a person writes of a draft.
DRAFTED = {"purpose", "medium", "lang", "body"}
# Events of letters that leave or come in, which are bound as they are then.
BOUND = ("correspondence_sent", "message_received", "mail_from_elsewhere")


class ComplaintCorrespondence(models.Model):
    """One document to or from the complainant; outgoing rows are their own queue."""

    _name = "complaint.correspondence"
    _inherit = ["complaint.case.part", "complaint.queue"]
    _description = "Letter or message in a case"
    _order = "create_date desc, id desc"
    _rec_name = "purpose"
    _holds_files = True
    _words = ("body", "reason")

    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")], required=True, default="out"
    )
    purpose = fields.Selection(PURPOSES, required=True, default="message")
    medium = fields.Selection(MEDIA, required=True, default="portal")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("queued", "Queued"),
            ("sending", "Being sent"),
            ("sent", "Sent"),
            ("failed", "Failed"),
        ],
        required=True,
        default="draft",
        readonly=True,
    )
    # Not precomputed: Odoo reads what it precomputes as the user, who may not see it.
    recipient_id = fields.Many2one(
        "complaint.party",
        compute="_compute_recipient_id",
        store=True,
        readonly=False,
        copy=False,
        index="btree_not_null",
        groups=CUSTODIAN,
        help="Decided when the letter is made. The address is read when it is sent.",
    )
    recipient = fields.Char(
        compute="_compute_recipient",
        help="Whom it goes to, by the name that you may know.",
    )
    lang = fields.Char()
    body = fields.Html(groups=READERS)
    deadline_id = fields.Many2one(
        "complaint.deadline",
        string="Promise",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The promise that this letter moves; its date is the old one.",
    )
    new_due_on = fields.Date(string="New date", readonly=True)
    reason = fields.Text(
        readonly=True,
        groups=READERS,
    )
    meets_ids = fields.Many2many(
        "complaint.deadline",
        "complaint_correspondence_meets",
        "correspondence_id",
        "deadline_id",
        string="Promises it keeps",
        readonly=True,
        copy=False,
        help="Met when it is sent, not before.",
    )
    queued_on = fields.Date(
        string="Ready on", readonly=True, copy=False, help="Local day of the procedure."
    )
    told_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        help="Who told it in person, in the place of a letter.",
    )
    sent_at = fields.Datetime(readonly=True, copy=False)
    proof = fields.Char(readonly=True, copy=False, help="What shows that it was sent.")
    is_returned = fields.Boolean(
        string="Came back",
        readonly=True,
        copy=False,
        help="It had left, and came back.",
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)
    words_salt = fields.Char(
        groups=fields.NO_ACCESS, copy=False, default=lambda _self: token_hex(16)
    )

    _queue = models.Index("(id) WHERE state = 'queued'")
    _sent_state = models.Constraint(
        "CHECK (direction = 'in' OR (state = 'sent') = (sent_at IS NOT NULL))",
        "A letter is sent exactly when it carries the time it was sent.",
    )

    @api.depends("case_id", "direction")
    def _compute_recipient_id(self):
        written = self.filtered(lambda letter: letter.direction == "out")
        recipients = written.case_id._recipients()
        for letter in self:
            case_id = letter.case_id._origin.id if letter in written else False
            letter.recipient_id = recipients.get(case_id)

    @api.depends("recipient_id", "direction")
    @api.depends_context("uid", "lang")
    def _compute_recipient(self):
        for letter in self:
            recipient_sudo = letter._recipient_sudo()
            is_out = letter.direction == "out"
            letter.recipient = is_out and letter.case_id._say_recipient(recipient_sudo)

    @api.constrains("recipient_id", "case_id")
    def _check_recipient_id(self):
        for letter in self:
            if letter.recipient_id.case_id - letter.case_id:
                raise ValidationError(
                    self.env._("A letter goes to a person in its own case.")
                )

    @api.constrains("meets_ids", "case_id")
    def _check_meets_ids(self):
        for letter in self.sudo():
            if letter.meets_ids.case_id - letter.case_id:
                raise ValidationError(
                    self.env._("A letter keeps the promises of its own case.")
                )

    def _writable(self):
        """A draft; what is on its way or sent is not changed by anybody."""
        names = super()._writable()
        is_draft = all(
            letter.state == "draft" and letter.direction == "out" for letter in self
        )
        return names | DRAFTED if is_draft else names

    @api.model
    def _creatable(self):
        """A draft: the acts of a case make what goes out, and the door what came in."""
        return {"case_id", *DRAFTED}

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        if any(letter.state != "draft" for letter in self):
            raise UserError(self.env._("Only a draft can be deleted."))

    def _default_body(self, case, purpose, **values):
        """The organisation's standard words for a purpose, in the person's language."""
        lang = case.policy_id._spoken(case.lang)
        case = case.with_context(lang=lang)
        qweb = self.env["ir.qweb"].with_context(lang=lang)
        told = {"case": case, "policy": case.policy_id, "day": case._say_day}
        return qweb._render(
            f"klagebehandling.correspondence_{purpose}", {**told, **values}
        )

    def action_mark_sent(self, proof=None, sent_on=None):
        """Record that a person has sent or said it, and when.

        What the queue is to send counts once it has sent it, and is left alone here.

        :param proof: what shows it, such as a franking number or who was called
        :param sent_on: the local day, not before the letter was ready; today without
        :raises ValidationError: for a day on which it cannot have been sent
        """
        self.check_access("write")
        for letter in self.sudo():
            if letter._is_for_a_hand():
                letter._mark_sent(
                    proof or self.env._("By hand"), letter._read_sent_on(sent_on)
                )
        return True

    def _is_for_a_hand(self):
        """Whether a person may still hand it over: not what the queue will send."""
        if self.direction == "in" or self.state not in ("queued", "failed"):
            return False
        return self.state == "failed" or self.is_by_hand

    def _read_sent_on(self, sent_on):
        """The instant that counts for a day on which a person has sent it.

        Of an earlier day its last second: a limit in hours is not met on trust.

        :return: naive UTC; nothing for today, which is now
        """
        policy, today = self.case_id.policy_id, self.case_id._today()
        try:
            day = fields.Date.to_date(sent_on or today)
        except ValueError as error:
            raise ValidationError(
                self.env._("Write the day like this: 2026-03-16.")
            ) from error
        if not (self.queued_on or today) <= day <= today:
            raise ValidationError(
                self.env._(
                    "It was ready on %(first)s, and today is %(today)s: it can only "
                    "have been sent in between.",
                    first=format_date(self.env, self.queued_on or today),
                    today=format_date(self.env, today),
                )
            )
        if day == today:
            return None
        return policy._day_start(day + timedelta(days=1)) - timedelta(seconds=1)

    @api.model
    def _queue_notices(self, moves):
        """Queue the notices that tell of new dates.

        :param moves: list of ``(deadline, reason or False, new local date)``
        :return: the letters, queued and not yet handed to their medium
        """
        rows = []
        for deadline, reason, until in moves:
            case = deadline.case_id
            told = {"deadline": deadline, "reason": reason, "until": until}
            body = self._default_body(case, "delay", **told)
            rows.append(
                {
                    **case._prepare_letter("delay", body),
                    "deadline_id": deadline.id,
                    "new_due_on": until,
                    "reason": reason,
                }
            )
        return self.create(rows)

    def _recipient_sudo(self):
        """Whom the letter goes to; empty for who is anonymous, and where it came in."""
        return self.sudo().recipient_id

    def _mark_sent(self, proof, sent_at=None):
        """Write down that the letters have left, and do what follows from it.

        :param sent_at: naive UTC instant; now without it
        """
        self._write_sent(proof, sent_at)
        self._settle()

    def _write_sent(self, proof, sent_at=None):
        self.write(
            {
                "state": "sent",
                "sent_at": sent_at or fields.Datetime.now(),
                "proof": proof,
                "failure": False,
                "retry_at": False,
                "settled_at": False,
            }
        )

    def _mark_failed(self, failure):
        """Give the letter up in its medium, and go on with the next one (M61)."""
        self._write_failed(failure)
        self._settle()

    def _write_failed(self, failure):
        for letter in self:
            letter.write(
                {
                    "state": "failed",
                    "sent_at": False,
                    "is_returned": letter.state == "sent",
                    "failure": failure,
                    "retry_at": False,
                    "settled_at": False,
                }
            )

    def _settle(self):
        """Have the case take note of what has left, or could not: evidence, promises,
        tasks, the next way (M61).

        Only of what is not settled: done twice, it changes nothing. It may lose against
        a colleague who works in the case and be done again later; that the letter is
        out stands in its own row by then.
        """
        left = self.sudo().filtered_domain(self._unsettled_domain())
        if not left:
            return
        left.write({"settled_at": fields.Datetime.now()})
        failed = left.filtered(lambda letter: letter.state == "failed")
        sent = left - failed
        sent._log_letters("correspondence_sent")
        sent._meet_promises()
        sent._follow_sent()
        failed._log_letters("correspondence_failed")
        failed.filtered("is_returned")._promise_again()
        failed._send_another_way()

    def _meet_promises(self):
        """Meet what the letters keep, as of when each was sent."""
        for letter in self:
            letter.meets_ids._meet(letter.sent_at)

    def _follow_sent(self):
        """Hook: what else changes in the case once its letters have left.

        Called by ``_settle`` as superuser, after the promises are met.
        """
        self.filtered("meets_ids").case_id._finish_tasks()
        self.filtered("is_by_hand").case_id._finish_deliveries()

    def _recall(self, reason):
        """Do not send what waits; what it was to keep runs on without it."""
        if self:
            self._write_failed(reason)
            self.settled_at = fields.Datetime.now()
            self._log_letters("correspondence_failed")
            self.case_id._finish_deliveries()

    def _promise_again(self):
        """Of a letter that came back: what it had met is promised still.

        Not what another letter that has left met too.
        """
        for letter in self:
            rows = letter.meets_ids.filtered(
                lambda row: (
                    row.state == "met"
                    and not row.letter_ids.filtered(lambda one: one.state == "sent")
                )
            )
            again = (rows - rows.extends_id)._open_again()
            letter.meets_ids = [Command.link(row.id) for row in again]

    def _log_letters(self, event):
        """Enter what became of letters; what is sent, or came in, is bound as it is."""
        binds = {}
        if event in BOUND:
            binds = self.env["complaint.bound"]._bind_letters(self.sudo())
        self.env["complaint.journal"].sudo()._append(
            [
                (
                    letter.case_id.sudo(),
                    event,
                    {**letter._facts(), "row": letter.id, **binds.get(letter.id, {})},
                )
                for letter in self
            ]
        )

    def _facts(self):
        """What the journal keeps of how a letter has left, or why it could not."""
        facts = {"purpose": self.purpose, "medium": self.medium}
        if self.direction == "in":
            return facts
        if self.state != "sent":
            return {**facts, "failure": self.failure}
        if self.is_by_hand:
            day = self.case_id.policy_id._local(self.sent_at).date()
            facts |= {"queued_on": str(self.queued_on or day), "sent_on": str(day)}
        if self.told_by_id:
            facts["user"] = self.told_by_id.id
        return {**facts, "proof": self.proof}

    @api.depends("purpose")
    @api.depends_context("lang")
    def _compute_display_name(self):
        self._check_known()
        labels = dict(self._fields["purpose"]._description_selection(self.env))
        for letter in self:
            letter.display_name = labels.get(letter.purpose, "")
