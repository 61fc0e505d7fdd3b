import datetime as dt

import pytest
from django.urls import reverse

from notices.models import Notice
from pages import clock
from sla import repeated, standards
from sla.models import BoardSettings, DailyFigure, PolicyVersion, RepeatedMiss, Timer
from sla.models.figure import local_day
from sla.signals import misses_repeated
from sla.timers import start_timer
from tests.builders import make_department

from .conftest import KEY

MONDAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
HELD, POINTS = "test-repeated-state", "test-repeated-points"

standards.register(
    standards.Standard(key=HELD, clause="9.9.7", title="Holds", wording="", shape=standards.Shape.STATE),
    standards.Standard(key=POINTS, clause="9.9.6", title="Points", wording="", shape=standards.Shape.SAMPLE),
)


@pytest.fixture
def heard():
    """What the signal told, each as a dict."""
    told: list[dict] = []

    def listen(sender, **payload):
        payload.pop("signal")
        told.append(payload)

    misses_repeated.connect(listen)
    yield told
    misses_repeated.disconnect(listen)


def missed(day: dt.date, misses: int, *, excused: int = 0, standard: str = KEY, **fields) -> DailyFigure:
    """Ten promises of a day, some of them missed."""
    return DailyFigure.objects.create(
        standard=standard, day=day, counted=10, kept=10 - misses, excused=excused, **fields
    )


@pytest.fixture
def noticed(policy, admin_manager, at, django_capture_on_commit_callbacks):
    """`noticed(day)`: the roll-up of that day has just been done."""

    def notice(day: dt.date = MONDAY, *, standard: str = KEY, when: str = "2026-11-23 20:00"):
        with django_capture_on_commit_callbacks(execute=True):
            return repeated.notice(standard, day, at(when))

    return notice


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_three_misses_within_seven_days_are_noticed_told_and_announced(noticed, heard, admin_manager):
    missed(MONDAY - 6 * DAY, 1)
    missed(MONDAY - 1 * DAY, 1)
    missed(MONDAY, 1)

    miss = noticed()

    assert (miss.first_day, miss.last_day, miss.misses) == (MONDAY - 6 * DAY, MONDAY, 3)
    assert heard == [
        {
            "standard": KEY,
            "first_day": MONDAY - 6 * DAY,
            "last_day": MONDAY,
            "misses": 3,
            "miss": miss,
        }
    ]
    notice = Notice.objects.get(recipient=admin_manager)
    assert (notice.kind, notice.params["misses"], notice.params["days"]) == ("sla.misses-repeated", 3, 7)
    assert notice.link == repeated.records_of(KEY)


def test_fewer_misses_or_over_a_longer_time_are_not_noticed(noticed, heard):
    missed(MONDAY - 7 * DAY, 1)
    missed(MONDAY, 2)

    assert noticed() is None
    assert (heard, RepeatedMiss.objects.count(), Notice.objects.count()) == ([], 0, 0)


def test_excused_misses_do_not_count(noticed):
    missed(MONDAY, 3, excused=1)

    assert noticed() is None


def test_misses_of_several_people_count_together(noticed, receptionist, second_receptionist):
    missed(MONDAY, 2, person=receptionist)
    missed(MONDAY, 1, person=second_receptionist)

    assert noticed().misses == 3


def test_the_same_stretch_is_noticed_once(noticed, heard):
    missed(MONDAY, 3)
    noticed()
    missed(MONDAY - DAY, 2)

    assert noticed() is None
    assert noticed(MONDAY - DAY) is None
    assert len(heard) == 1


def test_the_next_stretch_is_noticed_again(noticed, heard):
    missed(MONDAY, 3)
    noticed()
    missed(MONDAY + 7 * DAY, 3)

    assert noticed(MONDAY + 7 * DAY, when="2026-11-30 20:00").first_day == MONDAY + DAY
    assert len(heard) == 2


def test_a_day_corrected_later_counts_in_the_stretches_that_hold_it(noticed):
    missed(MONDAY - 4 * DAY, 1)
    missed(MONDAY - 2 * DAY, 1)
    missed(MONDAY, 1)

    miss = noticed(MONDAY - 4 * DAY)

    assert (miss.first_day, miss.last_day) == (MONDAY - 6 * DAY, MONDAY)


def test_misses_for_which_the_target_leaves_room_are_not_noticed(noticed, policy):
    PolicyVersion.objects.filter(pk=policy.current_id).update(target=70)
    missed(MONDAY, 3)
    assert noticed() is None

    missed(MONDAY - DAY, 4)
    assert noticed().misses == 7


def test_history_is_left_alone(noticed):
    missed(MONDAY - 30 * DAY, 9)

    assert noticed(MONDAY - 30 * DAY) is None


def test_the_manager_sets_how_many_within_how_many_days(noticed):
    BoardSettings.objects.create(pk=1, repeated_misses=2, repeated_days=1)
    missed(MONDAY - DAY, 1)
    missed(MONDAY, 1)
    assert noticed() is None

    DailyFigure.objects.filter(day=MONDAY).update(kept=8)
    assert noticed().first_day == MONDAY


def test_points_lost_in_samples_are_no_misses(noticed):
    missed(MONDAY, 9, standard=POINTS)

    assert noticed(standard=POINTS) is None


@pytest.fixture
def breaches(policy, at):
    """Three records whose promise ran out on Monday at 10:01, stopped a little later."""

    def make(standard: str, *, stopped: bool = True) -> list[Timer]:
        timers = [start_timer(make_department(), KEY, at=at("10:00")) for _number in range(3)]
        for timer in timers if stopped else ():
            timer.stop(at=at("10:10"))
        Timer.objects.update(standard=standard)
        return timers

    return make


def test_of_an_invariant_the_breaches_beyond_the_limit_count_not_the_minutes(noticed, breaches):
    breaches(HELD)
    missed(MONDAY, 9, standard=HELD)

    assert noticed(standard=HELD).misses == 3


def test_promises_overdue_at_this_moment_count_too(noticed, breaches):
    breaches(KEY, stopped=False)

    assert noticed().misses == 3
    assert repeated.misses_by_day([KEY], MONDAY, MONDAY, clock.now())[KEY] == {MONDAY: 3}


def test_misses_excused_later_leave_the_notice_and_show_beside_it(noticed, admin_manager, signed_in):
    figure = missed(MONDAY, 3)
    miss = noticed()
    figure.excused = 2
    figure.save()

    page = signed_in(admin_manager).get(reverse("repeated-misses"))

    cells = [cell["value"] for cell in page.context["list"].rows[0]["cells"]]
    assert cells[3:6] == [3, 1, 2]
    assert RepeatedMiss.objects.get() == miss


# -- the page --------------------------------------------------------------------------------------


def note(days_ago: int, standard: str = KEY) -> RepeatedMiss:
    last = local_day(clock.now()) - days_ago * DAY
    return RepeatedMiss.objects.create(
        standard=standard, first_day=last - 6 * DAY, last_day=last, misses=3, noticed_at=clock.now()
    )


def test_the_list_stands_beside_the_escalations_and_can_be_searched_and_taken_along(
    policy, admin_manager, signed_in
):
    screen = signed_in(admin_manager)
    here, other = note(1), note(2, HELD)
    RepeatedMiss.objects.create(
        standard="gone-app", first_day=MONDAY, last_day=MONDAY, misses=3, noticed_at=clock.now()
    )

    def found(query: str) -> list[RepeatedMiss]:
        return screen.get(f"{reverse('repeated-misses')}?{query}").context["list"].page.rows

    assert set(found("")) == {here, other}
    assert found("q=holds") == [other]
    assert found(f"standard={KEY}") == [here]
    assert (
        "Answer within a minute" in screen.get(reverse("repeated-misses") + "?export=csv").getvalue().decode()
    )
    assert reverse("repeated-misses") in words(screen.get(reverse("escalations")))


def test_it_asks_as_often_for_three_rows_as_for_one(
    policy, admin_manager, signed_in, django_assert_max_num_queries
):
    screen = signed_in(admin_manager)
    note(1)
    screen.get(reverse("repeated-misses"))
    with django_assert_max_num_queries(30) as one:
        screen.get(reverse("repeated-misses"))
    note(10)
    note(20)
    with django_assert_max_num_queries(30) as three:
        screen.get(reverse("repeated-misses"))

    assert len(one) == len(three)


def test_the_auditor_reads_it_and_others_do_not(policy, auditor, outsider, signed_in, client):
    address = reverse("repeated-misses")

    assert signed_in(auditor).get(address).status_code == 200
    assert signed_in(outsider).get(address).status_code == 403
    assert client.get(address).status_code == 302
