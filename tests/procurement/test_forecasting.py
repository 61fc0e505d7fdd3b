"""Where costs lead, by their nature: a table of cases, and what must hold whatever the numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.forecasting import Course, forecast
from procurement.spans import Span

NOVEMBER = Span("month", 2026, 11)
FOURTH = Span("quarter", 2026, 4)
D = Decimal


def weekday(day: date) -> bool:
    return day.weekday() < 5


def course(nature: str, spent: str | int, today: str = "2026-11-15", span: Span = NOVEMBER, **more) -> Course:
    history = {date.fromisoformat(day): D(amount) for day, amount in more.pop("history", {}).items()}
    return Course(
        nature=nature, span=span, today=date.fromisoformat(today), spent=D(spent), history=history,
        works=weekday, **more,
    )  # fmt: skip


CASES = {
    "as needed: half the days, half the money": (course("variable", 500), 1200, "1000.00", None),
    "as needed: the line is crossed on the day the pace says": (
        course("variable", 600), 1000, "1200.00", "2026-11-26",
    ),
    "met exactly is not crossed": (course("variable", 500), 1000, "1000.00", None),
    "per head: only working days count": (course("per_head", 1000), 1050, "2100.00", "2026-11-16"),
    "per head: nothing comes on a weekend": (
        course("per_head", 1400, "2026-11-20"), 1450, "1960.00", "2026-11-23",
    ),
    "the first days go by the period before": (
        course("variable", 800, "2026-11-02", history={"2026-10-10": 3000}), 5000, "3600.00", None,
    ),
    "the first days without a period before go by themselves": (
        course("variable", 100, "2026-11-02"), 1000, "1500.00", "2026-11-21",
    ),
    "fixed: what came last month comes again": (
        course("fixed", 0, history={"2026-10-25": 2000}), 1500, "2000", "2026-11-25",
    ),
    "fixed: what has come already does not come twice": (
        course("fixed", 2000, "2026-11-26", history={"2026-10-25": 2000}), 2000, "2000", None,
    ),
    "fixed: what is late comes tomorrow": (
        course("fixed", 0, "2026-11-26", history={"2026-10-25": 2000}), 1000, "2000", "2026-11-27",
    ),
    "fixed: half of it came": (
        course("fixed", 500, history={"2026-10-05": 500, "2026-10-28": 700}), 1000, "1200", "2026-11-28",
    ),
    "fixed: the months ahead repeat too": (
        course("fixed", 4000, span=FOURTH, history={"2026-10-25": 2000, "2026-11-02": 2000}), 5000,
        "6000", "2026-12-25",
    ),
    "seasonal: as last year went on": (
        course("seasonal", 600, history={"2025-11-10": 500, "2025-11-20": 1500}), 2000,
        "2400.00", "2026-11-20",
    ),
    "seasonal: too little last year to measure by": (
        course("seasonal", 600, history={"2025-11-10": 10, "2025-11-20": 1500}), 3000, "2100.00", None,
    ),
    "seasonal: no last year goes on at this pace": (course("seasonal", 500), 1200, "1000.00", None),
    "one-off: nothing more comes": (course("one_off", 900), 1000, "900", None),
    "one-off: what is bound comes": (course("one_off", 900, bound=D(200)), 1000, "1100", "2026-11-15"),
    "what is bound is part of the pace": (course("variable", 500, bound=D(300)), 1200, "1000.00", None),
    "over already is crossed today": (course("variable", 1300), 1200, "2600.00", "2026-11-15"),
    "a month that is over keeps what it was": (
        course("variable", 900, "2026-12-09"), 1000, "900", None,
    ),
    "on the last day nothing is to come": (course("fixed", 0, "2026-11-30"), 0, "0", None),
}  # fmt: skip


@pytest.mark.parametrize(("known", "limit", "expected", "crossed_on"), CASES.values(), ids=CASES.keys())
def test_costs_lead_where_their_nature_says(known, limit, expected, crossed_on):
    found = forecast(known, D(limit))

    day = found.crossed_on.isoformat() if found.crossed_on else None
    assert (found.expected, day) == (D(expected), crossed_on)


def test_a_leap_day_of_last_year_is_the_28th_this_year():
    known = course(
        "seasonal", 0, "2025-02-01", Span("month", 2025, 2), history={"2024-02-10": 50, "2024-02-29": 50}
    )
    assert forecast(known, D(60)).crossed_on == date(2025, 2, 28)


money = st.decimals(0, 100_000, places=2)
natures = st.sampled_from(["fixed", "seasonal", "per_head", "variable", "one_off"])
days = st.integers(0, 91).map(lambda number: FOURTH.first + timedelta(days=number))
histories = st.dictionaries(
    st.integers(0, 456).map(lambda number: FOURTH.year_before.first + timedelta(days=number)),
    money,
    max_size=12,
)


def courses(nature, today, spent, bound, history):
    known = {day: amount for day, amount in history.items() if day < FOURTH.first}
    return Course(nature, FOURTH, today, spent, bound, known, weekday)


@given(natures, days, money, money, money, histories)
def test_more_spent_never_leads_to_less(nature, today, spent, more, bound, history):
    less = forecast(courses(nature, today, spent, bound, history), D(50_000))
    greater = forecast(courses(nature, today, spent + more, bound, history), D(50_000))

    assert greater.expected >= less.expected
    assert not less.is_over or greater.crossed_on <= less.crossed_on


@given(natures, days, money, money, histories, money)
def test_a_line_is_crossed_exactly_where_more_is_expected(nature, today, spent, bound, history, limit):
    found = forecast(courses(nature, today, spent, bound, history), limit)

    assert found.expected >= spent + bound
    assert found.is_over == (found.expected > limit)
    assert not found.is_over or today <= found.crossed_on <= max(today, FOURTH.last)


@given(natures, days, money, histories)
def test_a_higher_limit_is_crossed_no_earlier(nature, today, spent, history):
    known = courses(nature, today, spent, D(0), history)
    lower, higher = forecast(known, D(10_000)), forecast(known, D(20_000))

    assert not higher.is_over or lower.crossed_on <= higher.crossed_on
