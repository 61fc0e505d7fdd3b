"""The dates on which a duty falls: the same however they are asked for, and never two of them on one day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sla.recurrence import BeforeHoliday, Recurring
from sla.slots import Pattern

from .office import moment, office

SINCE = date(2026, 1, 1)
DAY = timedelta(days=1)
RULES = st.one_of(
    st.sampled_from(
        ["FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=SA,SU,WE", "FREQ=WEEKLY;INTERVAL=2",
         "FREQ=MONTHLY;BYMONTHDAY=1,2,3,10,25", "FREQ=MONTHLY;BYMONTHDAY=-1"]
    ).map(lambda text: Recurring(text, SINCE)),
    st.integers(1, 12).map(BeforeHoliday),
)  # fmt: skip
PATTERNS = st.builds(
    Pattern,
    rule=RULES,
    hours=st.just(office()),
    roll=st.sampled_from(["keep", "next", "previous", "skip"]),
    opens=st.sampled_from(["", "14:00"]),
    closes=st.sampled_from(["", "17:00"]),
    since=st.just(SINCE),
    until=st.just(None),
)
DAYS = st.integers(40, 330).map(lambda number: SINCE + number * DAY)


@given(PATTERNS, DAYS, st.integers(0, 60), st.integers(0, 60))
def test_laid_out_in_parts_or_at_once_is_the_same(pattern, first, one, other):
    cut, last = first + one * DAY, first + (one + other) * DAY

    in_parts = pattern.slots(first, cut) + pattern.slots(cut + DAY, last)

    assert sorted(in_parts) == sorted(pattern.slots(first, last))


@given(PATTERNS, DAYS)
def test_nothing_is_done_twice_on_one_day(pattern, first):
    done_on = [slot.opens_at.date() for slot in pattern.slots(first, first + 40 * DAY)]

    assert len(done_on) == len(set(done_on))


@given(PATTERNS, DAYS)
def test_every_date_lands_where_it_says(pattern, first):
    for slot in pattern.slots(first, first + 30 * DAY):
        assert pattern.on(slot.day, pattern.landing(slot.day)) == slot


def test_of_a_long_holiday_the_first_day_is_made_up_for():
    pattern = Pattern(Recurring("FREQ=DAILY", SINCE), office(), "next", "", "10:00", SINCE, date(2026, 10, 7))

    slots = pattern.slots(date(2026, 9, 30), date(2026, 10, 10))

    assert [(f"{slot.day:%m-%d}", slot.due_at) for slot in slots] == [
        ("09-30", moment("2026-09-30 10:00")),
        ("10-01", moment("2026-10-08 10:00")),
    ]
