from collections import Counter

from odoo import api, models

from odoo.addons.klagebehandling.sealing import keyring

from .ir_actions_report import SEALED


class IrActionsReport(models.Model):
    """Kept copies follow the rotation of the keys they are sealed under."""

    _inherit = "ir.actions.report"

    @api.model
    def _reseal_batch(self, limit):
        """Seal some kept copies anew under the first key; see ``complaint.sealed``.

        The mark of the key stands in the description of the file.
        """
        mark = keyring.mark(keyring.keyring()[0])
        done, last = 0, 0
        while done < limit and (
            copies := self._sealed_copies(last, limit - done, mark)
        ):
            for copy in copies:
                last = copy.id
                done += self._reseal_copy(copy, mark)
        return done

    @api.model
    def _reseal_copy(self, copy, mark):
        try:
            kept = keyring.decrypt(copy.raw.decode("ascii"))
        except (UnicodeDecodeError, keyring.IdentityUnreadable):
            return 0
        raw = keyring.encrypt(kept).encode()
        copy.write({"raw": raw, "mimetype": SEALED, "description": mark})
        return 1

    @api.model
    def _sealed_copies(self, after, limit, mark=None):
        domain = [("id", ">", after), ("name", "=like", "%.pdf.sealed")]
        if mark:
            domain += ["|", ("description", "=", False), ("description", "!=", mark)]
        files = self.env["ir.attachment"].sudo().with_context(skip_res_field_check=True)
        return files.search(domain, order="id", limit=limit)

    @api.model
    def _count_sealed(self):
        """How many copies each key seals, by its mark and whether it opens them."""
        counter, last = Counter(), 0
        while copies := self._sealed_copies(last, 100):
            for copy in copies:
                last = copy.id
                sealed = copy.raw.decode("ascii", "replace")
                try:
                    keyring.decrypt(sealed)
                except keyring.IdentityUnreadable:
                    is_open = False
                else:
                    is_open = True
                counter[keyring.mark_of(sealed), is_open] += 1
        return counter
