"""A private PostgreSQL cluster: unix socket only, run by an unprivileged user."""

import hashlib
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from console import Failure, say, step
from files import fresh_folder, in_use, remove
from process import is_root, tail, unprivileged, unprivileged_account
from settings import DATABASE_ROLE, RUNTIME, reachable_runtime
from system_packages import environment, postgresql_folders

LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432")
SUPERUSER = "postgres"
STOP_TIMEOUT = 30
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
shared_buffers = 256MB
max_connections = 80
jit = off
"""
# PostgreSQL's log would keep complaints in the open: the statement that failed, and
# rows in the details of an error. Given at each start, so that clusters made before
# have them too.
SILENT = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_duration": "off",
}
UNSAFE_BUT_FAST = """
fsync = off
synchronous_commit = off
full_page_writes = off
"""


class Cluster:
    """One PostgreSQL cluster of this checkout, durable or only fast."""

    def __init__(self, name, durable=True):
        self.name = name
        self.durable = durable
        self.account = unprivileged_account()
        self.folder = reachable_runtime() / "postgresql" / name
        self.data = self.folder / "data"
        self.socket = _socket_folder(self.folder)

    def start(self):
        """Have the cluster created and running."""
        if not (self.data / "PG_VERSION").exists():
            if reachable_runtime() != RUNTIME:
                say(f"  {self.account.pw_name} cannot enter {RUNTIME}: see RUNTIME.md")
                say(f"  PostgreSQL keeps its data in {self.folder}")
            with step(f"Creating the PostgreSQL cluster {self.name}"):
                self._create()
        if not self._pid():
            remove(self.data / "postmaster.pid")  # of a server that was killed
            self._own(self.socket)
            options = " ".join(f"-c {name}={value}" for name, value in SILENT.items())
            self._program(
                "pg_ctl", "-D", self.data, "-w", "-l", self._log, "-o", options, "start"
            )  # fmt: skip
            self._create_role()

    def stop(self):
        """Stop the cluster; tell whether it was running."""
        pid = self._pid()
        if not pid:
            return False
        for request in (signal.SIGINT, signal.SIGQUIT):  # fast, then at once
            os.kill(pid, request)
            deadline = time.monotonic() + STOP_TIMEOUT
            while time.monotonic() < deadline:
                if not self._pid():
                    return True
                time.sleep(0.05)
        raise Failure(f"PostgreSQL (process {pid}) does not stop", f"kill {pid}")

    def in_use(self):
        """Return a block during which no other command of ours stops the cluster."""
        return in_use(RUNTIME / f"{self.name}.users", self.stop)

    def _pid(self):
        """Return the process of the running server, asked without its programs."""
        with suppress(OSError, ValueError):
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            if str(self.data).encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        return None

    def destroy(self):
        """Stop the cluster and remove all its data."""
        self.stop()
        remove(self.folder)
        remove(self.socket)

    def value(self, database, query):
        """Run SQL as the superuser and return its output as text."""
        return self._program(
            "psql", "-h", self.socket, "-U", SUPERUSER, "-d", database,
            "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", query,
        ).strip()  # fmt: skip

    @property
    def _log(self):
        return self.folder / "server.log"

    @property
    def _bin(self):
        folders = postgresql_folders()
        version = self.data / "PG_VERSION"
        if not version.exists():
            return folders[0]
        wanted = version.read_text().strip()
        for folder in folders:
            if folder.parent.name == wanted:
                return folder
        raise Failure(
            f"the cluster {self.name} was made by PostgreSQL {wanted}, now gone",
            f"install postgresql-{wanted}, or make clean to start with new data",
        )

    def _identity(self):
        home = {"HOME": "/nonexistent"}
        return {"cwd": "/", "env": environment() | home} | unprivileged()

    def _program(self, name, *arguments):
        result = subprocess.run(
            [self._bin / name, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self._identity(),
        )
        if result.returncode:
            reason = result.stderr or tail(self._log)
            raise Failure(f"{name} failed for cluster {self.name}: {reason}")
        return result.stdout

    def _own(self, folder):
        """Make a folder that only the database account (and root) may enter."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if is_root():
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        if folder.stat().st_uid != self.account.pw_uid:
            raise Failure(f"{folder} belongs to someone else", "remove it")
        folder.chmod(0o700)

    def _create(self):
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        fresh_folder(self.folder)
        self._own(self.folder)
        new = self.folder / "new"
        self._program(
            "initdb", "-D", new, "-U", SUPERUSER, "-A", "trust",
            "-E", "UTF8", "--locale=C.UTF-8", "-N",
        )  # fmt: skip
        settings = SETTINGS.format(socket=self.socket)
        settings += "" if self.durable else UNSAFE_BUT_FAST
        with (new / "postgresql.conf").open("a") as configuration:
            configuration.write(settings)
        new.rename(self.data)

    def _create_role(self):
        known = f"SELECT 1 FROM pg_roles WHERE rolname = '{DATABASE_ROLE}'"
        if not self.value("postgres", known):
            self.value("postgres", f"CREATE ROLE {DATABASE_ROLE} LOGIN CREATEDB")


def _socket_folder(folder):
    inside = folder / "socket"
    if len(str(inside)) <= LONGEST_SOCKET:
        return inside
    short = hashlib.sha256(str(inside).encode()).hexdigest()[:12]
    return Path("/tmp") / f"klage-{short}"
