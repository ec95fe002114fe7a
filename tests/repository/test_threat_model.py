"""The threat model against the tests and the probes that it names."""

import ast
import re

import pytest

from .conftest import ROOT, repository_files

TEXT = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(test_\w+\.py)::(test_\w+)`")
PROBES = ROOT / "tests/test_klagebehandling/tests"
EXCEPTION = re.compile(r'^    \("([\w.]+)", "\*"\): \($', re.MULTILINE)


def names_of_tests(name):
    """The names of the tests in all files of a name."""
    found = set()
    for path in repository_files():
        if path.name == name:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= {
                node.name
                for node in ast.walk(tree)
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            }
    return found


@pytest.mark.parametrize(("file", "test"), NAMED.findall(TEXT))
def test_each_named_test_exists(file, test):
    assert test in names_of_tests(file)


def test_promises_are_there_to_be_checked():
    assert len(NAMED.findall(TEXT)) > 50


def test_each_row_of_a_promise_names_a_test():
    promises = TEXT.partition("## Promises and their tests")[2]
    rows = [line for line in promises.splitlines() if line.startswith("| ")]
    bare = [row for row in rows if not NAMED.search(row)]
    assert all(re.match(r"\| (promise|-+) +\| (test|-+)", row) for row in bare)


def test_each_channel_is_described():
    channels = []
    for path in PROBES.glob("probes*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Channel":
                channels.append(node.args[0].value)
    assert len(channels) > 25
    assert not [name for name in channels if f"| {name} " not in TEXT]


def test_each_declared_exception_is_described():
    source = (PROBES / "leak_exceptions.py").read_text(encoding="utf-8")
    declared = set(EXCEPTION.findall(source))
    assert declared
    assert not [name for name in declared if f"| `{name}` " not in TEXT]


def test_nothing_is_described_that_is_no_exception_any_more():
    source = (PROBES / "leak_exceptions.py").read_text(encoding="utf-8")
    section = TEXT.partition("### Declared exceptions")[2].partition("\n## ")[0]
    described = set(re.findall(r"^\| `([\w.]+)` ", section, re.MULTILINE))
    assert described == set(EXCEPTION.findall(source))
