"""The pages about working time as people live them: look, decide, take over the notice, ask "what if"."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sla.models import Calendar, ConfirmedYear, DayOverride

NOTICE = "日期,是否上班,名称\n2027-01-01,否,元旦\n2027年2月13日,是,春节调休\n"


@pytest.fixture
def office(db) -> Calendar:
    return Calendar.objects.get(key="office")


@pytest.fixture
def manager(admin_manager, signed_in):
    return signed_in(admin_manager)


@pytest.fixture
def employee(salesperson, signed_in):
    return signed_in(salesperson)


def sheet(text: str, name: str = "2027.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("gb18030"))


def week_of(office: Calendar, **changes) -> dict:
    typed = {f"weekday_{n}": "09:00-12:00, 13:30-18:00" if n < 5 else "" for n in range(7)}
    return {**typed, "observes_holidays": "on", "reason": "冬令时", **changes}


# -- who may --


def test_a_stranger_is_sent_to_the_entrance(client, office):
    assert client.get(reverse("calendars")).status_code == 302


@pytest.mark.parametrize("page", ["calendars", "calendar-try"])
def test_everybody_may_look(employee, office, page):
    assert employee.get(reverse(page)).status_code == 200


def test_everybody_may_look_at_a_calendar_but_finds_nothing_to_change(employee, office):
    page = employee.get(reverse("calendar", args=[office.pk])).content.decode()

    assert reverse("calendar-hours", args=[office.pk]) not in page
    assert "/days/" not in page


def test_only_the_manager_may_change(employee, office):
    pages = [
        reverse("calendar-hours", args=[office.pk]),
        reverse("calendar-day", args=[office.pk, "2026-11-24"]),
        reverse("calendar-notice"),
        reverse("year-confirm", args=[2027]),
    ]

    assert [employee.post(page).status_code for page in pages] == [403] * 4
    assert not DayOverride.objects.exists()


# -- the year on one sheet --


def test_the_year_shows_holidays_and_make_up_days_by_sign_and_word(manager, office):
    page = manager.get(reverse("calendar", args=[office.pk]), {"year": "2026"}).content.decode()

    assert 'aria-label="1 Oct (Thu) · public holiday · National Day"' in page
    assert 'aria-label="10 Oct (Sat) · make-up workday · 09:00-12:00, 13:30-18:00"' in page
    assert '<a class="day is-make-up"' in page
    assert "18 working days" in page  # October


@pytest.mark.parametrize("year", ["abc", "0000", "9999", "", "²²²²"])
def test_an_odd_year_shows_this_year(manager, office, year):
    assert manager.get(reverse("calendar", args=[office.pk]), {"year": year}).status_code == 200


def test_a_year_costs_no_query_for_its_days(manager, office, django_assert_max_num_queries):
    page = reverse("calendar", args=[office.pk])
    manager.get(page)

    with django_assert_max_num_queries(25):
        manager.get(page, {"year": "2027"})


def test_around_the_clock_there_is_nothing_to_decide(manager, db):
    always = Calendar.objects.get(key="always")

    assert manager.get(reverse("calendar", args=[always.pk])).status_code == 200
    assert manager.get(reverse("calendar-hours", args=[always.pk])).status_code == 404
    assert manager.get(reverse("calendar-day", args=[always.pk, "2026-11-24"])).status_code == 404


# -- weekly hours --


def test_the_manager_changes_the_hours(manager, office):
    answer = manager.post(
        reverse("calendar-hours", args=[office.pk]), week_of(office, weekday_5="9:00至12:00")
    )

    assert answer.status_code == 302
    assert Calendar.objects.get(pk=office.pk).hours().is_working_day(date(2026, 11, 28))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("9 to 5", "“9 to 5” is not a time span"),
        ("09:00-12:00, 11:00-13:00", "09:00-12:00 and 11:00-13:00 overlap."),
        ("22:00-10:00", "22:00-10:00 runs into 09:00-12:00 of the next day."),
        ("<script>alert(1)</script>", "is not a time span"),
        ("9" * 200, "is not a time span"),
    ],
)
def test_hours_that_cannot_be_are_told_at_the_field_and_kept(manager, office, typed, sentence):
    answer = manager.post(reverse("calendar-hours", args=[office.pk]), week_of(office, weekday_0=typed))

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["weekday_0"][0]
    assert answer.context["form"]["weekday_0"].value() == typed
    assert "<script>alert" not in answer.content.decode()


def test_a_week_without_hours_is_refused(manager, office):
    answer = manager.post(
        reverse("calendar-hours", args=[office.pk]), week_of(office, **{f"weekday_{n}": "" for n in range(5)})
    )

    assert answer.context["form"].non_field_errors() == ["At least one day of the week needs working hours."]


# -- special days --


def test_the_manager_declares_a_day_off_and_takes_it_back(manager, office):
    day = date(2026, 11, 24)
    declared = {"decision": "off", "windows": "", "scope": "this", "reason": "公司活动"}
    assert manager.post(reverse("calendar-day", args=[office.pk, day]), declared).status_code == 302
    assert not Calendar.objects.get(pk=office.pk).hours().is_working_day(day)

    override = DayOverride.objects.get()
    assert "公司活动" in manager.get(reverse("calendar-day", args=[office.pk, day])).content.decode()
    assert manager.get(reverse("day-withdraw", args=[override.pk])).status_code == 200
    manager.post(reverse("day-withdraw", args=[override.pk]), {"reason": "取消"})

    assert Calendar.objects.get(pk=office.pk).hours().is_working_day(day)


def test_a_day_declared_for_all_stands_in_the_list(manager, office):
    declared = {"decision": "working", "windows": "10:00-16:00", "scope": "all", "reason": "抢修"}
    manager.post(reverse("calendar-day", args=[office.pk, "2026-11-28"]), declared)

    page = manager.get(reverse("calendars"), {"year": "2026"}).content.decode()
    assert "抢修" in page
    assert "10:00-16:00" in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "\x00"}, "reason"),
        ({"windows": "25:00-26:00"}, "windows"),
        ({"windows": "09:00-12:00"}, "windows"),
        ({"scope": "mars"}, "scope"),
        ({"decision": ""}, "decision"),
    ],
)
def test_a_day_with_mistakes_is_not_declared(manager, office, change, field):
    typed = {"decision": "off", "windows": "", "scope": "this", "reason": "公司活动", **change}

    answer = manager.post(reverse("calendar-day", args=[office.pk, "2026-11-24"]), typed)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_not_found(manager, office, day):
    assert manager.get(reverse("calendar-day", args=[office.pk, day])).status_code == 404


# -- the yearly notice --


def test_the_notice_is_looked_at_before_anything_is_written(manager, office):
    answer = manager.post(reverse("calendar-notice"), {"file": sheet(NOTICE)})

    assert answer.status_code == 200
    assert [decision.day for decision in answer.context["preview"].decisions] == [
        date(2027, 1, 1),
        date(2027, 2, 13),
    ]
    assert not DayOverride.objects.exists()


def test_the_notice_is_taken_over_and_the_year_confirmed(manager, office):
    ticket = manager.post(reverse("calendar-notice"), {"file": sheet(NOTICE)}).context["ticket"]

    manager.post(reverse("calendar-notice-apply"), {"ticket": ticket, "confirm": "on"})

    hours = Calendar.objects.get(pk=office.pk).hours()
    assert hours.is_working_day(date(2027, 2, 13))
    assert not hours.is_working_day(date(2027, 1, 1))
    assert hours.is_confirmed(2027)


def test_taking_the_notice_over_twice_changes_nothing_more(manager, office):
    ticket = manager.post(reverse("calendar-notice"), {"file": sheet(NOTICE)}).context["ticket"]

    for _click in range(2):
        assert manager.post(reverse("calendar-notice-apply"), {"ticket": ticket}).status_code == 302

    assert DayOverride.objects.count() == 2
    assert not ConfirmedYear.objects.filter(year=2027).exists()


def test_rows_with_mistakes_are_listed_and_stand_in_the_way(manager, office):
    text = NOTICE + "someday,否,?\n2027-01-01,否,元旦\n2027-03-01,maybe,?\n"

    answer = manager.post(reverse("calendar-notice"), {"file": sheet(text)})

    assert [(mistake.number, mistake.sentence) for mistake in answer.context["preview"].mistakes] == [
        (4, "“someday” is not a day; write it like 2027-01-01."),
        (5, "This day stands in the sheet twice."),
        (6, "Whether the day is worked is not clear; write 是 or 否."),
    ]
    assert 'name="ticket"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (sheet("姓名,工号\n张三,1\n"), "The headings are missing"),
        (sheet(""), "The submitted file is empty."),
        (SimpleUploadedFile("notice.xlsx", b"PK\x03\x04broken"), "damaged"),
        (SimpleUploadedFile("notice.xlsx", b"not a workbook"), "is none"),
    ],
)
def test_a_file_that_is_no_notice_is_refused_with_a_sentence(manager, office, file, sentence):
    file.seek(0)

    answer = manager.post(reverse("calendar-notice"), {"file": file})

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["file"][0]


def test_a_public_data_set_is_understood_too(manager, office):
    text = "name,date,isOffDay\n元旦,2027-01-01,true\n春节,2027-02-13,false\n"

    decisions = manager.post(reverse("calendar-notice"), {"file": sheet(text)}).context["preview"].decisions

    assert [decision.is_working for decision in decisions] == [False, True]


def test_the_example_sheet_can_be_taken_over_as_it_is(manager, office):
    example = manager.get(reverse("calendar-notice-template"))
    content = b"".join(example) if example.streaming else example.content

    answer = manager.post(reverse("calendar-notice"), {"file": SimpleUploadedFile("example.xlsx", content)})

    assert [decision.day for decision in answer.context["preview"].decisions] == [
        date(2026, 10, 1),
        date(2026, 10, 10),
    ]


def test_a_preview_that_was_tampered_with_is_refused(manager, office):
    answer = manager.post(reverse("calendar-notice-apply"), {"ticket": "forged"})

    assert answer.status_code == 422
    assert "This preview is out of date; choose the file again." in answer.content.decode()


def test_the_manager_confirms_a_year_and_opens_it_again(manager, office):
    manager.post(reverse("year-confirm", args=[2027]))
    assert ConfirmedYear.objects.get(year=2027).confirmed_by.username == "manager"

    manager.post(reverse("year-withdraw", args=[2027]))
    assert not ConfirmedYear.objects.filter(year=2027).exists()


def test_a_year_published_with_the_library_cannot_be_opened_again(manager, office):
    ConfirmedYear.objects.get_or_create(year=2026)

    assert manager.post(reverse("year-withdraw", args=[2026])).status_code == 404


# -- what if --


def ask(client, **asked):
    return client.get(reverse("calendar-try"), {"calendar": "office", "start": "2026-10-09T15:00", **asked})


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ({"kind": "within", "hours": "1"}, "2026-10-09 16:00"),
        ({"kind": "within", "minutes": "1", "calendar": "always"}, "2026-10-09 15:01"),
        ({"kind": "working_days", "days": "2"}, "2026-10-12 15:00"),
        ({"kind": "next_slot", "times": "11:00，18：00", "cutoff_minutes": "15"}, "2026-10-09 18:00"),
        ({"kind": "closing"}, "2026-10-09 18:00"),
        ({"kind": "months", "months": "3"}, "2027-01-11 18:00"),
        ({"kind": "as_given", "given": "2026-10-20T09:00"}, "2026-10-20 09:00"),
    ],
)
def test_what_if_is_answered_with_the_reasons(employee, office, at, asked, due):
    answer = ask(employee, **asked)

    assert answer.context["due"] == at(due)
    assert len(answer.context["why"]) >= 1


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"kind": "within"}, "__all__"),
        ({"kind": "next_slot", "times": "eleven"}, "__all__"),
        ({"kind": "working_days", "days": "0"}, "days"),
        ({"kind": "as_given"}, "given"),
        ({"kind": "someday"}, "kind"),
        ({"kind": "closing", "start": "9999-01-01T00:00"}, "start"),
        ({"kind": "closing", "start": "soon"}, "start"),
        ({"kind": "closing", "calendar": "mars"}, "calendar"),
    ],
)
def test_what_if_with_mistakes_says_what_is_missing(employee, office, asked, field):
    answer = ask(employee, **asked)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_what_if_answers_htmx_with_the_answer_alone(employee, office):
    answer = employee.get(
        reverse("calendar-try"),
        {"calendar": "office", "kind": "closing", "start": "2026-10-09T15:00"},
        headers={"HX-Request": "true"},
    )

    assert answer.content.decode().strip().startswith('<section id="calendar-answer"')


# -- Django admin --


def test_the_admin_takes_a_day_back_through_the_verb(admin_client, admin_manager, office):
    declared = DayOverride.declare(
        date(2026, 11, 24), is_working=False, reason="活动", calendar=office, by=admin_manager
    )

    admin_client.post(reverse("admin:sla_dayoverride_delete", args=[declared.pk]), {"post": "yes"})

    assert Calendar.objects.get(pk=office.pk).hours().is_working_day(date(2026, 11, 24))


@pytest.mark.parametrize("model", ["calendar", "dayoverride", "confirmedyear"])
def test_the_admin_lists_what_there_is(admin_client, office, model):
    assert admin_client.get(reverse(f"admin:sla_{model}_changelist")).status_code == 200
    assert admin_client.get(reverse(f"admin:sla_{model}_add")).status_code == 403
