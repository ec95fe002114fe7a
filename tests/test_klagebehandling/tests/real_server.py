"""A server of its own on a copy of a database: what one cursor for all cannot show.

In the other tests every request shares the transaction of the test. Here each has its
own, rows are committed, and logs are read.
"""

import http.client
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import psycopg2

from odoo.tools import config

from odoo.addons.klagebehandling.sealing import keyring
from odoo.addons.klagebehandling_portal import form_token

HOST = "127.0.0.1"
PATIENCE = 120


def connect(name):
    connection = psycopg2.connect(
        dbname=name, user=config["db_user"], host=config["db_host"] or None
    )
    connection.autocommit = True
    return connection


def until(condition, what):
    """Wait for something that other processes do."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain: {what}")


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Answer:
    """What the server said."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()


class RealServer:
    """Odoo on a copy of a database that nobody uses now; gone when it is stopped."""

    def __init__(self, template, workers=0, copy="klage_real_server"):
        self.template, self.copy, self.workers = template, copy, workers
        self.folder = Path(tempfile.mkdtemp())
        self.log = self.folder / "odoo.log"
        self.port = free_port()
        self.process = None

    def start(self):
        self._drop()
        self.postgres(f"CREATE DATABASE {self.copy} TEMPLATE {self.template}")
        if keyring.key_file().exists():
            shutil.copy(keyring.key_file(), self.folder)
        self._copy_files()
        configuration = config["config"] or os.environ["ODOO_RC"]
        command = [
            sys.executable, "-m", "odoo", "-c", configuration, "-d", self.copy,
            "--db-filter", f"^{self.copy}$", "--workers", str(self.workers),
            "--data-dir", str(self.folder), "--http-interface", HOST,
            "--http-port", str(self.port), "--gevent-port", str(free_port()),
            "--max-cron-threads", "0", "--log-level", "info",
        ]  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        until(self._is_up, "the server starts")

    def stop(self):
        """End the server and remove all that it has stored."""
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._drop()
        shutil.rmtree(self.folder)

    def get(self, path, method="GET", body=None, source=None, **headers):
        """Ask for a page.

        :param source: another address of this machine that the request comes from
        """
        connection = http.client.HTTPConnection(
            HOST, self.port, timeout=PATIENCE, source_address=source and (source, 0)
        )
        with closing(connection):
            connection.request(method, path, body, headers)
            return Answer(connection.getresponse())

    def post(self, path, answers, **headers):
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self.get(path, "POST", urlencode(answers), **headers)

    def choices(self, form):
        """The first choice of each question of a form."""
        page, first = self.get(form).text, {}
        for name in re.findall(r'type="radio"[^>]*name="(\w+)"', page):
            first[name] = re.search(rf'name="{name}" value="([^"]+)"', page)[1]
        return first

    def token(self):
        """That of a form which was opened a minute ago."""
        opened, nonce = f"{int(time.time()) - 60:x}", secrets.token_urlsafe(18)
        return ".".join((opened, nonce, form_token._sign(opened, nonce)))

    def ask(self, query, *args):
        """Rows of the copy, or nothing where a statement has none."""
        return self._query(self.copy, query, args)

    def postgres(self, query, *args):
        """The same for the server of databases."""
        return self._query("postgres", query, args)

    def _copy_files(self):
        """The files of the copy: without them a browser gets no scripts."""
        files = Path(config.filestore(self.template))
        if files.exists():
            shutil.copytree(files, self.folder / "filestore" / self.copy)

    def _query(self, name, query, args):
        with closing(connect(name)) as connection, connection.cursor() as cr:
            cr.execute(query, args or None)
            return cr.fetchall() if cr.description else None

    def _is_up(self):
        if self.process.poll() is not None:
            raise AssertionError(self.log.read_text()[-4000:])
        try:
            return self.get("/klage/status").status == 200
        except OSError:
            return False

    def _drop(self):
        self.postgres(f"DROP DATABASE IF EXISTS {self.copy} WITH (FORCE)")
