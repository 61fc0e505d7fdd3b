"""What every template may say: icons, times as people say them, the menu, the history of a record."""

import json
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from pages import banners, bell, clock, history, menu, once, phones, pulse, times
from pages import money as amounts

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """A sign from the sprite; with `label` it is read aloud, without it is decoration."""
    return _drawn(name, str(label))


@lru_cache(maxsize=1_000)
def _drawn(name: str, label: str) -> str:
    # A page wears some forty signs: drawn once per process, they cost nothing.
    return SafeString(render_to_string("pages/_icon.html", {"name": name, "label": label}).strip())


@register.filter
def when(value) -> str:
    """今天 14:05, 周三 10:00, 11月2日 09:30."""
    return times.when(value, clock.now())


@register.filter
def end_of_window(end, start) -> str:
    """18:00, 24:00, 次日 06:00."""
    return times.end_of_window(end, start)


@register.filter
def ago(value) -> str:
    """刚刚, 3 分钟前, 2 小时后; the day and time when that is further away."""
    return times.ago(value, clock.now())


@register.filter
def full_time(value) -> str:
    """2026-11-23 14:05:09, for a tooltip."""
    return times.full(value)


@register.filter
def spoken(duration) -> str:
    """1 分 20 秒."""
    return times.spoken(duration)


@register.filter
def masked(number: str) -> str:
    """Only the ends of a phone number: 138****8000."""
    return phones.mask(number)


@register.filter
def money(amount) -> str:
    """¥1,234.50; "—" where there is none."""
    return amounts.spoken(amount)


@register.filter
def is_instant(value) -> bool:
    """True for a date with a time, so that a list cell can say it as people do."""
    return hasattr(value, "tzinfo") and hasattr(value, "year")


@register.inclusion_tag("pages/_countdown.html")
def countdown(timer) -> dict[str, Any]:
    """The clock of a promise: needs started_at, due_at, stopped_at and outcome (met, missed, cancelled).

    A timer that knows `paused_at` stands still while that is set: it says so instead of ticking.
    """
    now = clock.now()
    stopped = timer.stopped_at
    half = timer.started_at + (timer.due_at - timer.started_at) / 2
    state = "is-overdue" if now >= timer.due_at else "is-half" if now >= half else "is-running"
    late = max(0, (stopped - timer.due_at).total_seconds()) if stopped else 0
    paused = getattr(timer, "paused_at", None)
    outcome = str(timer.outcome or "")
    return {"timer": timer, "state": state, "outcome": outcome, "late": late, "paused": paused}


@register.inclusion_tag("pages/_menu.html", takes_context=True)
def nav(context) -> dict[str, Any]:
    """The menu at the left, as the signed-in person sees it."""
    request = context["request"]
    here = request.path
    areas = [
        (area, [(entry, entry.url, menu.count(entry.url_name, request.user)) for entry in area.entries])
        for area in menu.areas_for(request.user)
    ]
    urls = [url for _area, lines in areas for _entry, url, _count in lines]
    current = max((url for url in urls if here.startswith(url)), key=len, default="")
    return {"areas": areas, "current": current}


@register.simple_tag(takes_context=True)
def new_entries(context) -> list[menu.New]:
    """The quick "new" menu."""
    return menu.new_for(context["request"].user)


@register.simple_tag
def own_entries() -> list[menu.New]:
    """The pages about oneself, under one's own name."""
    return menu.own()


@register.simple_tag(takes_context=True)
def badge(context, url_name: str) -> int:
    """The number shown beside a page, such as the unread notices of the inbox."""
    return menu.count(url_name, context["request"].user)


@register.simple_tag(takes_context=True)
def newest_notice(context) -> int:
    """The number of the newest notice while this page is drawn: what is above it is news."""
    return bell.newest(context["request"].user)


@register.simple_tag(takes_context=True)
def notices_of_the_day(context) -> list[banners.Banner]:
    """The banners that stand above this page."""
    return banners.shown(context["request"])


@register.simple_tag(takes_context=True)
def pulse_topics(context) -> str:
    """What the topics stand at while this page is drawn, so that no change after it is missed."""
    return json.dumps(pulse.tokens(context["request"].user))


@register.simple_tag
def now_iso() -> str:
    """The server's clock, by which the countdowns of the page run from the first moment."""
    return clock.now().isoformat()


@register.simple_tag
def sweep_is_late() -> bool:
    """True when nobody has watched the promises for half a minute."""
    return banners.is_sweep_late()


@register.simple_tag(takes_context=True)
def toasts(context) -> list:
    """The messages left by the last verb, taken away by being shown."""
    return list(get_messages(context["request"]))


@register.inclusion_tag("pages/_history.html", name="history")
def history_table(record) -> dict[str, Any]:
    """Who changed what of `record`, before and after, and why."""
    return {"entries": history.history_of(record)}


@register.inclusion_tag("pages/_once.html", name="once")
def once_field(form=None) -> dict[str, str]:
    """The hidden ticket by which a form posted twice makes one record (see `pages.once`)."""
    return {"ticket": once.ticket(form)}


@register.simple_tag
def url_or_none(name: str) -> str:
    """The address of a page, or "" where that page does not exist in this office."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
