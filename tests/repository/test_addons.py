"""Rules for every addon: manifest, version and translations."""

import ast
import re

import polib
import pytest

from .conftest import ROOT, addon_folders

ADDONS = addon_folders()
MAIN = ("klagebehandling", "klagebehandling_portal", "klagebehandling_reports")
LANGUAGES = ("nb", "sv")


def manifest_of(addon):
    return ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))


def test_the_main_addons_are_here():
    assert set(MAIN) <= {addon.name for addon in ADDONS}


@pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
def test_manifest(addon):
    manifest = manifest_of(addon)
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest["version"])
    assert manifest["license"] == "LGPL-3"
    assert manifest["author"] == "Klagebehandling contributors"
    assert manifest["summary"]


@pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
def test_files_named_in_the_manifest_exist(addon):
    manifest = manifest_of(addon)
    missing = [
        name for name in manifest.get("data", []) if not (addon / name).is_file()
    ]
    assert not missing
    assert not manifest.get("demo"), "examples are addons below data/, not demo data"


def test_main_addons_share_one_version():
    versions = {manifest_of(ROOT / name)["version"] for name in MAIN}
    assert len(versions) == 1


@pytest.mark.parametrize("name", MAIN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_is_complete(name, language):
    folder = ROOT / name / "i18n"
    translation = polib.pofile(str(folder / f"{language}.po"))
    template = polib.pofile(str(folder / f"{name}.pot"))
    known = {
        (entry.msgctxt, entry.msgid) for entry in translation if not entry.obsolete
    }
    wanted = {(entry.msgctxt, entry.msgid) for entry in template}
    assert not [entry.msgid for entry in translation.untranslated_entries()]
    assert not [entry.msgid for entry in translation.fuzzy_entries()]
    assert not wanted - known


def test_glossary_exists(root):
    header = (root / "i18n/glossary.csv").read_text(encoding="utf-8").splitlines()[0]
    assert {"term_en", "nb", "sv"} <= set(header.split(","))
