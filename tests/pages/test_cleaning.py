"""Typed text, cleaned in every form alike."""

import pytest
from django import forms

from organization.models import Place
from pages.cleaning import CleanForm, CleanModelForm


class NoteForm(CleanForm):
    note = forms.CharField()
    line = forms.CharField(max_length=10, required=False)


class PlaceForm(CleanModelForm):
    class Meta:
        model = Place
        fields = ["name"]


def test_text_is_trimmed_and_brought_into_one_notation():
    form = NoteForm({"note": "  cafe\u0301  "})
    assert form.is_valid()
    assert form.cleaned_data["note"] == "caf\u00e9"


@pytest.mark.parametrize("typed", ["a\x07b", "a\x1bb", "a\x9fb"])
def test_invisible_characters_are_refused_at_the_field(typed):
    form = NoteForm({"note": typed})
    assert form.errors == {"note": ["This text contains invisible control characters. Type it again."]}


def test_lines_tabs_and_emoji_are_text():
    assert NoteForm({"note": "一\n二\t三 😀 <script>"}).is_valid()


def test_ten_thousand_characters_are_refused_and_kept_on_screen():
    form = NoteForm({"note": "长" * 10_000})
    assert list(form.errors) == ["note"]
    assert "长" * 10_000 in str(form["note"])


def test_a_field_of_its_own_length_keeps_it():
    assert list(NoteForm({"note": "x", "line": "12345678901"}).errors) == ["line"]


@pytest.mark.django_db
def test_a_model_form_is_cleaned_too():
    assert list(PlaceForm({"name": "前台\x08"}).errors) == ["name"]
