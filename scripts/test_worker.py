"""One pytest process: its lines are shown as they come, its failures at the end."""

import re
import signal
import subprocess
import threading

from console import say
from files import remove
from settings import LOGS, ROOT, VENV, variable
from test_results import Results, read_results

PROGRESS = re.compile(r"^\S+\.py\b.* \S")
END_OF_PROGRESS = re.compile(r"^=+ (ERRORS|FAILURES|warnings summary|short test)")
NO_TESTS = 5
# The long forms take an hour where nothing else runs, and more beside other work.
TIMEOUT = 3 * 3600 if variable("KLAGE_PROVE") else 1200


class Worker:
    """Runs pytest on some paths and keeps what it says after the progress lines."""

    def __init__(self, name, paths, environment, *options):
        self.label = name
        self.environment = environment
        self.report = LOGS / f"{name}.xml"
        self.command = [
            str(VENV / "bin/python"), "-m", "pytest", "--no-header", "--tb=short",
            "--show-capture=log", "-rs", "-p", "no:cacheprovider",
            "-o", "junit_family=xunit1", f"--junitxml={self.report}",
            *options, *_selection(), *map(str, paths),
        ]  # fmt: skip
        self.details = []
        self.code = None
        self.is_late = False

    def run_with_one_of(self, environments):
        """Run in the first environment that is free, and give it back.

        :param environments: queue of the environments that nobody uses
        """
        self.environment = environments.get()
        try:
            self.run()
        finally:
            environments.put(self.environment)

    def run(self):
        """Run pytest to its end, or interrupt it when it takes too long."""
        LOGS.mkdir(parents=True, exist_ok=True)
        remove(self.report)
        process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=self.environment,
            cwd=ROOT,
        )
        alarms = [
            threading.Timer(TIMEOUT, self._interrupt, [process]),
            threading.Timer(TIMEOUT + 30, process.kill),
        ]
        for alarm in alarms:
            alarm.start()
        self._follow(process.stdout)
        self.code = process.wait()
        for alarm in alarms:
            alarm.cancel()

    def _interrupt(self, process):
        self.is_late = True
        process.send_signal(signal.SIGINT)

    def _follow(self, lines):
        in_progress = True
        for line in map(str.rstrip, lines):
            in_progress = in_progress and not END_OF_PROGRESS.match(line)
            if in_progress and PROGRESS.match(line):
                say(f"  [{self.label}] {line}")
            else:
                self.details.append(line)

    def results(self):
        """Return the counts; a pytest that ended badly counts as a failure."""
        results = read_results(self.report) if self.report.exists() else Results()
        if self.code not in (0, NO_TESTS) and not results.failed:
            how = f"was interrupted after {TIMEOUT} s" if self.is_late else "ended"
            results.complain(f"pytest of {self.label} {how}, code {self.code}")
        if results.failed or self.code not in (0, NO_TESTS):
            say("\n".join(["", f"--- {self.label}", *self.details]))
        elif results.skipped:
            skips = [line for line in self.details if line.startswith("SKIPPED")]
            say("\n".join(f"  {line}" for line in skips))
        return results


def _selection():
    expression = variable("K")
    return ["-k", expression] if expression else []


def sum_up(workers):
    """Return the summed results of workers that have ended, and show what failed."""
    total = Results()
    for worker in workers:
        total.add(worker.results())
    return total
