"""Rules for every file of the repository."""

import ast
import os
import re

import pytest

from .conftest import ROOT, repository_files

LONGEST_FILE = 400
# Put together, so that this file does not break its own rule.
REGISTRIES = (
    "deb." + "debian.org",
    "pypi." + "org",
    "python" + "hosted",
    "registry.np" + "mjs",
)
MACHINE_PATHS = ("/wo" + "rk/", "/fa" + "rm/", "/home/" + "claude", "/root/" + ".pyenv")
SCRIPTS = ("scripts/klage", ".ci/run", "docker/entrypoint.sh", "docker/make-secrets.sh")


def text_files():
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT), content.decode("utf-8", errors="replace")


def test_no_registry_and_no_path_of_a_machine_is_named():
    found = [
        f"{path}: {name}"
        for path, text in text_files()
        for name in REGISTRIES + MACHINE_PATHS
        if name in text
    ]
    assert not found


def test_python_files_outside_tests_are_short():
    too_long = [
        f"{path}: {text.count(chr(10))} lines"
        for path, text in text_files()
        if path.suffix == ".py"
        and "tests" not in path.parts
        and text.count("\n") > LONGEST_FILE
    ]
    assert not too_long


def test_python_files_can_be_parsed():
    for path, text in text_files():
        if path.suffix == ".py":
            ast.parse(text, filename=str(path))


def test_text_files_end_with_one_line_break():
    wrong = [
        str(path)
        for path, text in text_files()
        if text
        and path.suffix in {".py", ".md", ".xml", ".csv", ".yml", ".sh", ".conf"}
        and (not text.endswith("\n") or text.endswith("\n\n"))
    ]
    assert not wrong


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_executable(root, name):
    assert os.access(root / name, os.X_OK)


def test_requirements_are_pinned_and_agree_with_the_locks(root):
    def pins(path):
        lines = path.read_text().splitlines()
        return {line for line in lines if line and not line.startswith("#")}

    locks = {path.name: pins(path) for path in (root / "requirements").glob("*.lock")}
    del locks["debian.lock"]
    for name, lines in locks.items():
        loose = [line for line in lines if not re.fullmatch(r"[a-z0-9.-]+==\S+", line)]
        assert not loose, name
    assert pins(root / "requirements.txt") <= locks["suite.lock"]


def test_manifests_name_what_requirements_holds(root):
    needed = set()
    for manifest in root.glob("*/__manifest__.py"):
        dependencies = ast.literal_eval(manifest.read_text()).get(
            "external_dependencies"
        )
        needed.update((dependencies or {}).get("python", []))
    pinned = (root / "requirements.txt").read_text().lower()
    provided_by_odoo = (root / "requirements/odoo.lock").read_text().lower()
    missing = [
        name
        for name in needed
        if f"{name.lower()}==" not in pinned
        and f"{name.lower()}==" not in provided_by_odoo
    ]
    assert not missing


def test_debian_lock_has_full_checksums(root):
    lines = (root / "requirements/debian.lock").read_text().splitlines()
    pins = [line.split() for line in lines if line and not line.startswith("#")]
    assert pins[0][0] == "odoo-19"
    for name, _version, suite, checksum in pins:
        assert re.fullmatch("[0-9a-f]{64}", checksum), name
        assert suite in {"sid", "trixie"}, name
