"""What is filled in when a duty is done: the evidence asked for; and the small forms beside it."""

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from organization.models import User
from organization.person_field import PersonField
from pages import uploads
from pages.cleaning import CleanForm

from .. import evidence
from ..evidence import Ask, Kind

_box = {"class": "form-control"}
LARGEST_NUMBER = Decimal(evidence.LARGEST_NUMBER)


class AnswerNumberField(forms.DecimalField):
    """A number as people type it (２３．５ too); kept as JSON holds it, whole where it is whole."""

    def __init__(self, ask: Ask):
        attrs = {**_box, "inputmode": "decimal", "step": "any", "autocomplete": "off"}
        super().__init__(
            label=ask.name, required=False, max_value=LARGEST_NUMBER, min_value=-LARGEST_NUMBER,
            max_digits=18, decimal_places=4, help_text=ask.bounds, widget=forms.TextInput(attrs=attrs),
        )  # fmt: skip

    def to_python(self, value: Any) -> int | float | None:
        typed = unicodedata.normalize("NFKC", value) if isinstance(value, str) else value
        return super().to_python(typed)

    def clean(self, value: Any) -> int | float | None:
        number = super().clean(value)
        if number is None:
            return None
        return int(number) if number == number.to_integral_value() else float(number)


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: MultiValueDict, name: str) -> list[UploadedFile]:
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.FileField):
    """Any number of files, each looked into; gives the list of them."""

    def __init__(self, ask: Ask):
        self.ask, self.only_photos = ask, ask.kind == Kind.PHOTO
        accept = "image/*" if self.only_photos else uploads.ACCEPTED
        widget = ManyFilesInput(attrs={"accept": accept, "data-most": ask.most_files})
        super().__init__(label=ask.name, required=False, help_text=ask.bounds, widget=widget)

    def clean(self, value: list[UploadedFile], initial: Any = None) -> list[UploadedFile]:
        if len(value) > evidence.MOST_FILES:
            sentence = _("At most %(count)d files at once.")
            raise ValidationError(sentence, params={"count": evidence.MOST_FILES})
        sentences = [sentence for upload in value if (sentence := self._mistake(upload))]
        if sentences:
            raise ValidationError(sentences)
        return value

    def _mistake(self, upload: UploadedFile) -> str:
        try:
            uploads.content_type(upload, only_photos=self.only_photos)
        except ValueError as error:
            return str(error)
        return ""


class PeopleField(forms.ModelMultipleChoiceField):
    """Who was there, ticked on a list of everybody who works here."""

    def __init__(self, ask: Ask):
        super().__init__(
            User.objects.active().select_related("department").order_by("department__name", "name", "pk"),
            label=ask.name, required=False, help_text=ask.bounds,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:  # SQLite, of a number larger than any key
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list") from None


def _text_field(ask: Ask) -> forms.CharField:
    widget = forms.Textarea(attrs={**_box, "rows": 3})
    return forms.CharField(label=ask.name, required=False, max_length=4000, widget=widget)


_FIELDS = {
    Kind.TEXT: _text_field,
    Kind.NUMBER: AnswerNumberField,
    Kind.PHOTO: FilesField,
    Kind.FILE: FilesField,
    Kind.ATTENDANCE: PeopleField,
}


class AnswersForm(CleanForm):
    """A box for each ask. `asks` are the ones of this form: all, or only those answered in words."""

    def __init__(
        self,
        data=None,
        files=None,
        *,
        asks: list[Ask],
        shown: Mapping[str, Any] | None = None,
        kept: Mapping[str, int] | None = None,
    ):
        """`shown` is what was answered before, by name; `kept` how many files are there already."""
        before = {ask.field: (shown or {}).get(ask.name) for ask in asks}
        super().__init__(data, files, initial=before)
        self.asks, self.kept = asks, kept or {}
        for ask in asks:
            self.fields[ask.field] = _FIELDS[Kind(ask.kind)](ask)
        self.order_fields([ask.field for ask in asks])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for ask in self.asks:
            if ask.field not in self.errors and (sentence := evidence.lack(ask, self._shown(ask))):
                self.add_error(ask.field, sentence)
        return cleaned

    def _shown(self, ask: Ask) -> Any:
        shown = self.cleaned_data[ask.field]
        return shown if ask.is_answered_in_words else len(shown) + self.kept.get(ask.name, 0)

    @property
    def answers(self) -> dict[str, Any]:
        """Name → what was written; what was left empty is left out."""
        written = {ask.name: self.cleaned_data[ask.field] for ask in self.asks if ask.is_answered_in_words}
        return {name: value for name, value in written.items() if value not in (None, "")}

    @property
    def boxes(self) -> list[tuple[Ask, forms.BoundField, int]]:
        """For each ask its box, and how many files are there already."""
        return [(ask, self[ask.field], self.kept.get(ask.name, 0)) for ask in self.asks]


class EvidenceForm(AnswersForm):
    """Everything that is shown when a duty is done."""

    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={**_box, "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        together = sum(upload.size for _name, upload in self._files(cleaned))
        if together > uploads.LARGEST_TOGETHER:
            most = {"most": uploads.LARGEST_TOGETHER // uploads.MEGABYTE}
            self.add_error(None, _("Together the files are larger than %(most)d MB.") % most)
        return cleaned

    def _files(self, cleaned: dict[str, Any]) -> list[tuple[str, UploadedFile]]:
        asks = [ask for ask in self.asks if ask.has_files]
        return [(ask.name, upload) for ask in asks for upload in cleaned.get(ask.field) or ()]

    @property
    def shown(self) -> dict[str, Any]:
        """What `Occurrence.complete` takes."""
        people = [ask.field for ask in self.asks if ask.kind == Kind.ATTENDANCE]
        return {
            "answers": self.answers,
            "attendees": list(self.cleaned_data[people[0]]) if people else [],
            "files": self._files(self.cleaned_data),
            "remark": self.cleaned_data["remark"],
        }

    @property
    def people(self) -> Iterable[User]:
        """Whom to offer as having been there."""
        fields = [self.fields[ask.field] for ask in self.asks if ask.kind == Kind.ATTENDANCE]
        return fields[0].queryset if fields else ()

    @property
    def ticked(self) -> set[str]:
        """The people ticked so far, as the boxes' values."""
        asks = [ask for ask in self.asks if ask.kind == Kind.ATTENDANCE]
        return {str(one) for one in (self[asks[0].field].value() or [])} if asks else set()


class CorrectionForm(AnswersForm):
    """What was written, written right."""

    reason = forms.CharField(
        label=_("Reason for the correction"), max_length=200, widget=forms.TextInput(attrs=_box)
    )


class ReasonForm(CleanForm):
    """Why it is left out, undone or ended."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.TextInput(attrs=_box))


class HandOverForm(CleanForm):
    """To whom, and why."""

    to = PersonField(label=_("Who does it instead"), required=True, widget=forms.TextInput(attrs=_box))
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.TextInput(attrs=_box))
