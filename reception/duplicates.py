"""Is this caller in the register already? Names come by ear, so 王小明 is also written 王晓明, and a company
has the name it gives itself on the phone. Here names are only compared; `Customer.objects` fetches them."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _

from pages import pinyin

ALIKE = 0.82
"""From this share of common characters on, two longer names are taken for one (difflib's ratio)."""

_LEGAL_FORMS = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团公司|分公司|总公司|公司|集团|事务所|工作室|co\.?,?\s*ltd\.?|ltd\.?|inc\.?|gmbh|llc)$",
    re.I,
)
_TRADES = re.compile(
    r"(技术|科技|信息|网络|软件|电子|通信|实业|贸易|商贸|工程|咨询|服务|发展|控股|投资|文化|传媒|国际|股份|食品|机械|建筑|物流|医药|装饰)$"
)
_PLACES = re.compile(
    r"^(中国|(?:[\u4e00-\u9fff]{2,3}?(?:省|市|自治区))+|北京|上海|天津|重庆|深圳|广州|杭州|南京|苏州|成都|武汉|西安|香港|青岛|宁波|长沙|天津|郑州|厦门|大连|沈阳|济南|合肥|福州|无锡|佛山|东莞)(?=.{2,})"
)
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_SPACES = re.compile(r"[\s·.,，。'\"-]+")
_TITLES = re.compile(
    r"(先生|女士|小姐|太太|老师|经理|主任|总监|总经理|工程师|老板|总|工|主管|mr\.?|ms\.?|mrs\.?)$", re.I
)


class Reason(IntegerChoices):
    """Why a customer may be the same one; the higher, the surer."""

    SIMILAR_COMPANY = 1, _("similar company")
    SIMILAR_NAME = 2, _("similar name")
    SAME_NAME = 3, _("same name")
    SAME_NUMBER = 4, _("same number")


class Likeness(NamedTuple):
    """What is compared of a customer: the name, the company and the digests of the numbers."""

    name: str
    company: str
    digests: frozenset[str] = frozenset()


def reasons(new: Likeness, known: Likeness) -> list[Reason]:
    """All reasons why `new` may be `known`, surest first; empty if there is none."""
    found: list[Reason] = []
    if new.digests & known.digests:
        found.append(Reason.SAME_NUMBER)
    if new.name and plain(new.name) == plain(known.name):
        found.append(Reason.SAME_NAME)
    elif similar_people(new, known):
        found.append(Reason.SIMILAR_NAME)
    if new.company and similar_companies(new.company, known.company):
        found.append(Reason.SIMILAR_COMPANY)
    return found


def is_same_person_likely(found: Iterable[Reason]) -> bool:
    """A colleague from the same company is worth showing, yet no duplicate by that alone."""
    return any(reason > Reason.SIMILAR_COMPANY for reason in found)


def similar_people(new: Likeness, known: Likeness) -> bool:
    """Same sound (王小明, 王晓明); nearly the same letters; or 王总 and 王建国 of one company."""
    if not new.name or not known.name:
        return False
    if sound(new.name) == sound(known.name) or _nearly(plain(new.name), plain(known.name)):
        return True
    return _addressed_by_surname(new.name, known.name) and similar_companies(new.company, known.company)


def similar_companies(one: str, other: str) -> bool:
    """华为技术有限公司 is 华为公司; 深圳市华为 is 华为; yet 上海金桥实业 is neither 西安金桥 nor 金桥食品."""
    here, there = _taken_apart(one), _taken_apart(other)
    if not here.core or not there.core:
        return False
    if not _agree(here.place, there.place) or not _agree(here.trade, there.trade):
        return False
    return here.core == there.core or _nearly(here.core, there.core)


def plain(name: str) -> str:
    """The name without spaces, points and case."""
    return _SPACES.sub("", name).casefold()


def sound(name: str) -> str:
    """How the name sounds, without tones: 王晓明 and 王小明 are both wangxiaoming."""
    return pinyin.full(plain(name)).casefold()


def company_key(company: str) -> str:
    """What is left of a company's name without place, trade and legal form, at least two characters."""
    return _taken_apart(company).core


class _Company(NamedTuple):
    place: str
    core: str
    trade: str


def _taken_apart(company: str) -> _Company:
    name = _without(_LEGAL_FORMS, _BRACKETS.sub("", company).strip().casefold())
    local = _without(_PLACES, name)
    core = _without(_TRADES, local)
    place = name.removesuffix(local).removesuffix("市").removesuffix("省")
    return _Company(place, plain(core), plain(local.removeprefix(core)))


def _agree(one: str, other: str) -> bool:
    """What one of them leaves out is no contradiction."""
    return one.startswith(other) or other.startswith(one)


def _without(pattern: re.Pattern, text: str) -> str:
    while len(shorter := pattern.sub("", text).strip(" ,.，。")) >= 2 and shorter != text:
        text = shorter
    return text


def _nearly(one: str, other: str) -> bool:
    return (
        min(len(one), len(other)) >= 4 and SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
    )


def _addressed_by_surname(one: str, other: str) -> bool:
    one, other = sorted((plain(one), plain(other)), key=lambda name: len(_TITLES.sub("", name)))
    surname = _TITLES.sub("", one)
    return 1 <= len(surname) <= 2 and surname != one and other.startswith(surname)
