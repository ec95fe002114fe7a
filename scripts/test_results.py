"""What the test runs found, read from pytest's own result files."""

import json
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

from files import write_atomically
from settings import ROOT, RUNTIME

SECONDS = RUNTIME / "test-seconds.json"
NEVER_SKIP = re.compile(r"chrome|odoo-http|websocket", re.IGNORECASE)


@dataclass
class Results:
    """Counts of tests, the seconds of each test file, and what went wrong besides."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: dict = field(default_factory=dict)
    complaints: list = field(default_factory=list)

    def add(self, other):
        """Take over the counts of another part of the run."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.seconds |= other.seconds
        self.complaints += other.complaints

    def complain(self, text):
        """Count something that is wrong but not a failed test."""
        self.failed += 1
        self.complaints.append(text)

    @property
    def is_good(self):
        """Tell whether at least one test ran and nothing failed."""
        return bool(self.passed) and not self.failed

    def closing_line(self):
        """Return the last line of the output."""
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def read_results(path):
    """Return the results in one JUnit file of pytest."""
    results = Results()
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        _count(case, results)
        name = case.get("file") or case.get("classname", "").replace(".", "/") + ".py"
        seconds = results.seconds.get(name, 0) + float(case.get("time", 0))
        results.seconds[name] = round(seconds, 2)
    return results


def _count(case, results):
    skipped = case.find("skipped")
    if case.find("failure") is not None or case.find("error") is not None:
        results.failed += 1
    elif skipped is None:
        results.passed += 1
    elif NEVER_SKIP.search(skipped.get("message", "")):
        name = f"{case.get('classname')}.{case.get('name')}"
        results.complain(f"{name} did not run: {skipped.get('message')}")
    else:
        results.skipped += 1


def remember_seconds(results):
    """Keep how long each test file took, to share the next run evenly."""
    known = _known_seconds() | results.seconds
    write_atomically(SECONDS, json.dumps(known, indent=1, sort_keys=True))


def share_out(files, workers):
    """Split test files so that the workers finish at about the same time."""
    known = _known_seconds()
    weights = {
        path: known.get(str(path.relative_to(ROOT)), path.stat().st_size / 2000)
        for path in files
    }
    shares = [[] for _ in range(workers)]
    for path in sorted(files, key=weights.get, reverse=True):
        lightest = min(shares, key=lambda share: sum(map(weights.get, share)))
        lightest.append(path)
    return [sorted(share) for share in shares if share]


def _known_seconds():
    return json.loads(SECONDS.read_text()) if SECONDS.exists() else {}
