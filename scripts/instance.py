"""One Odoo database with its filestore and configuration."""

import json
import os
import re
import secrets
import shutil
import subprocess
from pathlib import Path

from console import Failure
from files import addon_fingerprint, remove, write_atomically
from odoo_package import odoo_key
from process import run_logged, tail
from settings import (
    DATABASE_ROLE,
    LANGUAGES,
    ODOO,
    ODOO_ADDONS,
    ROOT,
    RUNTIME,
    VENV,
    addons_in,
    host,
)
from system_packages import environment

FALLBACK_ADDONS = ["portal"]
SERIOUS = re.compile(r"^\S+ \S+ \d+ (ERROR|CRITICAL) .*$", re.MULTILINE)
CONFIGURATION = """[options]
addons_path = {addons_path}
data_dir = {data}
db_host = {socket}
db_port = 5432
db_user = {role}
db_name = {name}
dbfilter = ^{name}$
list_db = False
admin_passwd = {secret}
with_demo = False
http_interface = {host}
log_level = {log_level}
limit_time_cpu = 600
limit_time_real = 1200
max_cron_threads = 1
screenshots = {runtime}/screenshots
"""
PREPARE_ASSETS = """
assets = env["ir.qweb"]
for kind, names in zip(("js", "css"), assets._get_bundles_to_pregenarate()):
    for name in sorted(name for name in names if "test" not in name):
        bundle = assets._get_asset_bundle(name, css=kind == "css", js=kind == "js")
        getattr(bundle, kind)()
env.cr.commit()
"""


class Instance:
    """A database in a cluster, built from the addons of this checkout."""

    def __init__(self, cluster, name, log_level="info"):
        self.cluster = cluster
        self.name = name
        self.log_level = log_level
        self.data = RUNTIME / "data" / cluster.name
        self.configuration = RUNTIME / "conf" / f"{name}.conf"

    @property
    def filestore(self):
        """Return the folder with the files of this database."""
        return self.data / "filestore" / self.name

    def write_configuration(self):
        """Write the Odoo configuration file of this database."""
        folders = [ROOT, ROOT / "data", ROOT / "tests"]
        folders = [ODOO_ADDONS] + [folder for folder in folders if addons_in(folder)]
        secret = RUNTIME / "conf/master-password"
        if not secret.exists():
            write_atomically(secret, secrets.token_urlsafe(24), mode=0o600)
        text = CONFIGURATION.format(
            addons_path=",".join(map(str, folders)),
            data=self.data,
            socket=self.cluster.socket,
            role=DATABASE_ROLE,
            name=self.name,
            secret=secret.read_text(),
            host=host(),
            log_level=self.log_level,
            runtime=RUNTIME,
        )
        write_atomically(self.configuration, text, mode=0o600)

    def command(self, *arguments):
        """Return the command line that starts Odoo on this database."""
        self.write_configuration()
        subcommand = [part for part in arguments[:1] if not part.startswith("-")]
        options = arguments[len(subcommand) :]
        odoo = [VENV / "bin/python", "-m", "odoo", *subcommand]
        return [str(part) for part in (*odoo, "-c", self.configuration, *options)]

    def environment(self):
        """Return the environment variables that Odoo runs with."""
        return environment() | {
            "PYTHONPATH": str(ODOO / "usr/lib/python3/dist-packages"),
            "ODOO_RC": str(self.configuration),
        }

    def run_odoo(self, *arguments):
        """Run Odoo once, to install or update; fail when it logs an error."""
        path = run_logged(
            self.command(*arguments, "--no-http", "--stop-after-init"),
            self.name,
            env=self.environment(),
            cwd=ROOT,
        )
        errors = SERIOUS.findall(path.read_text(encoding="utf-8", errors="replace"))
        if errors:
            raise Failure(
                f"Odoo logged {len(errors)} errors:\n{tail(path)}",
                f"mend the addon and call make again; the whole log is {path}",
            )

    def run_script(self, script, log):
        """Run a Python script in an Odoo shell on this database."""
        log = RUNTIME / "log" / f"{log}.log"
        with log.open("wb") as output:
            result = subprocess.run(
                self.command("shell", "--no-http"),
                input=script.encode(),
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.environment(),
                cwd=ROOT,
                check=False,
            )
        if result.returncode:
            raise Failure(f"a script failed in {self.name}:\n{tail(log)}")

    def install(self, addons):
        """Install addons with the languages of the suite."""
        names = ",".join(addons or FALLBACK_ADDONS)
        self.run_odoo("-i", names, f"--load-language={LANGUAGES}")

    def update(self, changed, new):
        """Update changed addons, with their translations, and install new ones."""
        arguments = ["-u", ",".join(changed), "--i18n-overwrite"] if changed else []
        arguments += ["-i", ",".join(new)] if new else []
        self.run_odoo(*arguments)

    def prepare_assets(self):
        """Build the style sheets and scripts, so that the first page is fast."""
        self.run_script(PREPARE_ASSETS, f"{self.name}-assets")

    def exists(self):
        """Tell whether the database is there."""
        query = f"SELECT 1 FROM pg_database WHERE datname = '{self.name}'"
        return bool(self.cluster.value("postgres", query))

    def state(self):
        """Return the fingerprints that the database was built from, or None."""
        comment = self.cluster.value(
            "postgres",
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            f"WHERE datname = '{self.name}'",
        )
        return json.loads(comment) if comment else None

    def remember(self, state):
        """Keep the fingerprints inside the database, as its comment."""
        comment = json.dumps(state, sort_keys=True)
        query = f"COMMENT ON DATABASE {self.name} IS '{comment}'"
        self.cluster.value("postgres", query)

    def drop(self):
        """Remove the database and its files."""
        query = f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)"
        self.cluster.value("postgres", query)
        remove(self.filestore)

    def copy_from(self, template):
        """Become a copy of another database of the same cluster."""
        self.drop()
        query = f"CREATE DATABASE {self.name} TEMPLATE {template.name}"
        self.cluster.value("postgres", f"{query} OWNER {DATABASE_ROLE}")
        if template.filestore.exists():
            shutil.copytree(template.filestore, self.filestore, copy_function=os.link)

    def become(self, name):
        """Take the name of another database, which must not exist; the files first."""
        target = Instance(self.cluster, name, self.log_level)
        target.drop()
        if self.filestore.exists():
            self.filestore.rename(target.filestore)
        query = f"ALTER DATABASE {self.name} RENAME TO {name}"
        self.cluster.value("postgres", query)


def wanted_state(addons):
    """Return the fingerprints of Odoo and of addons as they are now."""
    fingerprints = {addon.name: addon_fingerprint(Path(addon)) for addon in addons}
    return {"odoo": odoo_key(), "addons": fingerprints}
