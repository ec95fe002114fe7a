"""Running other programs, with their output kept in a log file."""

import os
import pwd
import subprocess

from console import Failure
from settings import LOGS

TAIL_LINES = 25


def tail(path, lines=TAIL_LINES):
    """Return the last lines of a log file."""
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    return "\n".join(text.splitlines()[-lines:])


def run_logged(command, log, advice="", **options):
    """Run a program with its output in `.runtime/log/<log>.log`; fail with its tail."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    with path.open("wb") as output:
        result = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **options,
        )
    if result.returncode:
        raise Failure(
            f"{command[0]} ended with code {result.returncode}:\n{tail(path)}",
            advice or f"the whole output is in {path}",
        )
    return path


def output_of(command, **options):
    """Return the standard output of a program, or None when it cannot run or fails."""
    try:
        result = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=False,
            **options,
        )
    except OSError:
        return None
    return result.stdout if result.returncode == 0 else None


def is_root():
    """Tell whether this process runs as root."""
    return os.geteuid() == 0


def unprivileged_account():
    """Return the account of servers that do not run as root: ours, if we are not."""
    if not is_root():
        return pwd.getpwuid(os.geteuid())
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def unprivileged():
    """Return the options of ``subprocess`` that run a program as that account."""
    if not is_root():
        return {}
    account = unprivileged_account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
