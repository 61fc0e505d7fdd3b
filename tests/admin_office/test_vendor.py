"""Browsers get the files that `script/vendor` fetched, untouched, and those fetch nothing else."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

MANIFEST = json.loads((settings.BASE_DIR / "vendor.json").read_text(encoding="utf-8"))
VENDOR: Path = settings.BASE_DIR / "static" / "vendor"
FONTS: Path = settings.BASE_DIR / "pages" / "fonts"
GRANTS = {"MIT": "Permission is hereby granted", "OFL-1.1": "PERMISSION & CONDITIONS"}


def kept(name: str) -> Path:
    """Where the manifest's file is: by name in static/vendor, by path elsewhere."""
    return settings.BASE_DIR / name if "/" in name else VENDOR / name


def test_every_vendored_file_is_in_the_manifest():
    assert {*VENDOR.iterdir(), *FONTS.iterdir()} == {kept(name) for name in MANIFEST["sha256"]}


@pytest.mark.parametrize("name", MANIFEST["sha256"])
def test_a_vendored_file_has_the_checksum_of_the_manifest(name):
    assert hashlib.sha256(kept(name).read_bytes()).hexdigest() == MANIFEST["sha256"][name]


@pytest.mark.parametrize("package", MANIFEST["packages"], ids=lambda package: package["name"])
def test_every_package_brings_its_licence(package):
    folder = settings.BASE_DIR / package.get("folder", "static/vendor")
    licence = (folder / package["licence_file"]).read_text(encoding="utf-8")
    assert GRANTS[package["licence"]] in licence


def test_the_font_is_for_paper_only_and_never_served():
    assert not list((settings.BASE_DIR / "static").rglob("*.ttf*"))


@pytest.mark.parametrize("name", ["tabler.min.css", "tabler.min.js", "chart.umd.js"])
def test_no_vendored_file_points_at_a_source_map(name):
    assert "sourceMappingURL" not in (VENDOR / name).read_text(encoding="utf-8")


def test_the_style_sheet_loads_nothing_from_elsewhere():
    style_sheet = (VENDOR / "tabler.min.css").read_text(encoding="utf-8")
    assert set(re.findall(r"url\([\"']?([a-z]+:|[^)]*)", style_sheet)) == {"data:"}


def test_the_sprite_holds_every_icon_by_name():
    icons = MANIFEST["packages"][1]
    symbols = re.findall(r'<symbol id="([^"]+)"', (VENDOR / "icons.svg").read_text(encoding="utf-8"))
    assert symbols == sorted([*icons["icons"], *icons["aliases"]])
