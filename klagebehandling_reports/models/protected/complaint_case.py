from odoo import models
from odoo.exceptions import UserError

from ..letter.complaint_correspondence import ON_PAPER


class ComplaintCase(models.Model):
    """The letters of many cases, printed at once."""

    _inherit = "complaint.case"

    def action_print_letters(self):
        """Print what waits to be posted or handed over in these cases, in one file.

        Each printing is entered in the journal of its case, as from the letter itself.

        :return: the action that downloads the PDF
        :raises UserError: where no letter waits, or one goes to somebody whose address
            the user may not see
        """
        self.check_access("read")
        letters = self.env["complaint.correspondence"].search(
            [
                ("case_id", "in", self.ids),
                ("direction", "=", "out"),
                ("state", "=", "queued"),
                ("medium", "in", ON_PAPER),
            ],
            order="id",
        )
        if not letters:
            raise UserError(self.env._("No letter waits to be printed in these cases."))
        hidden = letters.filtered(lambda letter: not letter.is_addressable)
        if hidden:
            raise UserError(
                self.env._(
                    "Whom the letters of %(references)s go to is protected. Leave "
                    "these cases out, and print their letters without an address.",
                    references=", ".join(hidden.case_id.mapped("reference")),
                )
            )
        return letters.action_print_letter()
