from secrets import token_hex

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

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
    sent_at = fields.Datetime(readonly=True, copy=False)
    proof = fields.Char(readonly=True, copy=False, help="What shows that it was sent.")
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
        lang = self.env["res.lang"]._get_code(case.lang or case.policy_id.lang)
        case = case.with_context(lang=lang)
        qweb = self.env["ir.qweb"].with_context(lang=lang)
        return qweb._render(
            f"klagebehandling.correspondence_{purpose}",
            {"case": case, "policy": case.policy_id, **values},
        )

    def action_mark_sent(self, proof=None):
        """Record that a person has sent or said it.

        :param proof: what shows it, such as a franking number or who was called
        """
        self.check_access("write")
        for letter in self.filtered(
            lambda letter: letter.state in ("queued", "failed")
        ):
            letter.sudo()._mark_sent(proof or self.env._("By hand"))
        return True

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

    def _mark_sent(self, proof):
        self._write_sent(proof)
        self._settle()

    def _write_sent(self, proof):
        self.write(
            {
                "state": "sent",
                "sent_at": fields.Datetime.now(),
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
        self.write(
            {
                "state": "failed",
                "sent_at": False,
                "failure": failure,
                "retry_at": False,
                "settled_at": False,
            }
        )

    def _settle(self):
        """Do what follows from letters that have left, or could not (M61).

        What was settled once is left alone: two workers may find the same letter.
        """
        left = self.filtered(
            lambda letter: letter.state in ("sent", "failed") and not letter.settled_at
        )
        if not left:
            return
        left.write({"settled_at": fields.Datetime.now()})
        failed = left.filtered(lambda letter: letter.state == "failed")
        (left - failed)._log_letters("correspondence_sent", "proof")
        failed._log_letters("correspondence_failed", "failure")
        failed._send_another_way()

    def _log_letters(self, event, told=None):
        """Enter what became of letters; what is sent, or came in, is bound as it is."""
        binds = {}
        if event in BOUND:
            binds = self.env["complaint.bound"]._bind_letters(self.sudo())
        self.env["complaint.journal"].sudo()._append(
            [
                (
                    letter.case_id.sudo(),
                    event,
                    {
                        "purpose": letter.purpose,
                        "medium": letter.medium,
                        "row": letter.id,
                        **binds.get(letter.id, {}),
                        **({told: letter[told]} if told else {}),
                    },
                )
                for letter in self
            ]
        )

    @api.depends("purpose")
    @api.depends_context("lang")
    def _compute_display_name(self):
        self._check_known()
        labels = dict(self._fields["purpose"]._description_selection(self.env))
        for letter in self:
            letter.display_name = labels.get(letter.purpose, "")
