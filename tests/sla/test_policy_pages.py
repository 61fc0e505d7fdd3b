import datetime as dt

import pytest
from django.urls import reverse

from notices.models import Channel
from pages import clock
from pages.refusals import Refused
from sla.deadlines import AsGiven, Closing, Months, NextSlot, Within, WorkingDays
from sla.models import Calendar, Policy
from sla.timers import start_timer

from .conftest import KEY, MINUTE

EDIT = f"/promises/{KEY}/edit/"


def form(policy: Policy, *steps: dict, do: str = "save", **fields) -> dict:
    """What the screen sends when the manager changes the one-minute promise to two minutes."""
    rows = steps or ({"when": "at", "to": ["owner", "backup"], "channels": ["inbox", "email"]},)
    data = {
        "do": do,
        "version": policy.current.number,
        "kind": "within",
        "amount": "2",
        "unit": "minutes",
        "calendar": Calendar.objects.get(key="always").pk,
        "target": "95",
        "enabled": "on",
        "reason": "来电增多",
        "steps-TOTAL_FORMS": len(rows),
        "steps-INITIAL_FORMS": 0,
        **fields,
    }
    for number, step in enumerate(rows):
        data |= {f"steps-{number}-{name}": value for name, value in {"unit": "minutes", **step}.items()}
    return data


@pytest.fixture
def screen(admin_manager, signed_in):
    return signed_in(admin_manager)


def now_stands(policy: Policy):
    return Policy.objects.in_force(policy.standard).current


def words(response) -> str:
    return " ".join(response.content.decode().split())


def errors(response) -> dict:
    amendment = response.context["amendment"]
    steps = {f"{number}-{name}": list(found) for number, step in enumerate(amendment.steps.forms)
             for name, found in step.errors.items()}  # fmt: skip
    rule = {name: list(found) for name, found in amendment.rule.errors.items()}
    every = {"steps": list(amendment.steps.non_form_errors())} if amendment.steps.non_form_errors() else {}
    return rule | steps | every


def test_all_promises_stand_under_their_work_item(policy, screen):
    page = screen.get(reverse("policies"))

    numbers = [number for number, _title, _rows in page.context["items"]]
    assert (numbers[0], numbers[-2:]) == ("1.1", ["9.9", ""])
    shown = words(page)
    assert "Rules of the house" in shown
    assert "Answering and transferring calls" in shown
    assert "1 minute" in shown
    assert "at the deadline" in shown


def test_each_promise_shows_its_versions_with_who_when_why_and_what(policy, screen, admin_manager):
    screen.post(EDIT, form(policy))

    page = screen.get(reverse("policy", args=[KEY]))

    newest, oldest = page.context["changes"]
    assert (newest.version.number, newest.version.created_by, newest.version.reason) == (
        2, admin_manager, "来电增多",
    )  # fmt: skip
    assert [tuple(one) for one in newest.differences[:2]] == [
        ("Limit", "1 minute", "2 minutes"),
        ("Target", "100 %", "95 %"),
    ]
    assert oldest.differences is None


def test_saving_puts_a_new_version_in_force(policy, screen, admin_manager):
    page = screen.post(EDIT, form(policy))

    version = now_stands(policy)
    assert (page.status_code, page.url) == (302, reverse("policy", args=[KEY]))
    assert (version.number, version.limit, version.target) == (2, Within(minutes=2), 95)
    assert [(step.to, step.channels) for step in version.steps.all()] == [
        (["owner", "backup"], ["inbox", "email"])
    ]


def test_a_running_timer_keeps_the_promise_under_which_it_started(policy, screen, subject, receptionist):
    timer = start_timer(subject, KEY, owner=receptionist, at=clock.now())

    screen.post(EDIT, form(policy))

    timer.refresh_from_db()
    assert (timer.version.number, timer.due_at - timer.started_at) == (1, MINUTE)


@pytest.mark.parametrize(
    ("fields", "limit"),
    [
        ({"kind": "within", "amount": "９０", "unit": "seconds"}, Within(seconds=90)),
        ({"kind": "within", "amount": "4", "unit": "hours"}, Within(hours=4)),
        ({"kind": "working_days", "days": "2"}, WorkingDays(2)),
        (
            {"kind": "next_slot", "times": "18：00、11:00", "cutoff_minutes": "15"},
            NextSlot(("11:00", "18:00"), 15),
        ),
        ({"kind": "closing"}, Closing()),
        ({"kind": "months", "months": "3"}, Months(3)),
        ({"kind": "as_given"}, AsGiven()),
    ],
)
def test_every_kind_of_deadline_can_be_chosen(policy, screen, fields, limit):
    office = Calendar.objects.get(key="office")

    page = screen.post(EDIT, form(policy, **{**fields, "calendar": office.pk}))

    assert (page.status_code, now_stands(policy).limit, now_stands(policy).calendar) == (302, limit, office)
    assert screen.get(EDIT).status_code == 200


def test_steps_come_before_at_and_after_the_deadline_for_whom_and_how(policy, screen):
    Channel.objects.create(kind="wecom", name="行政群", address="https://qyapi.example/x", per_minute=20)
    page = screen.post(EDIT, form(
        policy,
        {"when": "after", "amount": "60", "to": ["role:admin_manager"], "channels": ["wecom"]},
        {"when": "percent", "amount": "50", "to": ["owner"]},
        {"when": "before", "amount": "5", "to": ["manager", "head"], "channels": ["inbox"]},
        amount="30",
    ))  # fmt: skip

    assert page.status_code == 302
    steps = [(s.percent, s.offset, s.to, s.channels) for s in now_stands(policy).steps.all()]
    assert steps == [
        (50, None, ["owner"], []),
        (None, -5 * MINUTE, ["manager", "head"], ["inbox"]),
        (None, dt.timedelta(hours=1), ["role:admin_manager"], ["inbox", "wecom"]),
    ]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"amount": "0"}, "amount", "Ensure this value is greater than or equal to 1."),
        ({"amount": "-5"}, "amount", "Ensure this value is greater than or equal to 1."),
        ({"amount": ""}, "amount", "Please fill this in."),
        ({"amount": "两"}, "amount", "Enter a whole number."),
        ({"amount": "9" * 30}, "amount", "A limit must last at least a second and at most ten years."),
        (
            {"amount": "99999", "unit": "hours"},
            "amount",
            "A limit must last at least a second and at most ten years.",
        ),
        (
            {"kind": "next_slot", "times": "25:00"},
            "times",
            "“25:00” is not a time of day. Write it like 11:00.",
        ),
        (
            {"kind": "next_slot", "times": "noon"},
            "times",
            "“noon” is not a time of day. Write it like 11:00.",
        ),
        (
            {"kind": "next_slot", "times": "11:00 11:00"},
            "times",
            "Slots are different times of day, written like 11:00.",
        ),
        (
            {"kind": "next_slot", "times": "11:00", "cutoff_minutes": "1441"},
            "cutoff_minutes",
            "The cut-off is at most a day (1,440 minutes).",
        ),
        ({"kind": "working_days"}, "days", "Please fill this in."),
        (
            {"kind": "eternity"},
            "kind",
            "Select a valid choice. eternity is not one of the available choices.",
        ),
        (
            {"calendar": "999"},
            "calendar",
            "Select a valid choice. That choice is not one of the available choices.",
        ),
        ({"target": "101"}, "target", "Ensure this value is less than or equal to 100."),
        ({"reason": " "}, "reason", "Please say why the promise changes; it stands in the history."),
        ({"reason": "长" * 201}, "reason", "Ensure this value has at most 200 characters (it has 201)."),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_saved(policy, screen, fields, field, sentence):
    page = screen.post(EDIT, form(policy, **fields))

    assert (page.status_code, now_stands(policy).number) == (422, 1)
    assert errors(page)[field] == [sentence]
    assert sentence in words(page).replace("&#x27;", "'")


STEP = {"when": "at", "to": ["owner"], "channels": ["inbox"]}


@pytest.mark.parametrize(
    ("steps", "field", "sentence"),
    [
        ([STEP, STEP], "1-when", "This is the same as step 1."),
        ([{"when": "at", "channels": ["inbox"]}], "0-to", "Please choose whom this step concerns."),
        ([{**STEP, "when": "after"}], "0-amount", "Please fill this in."),
        (
            [{**STEP, "when": "percent", "amount": "101"}],
            "0-amount",
            "A share of the time is between 1 and 100 percent.",
        ),
        (
            [{**STEP, "when": "after", "amount": "9" * 20}],
            "0-amount",
            "A step is at most a year away from the deadline.",
        ),
        (
            [{**STEP, "when": "before", "amount": "2"}],
            "0-amount",
            "This is before the promise is even given.",
        ),
        (
            [{**STEP, "to": ["everybody"]}],
            "0-to",
            "Select a valid choice. everybody is not one of the available choices.",
        ),
        (
            [{**STEP, "channels": ["wecom"]}],
            "0-channels",
            "Select a valid choice. wecom is not one of the available choices.",
        ),
        (
            [{**STEP, "when": "after", "amount": str(n)} for n in range(1, 17)],
            "steps",
            "A promise has at most 15 steps.",
        ),
    ],
)
def test_a_mistake_in_a_step_is_told_at_the_step(policy, screen, steps, field, sentence):
    page = screen.post(EDIT, form(policy, *steps))

    assert (page.status_code, now_stands(policy).number) == (422, 1)
    assert errors(page)[field] == [sentence]


def test_a_promise_needs_a_step(policy, screen):
    page = screen.post(EDIT, form(policy, **{"steps-TOTAL_FORMS": 0}))

    assert errors(page)["steps"] == ["A promise needs at least one step."]


def test_before_a_limit_of_a_minute_warnings_are_on_screen_only(policy, screen):
    half = {"when": "percent", "amount": "50", "to": ["owner"]}

    page = screen.post(EDIT, form(policy, {**half, "channels": ["inbox"]}, STEP, amount="1"))
    assert errors(page)["0-channels"] == ["Before a limit of a minute or less, warnings are on screen only."]

    assert screen.post(EDIT, form(policy, half, STEP, amount="1")).status_code == 302


def test_a_calendar_without_hours_is_refused(policy, screen):
    empty = Calendar.objects.create(key="empty", name="空日历", observes_holidays=False)

    page = screen.post(EDIT, form(policy, calendar=empty.pk))

    assert errors(page)["calendar"] == ["This calendar has no working hours. Enter its hours first."]


def test_saving_what_is_there_already_changes_nothing(policy, screen):
    screen.post(EDIT, form(policy))
    policy.refresh_from_db()

    page = screen.post(EDIT, form(policy))

    assert errors(page)["__all__"] == ["Nothing has been changed."]
    assert now_stands(policy).number == 2


def test_the_second_of_two_managers_is_told_and_may_then_decide(policy, screen, admin_manager):
    second = form(policy, amount="3")
    screen.post(EDIT, form(policy))

    page = screen.post(EDIT, second)
    assert (page.status_code, now_stands(policy).limit) == (422, Within(minutes=2))
    assert "郑国强 changed this promise" in errors(page)["__all__"][0]
    assert '<input type="hidden" name="version" value="2">' in words(page)
    assert "What was changed meanwhile" in words(page)
    assert 'name="amount" value="3"' in words(page)

    assert screen.post(EDIT, {**second, "version": 2}).status_code == 302
    assert now_stands(policy).limit == Within(minutes=3)


def test_of_two_changes_made_at_the_same_moment_one_is_refused(policy, amended):
    amended(deadline=Within(minutes=2))

    with pytest.raises(Refused):
        amended(deadline=Within(minutes=3), after=1)


def test_adding_and_removing_a_step_keeps_everything_typed(policy, screen):
    more = screen.post(EDIT, form(policy, STEP, do="add", amount="abc", reason=""))
    assert (more.status_code, len(more.context["amendment"].steps.forms)) == (200, 2)
    assert 'name="amount" value="abc"' in words(more)
    assert errors(more) == {}

    fewer = screen.post(EDIT, form(policy, STEP, {**STEP, "when": "after", "amount": "7"}, do="remove-0"))
    kept = fewer.context["amendment"].steps.forms
    assert [step["amount"].value() for step in kept] == ["7"]
    assert now_stands(policy).number == 1


def test_a_sixteenth_step_is_not_added(policy, screen):
    steps = [{**STEP, "when": "after", "amount": str(n)} for n in range(1, 16)]

    page = screen.post(EDIT, form(policy, *steps, do="add"))

    assert len(page.context["amendment"].steps.forms) == 15


def test_a_trial_tells_the_deadline_and_each_step_before_anything_is_saved(policy, screen, at):
    page = screen.post(EDIT, form(
        policy,
        {"when": "percent", "amount": "50", "to": ["owner"]},
        {"when": "after", "amount": "10", "to": ["manager"], "channels": ["inbox"]},
        do="try",
        amount="4",
        unit="hours",
        reason="",
        calendar=Calendar.objects.get(key="office").pk,
        **{"trial-start": "2026-11-20T16:00"},
    ))  # fmt: skip

    trial = page.context["trial"]
    assert trial.due == at("2026-11-23 11:00")
    assert [moment for moment, _words in trial.steps][-1] == at("2026-11-23 11:10")
    assert "The limit is 4 hours of working time." in words(page)
    assert (page.status_code, now_stands(policy).number) == (200, 1)


def test_a_trial_of_nonsense_says_what_is_wrong(policy, screen):
    page = screen.post(EDIT, form(policy, do="try", amount="0", **{"trial-start": "yesterday"}))

    assert page.context["trial"] is None
    assert (
        "How much time: Ensure this value is greater than or equal to 1."
        in page.context["amendment"].mistakes
    )


@pytest.mark.parametrize("start", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_trial_at_the_ends_of_time_is_asked_about(policy, screen, start):
    page = screen.post(EDIT, form(policy, do="try", **{"trial-start": start}))

    assert page.context["trial"] is None
    assert "If it began: Choose a day between 2000 and 2100." in page.context["amendment"].mistakes


def test_a_clause_without_a_clock_has_a_target_only(policy, screen):
    rate = Policy.objects.get(standard="call-answered")
    address = reverse("policy-edit", args=["call-answered"])

    page = screen.post(
        address, {"do": "save", "version": 1, "target": "98", "enabled": "on", "reason": "试行"}
    )

    assert page.status_code == 302
    assert (now_stands(rate).target, now_stands(rate).limit) == (98, None)


def test_a_promise_can_be_put_out_of_force(policy, screen, subject, receptionist):
    screen.post(EDIT, form(policy, enabled=""))

    assert start_timer(subject, KEY, owner=receptionist, at=clock.now()) is None
    assert "not in force" in words(screen.get(reverse("policies")))


@pytest.mark.parametrize("address", ["/promises/", f"/promises/{KEY}/", EDIT])
def test_signed_out_one_is_asked_to_sign_in(policy, client, address):
    assert client.get(address).status_code == 302


def test_the_auditor_reads_and_changes_nothing(policy, auditor, signed_in):
    screen = signed_in(auditor)

    assert screen.get(f"/promises/{KEY}/").status_code == 200
    assert screen.get(EDIT).status_code == 403
    assert screen.post(EDIT, form(policy)).status_code == 403
    assert now_stands(policy).number == 1


def test_without_the_right_nobody_reads_them(policy, outsider, signed_in):
    assert signed_in(outsider).get("/promises/").status_code == 403


def test_an_unknown_promise_does_not_exist(policy, screen):
    assert screen.get("/promises/nothing/").status_code == 404
    assert screen.get("/promises/nothing/edit/").status_code == 404


def test_the_list_asks_the_same_few_questions_however_many_promises(
    policy, screen, django_assert_max_num_queries
):
    screen.get("/promises/")

    with django_assert_max_num_queries(32):
        screen.get("/promises/")


def test_a_missing_reason_does_not_take_the_trial_away(policy, screen):
    page = screen.post(EDIT, form(policy, reason=""))

    assert (page.status_code, page.context["trial"] is not None) == (422, True)
