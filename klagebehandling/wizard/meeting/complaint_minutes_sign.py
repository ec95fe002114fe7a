import base64
import binascii

from PIL.Image import DecompressionBombError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import ImageProcess
from odoo.tools.mimetypes import guess_mimetype

from ...sealing import keyring

# Bytes of a picture of a sheet, or of a drawn signature.
LARGEST = 10_000_000
PICTURES = ("image/png", "image/jpeg")
SCANS = (*PICTURES, "application/pdf")


class ComplaintMinutesSign(models.TransientModel):
    """The complainant signs before a witness: on a tablet, or on a sheet of paper.

    Also where a party says that it does not sign, and why. What is typed, drawn or
    scanned is sealed here too, until the dialog is gone.
    """

    _name = "complaint.minutes.sign"
    _inherit = ["complaint.case.dialog", "complaint.sealed"]
    _description = "Sign minutes before a witness"
    _opens_on = "minutes_id"
    _sealed_fields = ("name", "signature", "scan")
    _sealed_column = "typed_sealed"

    minutes_id = fields.Many2one(
        "complaint.minutes", required=True, readonly=True, ondelete="cascade"
    )
    case_id = fields.Many2one(
        related="minutes_id.case_id", required=False, groups=fields.NO_ACCESS
    )
    step = fields.Selection(
        [
            ("on_site", "Signs here, on this screen"),
            ("paper", "Has signed on paper"),
            ("refused", "Does not sign"),
            ("ours", "We do not sign"),
        ],
        string="The complainant",
        required=True,
        default="on_site",
    )
    typed_sealed = fields.Text(groups=fields.NO_ACCESS, copy=False)
    name = fields.Char(
        string="Name of who signs", compute="_compute_typed", readonly=False
    )
    signature = fields.Binary(compute="_compute_typed", readonly=False)
    scan = fields.Binary(
        string="Picture of the sheet", compute="_compute_typed", readonly=False
    )
    scan_name = fields.Char()
    witness_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        help="A colleague who saw it: no party of the case, and not the handler.",
    )
    remark = fields.Text(
        string="Why it is not signed", help="In the words of who does not sign."
    )

    @api.depends("typed_sealed")
    def _compute_typed(self):
        for dialog in self:
            known = dialog._open_typed()
            for name in self._sealed_fields:
                dialog[name] = known.get(name, False)

    @api.model
    def _seal(self, values):
        """The stored column for what was typed, given as a dict."""
        plain = {
            name: value.decode() if isinstance(value, bytes) else value
            for name, value in values.items()
            if value
        }
        return {"typed_sealed": keyring.encrypt(plain) if plain else False}

    def _change_sealed(self, given):
        for dialog in self.sudo():
            dialog.write(self._seal({**dialog._open_typed(), **given}))

    def action_sign(self):
        """Enter the signature or the refusal.

        :raises UserError: where something is missing; nothing typed is lost
        """
        minutes = self._begin()
        if self.step == "ours":
            minutes.action_refuse(self.remark)
        elif self.step == "refused":
            minutes._sign_before(
                "on_site", self.witness_id, is_refused=True, remark=self.remark
            )
        else:
            self._sign(minutes)
        # Neither the drawing nor the name stays in the dialog.
        self.sudo().unlink()
        return self._finish(minutes)

    def _sign(self, minutes):
        is_paper = self.step == "paper"
        raw = self._read_file(
            self.scan if is_paper else self.signature, SCANS if is_paper else PICTURES
        )
        if not (self.name or "").strip():
            raise UserError(self.env._("Write the name of who signs."))
        sealed = {"name": self.name.strip()}
        if self.step == "on_site":
            sealed["image"] = base64.b64encode(raw).decode()
        minutes._sign_before(self.step, self.witness_id, sealed=sealed)
        if self.step == "paper":
            minutes.document_ids.sudo()._keep(minutes.sudo(), "scan", raw)

    def _read_file(self, value, types):
        try:
            raw = base64.b64decode(value or b"", validate=True)
        except (binascii.Error, ValueError) as error:
            raise UserError(
                self.env._("This is no picture. Choose it again.")
            ) from error
        if not raw:
            raise UserError(
                self.env._("The signature is missing: draw it, or add the picture.")
            )
        if len(raw) > LARGEST:
            raise UserError(self.env._("The picture is too large: 10 MB at most."))
        kind = guess_mimetype(raw)
        if kind not in types:
            raise UserError(self.env._("This is no picture. Choose it again."))
        if kind in PICTURES:
            # Opened once: what cannot be drawn is refused now, not left out of a PDF.
            try:
                ImageProcess(raw, verify_resolution=True)
            except DecompressionBombError as error:
                raise UserError(
                    self.env._("The picture is too large: 10 MB at most.")
                ) from error
        return raw
