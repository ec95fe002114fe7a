"""The commands behind `make`: build the runtime, run it, check it, remove it."""

import os
import subprocess
import sys

import example
import linting
import server
import test_databases
import testing
from console import Failure, console, say, step
from files import locked, remove
from odoo_package import ensure_odoo, update_lock
from postgres import Cluster
from python_venv import ensure_venv
from settings import NODE_MODULES, ROOT, RUNTIME, reachable_runtime
from system_packages import ensure_fonts, ensure_pango, ensure_postgresql

LOCK = RUNTIME / "lock"
CLUSTERS = (example.CLUSTER, test_databases.CLUSTER)


def build_runtime(thorough=False):
    """Have Odoo, its Python environment, PostgreSQL, the PDF libraries and fonts."""
    ensure_odoo(thorough)
    ensure_venv()
    ensure_postgresql()
    ensure_pango()
    ensure_fonts()


def setup():
    """Build everything that make run needs, without starting the server."""
    with example.in_use(), locked(LOCK, "setup"):
        build_runtime(thorough=True)
        example.ensure_example()
    say("Ready: make run starts the server.")


def run():
    """Start the server on the example database and stay until it is stopped."""
    with example.in_use():
        with locked(LOCK, "setup"):
            server.refuse_if_taken()
            build_runtime()
            process = server.start(example.ensure_example())
        server.describe()
        server.serve(process)


def shell():
    """Open an Odoo shell, or run the script on standard input and pass its code on."""
    console.stream = sys.stderr
    with example.in_use():
        with locked(LOCK, "setup"):
            build_runtime()
            database = example.ensure_example()
        return subprocess.run(
            database.command("shell", "--no-http", "--log-level=warn"),
            env=database.environment(),
            check=False,
        ).returncode


def test():
    """Run the linters, the repository checks and the tests of every addon."""
    with locked(LOCK, "setup"):
        build_runtime()
    with locked(RUNTIME / "tests.lock", "tests"):
        return testing.run_all(LOCK)


def lint():
    """Run all linters."""
    return 1 if linting.run_all(LOCK) else 0


def format_sources():
    """Rewrite the sources in the layout that the linters want."""
    return linting.rewrite(LOCK)


def stop():
    """Stop the server and the PostgreSQL clusters of this checkout."""
    stopped = ["the server"] if server.stop() else []
    for name in CLUSTERS:
        if Cluster(name).stop():
            stopped.append(f"the cluster {name}")
    say(f"Stopped {', '.join(stopped)}." if stopped else "Nothing was running.")


def clean():
    """Remove everything built here; downloads outside the checkout stay."""
    stop()
    with locked(LOCK, "setup"), step("Removing what was built"):
        for name in CLUSTERS:
            Cluster(name).destroy()
        for path in RUNTIME.iterdir():
            if path != LOCK:
                remove(path)
        remove(NODE_MODULES)
        if reachable_runtime() != RUNTIME:
            remove(reachable_runtime())
        for cache in ROOT.rglob("__pycache__"):
            remove(cache)


def reset():
    """Build the example database anew."""
    with example.in_use(), locked(LOCK, "setup"):
        server.refuse_if_running()
        build_runtime()
        database = example.example()
        database.cluster.start()
        database.drop()
        example.ensure_example()


COMMANDS = {
    "setup": setup,
    "run": run,
    "shell": shell,
    "test": test,
    "lint": lint,
    "format": format_sources,
    "stop": stop,
    "clean": clean,
    "reset": reset,
    "odoo-latest": update_lock,
}


def main(arguments):
    """Run one command and return its exit code."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        say(f"usage: scripts/klage {'|'.join(COMMANDS)}")
        return 2
    os.umask(0o022)
    try:
        return COMMANDS[arguments[0]]() or 0
    except Failure as failure:
        console.report(failure)
    except KeyboardInterrupt:
        say("\nInterrupted; the next call goes on from here.")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
