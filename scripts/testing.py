"""`make test`: linters, repository checks, then the tests of every addon."""

import os
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

import linting
from console import Failure, say, step
from files import locked
from node import ensure_node
from settings import ROOT, RUNTIME, VENV, all_addons, variable
from system_packages import (
    ensure_chromium,
    ensure_mail,
    environment,
    try_for_exiftool,
)
from test_databases import copy_for_worker, ensure_template, tests_cluster
from test_results import Results, remember_seconds, share_out
from test_worker import Worker, sum_up

TEST_FILES = "tests/**/test_*.py"
LEAKS_CAN_FAIL = ROOT / "tests/faults/leaks_can_fail.py"
MAIL_LOOP = "tests/faults/mail_loop.py"
STOCK = "tests/onboarding/stock.py"
PLAIN = ("tests/repository", "tests/unit")
WORKERS = 2
# Small enough that the workers end together, though nobody knows the seconds yet.
SHARES_OF_A_WORKER = 4
ODOO_OPTIONS = ("--odoo-http", "--odoo-log-level=warn")
# A test drives a browser through Odoo, or by a script of Node.js.
DRIVES_NODE = re.compile(r"\.mjs\b")
DRIVES_A_BROWSER = re.compile(rf"\b(browser_js|start_tour)\(|{DRIVES_NODE.pattern}")


def run_all(lock):
    """Run everything, or only the path in ONLY; return the exit code."""
    start = time.monotonic()
    only = variable("ONLY")
    total = Results()
    if not only:
        for linter in linting.run_all(lock):
            total.complain(f"lint: {linter}")
    plain, addon_tests = _selected(only)
    if plain:
        total.add(_run_plain(plain))
    if addon_tests:
        total.add(_run_addon_tests(addon_tests, lock))
    if variable("KLAGE_PROVE"):
        _prove(only, total, lock)
    _close(total, time.monotonic() - start)
    return 0 if total.is_good else 1


def _selected(only):
    """Return the plain test paths and the addon test files that are to run."""
    plain = [ROOT / name for name in PLAIN if (ROOT / name).exists()]
    files = [path for addon in all_addons() for path in addon.glob(TEST_FILES)]
    if not only:
        return plain, files
    wanted = (ROOT / only.partition("::")[0]).resolve()
    if not wanted.exists():
        raise Failure(f"ONLY={only} is not there", "name a file of the checkout")
    if any(path == wanted or path in wanted.parents for path in plain):
        return [only], []
    return [], [path for path in files if path == wanted or wanted in path.parents]


def _run_plain(paths):
    say("Repository checks")
    if variable("KLAGE_PROVE"):
        try_for_exiftool()
    variables = {"PYTHONDONTWRITEBYTECODE": "1", "PATH": environment()["PATH"]}
    variables = os.environ | variables
    variables.pop("ODOO_RC", None)
    worker = Worker("repository", paths, variables, "-p", "no:odoo")
    worker.run()
    return sum_up([worker])


def _run_addon_tests(files, lock):
    say("Tests of the addons")
    _ensure_browser([path.read_text() for path in files], lock)
    with tests_cluster().in_use():
        count = WORKERS if variable("ONLY") else WORKERS * SHARES_OF_A_WORKER
        return _run_shares(ensure_template(), share_out(files, count))


def _ensure_browser(sources, lock):
    """Have what the tests drive: Chromium, and the npm packages that steer it."""
    with locked(lock, "setup"):
        if any(map(DRIVES_A_BROWSER.search, sources)):
            ensure_chromium()
        if any(map(DRIVES_NODE.search, sources)):
            ensure_node()


def _run_shares(template, shares):
    """Run the shares, each on the first database that is free."""
    free = SimpleQueue()
    with step("Copying the template for each worker"):
        for number in range(1, min(WORKERS, len(shares)) + 1):
            free.put(copy_for_worker(template, number).environment())
    workers = [_worker(number, share) for number, share in enumerate(shares, 1)]
    start = time.monotonic()
    with ThreadPoolExecutor(free.qsize()) as pool:
        for worker in workers:
            pool.submit(worker.run_with_one_of, free)
    results = sum_up(workers)
    remember_seconds(results)
    say(f"  addon tests took {time.monotonic() - start:.0f} s")
    return results


def _worker(number, share):
    paths = [path.relative_to(ROOT) for path in share]
    if "::" in variable("ONLY"):
        paths = [variable("ONLY")]
    return Worker(f"share-{number}", paths, None, *ODOO_OPTIONS)


def _prove(only, total, lock):
    """Run the scripts of faults that need test databases of their own."""
    if not only:
        _prove_that_leaks_are_found(total)
    if only in ("", MAIL_LOOP):
        _prove_that_mail_arrives(total, lock)
    if only in ("", STOCK):
        _prove_that_a_stranger_can_start(total)


def _prove_that_a_stranger_can_start(total):
    """Set up an empty Odoo without our scripts, and work a case to its end."""
    say("An empty Odoo, from the guided page to a closed case")
    command = [str(VENV / "bin/python"), str(ROOT / STOCK)]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        total.complain("a stranger did not come to a closed case, or met English")
    else:
        total.passed += 1


def _prove_that_mail_arrives(total, lock):
    """Send a thousand letters through a real mail server, and kill the senders."""
    say("A thousand letters through a real mail server")
    with locked(lock, "setup"):
        ensure_mail()
    with tests_cluster().in_use():
        copy = copy_for_worker(ensure_template(), WORKERS + 1)
        module = MAIL_LOOP.removesuffix(".py").replace("/", ".")
        if subprocess.run(
            [str(VENV / "bin/python"), "-m", module],
            env=copy.environment(),
            cwd=ROOT,
            check=False,
        ).returncode:
            total.complain("the mail loop lost, doubled or misjudged something")
        else:
            total.passed += 1


def _prove_that_leaks_are_found(total):
    """Switch off each protection of the wall and demand that a test notices."""
    say("Protections of the wall and the tests that miss them")
    with tests_cluster().in_use():
        template = ensure_template()
        processes = [
            _ask_for_leaks(copy_for_worker(template, number), f"{number}/{WORKERS}")
            for number in range(1, WORKERS + 1)
        ]
        if any([process.wait() for process in processes]):
            total.complain("a protection of the wall is missed by no test")


def _ask_for_leaks(copy, share):
    return subprocess.Popen(
        [str(VENV / "bin/python"), str(LEAKS_CAN_FAIL)],
        env=copy.environment() | {"LEAKS_SHARE": share},
        cwd=ROOT,
    )


def _close(total, seconds):
    for complaint in total.complaints:
        say(f"FAILED {complaint}")
    if not total.passed:
        say("No test ran.")
    say(f"Logs: {RUNTIME.relative_to(ROOT) / 'log'}; {seconds:.0f} s in all")
    say(total.closing_line())
