import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing import keyring


class ComplaintCaseBundle(models.TransientModel):
    """An archive bundle that was made, until it is fetched or an hour has passed.

    It lies sealed: nobody reads it past its maker, who must still work the case.
    """

    _name = "complaint.case.bundle"
    _inherit = ["complaint.case.dialog"]
    _description = "Archive bundle"

    file_sealed = fields.Binary(groups=fields.NO_ACCESS, attachment=False)
    size = fields.Integer(groups=fields.NO_ACCESS)

    @api.model
    def _make(self, case, raw):
        """Keep the bytes for their maker, and enter that they were taken out.

        :param case: as the user
        :return: the action that downloads them
        """
        bundle = self.create({"case_id": case.id})
        sealed = base64.b64encode(keyring.encrypt_bytes(raw))
        bundle.sudo().write({"file_sealed": sealed, "size": len(raw)})
        case._log("bundled", digest=hashlib.sha256(raw).hexdigest())
        return {
            "type": "ir.actions.act_url",
            "url": f"/klagebehandling/bundle/{bundle.id}",
            "target": "download",
        }

    @api.model
    def _fetch_bytes(self, number):
        """The name and the bytes of an own bundle; None for anything else.

        :param number: as it stands in the address
        """
        is_number = number.isascii() and number.isdigit() and len(number) < 10
        if not is_number or not self.has_access("read"):
            return None
        bundle = self.search([("id", "=", int(number))])
        if not bundle or bundle._lost() or not bundle.sudo().file_sealed:
            return None
        case = bundle.case_id
        if not case._may_be_bundled():
            return None
        sealed = base64.b64decode(bundle.sudo().file_sealed)
        try:
            raw = keyring.decrypt_bytes(sealed, bundle.sudo().size)
        except keyring.IdentityUnreadable as error:
            raise UserError(
                self.env._("The bundle cannot be opened any more. Make it again.")
            ) from error
        return f"{case.reference}.zip", raw
