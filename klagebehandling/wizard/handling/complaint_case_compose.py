from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext, is_html_empty

from ...channels import HAND

# The duty whose demanded elements a letter has to meet.
DUTIES = {"acknowledgement": "acknowledge", "reply": "reply"}
STANDARD = ("acknowledgement", "reply", "redirect")


class ComplaintCaseCompose(models.TransientModel):
    """Write to the complainant, seeing what the procedure demands and what is read."""

    _name = "complaint.case.compose"
    _inherit = ["complaint.case.dialog"]
    _description = "Write to the complainant"

    purpose = fields.Selection(
        [
            ("acknowledgement", "Acknowledgement of receipt"),
            ("reply", "Reply"),
            ("redirect", "Notice of redirection"),
            ("update", "Progress update"),
            ("message", "Message"),
        ],
        required=True,
        default="message",
        readonly=True,
    )
    medium = fields.Selection(
        "_get_media",
        string="Send by",
        required=True,
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    missing = fields.Char(
        compute="_compute_missing",
        compute_sudo=True,
        help="What the medium needs and is not known of the person it goes to.",
    )
    is_by_hand = fields.Boolean(compute="_compute_missing", compute_sudo=True)
    expected_on = fields.Date(
        string="Expected to be done",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    handler_id = fields.Many2one(
        "res.users",
        string="Handled by",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    remedy = fields.Text(
        string="How it was put right",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    is_every_point_answered = fields.Boolean(
        string="Every point that was raised is answered"
    )
    is_reasoned = fields.Boolean(string="The reasons are given")
    no_remedy_reason = fields.Text(
        string="Why nothing is put right",
        help="Kept in the journal of the case; say it in the text too.",
    )
    kind = fields.Selection(related="case_id.kind", related_sudo=False)
    is_complaint = fields.Boolean(compute="_compute_is_complaint")
    body = fields.Html(
        string="Text",
        compute="_compute_body",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    standard_body = fields.Html(compute="_compute_body", compute_sudo=False, store=True)
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    needs_expected_date = fields.Boolean(compute="_compute_needs")
    needs_handler = fields.Boolean(compute="_compute_needs")
    needs_remedy = fields.Boolean(compute="_compute_needs")

    @api.model
    def _get_media(self):
        ways = self.env["complaint.case"]._fields["reply_channel"]
        return ways._description_selection(self.env)

    @api.depends("case_id")
    def _compute_from_case(self):
        for letter in self:
            case = letter.case_id
            letter.medium = case.reply_channel or "portal"
            letter.expected_on = case.expected_on
            letter.handler_id = case.handler_id
            letter.remedy = case.remedy

    @api.depends("case_id", "medium")
    def _compute_missing(self):
        letters = self.env["complaint.correspondence"]
        for letter in self:
            # Read as superuser: ask the person.
            is_known = letter.case_id._origin.sudo(False).has_access("write")
            recipient = is_known and letter.case_id._recipient()
            letter.missing = is_known and letters._say_missing(recipient, letter.medium)
            letter.is_by_hand = letter.medium in letters._media_of(HAND)

    @api.depends("case_id", "purpose", "expected_on", "handler_id", "remedy")
    def _compute_body(self):
        for letter in self:
            standard = letter._standard_body()
            if letter._is_untouched():
                letter.body = standard
            letter.standard_body = standard

    @api.depends("case_id", "purpose")
    def _compute_is_complaint(self):
        for letter in self:
            letter.is_complaint = (
                letter.purpose == "reply" and letter.case_id.kind != "praise"
            )

    @api.depends("body", "medium", "case_id")
    def _compute_preview(self):
        labels = dict(self._fields["medium"]._description_selection(self.env))
        for letter in self:
            letter.preview = Markup(
                '<p class="text-muted border-bottom pb-2">{sender} · {medium} · '
                "{reference} · {recipient}</p>{body}"
            ).format(
                sender=letter.case_id.company_id.sudo().name or "",
                medium=labels.get(letter.medium, ""),
                reference=letter.case_id.reference or "",
                recipient=letter.case_id._say_recipient(letter.case_id._recipient()),
                body=letter.body or "",
            )

    @api.depends("case_id", "purpose")
    def _compute_needs(self):
        for letter in self:
            terms = letter._terms()
            letter.needs_expected_date = any(terms.mapped("needs_expected_date"))
            letter.needs_handler = any(terms.mapped("needs_handler"))
            letter.needs_remedy = any(terms.mapped("needs_remedy"))

    def action_send(self):
        """Send the letter and move the case as its purpose says.

        :raises UserError: where the text or an element of the procedure is missing;
            nothing typed is lost
        """
        case = self._begin()
        if is_html_empty(self.body):
            raise UserError(self.env._("Write the text first."))
        self._check_reply()
        self._complete(case)
        send = {
            "acknowledgement": case.action_acknowledge,
            "reply": case.action_answer,
            "redirect": case.action_redirect,
            "update": case.action_update,
            "message": case._send_message,
        }[self.purpose]
        send(body=self.body, medium=self.medium)
        return self._finish(case)

    def _check_reply(self):
        """Refuse a reply that leaves out what the person asked (C-27, D-16, D-17)."""
        if not self.is_complaint:
            return
        missing = []
        if not self.is_every_point_answered:
            missing.append(self.env._("that every point is answered"))
        if not self.is_reasoned:
            missing.append(self.env._("that the reasons are given"))
        if not self.remedy and not self.no_remedy_reason:
            missing.append(self.env._("what was put right, or why nothing is"))
        if missing:
            raise UserError(
                self.env._(
                    "Before a reply is sent, say %(missing)s.",
                    missing=", ".join(missing),
                )
            )
        if self.no_remedy_reason:
            self.case_id._log("no_remedy", reason=self.no_remedy_reason)

    def _complete(self, case):
        """Enter on the case what the letter tells."""
        changes = {
            name: self[name]
            for name in ("expected_on", "handler_id", "remedy")
            if self[name] and self[name] != case[name]
        }
        if changes:
            case.write(self._convert_to_write(changes))

    def _terms(self):
        """The terms whose elements the letter must have; a reply also acknowledges."""
        duties = {DUTIES.get(self.purpose)}
        if self.purpose == "reply" and self.case_id._deadlines("acknowledge"):
            duties.add("acknowledge")
        terms = self.case_id.policy_id.sudo().term_ids
        return terms.filtered(lambda term: term.milestone in duties)

    def _standard_body(self):
        """The organisation's words, with what is being told in this letter."""
        if not self.case_id or self.purpose not in STANDARD:
            return False
        told = {
            "expected_on": self.expected_on,
            "handler_id": self.handler_id.id,
            "remedy": self.remedy,
        }
        case = self.case_id._origin
        case.check_access("read")
        draft = case.sudo().new(told, origin=case)
        return (
            self.env["complaint.correspondence"]
            .sudo()
            ._default_body(draft, self.purpose)
        )

    def _is_untouched(self):
        """Whether the text is still the standard one, which may be renewed."""
        if is_html_empty(self.body):
            return True
        return self._words(self.body) == self._words(self.standard_body)

    @api.model
    def _words(self, body):
        return html2plaintext(body or "").split()
