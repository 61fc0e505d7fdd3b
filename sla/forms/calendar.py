"""What the manager types about working time: weekly hours, special days, the yearly notice, what-ifs."""

from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization import sheets
from pages.cleaning import CleanForm

from ..deadlines import Deadline, load
from ..hours import BadWindows, Window, nights_into_mornings, parse_windows, windows_text
from ..models import Calendar, CalendarHours, Decision
from ..notices_of_holidays import Preview, look_through

EXAMPLE = "09:00-12:00, 13:30-18:00"
NOTICE_SALT = "sla.notice"
NOTICE_SECONDS = 24 * 3600


class WindowsField(forms.CharField):
    """Hours typed as "09:00-12:00, 13:30-18:00"; gives windows."""

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "max_length": 120, **kwargs})
        self.widget.attrs |= {"placeholder": EXAMPLE, "autocomplete": "off", "inputmode": "text"}

    def to_python(self, value) -> tuple[Window, ...]:
        try:
            return parse_windows(super().to_python(value))
        except BadWindows as error:
            raise ValidationError(str(error), code="windows") from error

    def run_validators(self, value) -> None:
        super().run_validators(windows_text(value))

    def prepare_value(self, value) -> str:
        return value if isinstance(value, str) else windows_text(value or ())


class WeekForm(CleanForm):
    """The weekly hours of a calendar: a line for each weekday, left empty where nobody works."""

    observes_holidays = forms.BooleanField(
        label=_("Observes public holidays and make-up workdays"), required=False
    )
    reason = forms.CharField(label=_("Reason for the change"), max_length=200)

    def __init__(self, *args, calendar: Calendar, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["observes_holidays"].initial = calendar.observes_holidays
        for (weekday, label), windows in zip(CalendarHours.Weekday.choices, calendar.week(), strict=True):
            self.fields[f"weekday_{weekday}"] = field = WindowsField(label=label, initial=windows)
            field.widget.attrs["placeholder"] = _("no hours")

    @property
    def weekdays(self) -> list[forms.BoundField]:
        return [self[f"weekday_{weekday}"] for weekday in range(7)]

    @property
    def week(self) -> dict[int, tuple[Window, ...]]:
        return {weekday: self.cleaned_data[f"weekday_{weekday}"] for weekday in range(7)}

    def clean(self) -> dict:
        if not self.errors:
            if not any(self.week.values()):
                raise ValidationError(_("At least one day of the week needs working hours."), code="empty")
            for weekday, night, morning in nights_into_mornings(self.week.values()):
                sentence = _("%(night)s runs into %(morning)s of the next day.")
                self.add_error(f"weekday_{weekday}", sentence % {"night": night, "morning": morning})
        return self.cleaned_data


class DayForm(CleanForm):
    """A day decided otherwise than the week and the holidays say."""

    decision = forms.ChoiceField(
        label=_("This day is"),
        choices=[("off", _("a day off")), ("working", _("worked"))],
        widget=forms.RadioSelect,
    )
    windows = WindowsField(label=_("Hours of that day"), help_text=_("Left empty: the usual hours."))
    scope = forms.ChoiceField(label=_("It holds for"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=80, help_text=_("Everybody sees it beside a deadline.")
    )

    def __init__(self, *args, calendar: Calendar, day: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.calendar, self.day = calendar, day
        choices = [("this", _("this calendar only"))]
        if calendar.observes_holidays:
            choices.append(("all", _("all calendars that observe holidays")))
        self.fields["scope"].choices = choices
        self.fields["scope"].initial = "this"
        self.fields["decision"].initial = "off" if calendar.hours().is_working_day(day) else "working"

    def clean(self) -> dict:
        if self.cleaned_data.get("decision") == "off" and self.cleaned_data.get("windows"):
            self.add_error("windows", _("A day off has no hours."))
        return self.cleaned_data

    @property
    def wanted(self) -> dict[str, Any]:
        """What `DayOverride.declare` needs, except by whom."""
        return {
            "is_working": self.cleaned_data["decision"] == "working",
            "windows": self.cleaned_data["windows"],
            "reason": self.cleaned_data["reason"],
            "calendar": self.calendar if self.cleaned_data["scope"] == "this" else None,
        }


class WithdrawForm(CleanForm):
    """Why a decision about a day or a year is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class NoticeForm(CleanForm):
    """The State Council's notice as a file."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_(
            "XLSX or CSV with the columns 日期 (date), 是否上班 (working: 是 or 否) and 名称 (name)."
        ),
    )
    preview: Preview

    def clean_file(self):
        upload = self.cleaned_data["file"]
        self.preview = look_through(sheets.read(upload, upload.name, upload.size))
        return upload

    @property
    def ticket(self) -> str:
        """The decisions as they are shown, sealed, so that what is taken over is what was looked at."""
        rows = [[str(row.day), row.is_working, row.reason] for row in self.preview.decisions]
        return signing.dumps([self.preview.year, rows], salt=NOTICE_SALT, compress=True)


class TakeOverForm(CleanForm):
    """The preview of a notice, confirmed."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=200_000)
    confirm = forms.BooleanField(required=False)

    def clean_ticket(self) -> tuple[int, list[Decision]]:
        try:
            year, rows = signing.loads(self.cleaned_data["ticket"], salt=NOTICE_SALT, max_age=NOTICE_SECONDS)
        except signing.BadSignature as error:
            raise ValidationError(_("This preview is out of date; choose the file again.")) from error
        return year, [Decision(date.fromisoformat(day), working, name) for day, working, name in rows]


class DeadlineForm(CleanForm):
    """A deadline put together from a kind and what that kind needs; gives `deadline`."""

    KINDS = [
        ("within", _("within a length of time")),
        ("working_days", _("in working days")),
        ("next_slot", _("at the next time of day")),
        ("closing", _("by closing time")),
        ("months", _("in calendar months")),
        ("as_given", _("as agreed each time")),
    ]
    NEEDS = {
        "within": ("hours", "minutes", "seconds"),
        "working_days": ("days",),
        "next_slot": ("times", "cutoff_minutes"),
        "months": ("months",),
    }

    kind = forms.ChoiceField(label=_("Deadline"), choices=KINDS)
    hours = forms.IntegerField(label=_("Hours"), min_value=0, max_value=10_000, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=600_000, required=False)
    seconds = forms.IntegerField(label=_("Seconds"), min_value=0, max_value=3_600, required=False)
    days = forms.IntegerField(label=_("Working days"), min_value=1, max_value=1_000, required=False)
    times = forms.CharField(
        label=_("Times of day"), max_length=120, required=False, help_text=_("Such as 11:00, 18:00.")
    )
    cutoff_minutes = forms.IntegerField(
        label=_("Arrived so many minutes before"), min_value=0, max_value=1_440, required=False
    )
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=120, required=False)
    deadline: Deadline | None = None

    def clean_times(self) -> list[str]:
        text = self.cleaned_data["times"].translate(str.maketrans("，、；;：", ",,,,:"))
        return [part.strip().zfill(5) for part in text.split(",") if part.strip()]

    def clean(self) -> dict:
        if not self.errors:
            kind = self.cleaned_data["kind"]
            needed = {name: self.cleaned_data.get(name) for name in self.NEEDS.get(kind, ())}
            try:
                self.deadline = load({"kind": kind, **{name: v for name, v in needed.items() if v}})
            except ValueError as error:
                raise ValidationError(self._what_is_missing(kind, error), code="deadline") from error
        return self.cleaned_data

    def _what_is_missing(self, kind: str, error: ValueError) -> str:
        if not any(self.cleaned_data.get(name) for name in self.NEEDS.get(kind, ())):
            return _("Say how long, or at which times.")
        return str(error)


class TryForm(DeadlineForm):
    """What if: a deadline, a calendar and a start."""

    calendar = forms.ModelChoiceField(
        label=_("Calendar"), queryset=Calendar.objects.all(), to_field_name="key", empty_label=None
    )
    start = forms.DateTimeField(
        label=_("Counted from"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    given = forms.DateTimeField(
        label=_("Agreed date"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    field_order = [
        "calendar",
        "kind",
        *dict.fromkeys(name for names in DeadlineForm.NEEDS.values() for name in names),
    ]

    def clean_start(self):
        return self._near(self.cleaned_data["start"])

    def clean_given(self):
        return self._near(self.cleaned_data["given"])

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("kind") == "as_given" and not cleaned.get("given") and not self.errors:
            self.add_error("given", _("This promise needs the date that was agreed."))
        return cleaned

    def _near(self, at):
        if at and abs(at.year - timezone.localdate().year) > 50:
            raise ValidationError(_("Choose a date within fifty years."), code="far")
        return at

    @staticmethod
    def usual(now) -> dict[str, Any]:
        """What the empty form shows: one working hour from now."""
        start = timezone.localtime(now).strftime("%Y-%m-%dT%H:%M")
        return {"calendar": "office", "kind": "within", "hours": 1, "start": start, "cutoff_minutes": 15}
