"""The key outside the database: encryption of identities and keyed hashes.

The key ring is read, in this order, from the environment
(``KLAGEBEHANDLING_IDENTITY_KEYS``), from ``odoo.conf``
(``klagebehandling_identity_keys``) or from a file beside the filestore that is
made at install. It holds one or more Fernet keys separated by spaces or commas;
the first one encrypts, all of them decrypt.
"""

import base64
import functools
import hashlib
import hmac
import json
import logging
import os
import pathlib
import re

from cryptography.fernet import Fernet, InvalidToken

from odoo.tools import config

_logger = logging.getLogger(__name__)

ENVIRONMENT = "KLAGEBEHANDLING_IDENTITY_KEYS"
OPTION = "klagebehandling_identity_keys"
FILE_NAME = "klagebehandling_identity.keys"
# A sealed file shows no more of its length than this: the exact one names the file
# to whoever has another copy.
PADDING = 64 * 1024


class IdentityUnreadable(Exception):
    """No key of the ring opens this text."""


def key_file():
    """The file that holds the ring where neither environment nor option do."""
    return pathlib.Path(config["data_dir"]) / FILE_NAME


def keyring():
    """The ring in force, as a tuple of Fernet keys; made at the first call."""
    given = os.environ.get(ENVIRONMENT) or config.get(OPTION) or _read_or_make_file()
    return tuple(re.split(r"[\s,]+", given.strip()))


def encrypt(values):
    """Seal a dict of texts under the first key of the ring."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return _fernets(keyring())[0].encrypt(text.encode()).decode()


def decrypt(sealed):
    """Open what :func:`encrypt` sealed.

    :raises IdentityUnreadable: when the key that sealed it is not in the ring
    """
    for fernet in _fernets(keyring()):
        try:
            return json.loads(fernet.decrypt(sealed.encode()))
        except InvalidToken:
            continue
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


def key_mark():
    """Names the key that seals today, without telling it: for a rotation."""
    return hmac.new(keyring()[0].encode(), b"mark", hashlib.sha256).hexdigest()[:8]


def keyed_hash(purpose, text):
    """A hash that nobody can recompute or test without the ring's last key.

    The oldest key stays last in the ring, so that a hash survives a rotation.
    """
    key = base64.urlsafe_b64decode(keyring()[-1])
    message = f"{purpose}\0{text}".encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


@functools.lru_cache(maxsize=4)
def _fernets(keys):
    return tuple(Fernet(key) for key in keys)


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
    draft = path.with_suffix(f".{os.getpid()}")
    with open(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
    ) as out:
        out.write(Fernet.generate_key())
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, path)
        _logger.warning(
            "A new identity key was made; back up %s apart from the database", FILE_NAME
        )
    except FileExistsError:
        _logger.info("Another process made the identity key")
    finally:
        draft.unlink()
