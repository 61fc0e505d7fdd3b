"""When a promise is due, one table of cases for each kind of deadline, and why it says so."""

from datetime import UTC, datetime, timedelta

import pytest

from sla.deadlines import AsGiven, Closing, Months, NextSlot, Within, WorkingDays, dump, load, sentences
from sla.hours import Hours, NoWorkingTime, parse_windows

from .office import SHANGHAI, always, half_day, moment, office

HOUR = Within(hours=1)
TWO_DAYS = WorkingDays(2)
ROUNDS = NextSlot(("11:00", "18:00"), cutoff_minutes=15)
CLOSING = Closing()

CASES = [
    # one working hour
    (HOUR, "an ordinary morning", "2026-11-23 09:30", "2026-11-23 10:30"),
    (HOUR, "holiday", "2026-09-30 17:30", "2026-10-08 09:30"),
    (HOUR, "make-up Saturday", "2026-10-10 09:00", "2026-10-10 10:00"),
    (HOUR, "lunch gap", "2026-11-23 11:30", "2026-11-23 14:00"),
    (HOUR, "before opening", "2026-11-23 06:00", "2026-11-23 10:00"),
    (HOUR, "after closing", "2026-11-23 18:00", "2026-11-24 10:00"),
    (HOUR, "exactly up to closing", "2026-11-23 17:00", "2026-11-23 18:00"),
    (HOUR, "unpublished year, statutory day", "2026-12-31 17:30", "2027-01-04 09:30"),
    (HOUR, "unpublished year, guessed day off", "2027-02-09 09:00", "2027-02-09 10:00"),
    (HOUR, "year end", "2025-12-31 17:30", "2026-01-04 09:30"),
    (HOUR, "leap day", "2028-02-28 17:30", "2028-02-29 09:30"),
    # two working days
    (TWO_DAYS, "an ordinary day", "2026-11-23 10:00", "2026-11-25 10:00"),
    (TWO_DAYS, "make-up Saturday", "2026-10-09 10:00", "2026-10-12 10:00"),
    (TWO_DAYS, "holiday", "2026-09-30 10:00", "2026-10-09 10:00"),
    (TWO_DAYS, "lunch gap", "2026-11-23 12:30", "2026-11-25 13:30"),
    (TWO_DAYS, "before opening", "2026-11-23 07:00", "2026-11-25 09:00"),
    (TWO_DAYS, "after closing", "2026-11-23 19:00", "2026-11-26 09:00"),
    (TWO_DAYS, "weekend", "2026-11-28 11:00", "2026-12-02 09:00"),
    (TWO_DAYS, "year end", "2025-12-31 16:00", "2026-01-05 16:00"),
    (TWO_DAYS, "unpublished year", "2026-12-30 16:00", "2027-01-04 16:00"),
    (TWO_DAYS, "leap day", "2028-02-28 16:00", "2028-03-01 16:00"),
    # parcel rounds at 11:00 and 18:00, arrived 15 minutes before
    (ROUNDS, "before opening", "2026-11-23 06:00", "2026-11-23 11:00"),
    (ROUNDS, "exactly at the cut-off", "2026-11-23 10:45", "2026-11-23 11:00"),
    (ROUNDS, "a second after the cut-off", "2026-11-23 10:45:01", "2026-11-23 18:00"),
    (ROUNDS, "lunch gap", "2026-11-23 12:30", "2026-11-23 18:00"),
    (ROUNDS, "after the last cut-off", "2026-11-23 17:50", "2026-11-24 11:00"),
    (ROUNDS, "after closing", "2026-11-23 20:00", "2026-11-24 11:00"),
    (ROUNDS, "weekend", "2026-11-28 10:00", "2026-11-30 11:00"),
    (ROUNDS, "holiday", "2026-09-30 17:46", "2026-10-08 11:00"),
    (ROUNDS, "make-up Saturday", "2026-10-09 18:00", "2026-10-10 11:00"),
    (ROUNDS, "year end", "2025-12-31 17:50", "2026-01-04 11:00"),
    (ROUNDS, "unpublished year", "2026-12-31 17:50", "2027-01-04 11:00"),
    (ROUNDS, "leap day", "2028-02-28 17:50", "2028-02-29 11:00"),
    # by closing time
    (CLOSING, "an ordinary day", "2026-11-23 10:00", "2026-11-23 18:00"),
    (CLOSING, "before opening", "2026-11-23 01:00", "2026-11-23 18:00"),
    (CLOSING, "lunch gap", "2026-11-23 12:30", "2026-11-23 18:00"),
    (CLOSING, "the last second", "2026-11-23 17:59:59", "2026-11-23 18:00"),
    (CLOSING, "exactly at closing", "2026-11-23 18:00", "2026-11-24 18:00"),
    (CLOSING, "after closing", "2026-11-27 19:00", "2026-11-30 18:00"),
    (CLOSING, "holiday", "2026-10-01 10:00", "2026-10-08 18:00"),
    (CLOSING, "make-up Saturday", "2026-10-10 10:00", "2026-10-10 18:00"),
    (CLOSING, "year end", "2025-12-31 18:00", "2026-01-04 18:00"),
    (CLOSING, "unpublished year", "2026-12-31 19:00", "2027-01-04 18:00"),
    (CLOSING, "leap day", "2028-02-28 19:00", "2028-02-29 18:00"),
    # calendar months
    (Months(3), "an ordinary day", "2026-07-23 10:00", "2026-10-23 18:00"),
    (Months(1), "shorter month", "2026-03-31 10:00", "2026-04-30 18:00"),
    (Months(1), "31 January", "2025-01-31 10:00", "2025-02-28 18:00"),
    (Months(1), "31 January before a leap day", "2028-01-31 10:00", "2028-02-29 18:00"),
    (Months(12), "leap day and a year", "2024-02-29 10:00", "2025-02-28 18:00"),
    (Months(3), "rolled off a weekend", "2026-08-22 10:00", "2026-11-23 18:00"),
    (Months(3), "rolled off a holiday", "2026-07-01 10:00", "2026-10-08 18:00"),
    (Months(3), "make-up Saturday stays", "2026-07-10 10:00", "2026-10-10 18:00"),
    (Months(3), "year end, unpublished year", "2026-10-02 10:00", "2027-01-04 18:00"),
    (Months(3), "after closing counts from that day", "2026-08-20 23:00", "2026-11-20 18:00"),
]


@pytest.mark.parametrize(
    ("deadline", "case", "start", "due"), CASES, ids=[f"{type(c[0]).__name__}: {c[1]}" for c in CASES]
)
def test_when_it_is_due(deadline, case, start, due):
    assert deadline.due(moment(start), office()) == moment(due)


@pytest.mark.parametrize("deadline", [HOUR, TWO_DAYS, ROUNDS, CLOSING, Months(3)])
def test_a_start_in_utc_is_due_at_the_same_instant(deadline):
    start = moment("2026-11-23 07:00")

    assert deadline.due(start.astimezone(UTC), office()) == deadline.due(start, office())


@pytest.mark.parametrize("start", ["2026-10-01 03:00", "2026-11-22 23:59:30", "2028-02-28 23:59:59"])
def test_around_the_clock_a_minute_is_a_minute(start):
    assert Within(minutes=1).due(moment(start), always()) == moment(start) + timedelta(minutes=1)


def test_a_round_does_not_take_place_after_a_half_day_closed():
    assert ROUNDS.due(moment("2026-11-25 11:00"), half_day("2026-11-25")) == moment("2026-11-26 11:00")


def test_a_round_after_the_usual_closing_takes_place_all_the_same():
    early = office(week=(parse_windows("09:00-17:00"),) * 5 + ((), ()))

    assert ROUNDS.due(moment("2026-11-23 12:00"), early) == moment("2026-11-23 18:00")


def test_a_half_day_closes_at_noon():
    assert CLOSING.due(moment("2026-11-25 08:00"), half_day("2026-11-25")) == moment("2026-11-25 12:00")


def test_months_end_when_that_day_closes():
    assert Months(1).due(moment("2026-10-25 08:00"), half_day("2026-11-25")) == moment("2026-11-25 12:00")


def test_an_agreed_date_stands_whatever_the_calendar_says():
    agreed = datetime(2026, 10, 3, 2, 0, tzinfo=UTC)

    assert AsGiven().due(moment("2026-09-30 10:00"), office(), agreed) == moment("2026-10-03 10:00")


def test_an_agreed_date_must_be_given():
    with pytest.raises(ValueError, match="needs the date that was agreed"):
        AsGiven().due(moment("2026-09-30 10:00"), office())


@pytest.mark.parametrize("deadline", [HOUR, TWO_DAYS, ROUNDS, CLOSING, Months(3)])
def test_a_calendar_that_never_opens_is_said_to_be_so(deadline):
    with pytest.raises(NoWorkingTime):
        deadline.due(moment("2026-11-23 09:00"), Hours(SHANGHAI, name="Empty"))


# -- stored and read again ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "stored"),
    [
        (Within(minutes=1), {"kind": "within", "minutes": 1}),
        (Within(hours=1, seconds=30), {"kind": "within", "hours": 1, "seconds": 30}),
        (WorkingDays(2), {"kind": "working_days", "days": 2}),
        (ROUNDS, {"kind": "next_slot", "times": ["11:00", "18:00"], "cutoff_minutes": 15}),
        (Closing(), {"kind": "closing"}),
        (Months(3), {"kind": "months", "months": 3}),
        (AsGiven(), {"kind": "as_given"}),
    ],
)
def test_a_deadline_is_stored_and_read_again(deadline, stored):
    assert dump(deadline) == stored
    assert load(stored) == deadline


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "someday"},
        {},
        [],
        None,
        {"kind": "within"},
        {"kind": "within", "minutes": -1},
        {"kind": "within", "minutes": "1"},
        {"kind": "within", "hours": 10**12},
        {"kind": "within", "weeks": 1},
        {"kind": "working_days", "days": 0},
        {"kind": "working_days"},
        {"kind": "months", "months": 1.5},
        {"kind": "next_slot", "times": []},
        {"kind": "next_slot", "times": ["25:00"]},
        {"kind": "next_slot", "times": ["11:00", "11:00"]},
        {"kind": "next_slot", "times": "11:00"},
        {"kind": "next_slot", "times": [11]},
        {"kind": "next_slot", "times": ["11:00"], "cutoff_minutes": -1},
    ],
)
def test_what_is_not_a_deadline_is_refused(data):
    with pytest.raises(ValueError, match=r".+"):
        load(data)


# -- explained ---------------------------------------------------------------------------------------

EXPLAINED = [
    (
        HOUR,
        "2026-09-30 17:30",
        [
            "The limit is 1 hour of working time.",
            "30 Sep (Wed), 17:30–18:00: 30 minutes.",
            "1 Oct (Thu) to 7 Oct (Wed) not counted: National Day.",
            "8 Oct (Thu), 09:00–09:30: 30 minutes.",
            "Due at 8 Oct 2026 (Thu) 09:30.",
        ],
    ),
    (
        TWO_DAYS,
        "2026-10-09 12:30",
        [
            "The limit is 2 working days.",
            "9 Oct 2026 (Fri) 12:30 is outside working hours; the time counts from 9 Oct 2026 (Fri) 13:30.",
            "Working days counted: 10 Oct (Sat), 12 Oct (Mon) (make-up workday: 10 Oct (Sat)).",
            "11 Oct (Sun) not counted: weekend.",
            "Due at 12 Oct 2026 (Mon) 13:30.",
        ],
    ),
    (
        ROUNDS,
        "2026-11-23 17:50",
        [
            "Too late for the slot of 23 Nov 2026 (Mon) 18:00, which takes what came by "
            "23 Nov 2026 (Mon) 17:45.",
            "The next slot is 24 Nov 2026 (Tue) 11:00; what came by 24 Nov 2026 (Tue) 10:45 goes with it.",
            "Due at 24 Nov 2026 (Tue) 11:00.",
        ],
    ),
    (
        CLOSING,
        "2026-11-27 19:00",
        [
            "The working day was over by 27 Nov 2026 (Fri) 19:00, so the next one counts.",
            "28 Nov (Sat) to 29 Nov (Sun) not counted: weekend.",
            "The working day closes at 30 Nov 2026 (Mon) 18:00.",
            "Due at 30 Nov 2026 (Mon) 18:00.",
        ],
    ),
    (
        Months(3),
        "2026-11-30 10:00",
        [
            "3 months from 30 Nov 2026 (Mon) 10:00: 28 Feb 2027 (Sun), the last day of a shorter month.",
            "28 Feb (Sun) not counted: weekend.",
            "28 Feb (Sun) is not a working day; moved to 1 Mar (Mon).",
            "The working day closes at 1 Mar 2027 (Mon) 18:00.",
            "The holidays of 2027 are not announced yet; Monday to Friday are counted, and the deadline is "
            "worked out again when they are.",
            "Due at 1 Mar 2027 (Mon) 18:00.",
        ],
    ),
]


@pytest.mark.parametrize(("deadline", "start", "told"), EXPLAINED)
def test_a_deadline_explains_itself(deadline, start, told):
    assert sentences(deadline.explain(moment(start), office())) == told


def test_a_minute_around_the_clock_is_explained_in_three_sentences():
    told = sentences(Within(minutes=1).explain(moment("2026-10-01 03:00"), always()))

    assert told == [
        "The limit is 1 minute.",
        "It is counted around the clock from 1 Oct 2026 (Thu) 03:00.",
        "Due at 1 Oct 2026 (Thu) 03:01.",
    ]


def test_a_round_that_a_half_day_leaves_out_is_explained():
    told = sentences(ROUNDS.explain(moment("2026-11-25 11:00"), half_day("2026-11-25")))

    assert told[1] == (
        "There is no slot at 25 Nov 2026 (Wed) 18:00: the hours of that day are other than usual (系统切换)."
    )


def test_a_shortened_last_day_is_explained():
    told = sentences(TWO_DAYS.explain(moment("2026-11-23 16:00"), half_day("2026-11-25")))

    assert told[-2] == ("25 Nov 2026 (Wed) 16:00 is outside that day's hours, so 25 Nov 2026 (Wed) 12:00.")


def test_many_days_are_told_in_one_sentence():
    told = sentences(Within(hours=75).explain(moment("2026-11-23 09:00"), office()))

    assert told[1] == "23 Nov (Mon) to 4 Dec (Fri), 10 working days: 75 hours in all."


def test_an_agreed_date_is_explained_as_such():
    told = sentences(AsGiven().explain(moment("2026-11-23 09:00"), office(), moment("2027-03-01 12:00")))

    assert told == ["The date was agreed: 1 Mar 2027 (Mon) 12:00.", "Due at 1 Mar 2027 (Mon) 12:00."]


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (Within(minutes=90), "1 hour 30 minutes"),
        (WorkingDays(2), "2 working days"),
        (ROUNDS, "next of 11:00, 18:00, arrived 15 minutes before"),
        (NextSlot(("09:30",)), "next of 09:30"),
        (Closing(), "closing time"),
        (Months(3), "3 months"),
        (AsGiven(), "as agreed"),
    ],
)
def test_a_deadline_names_itself(deadline, words):
    assert str(deadline) == words
