"""Typed text, cleaned alike in every form: trimmed, one notation, no invisible characters, nothing lost."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINE_SIGNS = frozenset("\n\r\t")
MOST_TEXT = 5_000


def no_control_characters(value: str) -> None:
    """Refuse characters that cannot be seen (NUL, escape, bell …); line ends and tabs are text."""
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in LINE_SIGNS for sign in value):
        raise ValidationError(
            _("This text contains invisible control characters. Type it again."), code="control"
        )


def tidy(value: str) -> str:
    """The text trimmed and in one Unicode notation (NFC), so that equal words are equal."""
    return unicodedata.normalize("NFC", value).strip()


def _clean_text_fields(form: forms.BaseForm) -> None:
    for field in form.fields.values():
        if type(field) is forms.CharField or isinstance(field, forms.SlugField):
            field.validators = [*field.validators, no_control_characters]
            if field.max_length is None:
                _limit(field, MOST_TEXT)


def _limit(field: forms.CharField, most: int) -> None:
    field.max_length = most
    field.validators.append(forms.fields.validators.MaxLengthValidator(most))
    field.widget.attrs.setdefault("maxlength", str(most))


class _Cleaning:
    """Shared by the two bases: adds the checks to text fields and tidies what came in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _clean_text_fields(self)

    def _clean_fields(self):
        super()._clean_fields()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str):
                self.cleaned_data[name] = tidy(value)


class CleanForm(_Cleaning, forms.Form):
    """A form whose text is trimmed, NFC, free of control characters, by default at most 5,000 long."""


class CleanModelForm(_Cleaning, forms.ModelForm):
    """The same for a model; lengths come from the model's fields."""
