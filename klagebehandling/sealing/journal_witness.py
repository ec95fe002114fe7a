"""A second place that knows how far the journals have come: outside the database.

Who sets a database back, or takes the last entries away together with the anchors
that bound them, does not reach this file beside the key of the identities.
"""

import logging
import os
import pathlib

from odoo.tools import config

_logger = logging.getLogger(__name__)

FILE_NAME = "klagebehandling_journal.witness"


def witness_file():
    return pathlib.Path(config["data_dir"]) / FILE_NAME


def record(database, company_id, count, head):
    """Note the head of an organisation's chain; one line, never changed."""
    line = f"{database} {company_id} {count} {head}\n"
    try:
        file = os.open(
            witness_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode=0o600
        )
        with os.fdopen(file, "w") as out:
            out.write(line)
    except OSError:
        _logger.warning("The witness of the journal could not be written to")


def last_heads(database):
    """What the file knows of a database: by company id its count and head."""
    heads = {}
    try:
        lines = witness_file().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return heads
    except OSError:
        _logger.warning("The witness of the journal could not be read")
        return heads
    for line in lines:
        words = line.split()
        if len(words) == 4 and words[0] == database:
            heads[int(words[1])] = (int(words[2]), words[3])
    return heads
