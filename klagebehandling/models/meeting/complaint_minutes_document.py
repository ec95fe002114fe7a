import base64
import hashlib
import time
from hmac import compare_digest
from secrets import token_hex

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...sealing import keyring

MINUTES = 10
TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


class ComplaintMinutesDocument(models.Model):
    """The document of frozen minutes, made once and kept sealed, byte for byte.

    One for each step: as it was frozen, and after each signature. Whoever asks for it
    again gets these bytes; nothing is laid out anew. The check of the journal computes
    their digest.
    """

    _name = "complaint.minutes.document"
    _inherit = ["complaint.case.part", "complaint.sealed"]
    _description = "Kept document of minutes"
    _order = "id desc"
    _rec_name = "kind"
    _sealed_column = "file_sealed"

    minutes_id = fields.Many2one(
        "complaint.minutes",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    case_id = fields.Many2one(
        related="minutes_id.case_id",
        store=True,
        precompute=True,
        required=False,
        ondelete=None,
    )
    kind = fields.Selection(
        [("html", "Page"), ("pdf", "PDF"), ("scan", "Signed on paper")],
        required=True,
        readonly=True,
    )
    kept_on = fields.Date(required=True, readonly=True)
    digest = fields.Char(
        string="Fingerprint (SHA-256)",
        required=True,
        readonly=True,
        help="Of the file.",
    )
    file_sealed = fields.Text(groups=fields.NO_ACCESS, copy=False)
    words_salt = fields.Char(
        groups=fields.NO_ACCESS, copy=False, default=lambda _self: token_hex(16)
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    @api.depends("kind", "kept_on", "minutes_id.version")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        self._check_known()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for document in self:
            document.display_name = self.env._(
                "Minutes, version %(number)s: %(kind)s, %(day)s",
                number=document.minutes_id.version,
                kind=kinds.get(document.kind, ""),
                day=document.kept_on and format_date(self.env, document.kept_on) or "",
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was signed is kept."))

    def action_open(self):
        """Open the kept file: the same bytes as ever.

        :return: action that downloads it: for this user, for some minutes
        """
        self.ensure_one()
        self.check_access("read")
        case = self.sudo().case_id
        case._log("minutes_opened", row=self.id, digest=self.digest)
        return {
            "type": "ir.actions.act_url",
            "url": f"/klagebehandling/minutes/{self._token()}",
            "target": "download" if self.kind != "html" else "new",
        }

    @api.model
    def _keep(self, minutes, kind, raw):
        """Keep a file of minutes, and bind it in the journal; as superuser."""
        digest = hashlib.sha256(raw).hexdigest()
        document = self.sudo().create(
            {
                "minutes_id": minutes.id,
                "kind": kind,
                "kept_on": minutes.case_id._today(),
                "digest": digest,
                "file_sealed": keyring.encrypt(
                    {"file": base64.b64encode(raw).decode()}
                ),
            }
        )
        binds = self.env["complaint.bound"]._document_digests(document)
        minutes.case_id._log(
            "minutes_kept", row=document.id, digest=digest, file=kind, binds=binds
        )
        return document

    def _open(self):
        """The bytes; empty where they are erased or no key opens them."""
        return base64.b64decode(self._open_typed().get("file", ""))

    def _file_name(self):
        """A name that tells nothing but the case and the version."""
        minutes = self.minutes_id
        suffix = "bin" if self.kind == "scan" else self.kind
        return f"{minutes.case_id.reference}-{minutes.version}.{suffix}"

    def _is_laid_out(self):
        """Whether this program made the file; a scan, somebody did."""
        return bool(self) and self.kind != "scan"

    def _content_type(self):
        return TYPES.get(self.kind, "application/octet-stream")

    def _token(self):
        expires = int(time.time()) + 60 * MINUTES
        return f"{self.id:x}.{expires:x}.{self._mark(self.id, expires)}"

    @api.model
    def _find_by_token(self, token):
        """The document of an address, where it is this user's, still holds, and may
        still be read; as superuser, else empty."""
        number, _dot, rest = token.partition(".")
        expires, _dot, mark = rest.partition(".")
        try:
            id_, until = int(number, 16), int(expires, 16)
        except ValueError:
            return self.browse()
        right = self._mark(id_, until)
        is_ours = compare_digest(right.encode(), mark.encode())
        if not is_ours or until < time.time():
            return self.browse()
        return self.browse(id_).exists().sudo()

    @api.model
    def _mark(self, id_, expires):
        facts = f"{id_}.{self.env.uid}.{expires}"
        return keyring.keyed_hash("download of minutes", facts)
