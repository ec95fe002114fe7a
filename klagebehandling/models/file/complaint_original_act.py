import time
from hmac import compare_digest

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing import keyring
from ..case.complaint_case_part import WORKERS, readers

MINUTES = 10


class ComplaintOriginalAct(models.Model):
    """Somebody asked for an original, opened it or gave it out, and why."""

    _name = "complaint.original.act"
    _inherit = ["complaint.case.part"]
    _description = "Act on an original file"
    _order = "id desc"
    _rec_name = "kind"
    _readers = {
        **readers(*WORKERS),
        **readers("custodian", also="('original_id.is_requested', '=', True)"),
    }

    original_id = fields.Many2one(
        "complaint.original",
        string="File",
        required=True,
        ondelete="restrict",
        index=True,
        readonly=True,
    )
    case_id = fields.Many2one(
        related="original_id.case_id", store=True, required=False, ondelete=None
    )
    kind = fields.Selection(
        [
            ("requested", "Asked the custodian to look at it"),
            ("opened", "Opened the original"),
            ("released", "Gave it to those who work the case"),
        ],
        string="What was done",
        required=True,
        readonly=True,
    )
    reason = fields.Text(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="By", required=True, ondelete="restrict", readonly=True
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was done with an original stays recorded."))

    def _download_url(self):
        """Where the user of this act gets the file, for some minutes.

        The address names nothing: neither the case nor the file.
        """
        expires = int(time.time()) + 60 * MINUTES
        signature = self._sign(self.id, expires)
        return f"/klagebehandling/original/{self.id:x}.{expires:x}.{signature}"

    @api.model
    def _find_by_token(self, token):
        """The act of a download address; empty where it is not this user's, or over."""
        number, _dot, rest = token.partition(".")
        expires, _dot, signature = rest.partition(".")
        try:
            act_id, until = int(number, 16), int(expires, 16)
        except ValueError:
            return self.browse()
        right = self._sign(act_id, until)
        if (
            not compare_digest(right.encode(), signature.encode())
            or until < time.time()
        ):
            return self.browse()
        return self.sudo().browse(act_id).exists().sudo(False)

    @api.model
    def _sign(self, act_id, expires):
        facts = f"{act_id}.{self.env.uid}.{expires}"
        return keyring.keyed_hash("download of an original", facts)

    def _download(self):
        """The name and the bytes, where the user may still open the original."""
        original = self.sudo().original_id.with_env(self.env)
        if not original.has_access("read") or not original._is_openable():
            return None
        return original._open()
