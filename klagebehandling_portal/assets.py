"""Addresses of style and script that change with what is in them.

Browsers keep these files for a week. A new version of the addon has new addresses, so
that no page meets the style or the script of another version.
"""

import functools
import hashlib

from odoo.tools.misc import file_open

FOLDER = "klagebehandling_portal/static/src"


@functools.cache
def address(name):
    """Where a file below ``static/src`` is found, with a hash of its content.

    It is read once for each start of the server.
    """
    with file_open(f"{FOLDER}/{name}", "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return f"/{FOLDER}/{name}?{digest[:12]}"
