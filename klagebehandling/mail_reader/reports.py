"""Mail that no person wrote: answers of programs, and what servers report."""

import email.utils
import re
from typing import NamedTuple

from .characters import decode
from .headers import ids_of, raw_values, text_of
from .parts import content_of, kind_of

# How programs begin the subject when somebody is away, in our languages.
AWAY = re.compile(
    r"\s*(automatic reply|auto(matic)?[- ]?(reply|response)|out of( the)? office"
    r"|autosvar|automatisk svar|fravær(smelding)?:|fraværsmelding|ikke på kontoret"
    r"|ute av kontoret|automatiskt svar|automatsvar|frånvaro(meddelande)?:"
    r"|frånvaromeddelande|inte på kontoret|ej på kontoret)(?!\w)",
    re.IGNORECASE,
)
# Who reports where no report is made as the standard says, and how it begins then:
# Postfix, Exim, qmail, Exchange and Gmail, in our languages.
SERVERS = re.compile(r"(mailer[-_.]?daemon|mail[-_.]?daemon|postmaster)", re.I)
FAILURES = re.compile(
    r"\s*(undeliver|returned mail|mail delivery (failed|failure|system)"
    r"|delivery (failed|failure|has failed)|failure notice|failed delivery"
    r"|delivery status notification \(failure\)|kan ikke leveres|ikke levert|uleverbar"
    r"|levering(en)? mislyktes|leveringsfeil|mislykket levering"
    r"|varsel om leveringsstatus \((feil|mislykket)\)|går inte att leverera"
    r"|det går inte att leverera|kan inte levereras|kunde inte levereras|olevererbar"
    r"|leveransen misslyckades|misslyckad leverans|leveransfel"
    r"|meddelande om leveransstatus \((fel|misslyckad)\))",
    re.I,
)
DELAYS = re.compile(
    r"\s*(delayed mail|delivery delayed|warning: message|delivery is delayed"
    r"|delivery status notification \(delay\)|mail delivery (delayed|warning)"
    r"|levering(en)? (er )?forsinket|forsinket levering"
    r"|varsel om leveringsstatus \(forsinkelse\)|leveransen är försenad"
    r"|försenad leverans|leverans försenad"
    r"|meddelande om leveransstatus \((försening|fördröjning)\))",
    re.I,
)
# A status that is only for now, and one that is for good, as servers write it.
FOR_NOW = re.compile(r"(?<![\d.])4\.\d\.\d{1,3}(?![\d.])|(?<!\d)4[25]\d[ -]")
FOR_GOOD = re.compile(r"(?<![\d.])5\.\d\.\d{1,3}(?![\d.])|(?<!\d)55\d[ -]")
NAMED_ID = re.compile(r"message-id:\s*(<[^<>\s]{1,250}>)", re.I)
LISTS = ("List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Mailing-List")
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


def is_list(message):
    """Return whether a mail went through a list, to many."""
    return any(raw_values(message, name) for name in LISTS)


def _is_from_server(message):
    """Whether a server says by its name and subject what became of a mail."""
    if raw_values(message, "X-Failed-Recipients"):
        return True
    sender = email.utils.parseaddr(text_of(message, "From"))[1]
    if not SERVERS.fullmatch(sender.partition("@")[0]):
        return False
    subject = text_of(message, "Subject")
    return bool(FAILURES.match(subject) or DELAYS.match(subject))


def _told_report(message):
    """Return what a server reports in words of its own.

    What is not said to be for good is not. Without a status and a mail that it is
    about, a person may have written it.
    """
    if not _is_from_server(message):
        return None
    text, files = content_of(message)
    whole = "\n".join([text, *(decode(file.content[:100_000]) for file in files)])
    ids = ids_of(message, "In-Reply-To", "References") + NAMED_ID.findall(whole)
    is_for_good, is_for_now = FOR_GOOD.search(text), FOR_NOW.search(text)
    is_named = raw_values(message, "X-Failed-Recipients")
    if not (ids or is_for_good or is_for_now or is_named):
        return None
    subject = text_of(message, "Subject")
    is_final = FAILURES.match(subject) or is_named
    is_failure = (
        is_final and not DELAYS.match(subject) and (is_for_good or not is_for_now)
    )
    return Report(FAILED if is_failure else DELAYED, list(dict.fromkeys(ids)))


def report_of(message):
    """Return what a server reports, or None where this is no report."""
    if kind_of(message) != "multipart/report":
        return _told_report(message)
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
