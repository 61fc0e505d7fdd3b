"""Every sentence of the interface is there in Chinese, and the compiled catalogue is the written one."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES"


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(FOLDER / "django.po"))


def test_every_sentence_has_chinese(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()] == []


def test_what_is_filled_in_is_the_same_in_both_languages(catalogue):
    wrong = [
        entry.msgid
        for entry in catalogue
        if not entry.msgid_plural and placeholders(entry.msgid) != placeholders(entry.msgstr)
    ]

    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one(catalogue):
    compiled = polib.mofile(str(FOLDER / "django.mo"))

    assert {(e.msgctxt, e.msgid): said(e) for e in compiled} == {
        (e.msgctxt, e.msgid): said(e) for e in catalogue
    }


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is missing: apt-get install gettext")
def test_no_sentence_of_the_code_is_missing_from_the_catalogue(catalogue, tmp_path):
    for folder in ("locale", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for module in ROOT.glob("*/apps.py"):
        shutil.copytree(
            module.parent, tmp_path / module.parent.name, ignore=shutil.ignore_patterns("migrations")
        )
    shutil.copy(ROOT / "manage.py", tmp_path)
    command = [
        "manage.py",
        "makemessages",
        "--locale",
        "zh_Hans",
        "--no-obsolete",
        "--no-location",
        "--no-wrap",
    ]
    subprocess.run([sys.executable, *command, "--verbosity", "0"], cwd=tmp_path, check=True)

    found = polib.pofile(str(tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    assert {(e.msgctxt, e.msgid) for e in found} == {(e.msgctxt, e.msgid) for e in catalogue}


def placeholders(text: str) -> list[str]:
    """The %(name)s and {name} of a sentence, in alphabetical order."""
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))


def said(entry: polib.POEntry) -> str:
    return entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
