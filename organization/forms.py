"""What people type about themselves and their absences, and the lists of employees they send in."""

from datetime import date, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.cleaning import CleanForm, CleanModelForm

from . import scopes, sheets, staffing
from .away import midnight
from .models import Absence, ApiClient, StaffList, User

NOON = timedelta(hours=12)
LONGEST = timedelta(days=370)
FAR = timedelta(days=2 * 366)


class ProfileForm(CleanModelForm):
    """What everybody keeps up to date by themselves: language, backup and IM account."""

    class Meta:
        model = User
        fields = ["language", "backup", "im_id"]
        help_texts = {"backup": _("Stands in for you when you are away.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["backup"].queryset = User.objects.active().exclude(pk=self.instance.pk)
        self.fields["backup"].empty_label = _("Nobody")


class DayInput(forms.DateInput):
    """The browser's own picker of days, which reads one notation only, whatever the language."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class AbsenceForm(CleanModelForm):
    """An absence in whole or half days: from the morning or afternoon of one day to that of another."""

    first_day = forms.DateField(label=_("First day"), widget=DayInput())
    first_half = forms.ChoiceField(
        label=_("from the"), choices=[("am", _("morning")), ("pm", _("afternoon"))], initial="am"
    )
    last_day = forms.DateField(label=_("Last day"), widget=DayInput())
    last_half = forms.ChoiceField(
        label=_("until the"),
        choices=[("pm", _("end of the day")), ("am", _("end of the morning"))],
        initial="pm",
    )

    class Meta:
        model = Absence
        fields = ["user", "reason"]
        labels = {"user": _("Who")}

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        if self.instance.pk:
            del self.fields["user"]
            self._show_days()
            for field in self.fields.values():
                field.disabled = not self.instance.may_be_arranged_by(by)
        else:
            self.fields["user"].queryset = people_arranged_by(by)
            self.fields["user"].initial = by.pk
            self.fields["user"].empty_label = None

    def _show_days(self) -> None:
        start, end = timezone.localtime(self.instance.starts_at), timezone.localtime(self.instance.ends_at)
        last = end - timedelta(microseconds=1)
        self.initial |= {
            "first_day": start.date(),
            "first_half": "am" if start.hour < 12 else "pm",
            "last_day": last.date(),
            "last_half": "am" if last.hour < 12 else "pm",
        }

    def clean_first_day(self) -> date:
        return self._near(self.cleaned_data["first_day"])

    def clean_last_day(self) -> date:
        return self._near(self.cleaned_data["last_day"])

    @staticmethod
    def _near(day: date) -> date:
        if abs(day - timezone.localdate()) > FAR:
            raise ValidationError(_("This day is more than two years away. Check the year."))
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        if {"first_day", "last_day"} <= cleaned.keys():
            starts_at, ends_at = self._instants(cleaned)
            if ends_at <= starts_at:
                self.add_error("last_day", _("An absence ends after it starts."))
            elif ends_at - starts_at > LONGEST:
                self.add_error("last_day", _("An absence lasts at most a year."))
            else:
                self.instance.starts_at, self.instance.ends_at = starts_at, ends_at
        return cleaned

    def _instants(self, cleaned: dict) -> tuple[datetime, datetime]:
        start = midnight(cleaned["first_day"])
        if cleaned.get("first_half") == "pm":
            start += NOON
        if cleaned.get("last_half") == "am":
            return start, midnight(cleaned["last_day"]) + NOON
        return start, midnight(cleaned["last_day"] + timedelta(days=1))

    def _get_validation_exclusions(self) -> set[str]:
        exclusions = super()._get_validation_exclusions()
        return exclusions if self.errors else exclusions - {"starts_at", "ends_at"}


def people_arranged_by(user: User):
    """Whose absences the person may register: their own, their reports', or everybody's with the right."""
    people = User.objects.active().select_related(None)
    if user.has_perm("organization.arrange_absence"):
        return people
    return people.filter(pk=user.pk) | people.filter(manager=user)


class WithdrawForm(CleanForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class StaffListForm(CleanForm):
    """The upload: the file is read at once, so that a broken one is refused with a sentence at the field."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An .xlsx workbook or a .csv file, at most 5 MB and 2,000 people."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.lines = sheets.read(file, file.name, file.size)
        staffing.plan(self.lines, by=self.by)
        return file

    def keep(self) -> StaffList:
        return StaffList.keep(self.cleaned_data["file"].name, self.lines, by=self.by)


class ApiClientForm(CleanModelForm):
    """A system to be let in, and what it may do, out of what one may do oneself."""

    scopes = forms.MultipleChoiceField(label=_("This system may"), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = ApiClient
        fields = ["name"]

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["scopes"].choices = [(scope.key, scope.label) for scope in scopes.offered_to(by)]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if ApiClient.objects.filter(name=name, revoked_at=None).exists():
            raise ValidationError(_("There is a system of this name already."), code="unique")
        return name

    def save(self, *, at: datetime) -> tuple[ApiClient, str]:
        data = self.cleaned_data
        return ApiClient.issue(data["name"], data["scopes"], by=self.by, at=at)
