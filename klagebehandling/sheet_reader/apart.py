"""Reads a table in a process of its own."""

import json

from .. import apart

MEGABYTE = 1024 * 1024
MAX_FILE = 20 * MEGABYTE
MAX_ROWS = 20_000
SECONDS = 60
MEMORY = 1024 * MEGABYTE
# One for its headings.
HEADER = {"rows": MAX_ROWS + 1}


def read(raw):
    """Read a table.

    :param raw: bytes of a CSV or an XLSX file
    :return: list of pairs of the row's number and its texts, and the code of the
        reason where it was not read: ``too_large``, ``too_many``, ``too_slow``,
        ``old_xls`` or ``unreadable``
    """
    if len(raw) > MAX_FILE:
        return [], "too_large"
    output, reason = apart.run("sheet_reader", HEADER, raw, SECONDS, MEMORY)
    if not output.endswith(b"\n"):
        return [], reason
    result = json.loads(output)
    return result.get("rows", []), result.get("problem")
