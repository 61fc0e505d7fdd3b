"""What the apps have put into the menus leads somewhere, and wears a sign that exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from pages import home, menu

SPRITE = Path(settings.BASE_DIR, "static/vendor/icons.svg")
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


def signs() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))


def test_every_menu_entry_and_first_page_leads_to_a_page():
    names = [*menu._entries, *menu._new, *menu._own, *home._homes]
    assert all(reverse(name) for name in names)
    assert names


def test_every_sign_of_the_menus_is_in_the_sprite():
    used = {entry.icon for entry in [*menu._entries.values(), *menu._new.values(), *menu._own.values()]}
    assert used - signs() == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_a_template_is_short_wears_known_signs_and_holds_no_script_or_style(template):
    text = template.read_text()
    assert set(re.findall(r'{% icon "([^"]+)"', text)) - signs() == set()
    assert len(text.splitlines()) <= 130
    assert (
        re.findall(
            r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*(?:src=|application/json))", text
        )
        == []
    )
