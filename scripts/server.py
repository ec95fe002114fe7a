"""Starting, watching and stopping the Odoo server."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from console import Failure, say, step
from files import remove, write_atomically
from process import tail
from settings import LOGS, ROOT, RUNTIME, host, port

RECORD = RUNTIME / "server.json"
LOG = LOGS / "server.log"
LOGINS = ROOT / "data/klagebehandling_example/LOGINS.txt"
START_TIMEOUT = 120
STOP_TIMEOUT = 20


def address():
    """Return the address that a browser opens."""
    shown = "localhost" if host() in ("127.0.0.1", "0.0.0.0", "::") else host()
    return f"http://{shown}:{port()}"


def refuse_if_running():
    """Fail when a server of this checkout runs."""
    if running := _running():
        raise Failure(
            f"the server already runs: {running['address']}",
            "open it, or stop it with make stop",
        )


def refuse_if_taken():
    """Fail early when a server of this checkout runs or the port is in use."""
    refuse_if_running()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host(), port()))
        except OSError as error:
            raise Failure(
                f"port {port()} on {host()} cannot be used: {error.strerror}",
                f"choose another one: make run PORT={port() + 1}",
            ) from error


def start(database):
    """Start the server and return it once it answers."""
    command = database.command("--http-port", str(port()))
    LOGS.mkdir(parents=True, exist_ok=True)
    with step("Starting the server"), LOG.open("wb") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=database.environment(),
            cwd=ROOT,
            start_new_session=True,
        )
        record = {"pid": process.pid, "address": address()}
        record["mark"] = str(database.configuration)
        write_atomically(RECORD, json.dumps(record))
        try:
            _wait_until_healthy(process)
        except BaseException:
            _end(process.pid)
            raise
    return process


def _wait_until_healthy(process):
    # Ask the server itself: a proxy of the machine must not stand between.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError, urllib.error.URLError):
            opener.open(f"{address()}/web/health", timeout=5)
            return
        time.sleep(0.2)
    raise Failure(
        f"the server does not answer:\n{tail(LOG)}", f"the whole log is {LOG}"
    )


def describe():
    """Print the address, the logins and what to look at."""
    say(f"\nKlagebehandling runs on {address()}")
    if LOGINS.exists():
        say(LOGINS.read_text(encoding="utf-8").rstrip())
    say(f"Log: {LOG.relative_to(ROOT)}. Stop: Ctrl-C here, or make stop elsewhere.")


def serve(process):
    """Wait for the server; Ctrl-C or a termination stops it."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        code = process.wait()
        if code not in (0, -signal.SIGTERM):
            raise Failure(f"the server ended with code {code}:\n{tail(LOG)}")
    except KeyboardInterrupt:
        say("\nStopping the server")
    finally:
        _end(process.pid)
        process.wait()
        remove(RECORD)


def _interrupt(_number, _frame):
    raise KeyboardInterrupt


def stop():
    """Stop the server of this checkout; tell whether one was running."""
    running = _running()
    if running:
        _end(running["pid"])
    remove(RECORD)
    return bool(running)


def _running():
    """Return the record of the running server, if the process is still ours."""
    if not RECORD.exists():
        return None
    record = json.loads(RECORD.read_text())
    return record if _is_ours(record["pid"], record["mark"]) else None


def _is_ours(pid, mark):
    try:
        return mark.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _end(pid):
    """Ask a server to stop, and end it when it does not."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_TIMEOUT
        while time.monotonic() < deadline:
            if _has_ended(pid):
                return
            time.sleep(0.1)
        os.kill(pid, signal.SIGKILL)


def _has_ended(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"
