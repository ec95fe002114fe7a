import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, html2plaintext

from ... import limits
from ...roles import READERS

SOURCES = {"letter_id", "original_id", "minutes_document_id", "content", "text"}


class ComplaintReferralDocument(models.Model):
    """A document of a package, kept byte for byte as it is sent.

    It is made of one thing: a letter of the case, a file that came with it, kept
    minutes, something that is uploaded, or what the person wants to have said. What
    programs note beside the content of a file is taken out as it is added.
    """

    _name = "complaint.referral.document"
    _inherit = ["complaint.case.part"]
    _description = "Document of a package"
    _order = "sequence, id"
    _words = ("text",)

    referral_id = fields.Many2one(
        "complaint.referral", required=True, ondelete="cascade", index=True
    )
    case_id = fields.Many2one(
        related="referral_id.case_id", store=True, required=False, ondelete=None
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Document")
    letter_id = fields.Many2one(
        "complaint.correspondence",
        string="Letter of the case",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('case_id', '=', parent.case_id)]",
    )
    original_id = fields.Many2one(
        "complaint.original",
        string="File of the case",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('case_id', '=', parent.case_id), ('attachment_id', '!=', False)]",
    )
    minutes_document_id = fields.Many2one(
        "complaint.minutes.document",
        string="Minutes",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('case_id', '=', parent.case_id), ('text_erased_on', '=', False)]",
    )
    text = fields.Text(
        string="Own words",
        groups=READERS,
        help="What the person wants to have said, in the person's own words (A-16).",
    )
    content = fields.Binary(string="File", attachment=True)
    is_own = fields.Boolean(
        string="The person's own",
        help="The person's own statement: it goes together with the report.",
    )
    is_cleaned = fields.Boolean(
        readonly=True, help="What programs note beside the content was taken out."
    )
    size = fields.Integer(string="Bytes", readonly=True)
    digest = fields.Char(
        string="SHA-256", readonly=True, help="Of the bytes as they are sent."
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    @api.constrains("letter_id", "original_id", "minutes_document_id", "referral_id")
    def _check_case(self):
        for document in self.sudo():
            cases = document.letter_id.case_id | document.original_id.case_id
            cases |= document.minutes_document_id.case_id
            if cases - document.referral_id.case_id:
                raise ValidationError(
                    self.env._("Choose letters, files and minutes of this case.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        for document in documents:
            document._take_in()
        return documents

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su:
            return
        referrals = self.referral_id
        for vals in vals_list:
            if operation == "create":
                referrals |= referrals.browse(vals.get("referral_id"))
                self._check_content(vals.get("content"))
        if any(referral.state != "draft" for referral in referrals):
            raise UserError(
                self.env._(
                    "The package has been sent, and stays as it was. Begin a new one."
                )
            )

    def _check_content(self, content):
        try:
            base64.b64decode(content or "", validate=True)
        except (TypeError, ValueError) as error:
            raise ValidationError(self.env._("This is no file.")) from error

    def _writable(self):
        names = super()._writable()
        is_draft = all(one.referral_id.state == "draft" for one in self)
        return names | {"is_own", "sequence"} if is_draft else names

    @api.model
    def _creatable(self):
        return {"referral_id", "sequence", "name", "is_own", *SOURCES}

    @api.ondelete(at_uninstall=False)
    def _unlink_unsent_only(self):
        if any(one.referral_id.state != "draft" for one in self.sudo()):
            raise UserError(self.env._("What was sent stays."))

    def unlink(self):
        self.check_access("unlink")
        entries = [
            (one.case_id, "document_removed", {"row": one.referral_id.id})
            for one in self.sudo()
        ]
        result = super().unlink()
        self.env["complaint.journal"].sudo()._append(entries)
        return result

    def _forget_copies(self):
        super()._forget_copies()
        self.sudo().content = False

    def _take_in(self):
        """Keep the bytes of what was chosen, cleaned where they can be."""
        self.ensure_one()
        given = [name for name in sorted(SOURCES) if self.sudo()[name]]
        if len(given) != 1:
            raise UserError(
                self.env._(
                    "A document is one thing: a letter, a file of the case, minutes, "
                    "an upload or own words. Choose one."
                )
            )
        name, raw = getattr(self, f"_read_{given[0].removesuffix('_id')}")()
        if not raw:
            raise UserError(self.env._("This holds nothing that could be sent."))
        if len(raw) > limits.MAX_FILE:
            raise UserError(self.env._("The file is too large."))
        cleaned = None
        if given[0] == "content":
            examined = self.env["complaint.original"]._examine(
                [{"name": name, "raw": raw}]
            )
            cleaned = examined[0].content
        raw = cleaned or raw
        document_sudo = self.sudo().with_context(image_no_postprocess=True)
        document_sudo.write(
            {
                "name": name[: limits.FILE_NAME],
                "content": base64.b64encode(raw),
                "is_cleaned": cleaned is not None,
                "size": len(raw),
                "digest": hashlib.sha256(raw).hexdigest(),
            }
        )
        document_sudo.case_id._log(
            "document_added",
            row=document_sudo.referral_id.id,
            is_own=self.is_own,
            digests=[document_sudo.digest],
        )

    def _read_letter(self):
        self.letter_id.check_access("read")
        letter = self.letter_id
        day = format_date(self.env, letter._entry_day(), date_format="yyyy-MM-dd")
        name = f"{day} {letter.display_name}.txt"
        return name, html2plaintext(letter.body or "").encode()

    def _read_original(self):
        file = self.original_id.attachment_id
        file.check_access("read")
        return file.name, file.raw

    def _read_minutes_document(self):
        kept = self.minutes_document_id
        kept.check_access("read")
        return kept._file_name(), kept.sudo()._open()

    def _read_text(self):
        name = self.name or self.env._("The person's own statement")
        return f"{name.removesuffix('.txt')}.txt", self.text.strip().encode()

    def _read_content(self):
        return self.name or self.env._("File"), self.sudo()._bytes()

    def _bytes(self):
        """What is kept, byte for byte."""
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "content"),
                ("res_id", "in", self.ids),
            ],
            limit=1,
        )
        return file.raw or b""

    def _pieces(self):
        """The documents as what the guard looks into."""
        outgoing = self.env["complaint.outgoing"]
        return [
            outgoing._piece(
                one.name,
                one.sudo()._bytes(),
                is_laid_out=one.sudo().minutes_document_id._is_laid_out(),
            )
            for one in self
        ]
