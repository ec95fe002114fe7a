"""What a journal entry seals, and under which key.

Algorithm 1 is a plain SHA-256 chain: whoever may write SQL can compute it anew.
Algorithm 2 is keyed with a secret derived from the identity ring, which is outside
the database. The ring's last key seals, because it is the one that stays; an entry
carries the mark of its key, so that a missing key is told apart from a changed entry.
"""

import base64
import functools
import hashlib
import hmac
import json

from . import keyring

PLAIN, KEYED = 1, 2
START = "0" * 64
PURPOSE = b"klagebehandling journal"


def secrets_by_mark():
    """The sealing secrets of the ring by their marks, the one in use first."""
    return _derive(keyring.keyring())


def canonical(facts):
    """The one text of these facts, whatever order they came in."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()


def part_digest(part, salt):
    """The salted digest of a payload or of texts: they can go, the digest stays."""
    payload = False if part is None else part
    return hashlib.sha256(canonical({"payload": payload, "salt": salt})).hexdigest()


def fact_digest(name, value, salt):
    """The salted digest of a fact of a case, that an entry binds."""
    facts = {"fact": name, "salt": salt, "value": value}
    return hashlib.sha256(canonical(facts)).hexdigest()


def commitment(reference, mark=None):
    """The keyed mark of a case: nobody can make it, or tell of whom it is, without key.

    :param mark: of the key; the one in use without it
    """
    secrets = secrets_by_mark()
    mark = mark or next(iter(secrets))
    digest = hmac.digest(secrets[mark], canonical({"case": reference}), "sha256")
    return f"{mark}:{digest.hex()}"


def seal(facts, secrets):
    """Digest of a new entry.

    :param facts: what stands in the row; gets ``algorithm`` and ``key``
    """
    mark = next(iter(secrets))
    facts.update(algorithm=KEYED, key=mark)
    return _keyed_digest(facts, secrets[mark])


def is_genuine(facts, digest, secrets):
    """Whether the facts are those that were sealed; None where the key is missing."""
    if facts["algorithm"] == PLAIN:
        return hashlib.sha256(canonical(facts)).hexdigest() == digest
    if facts["algorithm"] != KEYED:
        return False
    if facts["key"] in secrets:
        return _keyed_digest(facts, secrets[facts["key"]]) == digest
    # A mark that was changed does not hide who sealed it.
    ours = any(
        _keyed_digest(dict(facts, key=mark), secret) == digest
        for mark, secret in secrets.items()
    )
    return False if ours else None


def _keyed_digest(facts, secret):
    return hmac.digest(secret, canonical(facts), "sha256").hex()


@functools.lru_cache(maxsize=4)
def _derive(ring):
    """A ring of other keys than these gives other marks; broken keys give none."""
    found = {}
    for key in reversed(ring):
        try:
            raw = base64.urlsafe_b64decode(key)
        except ValueError:
            continue
        found.setdefault(keyring.mark(key), hmac.digest(raw, PURPOSE, "sha256"))
    return found
