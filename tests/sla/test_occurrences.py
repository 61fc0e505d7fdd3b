"""What becomes of a duty once its time has come: done, late, by others, skipped, handed over, undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from notices.models import Notice
from pages.history import history_of
from pages.refusals import Refused
from sla.duties import open_due
from sla.models import Occurrence, StaleDay, Timer
from sla.sweep import sweep

from .duty_office import on, set_up

State = Occurrence.State
ASKED = [
    {"kind": "number", "name": "更新份数", "least": 0},
    {"kind": "photo", "name": "货架照片", "required": False},
    {"kind": "attendance", "name": "到场", "required": False},
]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


@pytest.fixture
def duty(admin_manager, receptionist, noon):
    return set_up(admin_manager, noon, person=receptionist)


@pytest.fixture
def planned(duty) -> Occurrence:
    return on(duty, "2026-11-25")


@pytest.fixture
def opened(planned, at) -> Occurrence:
    open_due(at("2026-11-25 14:00"))
    planned.refresh_from_db()
    return planned


@pytest.fixture
def afternoon(at):
    return at("2026-11-25 15:00")


@pytest.fixture
def evening(at):
    return at("2026-11-25 19:00")


@pytest.fixture
def asking(admin_manager, receptionist, noon):
    return on(set_up(admin_manager, noon, person=receptionist, evidence=ASKED), "2026-11-25")


def outcomes(occurrence) -> list[str]:
    return [timer.outcome for timer in occurrence.timers.order_by("pk")]


# -- opening ---------------------------------------------------------------------------------------------


def test_opening_starts_the_clock_of_its_clause(opened, receptionist, at):
    timer = opened.timers.get()

    assert (timer.standard, timer.owner, timer.label) == ("archive-update", receptionist, "档案更新")
    assert (timer.started_at, timer.due_at) == (opened.opens_at, opened.due_at)
    assert timer.link == opened.get_absolute_url()


def test_opening_what_is_open_changes_nothing(opened, afternoon):
    opened.open(at=afternoon)

    assert opened.timers.count() == 1


def test_one_that_nobody_does_climbs(opened, evening):
    assert sweep(evening) > 0


# -- done ------------------------------------------------------------------------------------------------


def test_done_in_time_is_kept(opened, receptionist, afternoon):
    opened.complete(by=receptionist, at=afternoon, remark="更新 12 份")

    opened.refresh_from_db()
    assert (opened.state, opened.ended_at, opened.ended_by) == (State.DONE, afternoon, receptionist)
    assert (outcomes(opened), opened.remark, opened.was_late()) == (["met"], "更新 12 份", False)


def test_done_late_is_missed(opened, receptionist, evening):
    opened.complete(by=receptionist, at=evening)

    assert (outcomes(opened), opened.was_late()) == (["missed"], True)


def test_done_before_it_opens_is_kept(planned, receptionist, noon, at):
    planned.complete(by=receptionist, at=noon)
    open_due(at("2026-11-25 14:00"))

    timer = planned.timers.get()
    assert (timer.started_at, timer.stopped_at, timer.outcome) == (noon, noon, "met")


def test_done_late_without_ever_having_been_opened_is_missed(planned, receptionist, evening):
    planned.complete(by=receptionist, at=evening)

    timer = planned.timers.get()
    assert (timer.started_at, timer.outcome) == (planned.opens_at, "missed")


def test_done_by_somebody_else_tells_both(opened, receptionist, second_receptionist, afternoon):
    opened.complete(by=second_receptionist, at=afternoon)

    timer = opened.timers.get()
    assert (opened.person, opened.ended_by) == (receptionist, second_receptionist)
    assert (timer.owner, timer.stopped_by) == (receptionist, second_receptionist)


def test_done_once_is_done(opened, receptionist, second_receptionist, afternoon):
    opened.complete(by=receptionist, at=afternoon)

    with pytest.raises(Refused, match=f"{receptionist} has done this already"):
        opened.complete(by=second_receptionist, at=afternoon)


def test_what_has_to_be_shown_is_asked_for(asking, receptionist, afternoon):
    with pytest.raises(Refused, match="“更新份数” is missing"):
        asking.complete(by=receptionist, at=afternoon)

    asking.refresh_from_db()
    assert (asking.state, Timer.objects.count()) == (State.PLANNED, 0)


def test_what_is_shown_is_kept(asking, receptionist, outsider, afternoon, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    photo = SimpleUploadedFile("货架.png", PNG, content_type="text/html")

    asking.complete(
        by=receptionist,
        at=afternoon,
        answers={"更新份数": 12},
        attendees=[outsider],
        files=[("货架照片", photo)],
    )

    asking.refresh_from_db()
    kept = asking.files.get()
    assert asking.answers == {"更新份数": 12}
    assert (kept.name, kept.filename, kept.content_type) == ("货架照片", "货架.png", "image/png")
    assert [one.person for one in asking.attendances.all()] == [outsider]


def test_a_photo_that_is_none_is_refused(asking, receptionist, afternoon, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = SimpleUploadedFile("货架.png", b"<html><script>", content_type="image/png")

    with pytest.raises(Refused, match="is not a photo"):
        asking.complete(by=receptionist, at=afternoon, answers={"更新份数": 12}, files=[("货架照片", page)])
    asking.refresh_from_db()
    assert asking.state == State.PLANNED


# -- skipped ---------------------------------------------------------------------------------------------


def test_skipped_in_time_with_a_reason_counts_nowhere(opened, admin_manager, afternoon):
    opened.skip(reason="库房搬迁", by=admin_manager, at=afternoon)

    opened.refresh_from_db()
    assert (opened.state, opened.remark, opened.ended_by) == (State.SKIPPED, "库房搬迁", admin_manager)
    assert (outcomes(opened), opened.timers.get().stop_reason) == (["cancelled"], "库房搬迁")


def test_skipped_before_it_opens_it_never_opens(planned, admin_manager, noon, at):
    planned.skip(reason="库房搬迁", by=admin_manager, at=noon)

    assert open_due(at("2026-11-25 14:00")) == 0
    assert outcomes(planned) == []


@pytest.mark.parametrize("was_opened", [True, False])
def test_skipping_what_is_late_does_not_unmake_the_miss(was_opened, planned, admin_manager, evening):
    if was_opened:
        open_due(planned.opens_at)

    planned.skip(reason="忘了", by=admin_manager, at=evening)

    assert outcomes(planned) == ["missed"]


def test_nothing_is_skipped_without_a_reason(opened, admin_manager, afternoon):
    with pytest.raises(Refused, match="Please say why"):
        opened.skip(reason="  ", by=admin_manager, at=afternoon)


# -- handed over -----------------------------------------------------------------------------------------


def test_handed_over_when_open_the_clock_goes_along(opened, receptionist, outsider, afternoon):
    opened.hand_over(to=outsider, reason="开会", by=receptionist, at=afternoon)

    timer = opened.timers.get()
    assert (opened.person, timer.owner, timer.holdings.get().holder) == (outsider, outsider, receptionist)
    assert [(one.recipient, one.kind) for one in Notice.objects.all()] == [(outsider, "sla.handed-over")]


def test_handed_over_ahead_is_told_as_well(planned, receptionist, outsider, noon):
    planned.hand_over(to=outsider, reason="出差", by=receptionist, at=noon)

    assert planned.person == outsider
    assert [(one.recipient, one.kind) for one in Notice.objects.all()] == [(outsider, "sla.duty-handed-over")]


def test_one_of_a_role_takes_it(admin_manager, receptionist, noon, at):
    duty = set_up(admin_manager, noon, assignment="role", team="receptionist")
    open_due(at("2026-11-25 14:00"))

    taken = on(duty, "2026-11-25")
    taken.hand_over(to=receptionist, reason="我来", by=receptionist, at=at("2026-11-25 14:10"))

    assert (taken.person, taken.team, taken.timers.get().owner) == (receptionist, "", receptionist)


def test_nothing_is_handed_to_nobody_new(opened, receptionist, outsider, admin_manager, afternoon):
    with pytest.raises(Refused, match="is responsible already"):
        opened.hand_over(to=receptionist, reason="开会", by=admin_manager, at=afternoon)
    with pytest.raises(Refused, match="Please say why"):
        opened.hand_over(to=outsider, reason="", by=admin_manager, at=afternoon)
    outsider.status = "left"
    with pytest.raises(Refused, match="does not work here"):
        opened.hand_over(to=outsider, reason="开会", by=admin_manager, at=afternoon)


# -- corrected and undone ----------------------------------------------------------------------------------


def test_a_correction_keeps_what_stood_there(asking, receptionist, admin_manager, afternoon, evening):
    asking.complete(by=receptionist, at=afternoon, answers={"更新份数": 12})

    asking.correct(answers={"更新份数": 21}, reason="数错", by=admin_manager, at=evening)

    newest = history_of(asking, 1)[0]
    assert (newest.by, newest.reason) == (str(admin_manager), "数错")
    assert ["12" in change.before and "21" in change.after for change in newest.fields] == [True]
    assert outcomes(asking) == ["met"]


def test_a_correction_has_to_be_complete_as_well(asking, receptionist, afternoon):
    with pytest.raises(Refused, match="Only what is done"):
        asking.correct(answers={"更新份数": 1}, reason="数错", by=receptionist, at=afternoon)
    asking.complete(by=receptionist, at=afternoon, answers={"更新份数": 12})

    with pytest.raises(Refused, match="is missing"):
        asking.correct(answers={}, reason="数错", by=receptionist, at=afternoon)


def test_undone_the_clock_goes_on_and_the_figure_is_worked_out_anew(opened, receptionist, afternoon, evening):
    opened.complete(by=receptionist, at=afternoon)
    StaleDay.objects.all().delete()

    opened.reopen(reason="点错了", by=receptionist, at=afternoon)

    assert (opened.state, opened.ended_at, outcomes(opened)) == (State.OPEN, None, [""])
    assert [(one.standard, f"{one.day}") for one in StaleDay.objects.all()] == [
        ("archive-update", "2026-11-25")
    ]
    assert sweep(evening) > 0


def test_undone_and_done_again_late_is_one_miss(opened, receptionist, afternoon, evening):
    opened.complete(by=receptionist, at=afternoon)
    opened.reopen(reason="点错了", by=receptionist, at=afternoon)
    opened.complete(by=receptionist, at=evening)

    assert outcomes(opened) == ["missed"]


def test_a_skip_is_undone(opened, admin_manager, afternoon):
    opened.skip(reason="库房搬迁", by=admin_manager, at=afternoon)

    opened.reopen(reason="不搬了", by=admin_manager, at=afternoon)

    assert (opened.state, opened.remark, outcomes(opened)) == (State.OPEN, "", [""])


def test_a_skip_ahead_is_undone_and_opens_in_its_time(planned, admin_manager, noon, at):
    planned.skip(reason="库房搬迁", by=admin_manager, at=noon)
    planned.reopen(reason="不搬了", by=admin_manager, at=noon)

    assert planned.state == State.PLANNED
    assert open_due(at("2026-11-25 14:00")) == 1


def test_what_was_done_early_and_undone_is_due_as_before(planned, receptionist, noon):
    planned.complete(by=receptionist, at=noon)
    planned.reopen(reason="点错了", by=receptionist, at=noon)

    assert planned.timers.running().get().due_at == planned.due_at


def test_nothing_is_undone_that_is_still_to_be_done(opened, admin_manager, afternoon):
    with pytest.raises(Refused, match="still to be done"):
        opened.reopen(reason="?", by=admin_manager, at=afternoon)


def test_every_verb_stands_in_the_history(opened, receptionist, admin_manager, afternoon):
    opened.hand_over(to=admin_manager, reason="开会", by=receptionist, at=afternoon)
    opened.complete(by=admin_manager, at=afternoon)
    opened.reopen(reason="点错了", by=admin_manager, at=afternoon)

    told = [(entry.by, entry.reason) for entry in history_of(opened)]
    assert told[:3] == [(str(admin_manager), "点错了"), (str(admin_manager), ""), (str(receptionist), "开会")]


# -- the database itself -----------------------------------------------------------------------------------


def test_a_duty_comes_once_on_a_day(planned):
    planned.pk, planned._state.adding = None, True

    with pytest.raises(IntegrityError), transaction.atomic():
        planned.save()
