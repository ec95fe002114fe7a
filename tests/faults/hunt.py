"""Looks for words in all that a server keeps: its dump, its files, what is sealed."""

import base64
import io
import pathlib
import re
import subprocess
import zipfile
import zlib

import pypdf

from odoo.tools import config
from odoo.tools.misc import exec_pg_environ, find_pg_tool

from odoo.addons.klagebehandling.sealing import keyring
from odoo.addons.klagebehandling.tests.dump import _forms

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def places(env, words):
    """Where the words stand in the dump and in the server's data folder.

    Compressed streams are unpacked, and members of archives; what is sealed is not
    opened.
    """
    found = ["dump"] if _stands(words, dump(env.cr.dbname)) else []
    folder = pathlib.Path(config["data_dir"])
    for path in folder.rglob("*"):
        if path.is_file() and any(
            _stands(words, raw) for raw in unpacked(path.read_bytes())
        ):
            found.append(str(path.relative_to(folder)))
    return found


def sealed_places(env, words):
    """The models that seal one of the words: found with the keys of this server."""
    found = set()
    for name in sorted(env.registry.descendants(["complaint.sealed"], "_inherit")):
        model = env[name].sudo()
        if model._abstract and name != "ir.actions.report":
            continue
        for id_, sealed, _mark in model._sealed_rows(0, 100_000):
            try:
                opened = model._open_sealed(id_, sealed)
            except keyring.IdentityUnreadable:
                continue
            if any(_stands(words, raw) for raw in _said(opened)):
                found.add(name)
    for bundle in env["complaint.case.bundle"].sudo().search([]):
        sealed = base64.b64decode(bundle.file_sealed)
        raw = keyring.decrypt_bytes(sealed, bundle.size)
        if any(_stands(words, part) for part in unpacked(raw)):
            found.add(bundle._name)
    return sorted(found)


def dump(database):
    """The database as text."""
    return subprocess.run(
        [find_pg_tool("pg_dump"), "--no-owner", database],
        env=exec_pg_environ(),
        check=True,
        stdout=subprocess.PIPE,
    ).stdout


def vacuum(env):
    """Write all tables anew."""
    env.cr.commit()
    connection = env.cr._cnx
    connection.autocommit = True
    try:
        with connection.cursor() as cr:
            cr.execute("VACUUM FULL")
    finally:
        connection.autocommit = False


def unpacked(raw):
    """The bytes as they are, then what is packed in them."""
    yield raw
    if raw.startswith(b"%PDF"):
        for stream in STREAM.findall(raw):
            try:
                yield zlib.decompress(stream)
            except zlib.error:
                continue
        pages = pypdf.PdfReader(io.BytesIO(raw)).pages
        yield " ".join(page.extract_text() for page in pages).encode()
    elif raw.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))


def _stands(words, raw):
    text = raw.lower()
    return any(form.lower().encode() in text for word in words for form in _forms(word))


def _said(opened):
    """All that is in what was sealed; files in it are unpacked."""
    if isinstance(opened, bytes):
        yield from unpacked(opened)
    elif isinstance(opened, dict):
        for value in opened.values():
            yield from _said(value)
    elif isinstance(opened, list | tuple):
        for value in opened:
            yield from _said(value)
    else:
        text = str(opened)
        yield text.encode()
        try:
            yield from unpacked(base64.b64decode(text, validate=True))
        except ValueError:
            return
