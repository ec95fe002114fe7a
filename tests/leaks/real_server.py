"""A signed-in browser complains anonymously on a real server: what is left of it?

Usage: ``make -s shell < tests/leaks/real_server.py``, while no server runs.
``KLAGE_WITH=website`` installs another addon first.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing

import psycopg2
import requests
from psycopg2 import sql

import odoo.sql_db
from odoo.tools import config

from odoo.addons.klagebehandling.sealing import keyring
from odoo.addons.test_klagebehandling.tests.canaries import Keeper

COPY = "klage_leaks"
PORT = 8399
# Another address of this machine, which no other program uses.
SOURCE = "127.0.0.77"
CANARIES = ("canary", SOURCE, "203.0.113.77")
PASSWORD = "example"
HEADERS = {
    "User-Agent": "CanaryBrowser/7.0",
    "Accept-Language": "nb, xx-CANARY;q=0.5",
    "Referer": "https://canary.example.com/inside",
    "X-Forwarded-For": "203.0.113.77",
}
# Longer than the time trap of the form.
WHILE_WRITING = 4


class FromSource(requests.adapters.HTTPAdapter):
    """Calls from the address that is looked for afterwards."""

    def init_poolmanager(self, *args, **kwargs):
        kwargs["source_address"] = (SOURCE, 0)
        super().init_poolmanager(*args, **kwargs)


def connect(name):
    connection = psycopg2.connect(
        dbname=name, user=config["db_user"], host=config["db_host"] or None
    )
    connection.autocommit = True
    return connection


def copy_database(original):
    """A copy of the database, which nobody else may use now."""
    env.cr.close()
    odoo.sql_db.close_all()
    with closing(connect("postgres")) as postgres, postgres.cursor() as cr:
        for query in (
            "DROP DATABASE IF EXISTS {copy}",
            "CREATE DATABASE {copy} TEMPLATE {original}",
        ):
            names = {"copy": sql.Identifier(COPY), "original": sql.Identifier(original)}
            cr.execute(sql.SQL(query).format(**names))


def copy_files(original, folder):
    store = pathlib.Path(config["data_dir"], "filestore", original)
    if store.exists():
        shutil.copytree(store, folder / "filestore" / COPY)
    if keyring.key_file().exists():
        shutil.copy(keyring.key_file(), folder)


def command(folder, *options):
    return [
        sys.executable, "-m", "odoo", "-c", config["config"] or os.environ["ODOO_RC"],
        "-d", COPY, "--db-filter", f"^{COPY}$", "--data-dir", str(folder), *options,
    ]  # fmt: skip


def start_server(folder, log):
    server = subprocess.Popen(
        command(folder, "--http-port", str(PORT), "--max-cron-threads", "0"),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    for _try in range(240):
        try:
            requests.get(f"{BASE}/web/health", timeout=5)
            return server
        except requests.ConnectionError:
            time.sleep(0.5)
    raise SystemExit("the server does not answer")


def sign_in(login):
    browser = requests.Session()
    browser.trust_env = False
    browser.mount("http://", FromSource())
    browser.headers.update(HEADERS)
    page = browser.get(f"{BASE}/web/login")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    values = {"login": login, "password": PASSWORD, "csrf_token": token}
    page = browser.post(f"{BASE}/web/login", data=values)
    assert "/web/login" not in page.url, "the login failed"
    for name in ("visitor_uuid", "utm_source", "tz"):
        browser.cookies.set(name, f"canary-{name}")
    return browser


def complain(browser):
    """The whole way through form, receipt and status page; the receipt code."""
    browser.get(f"{BASE}/klage?utm_source=canary")
    form = browser.get(f"{BASE}{FORM}?utm_campaign=canary")
    token = re.search(r'name="token" value="([^"]+)"', form.text)[1]
    time.sleep(WHILE_WRITING)
    answers = {"anonymity": "anonymous", "token": token}
    files = {"attachments": ("canary-holiday.txt", b"on the beach", "text/plain")}
    browser.post(f"{BASE}{FORM}", data=answers, files=files)  # without a text
    answers |= {"description": "The secret food is cold.", "name": "Kari Canary"}
    for name in re.findall(r'type="radio"[^>]*name="(\w+)"', form.text):
        first = re.search(rf'name="{name}" value="([^"]+)"', form.text)
        answers.setdefault(name, first[1])
    receipt = browser.post(f"{BASE}{FORM}", data=answers, files=files)
    assert receipt.status_code == 200, receipt.text
    code = re.search(r'class="secret">([^<]+)<', receipt.text)[1]
    for text in (code, "mistyped"):
        browser.post(f"{BASE}/klage/status", data={"code": text})
    browser.get(f"{BASE}/klage/nowhere/canary")
    return code


def person(cr, login):
    """The ids of user and partner whose traces are looked for."""
    cr.execute(
        "SELECT u.id, p.id FROM res_users u JOIN res_partner p ON p.id = u.partner_id "
        "WHERE u.login = %s",
        [login],
    )
    return cr.fetchone()


def examine(keeper, log_path, before, users, secrets):
    """Faults as lines: what is found in rows, files and log."""
    time.sleep(2)  # until the server has written what it writes afterwards
    faults = keeper.traces(CANARIES, [users[0]], [users[1]])
    text = log_path.read_bytes()[before:].decode(errors="replace").lower()
    return faults + [f"log: {one}" for one in (*CANARIES, *secrets) if one in text]


def run(folder, login, zone):
    log_path = folder / "server.log"
    with log_path.open("wb") as log:
        server = start_server(folder, log)
    faults = []
    try:
        connection = connect(COPY)
        cr = connection.cursor()
        folders = [folder / "filestore", folder / "sessions"]
        users = person(cr, login)
        keeper, before = Keeper(cr, folders, zone), log_path.stat().st_size
        browser = sign_in(login)
        browser.get(f"{BASE}/odoo")
        control = examine(keeper, log_path, before, users, ())
        for expected in ("res_device_log", "points at res_users", f"log: {SOURCE}"):
            if not any(expected in line for line in control):
                faults.append(f"the search does not find {expected} on other pages")
        keeper.look()
        before = log_path.stat().st_size
        code = complain(browser)
        secrets = (code.lower(), "secret food", login.lower())
        faults += examine(keeper, log_path, before, users, secrets)
        connection.close()
    finally:
        server.terminate()
        server.wait(30)
    return control, faults


def login_and_form():
    """An employee who handles no case, the form of the house, and its time zone."""
    unit = env["complaint.unit"].search([("slug", "!=", False)], order="slug", limit=1)
    users = env["res.users"].search(
        [("company_ids", "in", unit.company_id.ids), ("share", "=", False)], order="id"
    )
    employee = next(
        user
        for user in users
        if user.id > 2 and not user.has_group("klagebehandling.group_caseworker")
    )
    return employee.login, f"/klage/{unit.slug}", unit.effective_policy_id.tz


BASE = f"http://127.0.0.1:{PORT}"
LOGIN, FORM, ZONE = login_and_form()
ORIGINAL = env.cr.dbname
with tempfile.TemporaryDirectory() as name:
    place = pathlib.Path(name)
    copy_database(ORIGINAL)
    try:
        copy_files(ORIGINAL, place)
        if more := os.environ.get("KLAGE_WITH"):
            subprocess.run(
                command(place, "-i", more, "--stop-after-init", "--log-level=warn"),
                check=True,
            )
        found, faults = run(place, LOGIN, ZONE)
    finally:
        with closing(connect("postgres")) as postgres, postgres.cursor() as cr:
            cr.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(COPY)))
print(f"{len(found)} traces on a neutral page, {len(faults)} after the complaint")
for fault in faults:
    print(f"- {fault}")
os._exit(1 if faults else 0)
