from odoo import api, models
from odoo.exceptions import UserError

LETTERS = "complaint.correspondence"
PLACE = {"res_model", "res_id", "raw", "datas"}


class IrAttachment(models.Model):
    """Files that are about to leave with a letter."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        """Put nothing to a letter past the act that sends it: the person would read it
        without the guard (``test_nothing_is_put_to_a_letter_past_the_guard``).
        """
        files = super().create(vals_list)
        files._refuse_on_letters()
        return files

    def write(self, vals):
        result = super().write(vals)
        if PLACE & vals.keys():
            self._refuse_on_letters()
        return result

    def _refuse_on_letters(self):
        if self.env.su:
            return
        ids = [file.res_id for file in self if file.res_model == LETTERS]
        letters_sudo = self.env[LETTERS].sudo().browse(ids).exists()
        if any(one.direction == "out" and one.state != "draft" for one in letters_sudo):
            raise UserError(
                self.env._("Send files with a letter of their own: use “Write”.")
            )

    def _clean_outgoing(self):
        """Take out what programs note beside the content, where that can be done.

        :return: the files as what the guard looks into
        """
        files_sudo = self.sudo().with_context(image_no_postprocess=True)
        pieces = self._cleaned_pieces()
        for file, piece in zip(files_sudo, pieces, strict=True):
            if piece.raw != file.raw:
                file.raw = piece.raw
        return pieces

    def _cleaned_pieces(self):
        """The files as they leave: cleaned where they can be."""
        outgoing = self.env["complaint.outgoing"]
        given = [{"name": file.name, "raw": file.raw or b""} for file in self.sudo()]
        examined = self.env["complaint.original"]._examine(given)
        return [
            outgoing._piece(one.name, one.raw if one.content is None else one.content)
            for one in examined
        ]
