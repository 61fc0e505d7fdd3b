"""When a duty recurs, as a manager says it: every two weeks on Wednesday, on the 10th and the 25th."""

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pages import clock
from pages.cleaning import CleanForm

from ..china import NAMES
from ..models import CalendarHours
from ..models.figure import local_day
from ..recurrence import BeforeHoliday, Recurring, Rule
from .numbers import WholeNumberField

KINDS = {
    "days": gettext_lazy("Every so many days"),
    "weeks": gettext_lazy("On weekdays, every so many weeks"),
    "month_days": gettext_lazy("On days of the month"),
    "nth_weekday": gettext_lazy("On a weekday of the month, such as the first Monday"),
    "months": gettext_lazy("Every so many months"),
    "before_holiday": gettext_lazy("Working days before a holiday"),
    "own": gettext_lazy("Own rule (RFC 5545), for experts"),
}
NTH = {
    "1": pgettext_lazy("of the month", "the first"),
    "2": pgettext_lazy("of the month", "the second"),
    "3": pgettext_lazy("of the month", "the third"),
    "4": pgettext_lazy("of the month", "the fourth"),
    "-1": pgettext_lazy("of the month", "the last"),
}
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = "-1"
NEEDED = {
    "days": "every_days",
    "weeks": "weekdays",
    "nth_weekday": "nth_day",
    "months": "every_months",
    "before_holiday": "holiday_days",
    "own": "own",
}
FIELD_OF = {**NEEDED, "month_days": "month_days"}
_box = {"class": "form-control"}
_select = {"class": "form-select"}


def _number(label: Any, most: int) -> WholeNumberField:
    return WholeNumberField(
        label=label, required=False, min_value=1, max_value=most, widget=forms.NumberInput(attrs=_box)
    )


def within_twenty_years(day: dt.date) -> None:
    """Refuse a day that nobody in the office can mean."""
    if abs(day.year - local_day(clock.now()).year) > 20:
        raise ValidationError(_("Choose a day within twenty years."))


class MonthDaysField(forms.CharField):
    """Days of the month in any separator and width: 10、25 or 10 25."""

    def clean(self, value: Any) -> tuple[int, ...]:
        text = unicodedata.normalize("NFKC", super().clean(value))
        return tuple(sorted({self._day(part) for part in re.split(r"[,、;\s]+", text) if part}))

    @staticmethod
    def _day(part: str) -> int:
        number = part.removesuffix("日").removesuffix("号")
        if not (number.isascii() and number.isdecimal() and 1 <= int(number) <= 31):
            raise ValidationError(
                gettext_lazy("“%(text)s” is not a day of the month. Write numbers from 1 to 31."),
                params={"text": part[:20]},
            )
        return int(number)


class RuleForm(CleanForm):
    """The rule builder: a kind, and what that kind needs; gives `rule`, and `warnings` by field."""

    repeats = forms.ChoiceField(
        label=gettext_lazy("It recurs"), choices=list(KINDS.items()), widget=forms.Select(attrs=_select)
    )
    every_days = _number(gettext_lazy("Every how many days"), 366)
    every_weeks = _number(gettext_lazy("Every how many weeks"), 52)
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("On these weekdays"),
        required=False,
        choices=CalendarHours.Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    month_days = MonthDaysField(
        label=gettext_lazy("Days of the month"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Such as 10, 25."),
        widget=forms.TextInput(attrs={**_box, "inputmode": "numeric", "autocomplete": "off"}),
    )
    last_day = forms.BooleanField(label=gettext_lazy("and on the last day of the month"), required=False)
    nth = forms.ChoiceField(
        label=gettext_lazy("Which one of the month"),
        required=False,
        choices=list(NTH.items()),
        widget=forms.Select(attrs=_select),
    )
    nth_day = forms.ChoiceField(
        label=gettext_lazy("Weekday"),
        required=False,
        choices=CalendarHours.Weekday.choices,
        widget=forms.Select(attrs=_select),
    )
    every_months = _number(gettext_lazy("Every how many months"), 120)
    anchor = forms.DateField(
        label=pgettext_lazy("recurring", "Counted from"),
        validators=[within_twenty_years],
        help_text=gettext_lazy("The first time, or any day from which the intervals are counted."),
        widget=forms.DateInput(attrs={**_box, "type": "date"}, format="%Y-%m-%d"),
    )
    holiday_days = _number(gettext_lazy("How many working days before"), 60)
    holidays = forms.MultipleChoiceField(
        label=gettext_lazy("Before these holidays"),
        required=False,
        choices=lambda: [(name, _(name)) for name in NAMES.values()],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: before every holiday."),
    )
    own = forms.CharField(
        label=gettext_lazy("Rule"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Such as FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU (RFC 5545, without times of day)."),
        widget=forms.TextInput(attrs={**_box, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rule: Rule | None = None
        self.warnings: dict[str, str] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("repeats")
        if not kind or "anchor" in self.errors or self._lacks(kind, cleaned):
            return cleaned
        try:
            self.rule = _BUILD[kind](cleaned)
        except ValueError as error:
            self.add_error(FIELD_OF[kind], str(error))
        self._warn(kind, cleaned)
        return cleaned

    def _lacks(self, kind: str, cleaned: dict[str, Any]) -> bool:
        """Whether something that this kind needs is wrong or missing; said at its field."""
        used = {FIELD_OF[kind], *(["every_weeks"] if kind == "weeks" else [])}
        if used & set(self.errors):
            return True
        if kind == "month_days":
            missing = not cleaned["month_days"] and not cleaned["last_day"]
            sentence = _("Name a day of the month, or tick its last day.")
        else:
            missing = cleaned.get(NEEDED[kind]) in (None, "", [])
            weekdays = kind == "weeks"
            sentence = _("Tick at least one weekday.") if weekdays else _("Please fill this in.")
        if missing:
            self.add_error(FIELD_OF[kind], sentence)
        return missing

    def _warn(self, kind: str, cleaned: dict[str, Any]) -> None:
        """What a manager should know before it surprises them."""
        late = [day for day in cleaned.get("month_days") or () if day > 28]
        if kind == "month_days" and late:
            self.warnings["month_days"] = _(
                "Months without day %(day)d are left out. For the end of every month tick the last day."
            ) % {"day": late[-1]}
        if kind == "months" and cleaned["anchor"].day > 28:
            self.warnings["every_months"] = _("In a shorter month it falls on its last day.")


def _interval(every: int | None) -> str:
    return f";INTERVAL={every}" if every and every > 1 else ""


def _monthly(cleaned: dict[str, Any]) -> Recurring:
    days = [*map(str, cleaned["month_days"]), *([LAST] if cleaned["last_day"] else [])]
    return Recurring(f"FREQ=MONTHLY;BYMONTHDAY={','.join(days)}", cleaned["anchor"])


def _weekly(cleaned: dict[str, Any]) -> Recurring:
    on = ",".join(CODES[int(day)] for day in sorted(cleaned["weekdays"]))
    return Recurring(f"FREQ=WEEKLY{_interval(cleaned['every_weeks'])};BYDAY={on}", cleaned["anchor"])


def _nth_weekday(cleaned: dict[str, Any]) -> Recurring:
    on = f"{cleaned['nth'] or 1}{CODES[int(cleaned['nth_day'])]}"
    return Recurring(f"FREQ=MONTHLY;BYDAY={on}", cleaned["anchor"])


def _own(cleaned: dict[str, Any]) -> Recurring:
    return Recurring(unicodedata.normalize("NFKC", cleaned["own"]), cleaned["anchor"])


_BUILD = {
    "days": lambda c: Recurring(f"FREQ=DAILY{_interval(c['every_days'])}", c["anchor"]),
    "weeks": _weekly,
    "month_days": _monthly,
    "nth_weekday": _nth_weekday,
    "months": lambda c: Recurring(f"FREQ=MONTHLY{_interval(c['every_months'])}", c["anchor"]),
    "before_holiday": lambda c: BeforeHoliday(c["holiday_days"], tuple(c["holidays"])),
    "own": _own,
}


# -- a rule back in the builder -----------------------------------------------------------------------


def rule_initial(rule: Rule) -> dict[str, Any]:
    """The fields of `RuleForm` as the rule stands; what the builder cannot say becomes its own rule."""
    if isinstance(rule, BeforeHoliday):
        return {
            "repeats": "before_holiday",
            "holiday_days": rule.days_before,
            "holidays": list(rule.holidays),
        }
    parts = dict(rule.parts)
    every = int(parts.pop("INTERVAL", 1))
    read = _READ.get(parts.pop("FREQ", ""), lambda *_: None)(parts, every, rule.anchor)
    return {"anchor": rule.anchor, **(read or {"repeats": "own", "own": rule.rrule})}


def _read_daily(parts: dict, every: int, anchor: dt.date) -> dict[str, Any] | None:
    return None if parts else {"repeats": "days", "every_days": every}


def _read_weekly(parts: dict, every: int, anchor: dt.date) -> dict[str, Any] | None:
    on = parts.get("BYDAY", CODES[anchor.weekday()]).split(",")
    if set(parts) - {"BYDAY"} or not set(on) <= set(CODES):
        return None
    return {"repeats": "weeks", "every_weeks": every, "weekdays": [CODES.index(day) for day in on]}


def _read_monthly(parts: dict, every: int, anchor: dt.date) -> dict[str, Any] | None:
    if not parts:
        return {"repeats": "months", "every_months": every}
    if every > 1 or len(parts) > 1:
        return None
    nth = re.fullmatch(r"([1-4]|-1)(\w\w)", parts.get("BYDAY", ""))
    if nth:
        return {"repeats": "nth_weekday", "nth": nth[1], "nth_day": CODES.index(nth[2])}
    days = parts.get("BYMONTHDAY", "").split(",")
    usual = [day for day in days if day != LAST]
    if all(day.isdecimal() for day in usual):
        return {"repeats": "month_days", "month_days": ", ".join(usual), "last_day": LAST in days}
    return None


_READ = {"DAILY": _read_daily, "WEEKLY": _read_weekly, "MONTHLY": _read_monthly}
