"""Reads a mail as it came: who, whom for, what it says, its files, what it is.

Plain functions without Odoo. Whatever the bytes are there is an answer: what cannot be
read in the way it says is read in the most careful other way, and nothing that somebody
wrote is left out. ``docs/intake.md`` says for people what is read from a mail.
"""

import email.utils
import json
from dataclasses import dataclass, field
from datetime import datetime

from . import headers, parts, reports, secured
from .parts import File
from .reports import Report

__all__ = ["File", "Mail", "Report", "read"]


@dataclass
class Mail:
    """A mail that was read."""

    # The sender as the header says, and the parts of it that were found.
    sender: str = ""
    name: str = ""
    address: str = ""
    # Addresses in small letters, in which header they ever stand.
    receivers: list = field(default_factory=list)
    subject: str = ""
    text: str = ""
    files: list = field(default_factory=list)
    # Its own id, whole; empty without one. Those of the mails it answers.
    message_id: str = ""
    answers: list = field(default_factory=list)
    # When the organisation's server got it: naive UTC, None where that is not said.
    received_at: datetime | None = None
    is_automatic: bool = False
    # It went through a list: what answers it may reach many.
    is_list: bool = False
    # Who sent it on as it was, which is not who wrote it; empty where nobody did.
    resent_by: str = ""
    # A part of it is encrypted; whether anything else can be read.
    is_encrypted: bool = False
    is_readable: bool = True
    report: Report | None = None


def read(raw):
    """Read a mail.

    :param raw: its bytes
    :return: a Mail
    """
    message = headers.parse(raw)
    sender = headers.text_of(message, "From") or headers.text_of(message, "Sender")
    name, address = headers.person_of(sender)
    text, files = parts.content_of(message)
    is_encrypted = secured.is_encrypted(message, text)
    own_ids = headers.ids_of(message, "Message-ID")
    return Mail(
        sender=sender,
        name=name,
        address=address,
        receivers=headers.addresses_of(message),
        subject=headers.text_of(message, "Subject"),
        text=text,
        files=files,
        message_id=own_ids[0] if own_ids else headers.text_of(message, "Message-ID"),
        answers=headers.ids_of(message, "In-Reply-To", "References"),
        received_at=headers.received_at(message),
        is_automatic=reports.is_automatic(message),
        is_list=reports.is_list(message),
        resent_by=email.utils.parseaddr(headers.text_of(message, "Resent-From"))[1],
        is_encrypted=is_encrypted,
        is_readable=not is_encrypted or bool(secured.readable(text)),
        report=reports.report_of(message),
    )


def answer(_header, source, target):
    """Read a mail in the process of ``apart``: one line, and the bytes of its files."""
    mail = read(source.read())
    values = {
        **vars(mail),
        "files": [[file.name, len(file.content)] for file in mail.files],
        "received_at": mail.received_at and mail.received_at.isoformat(),
    }
    target.write(json.dumps(values).encode() + b"\n")
    for file in mail.files:
        target.write(file.content)
    target.flush()
