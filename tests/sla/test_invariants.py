import datetime as dt
import logging

import pytest
from django.urls import reverse

from organization.roles import Role
from pages import clock
from sla import house_rules, invariants, standards
from sla.deadlines import Within
from sla.models import Calendar, Duty, DutyTurn, Invariant, Policy, StaleDay, Timer
from sla.timers import start_timer
from tests.builders import make_department, make_user

from .conftest import KEY

DOORS, BROKEN_CHECK = "test-doors", "test-raises"
open_doors: list[standards.Offender] = []


def look_at_doors() -> list[standards.Offender]:
    return list(open_doors)


def raises() -> list[standards.Offender]:
    raise RuntimeError("no such sensor")


standards.register(
    standards.Standard(
        key=DOORS,
        clause="9.9.8",
        title="Doors are shut",
        wording="No door stands open.",
        shape=standards.Shape.STATE,
        deadline=Within(hours=4),
        calendar="office",
        steps=house_rules.STEPS,
        offenders=look_at_doors,
    ),
)


@pytest.fixture(autouse=True)
def _all_shut():
    open_doors.clear()


@pytest.fixture
def doors(db) -> Invariant:
    return next(one for one in invariants.every() if one.standard == DOORS)


@pytest.fixture
def failing(db, monkeypatch) -> Invariant:
    """An invariant whose check raises."""
    known = {
        **standards._registered,
        BROKEN_CHECK: standards.Standard(
            key=BROKEN_CHECK, clause="", title="Raises", wording="", shape="state", offenders=raises
        ),
    }
    monkeypatch.setattr(standards, "_registered", known)
    return next(one for one in invariants.every() if one.standard == BROKEN_CHECK)


def break_doors(*names: str) -> None:
    open_doors[:] = [standards.Offender(name, f"/doors/{name}/") for name in names]


def words(response) -> str:
    return " ".join(response.content.decode().split())


# -- looking ---------------------------------------------------------------------------------------


def test_what_holds_is_noted_with_since_when(doors, at):
    doors.look(at=at("09:00"))
    doors.look(at=at("09:30"))

    assert (doors.held_since, doors.checked_at, doors.count) == (at("09:00"), at("09:30"), 0)
    assert not Timer.objects.about(doors).exists()


def test_a_breach_names_the_offenders_and_starts_a_timer_of_the_admin_managers(doors, at):
    break_doors("东门", "西门")

    doors.look(at=at("10:00"))

    timer = Timer.objects.about(doors).get()
    assert (doors.broken_since, doors.held_since, doors.count) == (at("10:00"), None, 2)
    assert doors.offenders == [["东门", "/doors/东门/"], ["西门", "/doors/西门/"]]
    assert (timer.owner, timer.team, timer.label) == (None, "admin_manager", "东门、西门")
    assert (timer.started_at, timer.due_at, timer.link) == (
        at("10:00"),
        at("15:30"),
        doors.get_absolute_url(),
    )


def test_looking_again_while_broken_keeps_the_one_timer_and_counts_anew(doors, at):
    break_doors("东门")
    doors.look(at=at("10:00"))
    break_doors("东门", "西门", "南门", "北门")
    doors.look(at=at("10:30"))

    assert (doors.broken_since, doors.count) == (at("10:00"), 4)
    assert Timer.objects.about(doors).get().started_at == at("10:00")


def test_mending_stops_the_timer(doors, at):
    break_doors("东门")
    doors.look(at=at("10:00"))
    break_doors()
    doors.look(at=at("11:00"))

    timer = Timer.objects.about(doors).get()
    assert (timer.stopped_at, timer.outcome) == (at("11:00"), Timer.Outcome.MET)
    assert (doors.held_since, doors.broken_since, doors.offenders) == (at("11:00"), None, [])


def test_mended_after_the_limit_the_breach_is_a_miss(doors, at):
    break_doors("东门")
    doors.look(at=at("10:00"))
    break_doors()
    doors.look(at=at("2026-11-24 10:00"))

    assert Timer.objects.about(doors).get().outcome == Timer.Outcome.MISSED


def test_each_breach_is_a_timer_of_its_own(doors, at):
    for hour in ("09", "11"):
        break_doors("东门")
        doors.look(at=at(f"{hour}:00"))
        break_doors()
        doors.look(at=at(f"{hour}:30"))

    assert Timer.objects.about(doors).count() == 2


def test_a_look_that_comes_after_a_later_one_changes_nothing(doors, at):
    doors.look(at=at("10:00"))
    break_doors("东门")

    doors.look(at=at("09:59"))

    assert (doors.checked_at, doors.is_broken) == (at("10:00"), False)


def test_two_workers_who_read_the_row_before_either_looked_start_one_timer(doors, at):
    break_doors("东门")
    other = Invariant.objects.get(pk=doors.pk)

    doors.look(at=at("10:00"))
    other.look(at=at("10:00:01"))

    assert Timer.objects.about(doors).count() == 1
    assert other.broken_since == at("10:00")


def test_of_very_many_offenders_two_hundred_are_kept_by_name_and_all_counted(doors, at):
    break_doors(*(f"{number}号门" for number in range(250)))

    doors.look(at=at("10:00"))

    assert (doors.count, len(doors.offenders), doors.unnamed) == (250, 200, 50)
    assert Timer.objects.about(doors).get().label == "0号门、1号门、2号门 …"


def test_out_of_force_it_is_looked_at_but_no_clock_runs(doors, at):
    amend(enabled=False, at=at("08:00"))
    break_doors("东门")

    doors.look(at=at("10:00"))

    assert (doors.is_broken, Timer.objects.about(doors).count()) == (True, 0)


def test_put_in_force_while_broken_its_clock_begins_at_the_next_look(doors, at):
    amend(enabled=False, at=at("08:00"))
    break_doors("东门")
    doors.look(at=at("10:00"))
    amend(enabled=True, at=at("10:10"))

    doors.look(at=at("10:30"))

    assert Timer.objects.about(doors).get().started_at == at("10:30")


def amend(*, enabled: bool, at: dt.datetime) -> None:
    office = Calendar.objects.get(key="office")
    policy = Policy.objects.get(standard=DOORS)
    policy.amend(deadline=Within(hours=4), calendar=office, steps=[], target=100, enabled=enabled, at=at)


def test_the_days_figure_is_outdated_when_it_breaks_and_at_the_first_look_of_a_new_day(doors, at):
    doors.look(at=at("09:00"))
    StaleDay.objects.all().delete()

    doors.look(at=at("09:30"))
    assert not StaleDay.objects.exists()

    doors.look(at=at("2026-11-24 00:00"))
    days = StaleDay.objects.filter(standard=DOORS).order_by("day").values_list("day", flat=True)
    assert list(days) == [dt.date(2026, 11, 23), dt.date(2026, 11, 24)]


# -- all of them -----------------------------------------------------------------------------------


def test_checking_all_looks_at_each_and_tells_how_many_are_broken(doors, at):
    break_doors("东门")

    assert invariants.check_all(at("10:00")) == 1
    assert set(Invariant.objects.values_list("checked_at", flat=True)) == {at("10:00")}


def test_a_check_that_raises_is_logged_and_the_others_go_on(failing, doors, at, caplog):
    break_doors("东门")

    with caplog.at_level(logging.ERROR):
        invariants.check_all(at("10:00"))

    failing.refresh_from_db()
    doors.refresh_from_db()
    assert (failing.checked_at, doors.count) == (None, 1)
    assert f"The invariant {BROKEN_CHECK} could not be checked" in caplog.text


def test_rows_are_written_once_however_often_one_asks(db):
    first = [one.pk for one in invariants.every()]

    assert [one.pk for one in invariants.every()] == first


def test_every_invariant_declared_has_a_limit_and_somebody_to_tell():
    assert [one.key for one in invariants.declared() if not (one.deadline and one.steps)] == []


# -- the rules of the house ------------------------------------------------------------------------


def names(offenders) -> list[str]:
    return [one.label for one in offenders]


def test_a_department_without_a_head_or_with_one_who_left_breaks_the_rule(administration, admin_manager):
    left = make_user("刘志强", status="left")
    make_department("研发中心")
    make_department("财务部", head=left)

    assert names(house_rules.departments_without_head()) == ["研发中心", "财务部"]


def test_a_receptionist_without_a_backup_or_with_one_who_left_breaks_the_rule(receptionist):
    make_user("杨雪", role=Role.RECEPTIONIST, backup=make_user("周伟", status="left"))

    assert names(house_rules.receptionists_without_backup()) == ["孙倩", "杨雪"]


def test_a_promise_of_somebody_who_left_breaks_the_rule(policy, subject, salesperson, admin_manager, at):
    timer = start_timer(subject, KEY, owner=salesperson, at=at("10:00"), label="报价单")
    assert names(house_rules.promises_of_leavers()) == []

    salesperson.leave(by=admin_manager, at=at("11:00"))

    assert list(house_rules.promises_of_leavers()) == [("陈思远 · 报价单", timer.get_absolute_url())]


@pytest.fixture
def duty(db):
    """`duty(title, **assignment)`: a duty in force since long ago."""

    def make(title: str, **fields) -> Duty:
        calendar = Calendar.objects.get(key="office")
        return Duty.objects.create(
            title=title, standard=KEY, rule={}, calendar=calendar, since=dt.date(2026, 1, 1), **fields
        )

    return make


def test_a_duty_that_nobody_can_do_breaks_the_rule(duty, receptionist, second_receptionist):
    left = make_user("刘志强", status="left")
    duty("本人在岗", assignment="person", person=receptionist)
    duty("本人已离职", assignment="person", person=left)
    duty("角色有人", assignment="role", team="receptionist")
    duty("角色无人", assignment="role", team="archivist")
    duty("轮值为空", assignment="rotation")
    turns = duty("轮值有人", assignment="rotation")
    DutyTurn.objects.create(duty=turns, person=left, position=0)
    DutyTurn.objects.create(duty=turns, person=second_receptionist, position=1)
    duty("已停用", assignment="rotation", active=False)
    duty("已结束", assignment="rotation", until=dt.date(2026, 2, 1))

    assert sorted(names(house_rules.duties_without_anybody())) == sorted(
        ["本人已离职", "角色无人", "轮值为空"]
    )


# -- the pages -------------------------------------------------------------------------------------


@pytest.fixture
def screen(admin_manager, signed_in):
    return signed_in(admin_manager)


def test_the_list_shows_the_broken_ones_first_with_count_and_since_when(doors, screen):
    break_doors("东门", "西门")
    invariants.check_all(clock.now())

    page = screen.get(reverse("invariants"))

    first = page.context["list"].rows[0]
    assert (first["object"], first["object"].count) == (doors, 2)
    assert "broken since today" in words(page)
    assert "rule of the house" in words(page)


def test_the_page_of_one_lists_offenders_with_links_and_former_breaches(doors, screen):
    now = clock.now()
    break_doors("东门")
    doors.look(at=now - dt.timedelta(days=2))
    break_doors()
    doors.look(at=now - dt.timedelta(days=1))
    break_doors("西门")
    doors.look(at=now)

    page = screen.get(doors.get_absolute_url())

    assert '<a href="/doors/西门/">西门</a>' in words(page)
    assert len(page.context["breaches"]) == 2
    assert "No door stands open." in words(page)


def test_check_now_looks_at_once_and_shows_what_it_found(doors, screen):
    break_doors("东门")

    page = screen.post(reverse("invariant-check", args=[DOORS]), headers={"HX-Request": "true"})

    doors.refresh_from_db()
    assert (page.status_code, doors.count) == (200, 1)
    assert 'id="invariant"' in words(page)


def test_without_javascript_check_now_leads_back_to_the_page(doors, screen):
    page = screen.post(reverse("invariant-check", args=[DOORS]))

    assert (page.status_code, page.url) == (302, doors.get_absolute_url())


def test_a_check_that_fails_says_so_on_the_page(failing, screen, caplog):
    page = screen.post(reverse("invariant-check", args=[BROKEN_CHECK]))

    assert page.status_code == 422
    assert "It could not be checked: the check itself failed." in words(page)
    assert "could not be checked yet" in words(screen.get(reverse("invariants")))


def test_what_was_not_checked_lately_says_since_when(doors, screen):
    doors.look(at=clock.now() - dt.timedelta(minutes=10))

    assert "could not be checked since today" in words(screen.get(doors.get_absolute_url()))


def test_the_list_is_searched_filtered_and_taken_along(doors, screen):
    break_doors("东门")
    doors.look(at=clock.now())

    def found(query: str) -> list[str]:
        page = screen.get(f"{reverse('invariants')}?{query}")
        return [row["object"].standard for row in page.context["list"].rows]

    assert found("q=doors") == [DOORS]
    assert found("state=broken") == [DOORS]
    assert DOORS not in found("state=holds")
    assert screen.get(reverse("invariants") + "?export=csv").status_code == 200


def test_the_auditor_looks_and_does_not_check(doors, auditor, signed_in):
    screen = signed_in(auditor)

    assert screen.get(doors.get_absolute_url()).status_code == 200
    assert "check-now" not in words(screen.get(doors.get_absolute_url()))
    assert screen.post(reverse("invariant-check", args=[DOORS])).status_code == 403


def test_others_do_not_see_them(doors, outsider, signed_in, client):
    screen = signed_in(outsider)

    assert screen.get(reverse("invariants")).status_code == 403
    assert screen.get(doors.get_absolute_url()).status_code == 403
    assert client.get(reverse("invariants")).status_code == 302


@pytest.mark.parametrize("key", ["no-such", KEY])
def test_a_standard_that_is_no_invariant_has_no_such_page(key, policy, screen):
    assert screen.get(reverse("invariant", args=[key])).status_code == 404


def test_the_number_in_the_menu_counts_the_broken(doors, admin_manager):
    break_doors("东门")
    doors.look(at=clock.now())

    assert invariants.count_broken(admin_manager) == 1


def test_the_list_asks_as_often_for_three_rows_as_for_one(doors, screen, django_assert_max_num_queries):
    invariants.check_all(clock.now())
    address = reverse("invariants")
    screen.get(address)

    with django_assert_max_num_queries(30) as many:
        screen.get(address)
    Invariant.objects.exclude(standard=DOORS).delete()
    with django_assert_max_num_queries(30) as one:
        screen.get(address)

    assert len(many) == len(one)
