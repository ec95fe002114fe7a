from odoo import models
from odoo.exceptions import UserError, ValidationError

LONGEST_GROUND = 2000


class ComplaintGuarded(models.AbstractModel):
    """Adds the one act that empties what somebody else wrote."""

    _inherit = "complaint.guarded"
    # What is erased together, in a row that has ``text_erased_on``.
    _words = ()

    def _erase_text(self, ground):
        """Remove the words of these rows for good, with the salts of their digests.

        The erasure is an entry of its own: without one, words that are gone are told as
        changed past the system. That they were there remains.

        :param ground: why, in words; required, not for auditors
        :raises UserError: without a ground
        """
        if not (ground or "").strip():
            raise UserError(self.env._("Write on which ground it is removed."))
        if len(ground) > LONGEST_GROUND:
            raise ValidationError(self.env._("This is too long. Write it shorter."))
        for row in self.sudo():
            case = row._cases_sudo()
            case._log("text_erased", model=row._name, row=row.id, ground=ground.strip())
            emptied = dict.fromkeys(row._words, False)
            if "words_salt" in row._fields:
                emptied["words_salt"] = False
            row.write({**emptied, "text_erased_on": case._today()})
            row._forget_copies()

    def _forget_copies(self):
        """Hook: the files that were made of these words go with them; as superuser."""
