from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import html2plaintext, is_html_empty

from ...channels import HAND


class ComplaintLetterDialog(models.AbstractModel):
    """A dialog with a letter to the complainant: who acts sees it and can edit it.

    Adds the way it goes, the text as the standard words have it and as it will be, and
    what the person reads. What is told in it are fields of the dialog: the standard
    words follow them until somebody writes own ones.
    """

    _name = "complaint.letter.dialog"
    _inherit = ["complaint.case.dialog"]
    _description = "Dialog with a letter"

    medium = fields.Selection(
        "_get_media",
        string="Send by",
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
    remedy = fields.Text(
        string="How it was put right",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    body = fields.Html(
        string="Text",
        compute="_compute_body",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    standard_body = fields.Html(compute="_compute_body", compute_sudo=False, store=True)
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.model
    def _get_media(self):
        ways = self.env["complaint.case"]._fields["reply_channel"]
        return ways._description_selection(self.env)

    @api.depends("case_id")
    def _compute_from_case(self):
        for letter in self:
            letter.medium = letter.case_id.reply_channel or "portal"
            letter.remedy = letter.case_id.remedy

    @api.depends("case_id", "medium")
    def _compute_missing(self):
        letters = self.env["complaint.correspondence"]
        for letter in self:
            # Read as superuser: ask the person.
            is_known = letter.case_id._origin.sudo(False).has_access("write")
            recipient = is_known and letter.case_id._recipient()
            letter.missing = is_known and letters._say_missing(recipient, letter.medium)
            letter.is_by_hand = letter.medium in letters._media_of(HAND)

    @api.depends(lambda self: ("case_id", *self._told_fields()))
    def _compute_body(self):
        for letter in self:
            standard = letter._standard_body()
            if letter._is_untouched():
                letter.body = standard
            letter.standard_body = standard

    @api.model
    def _told_fields(self):
        """Hook: the fields of the dialog that the standard words tell of."""
        return ["remedy"]

    def _standard_body(self):
        """Hook: the organisation's words, with what is being told in this letter."""
        return False

    def _draft(self, **told):
        """The case as it will be once this is told, as superuser; stored nowhere."""
        case = self.case_id._origin
        case.check_access("read")
        return case.sudo().new(told, origin=case)

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

    def _is_untouched(self):
        """Whether the text is still the standard one, which may be renewed."""
        if is_html_empty(self.body):
            return True
        return self._words(self.body) == self._words(self.standard_body)

    @api.model
    def _words(self, body):
        return html2plaintext(body or "").split()

    def _enter(self, case, *names):
        """Enter on the case what was changed in the dialog, and the letter tells."""
        changes = {
            name: self[name]
            for name in names
            if self[name] and self[name] != case[name]
        }
        if changes:
            case.write(self._convert_to_write(changes))
