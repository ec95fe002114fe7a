"""Mail that no person wrote: answers of programs, and what servers report."""

import re
from typing import NamedTuple

from .headers import ids_of, raw_values, text_of
from .parts import kind_of

# How programs begin the subject when somebody is away, in our languages.
AWAY = re.compile(
    r"\s*(automatic reply|auto(matic)?[- ]?(reply|response)|out of( the)? office"
    r"|autosvar|automatisk svar|fravær(smelding)?:|fraværsmelding|ikke på kontoret"
    r"|ute av kontoret|automatiskt svar|automatsvar|frånvaro(meddelande)?:"
    r"|frånvaromeddelande|inte på kontoret|ej på kontoret)(?!\w)",
    re.IGNORECASE,
)
PRECEDENCES = {"auto_reply", "bulk", "junk", "list"}
FAILED, DELAYED, DELIVERED = "failed", "delayed", "delivered"


class Report(NamedTuple):
    """What a server says about mails that were sent."""

    # "failed" is final, "delayed" is still tried, "delivered" is proof.
    outcome: str
    # Message-Ids of the mails it is about.
    ids: list


def is_automatic(message):
    """Return whether a program wrote this, on its own or as an answer."""
    submitted = text_of(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if text_of(message, "Precedence").lower() in PRECEDENCES:
        return True
    if raw_values(message, "X-Auto-Response-Suppress"):
        return True
    if raw_values(message, "X-Autoreply") or raw_values(message, "X-Autorespond"):
        return True
    if any(raw.strip() == b"<>" for raw in raw_values(message, "Return-Path")):
        return True
    return bool(AWAY.match(text_of(message, "Subject")))


def report_of(message):
    """Return what a server reports, or None where this is no report."""
    if kind_of(message) != "multipart/report":
        return None
    actions, ids = set(), []
    for part in message.walk():
        if read := READERS.get(kind_of(part)):
            found, named = read(part)
            actions.update(found)
            ids += named
    if not actions:
        return None
    outcome = next((one for one in (FAILED, DELAYED) if one in actions), DELIVERED)
    return Report(outcome, list(dict.fromkeys(ids)))


def _actions(part):
    """Return what became of the mail, for each receiver.

    A status that is only for now (4.x.x) has not failed, whatever else is said.
    """
    blocks = part.get_payload() if part.is_multipart() else [part]
    for block in blocks:
        action = text_of(block, "Action").lower()
        status = text_of(block, "Status")
        if action == "failed" and status.startswith("4"):
            action = "delayed"
        if action:
            yield action


def _status(part):
    return list(_actions(part)), []


def _shown(part):
    """Return that a person has opened the mail, and which one."""
    blocks = part.get_payload() if part.is_multipart() else [part]
    named = [one for block in blocks for one in ids_of(block, "Original-Message-ID")]
    return ["displayed"], named


def _head(part):
    """Return which mail it is about, from a copy of its head."""
    text = part.get_payload()
    if not isinstance(text, str):
        return [], []
    return [], re.findall(r"^message-id:\s*(<[^<>\s]+>)", text, re.I | re.M)


def _copy(part):
    """Return which mail it is about, from a copy of it."""
    return [], ids_of(
        part.get_payload()[0], "Message-ID"
    ) if part.is_multipart() else []


READERS = {
    "message/delivery-status": _status,
    "message/disposition-notification": _shown,
    "text/rfc822-headers": _head,
    "message/rfc822": _copy,
}
