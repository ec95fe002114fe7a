"""All linters side by side: each says how long it took, and why it failed."""

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from console import say
from files import locked
from node import ensure_node
from python_venv import ensure_venv
from settings import LINT_VENV, ROOT, all_addons

PARALLEL = 2
PYTHON_PROGRAMS = LINT_VENV / "bin"
FORMATTED = "**/*.{xml,js,scss,md,yml}"
# Its pretty format empties what is the same in both languages, and an empty entry is
# what an untranslated one looks like.
OCA_PO = ["oca-checks-po", "--disable=po-pretty-format"]
PYLINT = ["pylint", "--rcfile=pyproject.toml"]
# Each room may open a model once: tests/repository/test_house.py counts by the room.
ROOMS_OPEN = "--disable=consider-merging-classes-inherited"
CONTAINER_FILES = ("Dockerfile", "docker/Dockerfile")


class Linter(NamedTuple):
    """A linter and its command line."""

    name: str
    command: list


class Verdict(NamedTuple):
    """What a linter said."""

    name: str
    is_good: bool
    output: str


def run_all(lock):
    """Run all linters; return the names of those that found something."""
    variables = _ensure_tools(lock)
    say("Linters")
    with ThreadPoolExecutor(PARALLEL) as pool:
        verdicts = list(pool.map(lambda linter: _run(linter, variables), _linters()))
    failed = [verdict for verdict in verdicts if not verdict.is_good]
    for verdict in failed:
        say(f"\n--- {verdict.name}\n{verdict.output}")
    return [verdict.name for verdict in failed]


def rewrite(lock):
    """Let the formatters rewrite the sources; return the exit code."""
    variables = _ensure_tools(lock)
    commands = [
        [PYTHON_PROGRAMS / "ruff", "check", "--fix-only", "--quiet", "."],
        [PYTHON_PROGRAMS / "ruff", "format", "."],
        ["prettier", "--write", "--log-level=warn", FORMATTED],
    ]
    codes = [
        subprocess.run(list(map(str, command)), cwd=ROOT, env=variables).returncode
        for command in commands
    ]
    return max(codes)


def _ensure_tools(lock):
    with locked(lock, "setup"):
        ensure_venv(LINT_VENV)
        return ensure_node()


def _linters():
    """Return the linters that have something to read, the slowest first."""
    found = [
        _over("pylint", PYLINT, _names(_addons_without_rooms())),
        _over("pylint rooms", [*PYLINT, ROOMS_OPEN], _names(_addons_with_rooms())),
        Linter("prettier", ["prettier", "--check", "--log-level=warn", FORMATTED]),
        _over("oca-module", ["oca-checks-odoo-module"], _names(all_addons())),
        Linter("eslint", ["eslint", "--no-error-on-unmatched-pattern", "."]),
        _over("oca-po", OCA_PO, _names(_translations())),
        Linter("ruff check", [PYTHON_PROGRAMS / "ruff", "check", "--quiet", "."]),
        Linter("ruff format", [PYTHON_PROGRAMS / "ruff", "format", "--check", "."]),
        _over("hadolint", ["hadolint"], _names(_container_files())),
    ]
    return [linter for linter in found if linter]


def _over(name, command, paths):
    """Return a Python linter over some paths, or nothing when there are none."""
    program, *options = command
    command = [PYTHON_PROGRAMS / program, *options, *paths]
    return Linter(name, command) if paths else None


def _addons_with_rooms():
    return [addon for addon in all_addons() if list(addon.glob("models/*/__init__.py"))]


def _addons_without_rooms():
    rooms = _addons_with_rooms()
    return [addon for addon in all_addons() if addon not in rooms]


def _translations():
    return [path for addon in all_addons() for path in sorted(addon.glob("i18n/*.po"))]


def _container_files():
    return [ROOT / name for name in CONTAINER_FILES if (ROOT / name).exists()]


def _names(paths):
    return [path.relative_to(ROOT) for path in paths]


def _run(linter, variables):
    start = time.monotonic()
    result = subprocess.run(
        [str(part) for part in linter.command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=variables,
        cwd=ROOT,
    )
    seconds = time.monotonic() - start
    word = "ok" if result.returncode == 0 else "FAILED"
    say(f"  {linter.name} ... {word} {seconds:.1f} s")
    return Verdict(linter.name, result.returncode == 0, result.stdout.strip())
