"""What the figures of an asset propose at the end of the year, and why.

Replaced is what is not worth mending: repairs have cost more than the settings allow, and it is written off
or nearly so; or it is broken again while hardly anything of its value is left. Repaired is what is broken, or
what nobody has maintained in time. All else is kept.
"""

from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages.money import NOTHING, spoken

from ..models import SuppliesSettings, YearEndLine

KEEP, REPAIR, REPLACE = YearEndLine.Verdict.values


class Facts(NamedTuple):
    """What of an asset matters: its price and what is left of it, its repairs, and how it is today."""

    price: Decimal
    residual: Decimal
    book_value: Decimal
    repair_cost: Decimal = NOTHING
    repairs: int = 0
    is_in_repair: bool = False
    overdue: int = 0

    @property
    def is_written_off(self) -> bool:
        return self.book_value <= self.residual

    @property
    def repair_percent(self) -> int:
        return int(100 * self.repair_cost / self.price) if self.price else 0

    @property
    def left_percent(self) -> int:
        return int(100 * self.book_value / self.price) if self.price else 0


class Proposal(NamedTuple):
    verdict: str
    grounds: list[dict[str, Any]]


def propose(facts: Facts, rules: SuppliesSettings) -> Proposal:
    """The proposal with its grounds, as codes with figures."""
    is_dear = facts.price > 0 and facts.repair_cost * 100 > facts.price * rules.repair_above_percent
    is_low = facts.book_value * 100 < facts.price * rules.replace_below_percent
    grounds = [
        *_worth(facts, is_low, rules),
        *_repairs(facts, is_dear, rules),
        *([{"code": "in_repair"}] if facts.is_in_repair else []),
        *([{"code": "overdue", "count": facts.overdue}] if facts.overdue else []),
    ]
    if (is_dear or facts.is_in_repair) and (facts.is_written_off or is_low):
        verdict = REPLACE
    elif facts.is_in_repair or facts.overdue:
        verdict = REPAIR
    else:
        verdict = KEEP
        grounds = grounds or [{"code": "in_order"}]
    return Proposal(verdict, grounds)


def _worth(facts: Facts, is_low: bool, rules: SuppliesSettings) -> list[dict[str, Any]]:
    if facts.is_written_off:
        return [{"code": "written_off"}]
    if is_low:
        return [{"code": "low", "percent": facts.left_percent, "limit": rules.replace_below_percent}]
    return []


def _repairs(facts: Facts, is_dear: bool, rules: SuppliesSettings) -> list[dict[str, Any]]:
    if not facts.repairs:
        return []
    figures = {"count": facts.repairs, "amount": str(facts.repair_cost), "percent": facts.repair_percent}
    if is_dear:
        return [{"code": "dear", "limit": rules.repair_above_percent, **figures}]
    return [{"code": "repairs", **figures}]


# -- in words ------------------------------------------------------------------------------------------


def in_words(grounds: list[dict[str, Any]]) -> list[str]:
    """Each ground as a phrase; one that is not known any more is left out."""
    return [said for said in map(_said, grounds) if said]


def _said(ground: dict[str, Any]) -> str:
    figures = dict(ground)
    if "amount" in figures:
        figures["amount"] = spoken(Decimal(figures["amount"]))
    match figures.pop("code", ""):
        case "written_off":
            return _("fully depreciated")
        case "low":
            return _("book value is %(percent)d%% of the price, below %(limit)d%%") % figures
        case "dear":
            words = ngettext(
                "%(count)d repair for %(amount)s, %(percent)d%% of the price, above %(limit)d%%",
                "%(count)d repairs for %(amount)s, %(percent)d%% of the price, above %(limit)d%%",
                figures["count"],
            )
            return words % figures
        case "repairs":
            words = ngettext(
                "%(count)d repair for %(amount)s, %(percent)d%% of the price",
                "%(count)d repairs for %(amount)s, %(percent)d%% of the price",
                figures["count"],
            )
            return words % figures
        case "in_repair":
            return _("in repair now")
        case "overdue":
            words = ngettext("maintenance is overdue", "%(count)d maintenances are overdue", figures["count"])
            return words % figures
        case "in_order":
            return _("in order, within its useful life")
    return ""
