"""Reads a mail in a process of its own."""

import json
from datetime import datetime

from .. import apart
from . import File, Mail, Report

SECONDS = 20
MEMORY = 512 * 1024 * 1024


def read(raw):
    """Read a mail.

    :param raw: its bytes
    :return: a Mail, or None where it takes too long, or too much, to read
    """
    output, _reason = apart.run("mail_reader", {}, raw, SECONDS, MEMORY)
    line, newline, rest = output.partition(b"\n")
    if not newline:
        return None
    values = json.loads(line)
    if len(rest) != sum(size for _name, size in values["files"]):
        return None
    files, at = [], 0
    for name, size in values["files"]:
        files.append(File(name, rest[at : at + size]))
        at += size
    received_at = values["received_at"]
    return Mail(
        **{
            **values,
            "files": files,
            "received_at": received_at and datetime.fromisoformat(received_at),
            "report": values["report"] and Report(*values["report"]),
        }
    )
