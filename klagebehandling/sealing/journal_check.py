"""Checks chains of journal entries as they stand in the database, row by row."""

import collections
import json

from . import journal_seal
from .journal_seal import KEYED, PLAIN, START

COLUMNS = (
    "id",
    "owner_id",
    "company_id",
    "sequence",
    "event",
    "logged_on",
    "user_id",
    "payload",
    "salt",
    "payload_digest",
    "texts",
    "texts_salt",
    "texts_digest",
    "previous_digest",
    "digest",
    "algorithm",
    "key_mark",
)
Entry = collections.namedtuple("Entry", COLUMNS)
# A chain as its owner, a case or a company, knows it.
# ``plain_until``: the last entry that may still be of the first algorithm.
Chain = collections.namedtuple(
    "Chain", "reference company_id head count plain_until", defaults=(0,)
)
# ``sequence`` is a count where the finding is about a key, or cases that are gone.
# ``what``: the fact that it is about, where the entry speaks of several.
Finding = collections.namedtuple(
    "Finding", "kind reference sequence what", defaults=("",)
)
# What is worth knowing, but no sign of tampering.
NOTES = {"late", "explained", "uncovered"}


class ChainCheck:
    """Walks chains and tells what is wrong in them.

    :param secrets: as of :func:`journal_seal.secrets_by_mark`
    """

    def __init__(self, secrets):
        self.secrets = secrets
        self.entries = 0
        self.erased = 0
        self.keyless = collections.Counter()

    def walk(self, chain, entries):
        """Findings in one chain.

        :param entries: iterable of :class:`Entry`, by sequence
        """
        due, previous = 1, START
        gone, told = set(), set()
        for entry in entries:
            self.entries += 1
            kind = self._order_fault(entry, due, previous) or self._fault(chain, entry)
            if kind:
                number = due if kind == "missing" else entry.sequence
                yield Finding(kind, chain.reference, number)
            elif entry.event == "texts_erased":
                told.update(_told_erased(entry))
            if _is_erased(entry):
                gone.add(entry.sequence)
            due, previous = entry.sequence + 1, entry.digest
        self.erased += len(gone & told)
        for sequence in sorted(gone - told):
            yield Finding("text", chain.reference, sequence)
        known = chain.count or 0
        fault = self._end_fault(due - 1, known, previous == chain.head)
        if fault:
            yield Finding(fault, chain.reference, min(due, known + 1))

    def is_genuine(self, chain, entry):
        """Whether an entry by itself is as it was written; None: its key is missing."""
        facts = sealed_facts(chain.reference, entry)
        return self._are_parts_genuine(entry) and journal_seal.is_genuine(
            facts, entry.digest, self.secrets
        )

    def _order_fault(self, entry, due, previous):
        if entry.sequence > due:
            return "missing"
        is_next = entry.sequence == due and entry.previous_digest == previous
        return None if is_next else "order"

    def _end_fault(self, count, known, is_head):
        if count != known:
            return "added" if count > known else "missing"
        return None if is_head else "head"

    def _fault(self, chain, entry):
        """What is wrong with an entry by itself; a missing key is only counted."""
        if entry.company_id != chain.company_id:
            return "changed"
        if entry.algorithm == PLAIN and entry.id > chain.plain_until:
            return "plain"
        is_genuine = self.is_genuine(chain, entry)
        if is_genuine is None:
            self.keyless[entry.key_mark] += 1
        return "changed" if is_genuine is False else None

    def _are_parts_genuine(self, entry):
        if entry.algorithm == PLAIN:
            return _is_plain_part_genuine(entry)
        if not _is_part_genuine(entry.payload, entry.salt, entry.payload_digest):
            return False
        if entry.texts_digest is None or _is_erased(entry):
            return entry.texts is None and entry.texts_salt is None
        return _is_part_genuine(entry.texts, entry.texts_salt, entry.texts_digest)


def sealed_facts(reference, entry):
    """The facts of an entry as they were when its digest was made."""
    facts = {
        "algorithm": entry.algorithm,
        "event": entry.event,
        "logged_on": str(entry.logged_on),
        "payload_digest": entry.payload_digest,
        "previous": entry.previous_digest,
        "reference": reference,
        "sequence": entry.sequence,
        "user": entry.user_id or 0,
    }
    if entry.algorithm == KEYED:
        facts.update(
            company=entry.company_id,
            key=entry.key_mark,
            texts_digest=entry.texts_digest or "",
        )
    return facts


def _is_erased(entry):
    """Whether the texts are gone and only their digest is left."""
    if entry.algorithm == PLAIN:
        return entry.salt is None and entry.payload is None and entry.texts is None
    return entry.texts_digest is not None and entry.texts is None


def is_number(value):
    return isinstance(value, int)


def payload_of(entry):
    """The payload as a dict, whatever somebody has put there."""
    payload = json.loads(entry.payload or "{}")
    return payload if isinstance(payload, dict) else {}


def _told_erased(entry):
    """Which entries this one says have lost their texts."""
    entries = payload_of(entry).get("entries")
    return filter(is_number, entries if isinstance(entries, list) else ())


def _is_part_genuine(text, salt, digest):
    part = None if text is None else json.loads(text)
    if text is not None and not part:
        return False
    return journal_seal.part_digest(part, salt) == digest


def _is_plain_part_genuine(entry):
    """Algorithm 1 sealed payload and texts as one; the texts were moved out since."""
    if _is_erased(entry):
        return True
    if entry.texts_digest or entry.texts_salt or entry.key_mark:
        return False
    texts = json.loads(entry.texts) if entry.texts else {}
    if not isinstance(texts, dict):
        return False
    whole = {**payload_of(entry), **texts}
    return journal_seal.part_digest(whole or None, entry.salt) == entry.payload_digest
