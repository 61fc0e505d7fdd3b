"""What is really sent: notices put into words, the same news for several people told once, and lists where
the limits leave no room for one message each."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notices.models import Attachment, Channel, Delivery, Notice

DIGEST_ABOVE = 5
LIST_MOST = 20
LINE_MOST = 120


@dataclass(frozen=True)
class Person:
    """Who is told: as much of a person as an adapter needs to call him or her."""

    name: str
    staff_no: str = ""
    email: str = ""
    mobile: str = ""
    im_id: str = ""


@dataclass(frozen=True)
class News:
    """One thing that happened, in words, and everybody it is told to."""

    kind: str
    level: str
    title: str
    body: str
    link: str
    params: dict[str, Any]
    told_at: datetime
    people: tuple[Person, ...]
    notice: Notice | None = field(default=None, compare=False)

    @property
    def attachments(self) -> list[Attachment]:
        """The files that go with it by mail, read when a mail is written."""
        return self.notice.attachments if self.notice else []

    @property
    def headline(self) -> str:
        """The title, with a word in front where it is urgent."""
        return _("[Urgent] %(title)s") % {"title": self.title} if self.level == "urgent" else self.title


@dataclass(frozen=True)
class Message:
    """What leaves the building in one piece; `number` is the same however often it is repeated."""

    number: str
    news: tuple[News, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        return tuple(dict.fromkeys(person for news in self.news for person in news.people))

    @property
    def subject(self) -> str:
        if len(self.news) == 1:
            return self.news[0].headline
        subject = ngettext("%(count)s notice", "%(count)s notices", len(self.news)) % {
            "count": len(self.news)
        }
        urgent = any(news.level == "urgent" for news in self.news)
        return _("[Urgent] %(title)s") % {"title": subject} if urgent else subject

    @property
    def inbox(self) -> str:
        return absolute(reverse("inbox"))

    def text(self, most_bytes: int) -> str:
        """Plain text for a group, at most that long; what does not fit is pointed to in the inbox."""
        if len(self.news) == 1:
            (news,) = self.news
            return _cut("\n".join(filter(None, (news.headline, news.body, news.link))), most_bytes)
        rest = _("More in the inbox: %(link)s") % {"link": self.inbox}
        lines = [f"{number}. {_line(news)}" for number, news in enumerate(self.news, 1)]
        return f"{_cut(chr(10).join([self.subject, *lines]), most_bytes - len(rest.encode()) - 1)}\n{rest}"


def absolute(link: str) -> str:
    """A link that works outside the building, too."""
    return link if not link or "://" in link else f"{settings.SITE_URL}{link}"


def compose(number: str, deliveries: Sequence[Delivery]) -> Message:
    """The message of these deliveries, in words of the language now active."""
    return Message(number, tuple(_news(group) for group in by_event(deliveries)))


def language_of(channel: Channel, deliveries: Sequence[Delivery]) -> str:
    """A mail speaks its reader's language, a group the office's."""
    if channel.kind == Channel.Kind.EMAIL:
        return deliveries[0].notice.recipient.language or language_of_group()
    return language_of_group()


def language_of_group() -> str:
    """The language the office speaks where several people read together."""
    return settings.LANGUAGE_CODE


def batches(channel: Channel, deliveries: Iterable[Delivery], room: int) -> list[list[Delivery]]:
    """Which deliveries go out together, urgent ones first, at most `room` batches if merging can do it.

    One message for each piece of news; a list of them where there is no room for that many. A mail holds one
    person's notices only: one mail each up to `DIGEST_ABOVE`, above that one digest.
    """
    if channel.kind == Channel.Kind.EMAIL:
        return _urgent_first(_letters(list(deliveries), room))
    groups = _urgent_first(by_event(deliveries))
    if len(groups) <= room:
        return groups
    lists = [groups[start : start + LIST_MOST] for start in range(0, len(groups), LIST_MOST)]
    return [[delivery for group in some for delivery in group] for some in lists]


def by_event(deliveries: Iterable[Delivery]) -> list[list[Delivery]]:
    """Deliveries of the same piece of news together, in the order in which they came."""
    groups: dict[tuple, list[Delivery]] = {}
    for delivery in deliveries:
        groups.setdefault(delivery.notice.event, []).append(delivery)
    return list(groups.values())


def number_of(deliveries: Iterable[Delivery]) -> str:
    """The message number: the same deliveries have the same number, today and after a crash."""
    ids = "-".join(str(pk) for pk in sorted(delivery.pk for delivery in deliveries))
    return hashlib.sha256(f"{settings.SITE_URL} {ids}".encode()).hexdigest()[:32]


def _letters(deliveries: list[Delivery], room: int) -> list[list[Delivery]]:
    people: dict[int, list[Delivery]] = {}
    for delivery in deliveries:
        people.setdefault(delivery.notice.recipient_id, []).append(delivery)
    above = DIGEST_ABOVE if len(deliveries) <= room else 1
    return [
        letter
        for own in people.values()
        for letter in ([own] if len(own) > above else [[delivery] for delivery in own])
    ]


def _urgent_first(groups: list[list[Delivery]]) -> list[list[Delivery]]:
    return sorted(groups, key=lambda group: all(one.notice.level != Notice.Level.URGENT for one in group))


def _news(group: list[Delivery]) -> News:
    notice = group[0].notice
    return News(
        kind=notice.kind,
        level=notice.level,
        title=notice.title,
        body=notice.body,
        link=absolute(notice.link),
        params=notice.params,
        told_at=notice.created_at,
        people=tuple(_person(delivery.notice.recipient) for delivery in group),
        notice=notice,
    )


def _person(user: Any) -> Person:
    here = user.works_here
    return Person(
        name=user.name,
        staff_no=user.staff_no,
        email=user.email if here else "",
        mobile=(user.mobile or "").removeprefix("+86") if here else "",
        im_id=user.im_id if here else "",
    )


def _line(news: News) -> str:
    headline = news.headline if len(news.headline) <= LINE_MOST else f"{news.headline[:LINE_MOST]}…"
    return f"{headline} {news.link}".strip()


def _cut(text: str, most_bytes: int) -> str:
    if len(text.encode()) <= most_bytes:
        return text
    return text.encode()[: max(0, most_bytes - 3)].decode(errors="ignore") + "…"
