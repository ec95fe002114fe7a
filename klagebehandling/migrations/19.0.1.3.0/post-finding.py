"""Make the hashes anew by which persons are found; until then nobody finds them.

Each batch is committed: killed at any point, the next update goes on from there. What
no key of the ring opens is left as it is, and said in the log.
"""

import logging

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.klagebehandling.sealing import keyring, name_hashes

_logger = logging.getLogger(__name__)

BATCH = 500


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    last, closed = 0, []
    while rows := _old_rows(env, last):
        last = rows[-1][0]
        for id_, sealed, is_protected in rows:
            try:
                known = keyring.decrypt(sealed)
            except keyring.IdentityUnreadable:
                closed.append(id_)
                continue
            hashes = name_hashes.seal({} if is_protected else known)
            env["complaint.party"]._write_sealed(id_, {"identity_hashes": hashes})
        # Nothing else is under way: Odoo commits before this script and after it.
        cr.commit()  # pylint: disable=invalid-commit
    if closed:
        _logger.warning(
            "No key of the ring opens %s persons, nobody finds them by name: %s",
            len(closed),
            closed[:20],
        )


def _old_rows(env, after):
    """Sealed rows from an id on that have no hashes of today's kind."""
    return env.execute_query(
        SQL(
            """
            SELECT id, identity_sealed, is_protected FROM complaint_party
             WHERE id > %s AND identity_sealed IS NOT NULL
               AND length(split_part(COALESCE(identity_hashes, ''), ' ', 1)) <> %s
             ORDER BY id LIMIT %s
            """,
            after,
            name_hashes.SIGNS,
            BATCH,
        )
    )
