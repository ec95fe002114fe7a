import logging

from odoo import api, models
from odoo.exceptions import UserError

from .. import identity

_logger = logging.getLogger(__name__)


class ComplaintOriginal(models.Model):
    """Originals under a new key."""

    _inherit = "complaint.original"

    @api.model
    def _reseal_batch(self, limit=100):
        """Seal originals anew that another key than today's has sealed.

        What no key of the ring opens is left as it is, and said in the log.

        :return: how many were sealed anew; none are left when it is 0
        """
        originals_sudo = self.sudo()
        mark, done, last = identity.key_mark(), 0, 0
        while done < limit:
            batch = originals_sudo.search(
                [("key_mark", "!=", mark), ("id", ">", last)],
                order="id",
                limit=limit - done,
            )
            if not batch:
                break
            last = batch[-1].id
            done += sum(original._reseal(mark) for original in batch)
        return done

    def _reseal(self, mark):
        try:
            facts = self._open_facts()
            _name, raw = self._open()
        except UserError:
            _logger.warning("No key of the ring opens original %s", self.id)
            return False
        sealed = self._file_env(self._file_day(self.case_id)).browse(
            self._sealed_file().ids
        )
        sealed.raw = identity.encrypt_bytes(raw)
        self.write({"facts_sealed": identity.encrypt(facts), "key_mark": mark})
        return True
