"""Small forms beside one timer: pausing it, handing it to somebody else."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.models import User
from pages.cleaning import CleanForm

from ..models import Timer

MOST_CANDIDATES = 8


class PauseForm(CleanForm):
    reason = forms.CharField(
        label=_("Why the clock should pause"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


class ReassignForm(CleanForm):
    """Finds the person by name, pinyin or staff number; where several fit, one of them is chosen."""

    person = forms.CharField(
        label=_("Look for a person"),
        required=False,
        max_length=60,
        help_text=_("Part of the name, pinyin initials, staff number or extension."),
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    to = forms.ModelChoiceField(
        label=_("Who takes over"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This person cannot take it over. Choose somebody else.")},
    )
    reason = forms.CharField(
        label=_("Why somebody else takes over"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, data=None, *, timer: Timer, **kwargs):
        super().__init__(data, **kwargs)
        self.timer = timer
        self.fields["to"].queryset = User.objects.active().select_related("department")

    @property
    def candidates(self) -> list[User]:
        """Whom to offer: those who fit what was typed, else the backup and the line manager."""
        typed = str(self["person"].value() or "")
        return candidates(self.timer, typed)

    @property
    def chosen(self) -> str:
        return str(self["to"].value() or "")

    def clean(self):
        cleaned = super().clean()
        if "to" in self.errors:
            return cleaned
        typed = cleaned.get("person", "")
        if not cleaned.get("to"):
            cleaned["to"] = self._only_one(typed)
        if cleaned["to"] and cleaned["to"].pk == self.timer.owner_id:
            self.add_error("person", _("%(person)s is responsible already.") % {"person": cleaned["to"]})
        return cleaned

    def _only_one(self, typed: str) -> User | None:
        found = candidates(self.timer, typed) if typed else []
        if len(found) == 1:
            return found[0]
        if not typed:
            self.add_error("person", _("Please choose who takes over."))
        elif found:
            self.add_error("person", _("Several people fit. Please choose one below."))
        else:
            self.add_error("person", _("Nobody who works here fits this."))
        return None


def candidates(timer: Timer, typed: str) -> list[User]:
    """At most eight people who could take `timer` over, never the one who owes it now."""
    people = User.objects.select_related("department").order_by("name", "pk")
    if typed.strip():
        return list(people.search(typed).exclude(pk=timer.owner_id)[:MOST_CANDIDATES])
    owner = timer.owner
    near = [owner.backup_id, owner.manager_id] if owner else []
    return list(people.active().filter(pk__in=[pk for pk in near if pk]).exclude(pk=timer.owner_id))
