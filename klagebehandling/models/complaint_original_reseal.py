import logging
from collections import Counter

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .. import identity

_logger = logging.getLogger(__name__)

# Files are large: so many at most are in one transaction.
MAX_BATCH = 20


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
        limit = min(limit, MAX_BATCH)
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
        sealed = self._file_env().browse(self._sealed_file().ids)
        sealed.raw = identity.encrypt_bytes(raw)
        self.write({"facts_sealed": identity.encrypt(facts), "key_mark": mark})
        self.env.flush_all()
        sealed.invalidate_recordset()
        return True

    @api.model
    def _count_sealed(self):
        """How many originals each key seals, by its mark and whether it opens them."""
        self.env.flush_all()
        counter = Counter()
        query = SQL("SELECT key_mark, facts_sealed FROM complaint_original")
        for mark, facts in self.env.execute_query(query):
            try:
                identity.decrypt(facts)
            except identity.IdentityUnreadable:
                is_open = False
            else:
                is_open = True
            counter[mark, is_open] += 1
        return counter
