"""Sealing everything anew under the first key of the ring, and looking at the seals.

A model takes part by inheriting ``complaint.sealed``: it seals some of its rows anew at
a time, and counts them by the key that seals them.
"""

import functools
import logging
from collections import Counter

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.service.model import retrying

from . import keyring

_logger = logging.getLogger(__name__)

BATCH = 500
HASH_KEY = "klagebehandling.hash_key"


class RowsUnreadable(Exception):
    """Some rows are sealed by keys that the ring here does not hold."""


def sealing_models(registry):
    """The names of the models that keep something sealed."""
    sealed = registry["complaint.sealed"]
    return sorted(
        name
        for name, model in registry.items()
        if issubclass(model, sealed) and not model._abstract
    )


def reseal(registry):
    """Seal anew, batch by batch, what the first key of the ring does not seal.

    Each batch is committed: killed at any point it goes on from there when called
    again, and called twice it does nothing.

    :return: how many rows were sealed anew, by model
    """
    done = Counter()
    for name in sealing_models(registry):
        while number := _reseal_batch(registry, name):
            done[name] += number
    return done


def _reseal_batch(registry, name):
    with registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        return retrying(functools.partial(env[name]._reseal_batch, BATCH), env)


def rotate(registry, leave_unreadable=False):
    """Finish the rotation that was begun; without one make a new key and begin.

    :param leave_unreadable: go on although the ring opens only some of the rows
    :return: whether a new key was made, and how many rows were sealed anew; nothing
        is made where the ring is not kept in a file
    :raises RowsUnreadable: where it is perhaps not the ring that the server uses
    """
    if not leave_unreadable and count_closed(count(registry)):
        raise RowsUnreadable
    with registry.cursor() as cr:
        note_hash_key(Environment(cr, SUPERUSER_ID, {}))
    done = reseal(registry)
    is_new = not done and keyring.source() == "file"
    if is_new:
        keyring.add_key()
        done = reseal(registry)
    if done or is_new:
        _note_rotation(registry, is_new, sum(done.values()))
    return is_new, done


def _note_rotation(registry, is_new, number):
    """Leave a trace of it: that it was done, and nothing of a key."""
    _logger.warning(
        "Identity keys of %s rotated: %s, %s rows sealed anew",
        registry.db_name,
        "new key" if is_new else "under way before",
        number,
    )
    with registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        retrying(functools.partial(_log_rotation, env), env)


def _log_rotation(env):
    Journal = env["complaint.company.journal"]
    Journal._append(
        [(company, "keyring_changed", {}) for company in Journal._companies()]
    )


def count(registry):
    """How many rows each key seals.

    :return: by model, a counter of pairs of the mark of the key and whether it opens
        the row
    """
    with registry.cursor(readonly=True) as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        return {name: env[name]._count_sealed() for name in sealing_models(registry)}


def count_closed(counts):
    """How many rows no key of the ring opens."""
    return sum(
        number
        for counter in counts.values()
        for (_mark, is_open), number in counter.items()
        if not is_open
    )


def note_hash_key(env):
    """Keep the mark of the key that the keyed hashes are made with, to check it by."""
    parameters = env["ir.config_parameter"].sudo()
    if not parameters.get_param(HASH_KEY):
        parameters.set_param(HASH_KEY, keyring.mark(keyring.keyring()[-1]))


def wrong_hash_key(registry):
    """The mark of the key that must stand last in the ring, where another one does."""
    with registry.cursor(readonly=True) as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        noted = env["ir.config_parameter"].sudo().get_param(HASH_KEY)
    is_right = not noted or noted == keyring.mark(keyring.keyring()[-1])
    return "" if is_right else noted


def file_problem():
    """What is wrong with the file of the ring, in words; empty where nothing is."""
    if keyring.source() != "file":
        return ""
    path = keyring.key_file()
    if not path.exists():
        return "is missing"
    mode = path.stat().st_mode & 0o777
    return "" if mode == 0o600 else f"has mode {mode:04o}, not 0600"
