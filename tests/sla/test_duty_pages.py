"""The manager sets up duties without a programmer; everybody finds their own; nothing typed is lost."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from pages import clock
from sla.duty_words import when_words
from sla.evidence import Ask, load_asks
from sla.forms.duty import MOST_TURNS
from sla.models import Calendar, Duty
from sla.recurrence import BeforeHoliday, Recurring
from tests.builders import make_user

from .duty_office import ARCHIVE, in_turn, set_up

NEW = "/duties/new/"


@pytest.fixture(autouse=True)
def _it_is_noon(monkeypatch, noon):
    monkeypatch.setattr(clock, "now", lambda: noon)


@pytest.fixture
def screen(admin_manager, signed_in):
    return signed_in(admin_manager)


@pytest.fixture
def duty(admin_manager, receptionist, noon) -> Duty:
    """The archive's update on Wednesday afternoons, by the receptionist."""
    return set_up(admin_manager, noon, person=receptionist)


def form(*asks: dict, turns: tuple = (), do: str = "save", **fields) -> dict:
    """What the screen sends for the archive's update every Wednesday afternoon, by 王晓梅."""
    data = {
        "do": do,
        "title": "档案更新",
        "standard": ARCHIVE,
        "repeats": "weeks",
        "every_weeks": "1",
        "weekdays": ["2"],
        "anchor": "2026-11-23",
        "opens": "14:00",
        "closes": "",
        "roll": "next",
        "calendar": Calendar.objects.get(key="office").pk,
        "since": "2026-11-23",
        "assignment": "person",
        "person": "王晓梅",
        "asks-TOTAL_FORMS": len(asks),
        "asks-INITIAL_FORMS": 0,
        "turns-TOTAL_FORMS": len(turns),
        "turns-INITIAL_FORMS": 0,
    }
    for number, ask in enumerate(asks):
        data |= {f"asks-{number}-{name}": value for name, value in ask.items()}
    data |= {f"turns-{number}-person": person for number, person in enumerate(turns)}
    return {**data, **fields}


def change(duty: Duty, *asks: dict, **fields) -> dict:
    return form(*asks, **{"version": duty.version, "reason": "客户增多", **fields})


def edit(duty: Duty) -> str:
    return reverse("duty-edit", args=[duty.pk])


def words(response) -> str:
    return " ".join(response.content.decode().split())


def errors(response) -> dict:
    setting = response.context["setting"]
    found = {name: list(said) for part in (setting.rule, setting.form) for name, said in part.errors.items()}
    for prefix, rows in (("asks", setting.asks), ("turns", setting.turns)):
        if rows.non_form_errors():
            found[prefix] = list(rows.non_form_errors())
        for number, row in enumerate(rows.forms):
            found |= {f"{prefix}-{number}-{name}": list(said) for name, said in row.errors.items()}
    return found


# -- setting one up --------------------------------------------------------------------------------------


def test_the_manager_sets_up_a_duty_and_its_dates_are_there(screen, receptionist):
    answer = screen.post(NEW, form({"kind": "photo", "name": "档案架", "required": "on", "least": "2"}))

    duty = Duty.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("duty", args=[duty.pk]))
    assert duty.recurs == Recurring("FREQ=WEEKLY;BYDAY=WE", date(2026, 11, 23))
    assert (duty.person, duty.opens, duty.closes) == (receptionist, "14:00", "")
    assert load_asks(duty.evidence) == [Ask("photo", "档案架", True, 2, None)]
    assert duty.occurrences.order_by("day").first().day == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"repeats": "days", "every_days": "３"}, "FREQ=DAILY;INTERVAL=3"),
        ({"every_weeks": "2", "weekdays": ["0", "2"]}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"),
        ({"repeats": "month_days", "month_days": "25、１０号"}, "FREQ=MONTHLY;BYMONTHDAY=10,25"),
        ({"repeats": "month_days", "month_days": "", "last_day": "on"}, "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ({"repeats": "month_days", "month_days": "1", "last_day": "on"}, "FREQ=MONTHLY;BYMONTHDAY=1,-1"),
        ({"repeats": "nth_weekday", "nth": "-1", "nth_day": "4"}, "FREQ=MONTHLY;BYDAY=-1FR"),
        ({"repeats": "months", "every_months": "3"}, "FREQ=MONTHLY;INTERVAL=3"),
        ({"repeats": "own", "own": "RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1"},
         "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1"),
    ],
)  # fmt: skip
def test_every_kind_of_rule_can_be_built_and_comes_back_into_the_builder(screen, receptionist, fields, rule):
    screen.post(NEW, form(**fields))

    duty = Duty.objects.get()
    assert duty.recurs == Recurring(rule, date(2026, 11, 23))
    page = screen.get(edit(duty))
    assert page.context["setting"].rule["repeats"].value() == fields.get("repeats", "weeks")
    assert screen.post(edit(duty), change(duty, **fields)).context["setting"].form.non_field_errors() == [
        "Nothing has been changed."
    ]


def test_working_days_before_a_holiday_can_be_chosen(screen, receptionist):
    holiday = {"repeats": "before_holiday", "holiday_days": "5", "holidays": ["Spring Festival"]}

    screen.post(NEW, form(**holiday))

    duty = Duty.objects.get()
    assert duty.recurs == BeforeHoliday(5, ("Spring Festival",))
    assert screen.get(edit(duty)).context["setting"].rule["holidays"].value() == ["Spring Festival"]


def test_people_take_turns_in_the_order_in_which_they_are_named(screen, receptionist, second_receptionist):
    screen.post(NEW, form(assignment="rotation", turns=("孙倩", "王晓梅")))

    assert [turn.person for turn in Duty.objects.get().turns.all()] == [second_receptionist, receptionist]


def test_the_form_sent_twice_sets_up_one_duty(screen, receptionist):
    fields = form(once=str(uuid4()))

    answers = [screen.post(NEW, fields) for _ in range(2)]

    assert [answer.url for answer in answers] == [Duty.objects.get().get_absolute_url()] * 2
    assert "form ticket" not in screen.get(answers[0].url).content.decode()


def test_a_role_can_be_given_a_duty(screen, receptionist):
    screen.post(NEW, form(assignment="role", team="receptionist", person="无此人"))

    assert (Duty.objects.get().team, Duty.objects.get().person) == ("receptionist", None)


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"title": " "}, "title", "This field is required."),
        ({"standard": "call-answered"}, "standard", None),
        ({"repeats": "days", "every_days": "0"}, "every_days", None),
        ({"repeats": "days", "every_days": ""}, "every_days", "Please fill this in."),
        ({"weekdays": []}, "weekdays", "Tick at least one weekday."),
        ({"repeats": "month_days"}, "month_days", "Name a day of the month, or tick its last day."),
        ({"repeats": "month_days", "month_days": "10, 32"}, "month_days",
         "“32” is not a day of the month. Write numbers from 1 to 31."),
        ({"repeats": "before_holiday"}, "holiday_days", "Please fill this in."),
        ({"repeats": "own", "own": "FREQ=SECONDLY"}, "own",
         "A duty comes at most once a day; from when until when is said beside the rule."),
        ({"repeats": "own", "own": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "own",
         "This rule never comes: no day is like that."),
        ({"repeats": "own", "own": "every day"}, "own", None),
        ({"repeats": "own", "own": ""}, "own", "Please fill this in."),
        ({"anchor": "9999-01-01"}, "anchor", "Choose a day within twenty years."),
        ({"since": "9999-12-31"}, "since", "Choose a day within twenty years."),
        ({"since": "0001-01-01"}, "since", "Choose a day within twenty years."),
        ({"opens": "25:00"}, "opens", "“25:00” is not a time of day. Write it like 11:00."),
        ({"opens": "10:00", "closes": "10:00"}, "closes", "The window needs some length."),
        ({"opens": "19:00"}, "opens", "19:00 is after closing time. Say until when, too."),
        ({"until": "2026-11-22"}, "until", "It would end before it begins."),
        ({"until": "2026-11-24"}, "repeats", "Under these rules it never falls on any day."),
        ({"person": ""}, "person", "Please name who does it."),
        ({"person": "无此人"}, "person", "Nobody who works here fits this."),
        ({"assignment": "role"}, "team", "Please choose a role."),
        ({"assignment": "rotation"}, "turns", "Please name who takes turns."),
        ({"assignment": "rotation", "turns": ("王晓梅", "王晓梅")}, "turns-1-person",
         "王晓梅 takes a turn already."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_field_and_nothing_is_saved(screen, receptionist, fields, field, sentence):
    page = screen.post(NEW, form(**fields))

    assert (page.status_code, Duty.objects.count()) == (422, 0)
    assert field in errors(page)
    if sentence:
        assert errors(page)[field] == [sentence]


@pytest.mark.parametrize(
    ("asks", "field", "sentence"),
    [
        ([{"kind": "text", "name": ""}], "asks-0-name", "This field is required."),
        ([{"kind": "text", "name": "a"}, {"kind": "photo", "name": "a"}], "asks-1-name",
         "Two things to show have the same name."),
        ([{"kind": "attendance", "name": "a"}, {"kind": "attendance", "name": "b"}], "asks-1-kind",
         "Who was there is asked for once."),
        ([{"kind": "number", "name": "a", "least": "3", "most": "1"}], "asks-0-most",
         "The least is more than the most."),
        ([{"kind": "photo", "name": "a", "least": "1.5"}], "asks-0-least",
         "This is a whole number from 1 to 10."),
        ([{"kind": "photo", "name": "a", "most": "11"}], "asks-0-most",
         "This is a whole number from 1 to 10."),
        ([{"kind": "number", "name": "a", "most": "1e300"}], "asks-0-most", None),
        ([{"kind": "text", "name": str(n)} for n in range(13)], "asks", "A duty asks for at most 12 things."),
    ],
)  # fmt: skip
def test_a_mistake_in_what_is_asked_for_is_told_at_its_row(screen, receptionist, asks, field, sentence):
    page = screen.post(NEW, form(*asks))

    assert (page.status_code, Duty.objects.count()) == (422, 0)
    assert field in errors(page)
    if sentence:
        assert errors(page)[field] == [sentence]


@pytest.mark.parametrize("do", ["remove-ask-" + "9" * 5000, "remove-turn--1", "raise-turn-²", "no-such-verb"])
def test_a_button_that_does_not_exist_changes_nothing(screen, receptionist, do):
    page = screen.post(NEW, form({"kind": "text", "name": "纪要"}, do=do))

    assert page.status_code == 200
    assert [ask["name"].value() for ask in page.context["setting"].asks.forms] == ["纪要"]


@pytest.mark.parametrize("rows", ["asks", "turns"])
def test_however_many_rows_are_claimed_few_are_drawn(screen, receptionist, rows):
    page = screen.post(NEW, form(assignment="rotation") | {f"{rows}-TOTAL_FORMS": "99999999"})

    assert page.status_code == 422
    assert len(getattr(page.context["setting"], rows).forms) <= MOST_TURNS


def test_namesakes_are_told_apart_by_staff_number(screen, receptionist):
    twin = make_user("王晓梅", staff_no="T90001")

    page = screen.post(NEW, form())
    assert "Several people fit" in errors(page)["person"][0]

    screen.post(NEW, form(person="王晓梅 T90001"))
    assert Duty.objects.get().person == twin


def test_adding_removing_and_moving_rows_keeps_everything_typed(screen, receptionist):
    more = screen.post(NEW, form({"kind": "text", "name": "纪要"}, do="add-ask", title="", every_weeks="abc"))
    assert [row["name"].value() for row in more.context["setting"].asks.forms] == ["纪要", None]
    assert more.context["setting"].rule["every_weeks"].value() == "abc"
    assert more.status_code == 200

    moved = screen.post(NEW, form(turns=("a", "b", "c"), assignment="rotation", do="raise-turn-2"))
    assert [row["person"].value() for row in moved.context["setting"].turns.forms] == ["a", "c", "b"]

    fewer = screen.post(NEW, form(turns=("a", "b"), assignment="rotation", do="remove-turn-0"))
    assert [row["person"].value() for row in fewer.context["setting"].turns.forms] == ["b"]

    same = screen.post(NEW, form({"kind": "text", "name": "纪要"}, do="remove-ask-7"))
    assert len(same.context["setting"].asks.forms) == 1
    assert Duty.objects.count() == 0


def test_the_next_ten_dates_are_seen_before_anything_is_saved(screen):
    holiday = {"weekdays": ["3"], "since": "2026-12-28", "roll": "skip"}

    page = screen.post(NEW, form(do="preview", title="", person="", **holiday))

    shown = page.context["setting"].preview
    assert len([one for one in shown if one.slot]) == 10
    assert (page.status_code, Duty.objects.count()) == (200, 0)
    assert "2026-12-31" in words(page)


def test_the_dates_say_what_became_of_a_holiday(screen):
    national_day = {"repeats": "own", "own": "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"}

    moved = screen.post(NEW, form(do="preview", **national_day)).context["setting"].preview[0]
    left_out = screen.post(NEW, form(do="preview", roll="skip", **national_day))

    assert (moved.named, moved.is_moved) == (date(2027, 10, 1), True)
    assert "never falls on any day" in words(left_out)


def test_the_preview_says_what_is_wrong_and_warns_of_what_surprises(screen):
    wrong = screen.post(NEW, form(do="preview", weekdays=[]))
    assert wrong.context["setting"].mistakes == ["On these weekdays: Tick at least one weekday."]

    page = screen.post(
        NEW, form(do="preview", repeats="month_days", month_days="31", opens="22:00", closes="6:00")
    )
    assert page.context["setting"].warnings == {
        "month_days": "Months without day 31 are left out. For the end of every month tick the last day.",
        "closes": "The window runs past midnight, into the next day.",
    }


def test_an_empty_role_is_warned_of(screen):
    page = screen.post(NEW, form(do="preview", assignment="role", team="archivist"))

    assert page.context["setting"].warnings["team"] == "Nobody holds this role at present."


def test_the_board_can_propose_the_clause(screen):
    page = screen.get(f"{NEW}?standard={ARCHIVE}")

    assert page.context["setting"].form["standard"].value() == ARCHIVE


# -- changing one ----------------------------------------------------------------------------------------


def test_a_change_holds_for_what_comes_and_says_why(duty, screen):
    answer = screen.post(edit(duty), change(duty, weekdays=["3"]))

    duty.refresh_from_db()
    assert (answer.status_code, duty.version) == (302, 2)
    assert duty.occurrences.ahead().order_by("day").first().day == date(2026, 11, 26)
    assert "客户增多" in words(screen.get(duty.get_absolute_url()))


def test_the_history_tells_rule_and_evidence_in_words(duty, screen):
    asks = {"kind": "number", "name": "在借份数", "required": "on", "least": "0"}
    screen.post(edit(duty), change(duty, asks, weekdays=["3"]))

    shown = words(screen.get(duty.get_absolute_url()))

    assert str(Recurring("FREQ=WEEKLY;BYDAY=TH", date(2026, 11, 23))) in shown
    assert "<ins>在借份数 (number, at least 0)</ins>" in shown
    assert "BYDAY" not in shown


def test_a_change_needs_a_reason_and_something_changed(duty, screen):
    page = screen.post(edit(duty), change(duty, reason=" ", opens="15:00"))
    assert errors(page)["reason"] == ["Please say why the duty changes; it stands in the history."]

    page = screen.post(edit(duty), change(duty))
    assert errors(page)["__all__"] == ["Nothing has been changed."]


def test_the_second_of_two_managers_is_told_and_may_then_decide(duty, screen):
    second = change(duty, opens="16:00")
    screen.post(edit(duty), change(duty, opens="15:00"))

    page = screen.post(edit(duty), second)
    duty.refresh_from_db()
    assert (page.status_code, duty.opens) == (422, "15:00")
    assert "郑国强 changed this duty" in errors(page)["__all__"][0]
    assert 'name="version" value="2"' in words(page)
    assert 'value="16:00"' in words(page)

    assert screen.post(edit(duty), {**second, "version": 2}).status_code == 302
    duty.refresh_from_db()
    assert duty.opens == "16:00"


def test_a_duty_ends_with_a_reason_and_can_be_put_in_force_again(duty, screen):
    assert screen.post(reverse("duty-end", args=[duty.pk]), {"reason": " "}).status_code == 422
    screen.post(reverse("duty-end", args=[duty.pk]), {"reason": "档案已外包"})
    duty.refresh_from_db()
    assert (duty.active, duty.occurrences.ahead().count()) == (False, 0)

    screen.post(reverse("duty-resume", args=[duty.pk]))
    duty.refresh_from_db()
    assert duty.active is True
    assert duty.occurrences.ahead().exists()


# -- looking ---------------------------------------------------------------------------------------------


def test_the_page_of_a_duty_tells_rule_dates_and_how_it_went(duty, screen, receptionist, at):
    duty.occurrences.order_by("day").first().complete(by=receptionist, at=at("2026-11-25 18:30"))

    shown = words(screen.get(duty.get_absolute_url()))

    assert "from 14:00 until closing time" in shown
    assert "30 minutes late" in shown
    assert "2 Dec 14:00" in shown


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("receptionist", 200),  # it is hers
        ("second_receptionist", 200),  # stands in for her
        ("admin_manager", 200),
        ("auditor", 200),
        ("salesperson", 404),
        ("outsider", 404),
    ],
)
def test_a_duty_is_seen_by_its_people_and_by_whoever_oversees_all(duty, who, status, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))

    assert browser.get(duty.get_absolute_url()).status_code == status
    assert (duty in [row["object"] for row in browser.get("/duties/").context["list"].rows]) == (
        status == 200
    )


@pytest.mark.parametrize(("who", "status"), [("receptionist", 403), ("auditor", 403), ("outsider", 404)])
def test_nobody_but_the_manager_changes_a_duty(duty, who, status, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))

    for verb in ("edit", "end", "resume"):
        assert browser.post(reverse(f"duty-{verb}", args=[duty.pk]), change(duty)).status_code == status
    assert browser.post(NEW, form()).status_code == 403
    duty.refresh_from_db()
    assert (duty.version, duty.active) == (1, True)


@pytest.mark.parametrize("address", ["/duties/", "/duties/calendar/", NEW])
def test_signed_out_one_is_asked_to_sign_in(client, db, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=档案", 1),
        ("q=wxm", 1),
        ("q=3.1", 1),
        ("q=绿植", 0),
        (f"standard={ARCHIVE}", 1),
        ("team=receptionist", 0),
        ("active=yes", 1),
        ("active=no", 0),
    ],
)
def test_duties_are_found_by_what_who_and_clause(duty, screen, asked, found):
    assert len(screen.get(f"/duties/?{asked}").context["list"].rows) == found


def test_a_person_is_found_in_a_rotation_too(screen, admin_manager, receptionist, second_receptionist, noon):
    in_turn(admin_manager, noon, [receptionist, second_receptionist])

    page = screen.get(f"/duties/?person={second_receptionist.pk}")

    assert len(page.context["list"].rows) == 1


@pytest.mark.parametrize(
    ("roll", "calendar", "words"),
    [
        ("skip", "office", "every day, days off left out"),
        ("skip", "always", "every day"),
        ("next", "office", "every day"),
    ],
)
def test_every_day_is_not_said_of_working_days(admin_manager, receptionist, noon, roll, calendar, words):
    given = {"roll": roll, "calendar": Calendar.objects.get(key=calendar)}
    duty = set_up(admin_manager, noon, rrule="FREQ=DAILY", person=receptionist, **given)

    assert when_words(duty) == words


def test_the_list_can_be_taken_along(duty, screen):
    assert screen.get("/duties/?export=xlsx").status_code == 200


@pytest.mark.parametrize("page", ["/duties/", "/duties/calendar/"])
def test_it_asks_the_same_few_questions_for_one_duty_and_for_three(
    duty, screen, admin_manager, receptionist, second_receptionist, noon, page, django_assert_max_num_queries
):
    screen.get(page)
    with django_assert_max_num_queries(60) as one:
        screen.get(page)
    in_turn(admin_manager, noon, [receptionist, second_receptionist])
    set_up(admin_manager, noon, title="另一件", assignment="role", person=None, team="receptionist")

    with django_assert_max_num_queries(
        len(one.captured_queries) + 1
    ):  # who takes turns, once there are turns
        screen.get(page)


# -- the calendar ----------------------------------------------------------------------------------------


def lines(page) -> list:
    return [line for week in page.context["month"].weeks for day in week.days for line in day.lines]


def test_the_month_shows_each_date_with_who_and_how_it_stands(duty, screen):
    page = screen.get("/duties/calendar/")

    assert [line.occurrence.day.day for line in lines(page)] == [25, 2]
    assert lines(page)[0].who == "王晓梅"
    assert lines(page)[0].going.words == "Planned"
    assert 'aria-label="Planned"' in words(page)


def test_one_goes_from_month_to_month_and_the_filters_come_along(duty, screen):
    page = screen.get("/duties/calendar/?day=2026-12-10&state=planned")

    month = page.context["month"]
    assert [line.occurrence.day.day for line in lines(page)] == [2, 9, 16, 23, 30]
    assert (month.previous, month.next) == (date(2026, 11, 1), date(2027, 1, 1))
    assert (month.previous_week, month.next_week) == (date(2026, 12, 3), date(2026, 12, 17))
    assert "?day=2027-01-01&amp;state=planned" in words(page)


@pytest.mark.parametrize("day", ["", "abc", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_an_odd_day_shows_this_month(duty, screen, day, noon):
    assert screen.get(f"/duties/calendar/?day={day}").context["month"].chosen == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=planned", 2),
        ("state=overdue", 0),
        ("state=skipped", 0),
        ("whose=mine", 0),
        ("team=receptionist", 0),
    ],
)
def test_the_calendar_is_filtered(duty, screen, asked, found):
    assert len(lines(screen.get(f"/duties/calendar/?{asked}"))) == found


@pytest.mark.parametrize(
    ("state", "at_time"), [("open", "2026-11-25 15:00"), ("overdue", "2026-11-25 19:00")]
)
def test_what_is_open_and_what_is_overdue_are_told_apart(duty, screen, at, monkeypatch, state, at_time):
    duty.occurrences.order_by("day").first().open(at=at("2026-11-25 14:00"))
    monkeypatch.setattr(clock, "now", lambda: at(at_time))

    page = screen.get(f"/duties/calendar/?state={state}")

    assert [line.going.key for line in lines(page)] == [state]


@pytest.mark.parametrize(
    ("who", "found"), [("receptionist", 2), ("second_receptionist", 2), ("outsider", 0), ("auditor", 2)]
)
def test_everybody_sees_their_own_dates(duty, who, found, request, signed_in):
    page = signed_in(request.getfixturevalue(who)).get("/duties/calendar/")

    assert len(lines(page)) == found
