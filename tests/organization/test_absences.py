"""Absences: registered, changed, withdrawn; never two at once."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from organization.away import week
from organization.models import Absence, User
from pages.refusals import Refused
from tests.builders import make_absence

DATA = {
    "first_day": "2026-11-25",
    "first_half": "pm",
    "last_day": "2026-11-26",
    "last_half": "am",
    "reason": "年假",
}


@pytest.fixture(autouse=True)
def _today(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def register(browser, user, **changes):
    return browser.post(reverse("absence-new"), DATA | {"user": user.pk} | changes)


def test_half_days_become_instants(signed_in, salesperson, at):
    register(signed_in(salesperson), salesperson)

    absence = Absence.objects.get()
    assert (absence.starts_at, absence.ends_at) == (at("2026-11-25 12:00"), at("2026-11-26 12:00"))
    assert (absence.user, absence.registered_by) == (salesperson, salesperson)


def test_whole_days_end_at_midnight(signed_in, salesperson, at):
    register(signed_in(salesperson), salesperson, first_half="am", last_half="pm")

    absence = Absence.objects.get()
    assert (absence.starts_at, absence.ends_at) == (at("2026-11-25 00:00"), at("2026-11-27 00:00"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_day": "2026-11-24"}, "last_day"),
        ({"last_day": "2026-11-25", "last_half": "am"}, "last_day"),
        ({"last_day": "9999-12-31"}, "last_day"),
        ({"first_day": "1026-11-25"}, "first_day"),
        ({"first_day": "soon"}, "first_day"),
        ({"first_half": "night"}, "first_half"),
        ({"reason": "x" * 121}, "reason"),
        ({"reason": "a\x07b"}, "reason"),
    ],
)
def test_a_mistake_is_said_at_its_field(signed_in, salesperson, changes, field):
    response = register(signed_in(salesperson), salesperson, **changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Absence.objects.exists() is False


def test_an_overlap_is_refused_with_a_sentence(signed_in, salesperson):
    browser = signed_in(salesperson)
    register(browser, salesperson)

    response = register(browser, salesperson, first_half="am")

    assert response.context["form"].non_field_errors() == [
        "陈思远 is already away from 2026-11-25 12:00 to 2026-11-26 12:00."
    ]


def test_absences_may_touch(signed_in, salesperson):
    browser = signed_in(salesperson)
    register(browser, salesperson)
    register(browser, salesperson, first_day="2026-11-26", first_half="pm", last_half="pm")

    assert Absence.objects.count() == 2


def test_the_verb_itself_refuses_an_overlap(salesperson, at):
    make_absence(salesperson, at("12:00"))

    with pytest.raises(Refused):
        Absence(user=salesperson, starts_at=at("10:00"), ends_at=at("12:01")).register(by=salesperson)


def test_the_database_refuses_an_end_before_the_start(salesperson, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_absence(salesperson, at("12:00"), at("12:00"))


def test_a_manager_registers_for_a_report(signed_in, department_head, salesperson):
    register(signed_in(department_head), salesperson)

    assert Absence.objects.get().registered_by == department_head


def test_nobody_registers_for_a_colleague(signed_in, colleague, salesperson):
    response = register(signed_in(colleague), salesperson)

    assert list(response.context["form"].errors) == ["user"]


def test_the_admin_manager_registers_for_all(signed_in, admin_manager, salesperson):
    register(signed_in(admin_manager), salesperson)

    assert Absence.objects.get().user == salesperson


def test_an_absence_is_changed(signed_in, salesperson, at):
    absence = make_absence(salesperson, at("2026-11-25 12:00"))

    signed_in(salesperson).post(absence.get_absolute_url(), DATA | {"last_half": "pm"})

    absence.refresh_from_db()
    assert absence.ends_at == at("2026-11-27 00:00")


def test_a_chinese_reader_sees_the_days_that_stand_there(signed_in, salesperson, at):
    User.objects.filter(pk=salesperson.pk).update(language="zh-hans")
    absence = make_absence(salesperson, at("2026-11-25 00:00"))

    page = signed_in(salesperson).get(absence.get_absolute_url()).content.decode()

    assert 'type="date" name="first_day" value="2026-11-25"' in page


def test_an_absence_is_withdrawn_with_a_reason(signed_in, salesperson, noon):
    absence = make_absence(salesperson, noon)

    signed_in(salesperson).post(reverse("absence-withdraw", args=[absence.pk]), {"reason": "会议取消"})

    absence.refresh_from_db()
    assert (absence.withdrawn_by, absence.withdrawal_reason) == (salesperson, "会议取消")
    assert salesperson.is_absent(noon) is False


def test_a_withdrawal_needs_a_reason(signed_in, salesperson, noon):
    absence = make_absence(salesperson, noon)

    response = signed_in(salesperson).post(reverse("absence-withdraw", args=[absence.pk]), {"reason": " "})

    assert response.status_code == 422
    assert salesperson.is_absent(noon) is True


def test_a_withdrawn_absence_stays_as_it_was(salesperson, noon, at):
    absence = make_absence(salesperson, noon)
    absence.withdraw("会议取消", by=salesperson)

    with pytest.raises(Refused):
        absence.change(at("08:00"), at("09:00"), "", by=salesperson)
    with pytest.raises(Refused):
        absence.withdraw("再来", by=salesperson)


@pytest.mark.parametrize("name", ["absence", "absence-withdraw"])
def test_another_persons_absence_is_not_found(signed_in, colleague, salesperson, noon, name):
    absence = make_absence(salesperson, noon)

    response = signed_in(colleague).post(reverse(name, args=[absence.pk]), DATA)

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["absence", "absence-withdraw"])
def test_the_auditor_reads_every_absence_and_changes_none(signed_in, auditor, salesperson, noon, name):
    absence = make_absence(salesperson, noon)
    page = signed_in(auditor).get(absence.get_absolute_url())
    posted = signed_in(auditor).post(reverse(name, args=[absence.pk]), DATA | {"reason": "改"})

    assert (page.status_code, posted.status_code) == (200, 403)
    assert all(field.field.disabled for field in page.context["form"])
    assert (reverse("absence-withdraw", args=[absence.pk]) in page.content.decode()) is False


def test_everybody_lists_only_what_concerns_them(
    signed_in, department_head, salesperson, colleague, outsider, noon
):
    own, report = make_absence(department_head, noon), make_absence(salesperson, noon)
    make_absence(outsider, noon)

    rows = signed_in(department_head).get(reverse("absences")).context["list"].rows

    assert {row["object"] for row in rows} == {own, report}


def test_the_form_says_who_stands_in(signed_in, salesperson, colleague):
    context = signed_in(salesperson).get(reverse("absence-new")).context

    assert context["acting"]["stand_in"] == colleague


def test_the_form_warns_when_the_backup_is_away_too(signed_in, salesperson, colleague, at):
    make_absence(colleague, at("2026-11-25 00:00"), at("2026-11-26 00:00"))

    url = reverse("absence-stand-in")
    context = signed_in(salesperson).get(url, {"first_day": "2026-11-25"}).context

    assert (context["acting"]["backup"], context["acting"]["stand_in"]) == (colleague, None)


def test_nobody_asks_for_the_stand_in_of_a_stranger(signed_in, salesperson, outsider):
    response = signed_in(salesperson).get(reverse("absence-stand-in"), {"user": outsider.pk})

    assert response.status_code == 404


def test_the_week_shows_halves_and_the_stand_in(salesperson, colleague, noon, at):
    make_absence(salesperson, at("2026-11-23 12:00"), at("2026-11-25 00:00"))

    [row] = week(at("2026-11-23 00:00").date(), noon)

    assert (row.person, row.days, row.stand_in) == (salesperson, [2, 3, 0, 0, 0, 0, 0], colleague)


@pytest.mark.parametrize("text", ["", "soon", "2026-02-31", "9999-12-31", "0001-01-01"])
def test_a_strange_week_is_this_week(signed_in, salesperson, text):
    days = signed_in(salesperson).get(reverse("away"), {"week": text}).context["days"]

    assert str(days[0]) == "2026-11-23"
