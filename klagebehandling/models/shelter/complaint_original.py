from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class ComplaintOriginal(models.Model):
    """Adds that the content of an original is taken away; its digest stays."""

    _inherit = "complaint.original"

    emptied_on = fields.Date(string="Content removed", readonly=True)

    def _empty(self, ground=None):
        """Remove what was sent, for good; that it was, and its digest, remain.

        :param ground: why, in words; not for auditors
        """
        for original in self.sudo().filtered(lambda one: not one.emptied_on):
            original._sealed_file().unlink()
            original.attachment_id.unlink()
            original.emptied_on = original.case_id._today()
            facts = {"reason": ground} if ground else {}
            original.case_id._log("original_emptied", file=original.number, **facts)

    def _open(self):
        self.ensure_one()
        if self.sudo().emptied_on:
            raise UserError(
                self.env._(
                    "What was sent was removed on %(day)s, for the protection of a "
                    "person.",
                    day=format_date(self.env, self.sudo().emptied_on),
                )
            )
        return super()._open()

    @api.model
    def _open_sealed(self, id_, sealed):
        original = self.sudo().browse(id_)
        if original.emptied_on:
            return {"facts": original._open_facts()}
        return super()._open_sealed(id_, sealed)

    @api.model
    def _replace_sealed(self, id_, opened):
        if "raw" in opened:
            super()._replace_sealed(id_, opened)
        else:
            self._write_sealed(id_, self._seal_again(opened["facts"]))
