"""The key outside the database: encryption of identities and keyed hashes.

The key ring is read, in this order, from the environment
(``KLAGEBEHANDLING_IDENTITY_KEYS``), from ``odoo.conf``
(``klagebehandling_identity_keys``) or from a file beside the filestore that is
made at install. It holds one or more Fernet keys separated by spaces or commas;
the first one encrypts, all of them decrypt. Each sealed text begins with the mark of
its key, so that a rotation knows what is left to do.
"""

import base64
import contextlib
import fcntl
import functools
import hashlib
import hmac
import json
import logging
import os
import pathlib
import re
import secrets

from cryptography.fernet import Fernet, InvalidToken

from odoo.tools import config

_logger = logging.getLogger(__name__)

ENVIRONMENT = "KLAGEBEHANDLING_IDENTITY_KEYS"
OPTION = "klagebehandling_identity_keys"
FILE_NAME = "klagebehandling_identity.keys"
# Sealed texts are filled up to a multiple of it: their length tells nothing.
BLOCK = 256
# A sealed file shows no more of its length than this: the exact one names the file
# to whoever has another copy.
PADDING = 64 * 1024


class IdentityUnreadable(Exception):
    """No key of the ring opens this text."""


def key_file():
    """The file that holds the ring where neither environment nor option do."""
    return _file_in(config["data_dir"])


@functools.lru_cache(maxsize=4)
def _file_in(folder):
    return pathlib.Path(folder) / FILE_NAME


def source():
    """Where the ring in force is kept: ``environment``, ``configuration``, ``file``."""
    if os.environ.get(ENVIRONMENT):
        return "environment"
    return "configuration" if config.get(OPTION) else "file"


def keyring():
    """The ring in force, as a tuple of Fernet keys; made at the first call."""
    given = os.environ.get(ENVIRONMENT) or config.get(OPTION) or _read_or_make_file()
    return _split(given)


def new_key():
    """A key that no ring holds yet."""
    return Fernet.generate_key().decode()


def add_key():
    """Put a new key in front of the ring in the file, on the disk before it is used.

    Workers notice at their next look at the file.
    """
    keyring()
    path = key_file()
    with _locked(path):
        _replace_file(path, " ".join((new_key(), *_split(path.read_text()))))


@functools.lru_cache(maxsize=16)
def mark(key):
    """A short name of one key, which may be shown and stored beside what it seals."""
    return hmac.new(key.encode(), b"mark", hashlib.sha256).hexdigest()[:8]


def key_mark():
    """The mark of the key that seals today: what carries another one is sealed anew."""
    return mark(keyring()[0])


def ring_mark():
    """A short name of the whole ring, its order included, to compare a backup by.

    Two rings with the same keys have the same one, however they are written down.
    """
    return hashlib.sha256(" ".join(keyring()).encode()).hexdigest()[-4:]


def mark_of(sealed):
    """The mark of the key that sealed a text; empty for one without."""
    return sealed.rpartition(":")[0]


def encrypt(values):
    """Seal a dict of texts under the first key of the ring."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True).encode()
    text += b" " * (-len(text) % BLOCK)
    ring = keyring()
    # A Fernet token carries its second in plain text: the same one for all of them.
    token = _fernets(ring)[0].encrypt_at_time(text, 0)
    return f"{mark(ring[0])}:{token.decode()}"


def decrypt(sealed):
    """Open what :func:`encrypt` sealed.

    :raises IdentityUnreadable: when the key that sealed it is not in the ring
    """
    marked, _colon, token = sealed.rpartition(":")
    ring = keyring()
    for key, fernet in zip(ring, _fernets(ring), strict=True):
        if marked in ("", mark(key)):
            with contextlib.suppress(InvalidToken):
                return json.loads(fernet.decrypt(token.encode()))
    raise IdentityUnreadable


def encrypt_bytes(raw):
    """Seal the bytes of a file; what comes out is as long, within a block."""
    padded = raw + bytes(-len(raw) % PADDING)
    # A token carries the second of its making in plain text: the same for all of them.
    return base64.urlsafe_b64decode(_fernets(keyring())[0].encrypt_at_time(padded, 0))


def decrypt_bytes(sealed, size):
    """Open what :func:`encrypt_bytes` sealed.

    :param size: how long the file was
    :raises IdentityUnreadable: when the key that sealed it is not in the ring
    """
    token = base64.urlsafe_b64encode(sealed)
    for fernet in _fernets(keyring()):
        try:
            return fernet.decrypt(token)[:size]
        except InvalidToken:
            continue
    raise IdentityUnreadable


def keyed_hash(purpose, text, key=None):
    """A hash that nobody can recompute or test without a key of the ring.

    Without a key given it is the last one: the oldest key stays last in the ring, so
    that such a hash survives a rotation.
    """
    message = f"{purpose}\0{text}".encode()
    return hmac.digest(_secret(key or keyring()[-1]), message, "sha256").hex()


@functools.lru_cache(maxsize=4)
def _secret(key):
    return base64.urlsafe_b64decode(key)


@functools.lru_cache(maxsize=4)
def _fernets(keys):
    return tuple(Fernet(key) for key in keys)


@functools.lru_cache(maxsize=4)
def _split(text):
    return tuple(re.split(r"[\s,]+", text.strip()))


def _read_or_make_file():
    path = key_file()
    try:
        return _file_content(str(path), path.stat().st_mtime_ns)
    except FileNotFoundError:
        _make_file(path)
        return path.read_text()


@functools.lru_cache(maxsize=4)
def _file_content(path, _changed_ns):
    return pathlib.Path(path).read_text()


def _make_file(path):
    """Write a new key with mode 0600; of two workers at once, one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path, new_key())
    try:
        os.link(draft, path)
        _logger.warning(
            "A new identity key was made; back up %s apart from the database", FILE_NAME
        )
    except FileExistsError:
        _logger.info("Another process made the identity key")
    finally:
        draft.unlink()


def _replace_file(path, text):
    """Change the ring at once or not at all, and make sure that it is on the disk."""
    draft, owner = _draft(path, text), path.stat()
    if os.geteuid() == 0:
        # Run as root: the server must be able to read it afterwards.
        os.chown(draft, owner.st_uid, owner.st_gid)
    os.replace(draft, path)
    with _folder(path) as folder:
        os.fsync(folder)


def _draft(path, text):
    """A file beside the ring, with mode 0600, that nobody else writes to."""
    draft = path.with_suffix(f".{secrets.token_hex(8)}")
    mode = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with open(os.open(draft, mode, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    return draft


@contextlib.contextmanager
def _locked(path):
    """Of two commands at once, the second waits: no key is ever overwritten."""
    with _folder(path) as folder:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _folder(path):
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield folder
    finally:
        os.close(folder)
