"""Rules for what a reader meets first."""

import re

import pytest


def test_readme_shows_how_to_run_and_test(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


def test_changelog_has_unreleased(root):
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## .*Unreleased", changelog, re.MULTILINE)


def test_licence_is_here(root):
    assert "LESSER GENERAL PUBLIC LICENSE" in (root / "LICENSE").read_text().upper()


@pytest.mark.parametrize("name", ["README.md", "RUNTIME.md"])
def test_every_make_target_that_is_named_exists(root, name):
    makefile = (root / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    text = (root / name).read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)`", text))
    assert named <= targets


def test_every_make_target_has_a_command(root):
    makefile = (root / "Makefile").read_text()
    commands = (root / "scripts/klage.py").read_text()
    for command in re.findall(r"\$\(KLAGE\) ([a-z-]+)", makefile):
        assert f'"{command}":' in commands


@pytest.mark.parametrize("name", ["README.md", "RUNTIME.md"])
def test_relative_links_lead_somewhere(root, name):
    text = (root / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    missing = [link for link in links if not (root / link).exists()]
    assert not missing
