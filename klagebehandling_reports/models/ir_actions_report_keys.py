from odoo import api, models

from odoo.addons.klagebehandling.sealing import keyring

from .complaint_printed import SEALED


class IrActionsReport(models.Model):
    """Kept copies follow the rotation of the keys they are sealed under.

    A copy is an attachment; the mark of its key stands in the description of the file.
    """

    _name = "ir.actions.report"
    _inherit = ["ir.actions.report", "complaint.sealed"]

    # Files are large.
    _sealed_batch = 20

    @api.model
    def _sealed_rows(self, after, limit, not_by=None):
        domain = [("id", ">", after), ("name", "=like", "%.pdf.sealed")]
        if not_by:
            domain += [
                "|",
                ("description", "=", False),
                ("description", "!=", not_by),
            ]
        texts = (
            (copy.id, copy.raw.decode("ascii", "replace"))
            for copy in self._sealed_copies().search(domain, order="id", limit=limit)
        )
        return [(id_, sealed, keyring.mark_of(sealed)) for id_, sealed in texts]

    @api.model
    def _replace_sealed(self, id_, opened):
        self._sealed_copies().browse(id_).write(
            {
                "raw": keyring.encrypt(opened).encode(),
                "mimetype": SEALED,
                "description": keyring.key_mark(),
            }
        )

    @api.model
    def _sealed_copies(self):
        return self.env["ir.attachment"].sudo().with_context(skip_res_field_check=True)
