"""The month on paper: its numbers are the board's, it is made whatever dies meanwhile, and mailed once."""

import io
import re
import shutil
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from notices.drain import drain
from notices.models import Delivery, Notice
from pages.history import history_of
from pages.refusals import Refused
from sla import figures, scorecards
from sla.board import Board, Period
from sla.models import Scorecard
from sla.models.scorecard import Overtaken
from sla.scorecards import contents, pdf
from tests.plugins.postbox import Postbox

from .scorecard_month import (
    FEEDBACK,
    MINUTE,
    OCTOBER,
    SEPTEMBER,
    excuse,
    feedback,
    made,
    pdf_text,
    sheet_rows,
)

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def mail_server(settings):
    """A real mail server that this very process sends to."""
    postbox = Postbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", postbox.port
    postbox.server.start()
    yield postbox
    postbox.server.stop()


@pytest.fixture
def september(sales, receptionist, admin_manager, at):
    """Four calls in September: two fed back in time, one late, one late and excused; one kept in August."""
    feedback(sales, receptionist, at("2026-08-31 10:00"), minutes=0.5)
    feedback(sales, receptionist, at("2026-09-01 10:00"), minutes=0.5)
    feedback(sales, receptionist, at("2026-09-02 10:00"), minutes=0.5)
    feedback(sales, receptionist, at("2026-09-30 23:58"), minutes=3, label="龘堃𬱖")
    late = feedback(sales, receptionist, at("2026-09-15 10:00"), minutes=2, label="上海百川机械")
    excuse(late, reason="总机断线", by=receptionist, manager=admin_manager)
    figures.roll_up(at("2026-10-08 08:00"))


@pytest.fixture
def first_day(at):
    """Thursday, 8 October 2026: the first working day after the national holiday."""
    return at("2026-10-08 08:00")


def test_its_numbers_are_those_of_the_board(september, first_day):
    month = contents.gather(SEPTEMBER, first_day)
    board = Board(Period.month(SEPTEMBER), at=first_day)

    assert [row.figure for row in month.rows] == [line.figure for line in board.lines]
    assert [row.line.state for row in month.rows] == [line.state for line in board.lines]


def test_a_clause_is_compared_with_the_month_before(september, first_day):
    row = next(one for one in contents.gather(SEPTEMBER, first_day).rows if one.line.key == FEEDBACK)

    assert (row.raw, row.adjusted, row.change_words) == ("50%", "66.6%", "▼ 50")


def test_every_figure_leads_to_the_board_in_that_month(september, first_day, settings):
    row = next(one for one in contents.gather(SEPTEMBER, first_day).rows if one.line.key == FEEDBACK)

    days = "period=range&first=2026-09-01&last=2026-09-30"
    assert row.link == f"{settings.SITE_URL}/board/{FEEDBACK}/?{days}"


def test_each_miss_is_listed_with_its_excuse(september, first_day):
    misses = contents.gather(SEPTEMBER, first_day).misses

    assert [(miss.number, miss.about, miss.excuse) for miss in misses] == [
        ("1.1.6", "上海百川机械", "Granted: 总机断线"),
        ("1.1.6", "龘堃𬱖", ""),
    ]


def test_the_mark_is_the_same_only_for_the_same_figures(september, sales, receptionist, at, first_day):
    before = contents.gather(SEPTEMBER, first_day).mark
    assert contents.gather(SEPTEMBER, first_day + MINUTE).mark == before

    feedback(sales, receptionist, at("2026-09-20 10:00"), minutes=2)
    figures.roll_up(first_day)
    assert contents.gather(SEPTEMBER, first_day).mark != before


@needs_poppler
def test_the_pdf_says_the_same_in_words_that_can_be_copied(september, admin_manager, first_day):
    words = pdf_text(made(SEPTEMBER, by=admin_manager, at=first_day))

    assert re.search(r"1\.1\.6 .* 100% +50% +66\.6% +2 of 4 +▼ 50", words)
    said = ("龘堃𬱖", "总机断线", "行政部", "Page 1 of ", "data state")
    assert [text for text in said if text not in words] == []


def test_the_pdf_can_be_clicked_and_brings_its_font(september, admin_manager, first_day):
    with made(SEPTEMBER, by=admin_manager, at=first_day).pdf.open() as file:
        document = file.read()

    assert f"/board/{FEEDBACK}/?period=range&first=2026-09-01&last=2026-09-30)".encode() in document
    fonts = [name for name in (b"NotoSansSC", b"/FontFile2", b"Helvetica") if name in document]
    assert fonts == [b"NotoSansSC", b"/FontFile2"]


def test_the_spreadsheet_holds_the_same_numbers(september, admin_manager, first_day):
    card = made(SEPTEMBER, by=admin_manager, at=first_day)

    (row,) = [row for row in sheet_rows(card, "Summary") if row[1] == "1.1.6"]
    assert row[5:10] == (4, 2, 1, 50, 66.6)
    days = [row[2:6] for row in sheet_rows(card, "By day") if row[0] == "1.1.6"]
    assert [(day.day, *numbers) for day, *numbers in days] == [
        (1, 1, 1, 0),
        (2, 1, 1, 0),
        (15, 1, 0, 1),
        (30, 1, 0, 0),
    ]


def test_the_spreadsheet_starts_no_formula(sales, receptionist, admin_manager, at, first_day):
    feedback(sales, receptionist, at("2026-09-02 10:00"), minutes=2, label='=HYPERLINK("http://x")')

    card = made(SEPTEMBER, by=admin_manager, at=first_day)
    with card.sheet.open() as file:
        cell = load_workbook(io.BytesIO(file.read()))["Misses"]["D2"]
    assert (cell.value, cell.data_type) == ('\'=HYPERLINK("http://x")', "s")


ODD = "<b>甲&乙</b> <a href='x'> 😀\x01\uffff\u202e"


def test_whatever_people_write_both_files_are_made(sales, receptionist, admin_manager, at, first_day):
    late = feedback(sales, receptionist, at("2026-09-15 10:00"), minutes=2, label=ODD + "长" * 170)
    excuse(late, reason=ODD + "长" * 970, by=receptionist, manager=admin_manager)
    receptionist.name = "<para>" * 10
    receptionist.save()
    admin_manager.department.name = "=1+1\x01<i>"
    admin_manager.department.save()

    card = made(SEPTEMBER, by=admin_manager, at=first_day)

    assert (card.state, card.error) == (Scorecard.State.READY, "")


def test_a_month_without_anything_is_made_too(admin_manager, first_day):
    card = made(SEPTEMBER, by=admin_manager, at=first_day)

    assert (card.state, card.pdf.size > 0, card.sheet.size > 0) == ("ready", True, True)


def test_what_changed_a_moment_ago_is_counted_first(sales, receptionist, admin_manager, at, first_day):
    feedback(sales, receptionist, at("2026-09-02 10:00"), minutes=2)

    card = made(SEPTEMBER, by=admin_manager, at=first_day)
    (row,) = [row for row in sheet_rows(card, "Summary") if row[1] == "1.1.6"]
    assert row[5:7] == (1, 0)


def test_a_month_that_has_not_begun_is_refused(admin_manager, at):
    with pytest.raises(Refused):
        Scorecard.ask(date(2026, 12, 1), by=admin_manager, at=at("2026-11-30 23:59"))

    assert not Scorecard.objects.exists()


def test_this_month_is_shown_so_far(september, admin_manager, at):
    card = made(SEPTEMBER, by=admin_manager, at=at("2026-09-16 10:00"))

    assert not card.is_whole
    assert made(SEPTEMBER, by=admin_manager, at=at("2026-10-01 00:00")).is_whole


def test_asked_twice_it_waits_once(admin_manager, auditor, first_day):
    Scorecard.ask(SEPTEMBER, by=admin_manager, at=first_day)
    card = Scorecard.ask(date(2026, 9, 30), by=auditor, at=first_day + MINUTE)

    assert (Scorecard.objects.count(), card.asked_by) == (1, admin_manager)


def test_made_anew_it_replaces_its_files_and_keeps_its_history(
    september, admin_manager, auditor, first_day, tmp_path, django_capture_on_commit_callbacks
):
    made(SEPTEMBER, by=admin_manager, at=first_day)
    with django_capture_on_commit_callbacks(execute=True):
        card = made(SEPTEMBER, by=auditor, at=first_day + MINUTE)

    assert sorted(path.name for path in (tmp_path / "scorecards").iterdir()) == sorted(
        [card.pdf.name.split("/")[1], card.sheet.name.split("/")[1]]
    )
    authors = {entry.by for entry in history_of(card)}
    assert authors == {str(admin_manager), str(auditor)}


def test_what_one_maker_has_taken_up_no_other_takes(admin_manager, first_day):
    Scorecard.ask(SEPTEMBER, by=admin_manager, at=first_day)

    assert Scorecard.take_up(first_day)
    assert Scorecard.take_up(first_day + 9 * MINUTE) is None


def test_a_killed_job_is_taken_up_again(september, admin_manager, first_day):
    Scorecard.ask(SEPTEMBER, by=admin_manager, at=first_day)
    Scorecard.take_up(first_day).advance(50)

    scorecards.tend(first_day + 10 * MINUTE)

    card = Scorecard.objects.get()
    assert (card.state, card.progress, card.made_at) == ("ready", 100, first_day + 10 * MINUTE)


def test_whoever_was_taken_for_dead_does_not_overwrite_the_other(admin_manager, first_day):
    Scorecard.ask(SEPTEMBER, by=admin_manager, at=first_day)
    slow = Scorecard.take_up(first_day)
    Scorecard.take_up(first_day + 10 * MINUTE)

    with pytest.raises(Overtaken):
        slow.advance(80)
    with pytest.raises(Overtaken):
        slow.finish(b"old", b"old")


def test_a_failure_is_written_down_in_words(admin_manager, first_day, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pdf, "draw", full)

    card = made(SEPTEMBER, by=admin_manager, at=first_day)
    assert (card.state, card.error) == ("failed", "OSError: [Errno 28] No space left on device")


# -- month-end ---------------------------------------------------------------------------------------


def attached(mail_server) -> list:
    """The files that went with any mail."""
    return [part for mail in mail_server.mails for part in mail.walk() if part.get_filename()]


def told() -> list[str]:
    return [notice.recipient.username for notice in Notice.objects.filter(kind="sla.scorecard")]


def test_it_is_mailed_once_on_the_first_working_day_after_the_holiday(september, admin_manager, at):
    for moment in ("10-01 08:00", "10-05 09:00", "10-07 23:59", "10-08 07:59"):
        scorecards.tend(at(f"2026-{moment}"))
    assert not Scorecard.objects.exists()

    for moment in ("10-08 08:00", "10-08 08:01", "10-09 08:00", "10-31 08:00"):
        scorecards.tend(at(f"2026-{moment}"))
    card = Scorecard.objects.get()
    assert (card.month, card.mailed_at, told()) == (SEPTEMBER, at("2026-10-08 08:00"), ["manager"])


def test_a_worker_that_was_away_on_that_day_mails_it_later(september, admin_manager, at):
    scorecards.tend(at("2026-10-20 15:00"))

    assert told() == ["manager"]


def test_a_month_in_which_nothing_was_counted_is_not_mailed(admin_manager, first_day):
    scorecards.tend(first_day)

    assert not Scorecard.objects.exists()


def test_one_made_too_early_is_made_anew_for_the_mail(september, admin_manager, at, first_day):
    made(SEPTEMBER, by=admin_manager, at=at("2026-09-16 10:00"))

    scorecards.tend(first_day)
    card = Scorecard.objects.get()
    assert (card.made_at, card.mailed_at) == (first_day, first_day)


def test_made_anew_after_the_mail_it_is_not_mailed_again(september, admin_manager, at, first_day):
    scorecards.tend(first_day)
    Scorecard.ask(SEPTEMBER, by=admin_manager, at=first_day + MINUTE)
    scorecards.tend(first_day + 2 * MINUTE)

    assert (Scorecard.objects.get().made_at, told()) == (first_day + 2 * MINUTE, ["manager"])


def test_a_failed_one_is_tried_again_after_an_hour(september, admin_manager, first_day, monkeypatch):
    draw = pdf.draw
    monkeypatch.setattr(pdf, "draw", lambda month: 1 / 0)
    scorecards.tend(first_day)
    monkeypatch.setattr(pdf, "draw", draw)

    scorecards.tend(first_day + timedelta(minutes=59))
    assert Scorecard.objects.get().state == "failed"
    scorecards.tend(first_day + timedelta(minutes=60))
    assert (Scorecard.objects.get().state, told()) == ("ready", ["manager"])


def test_both_files_go_with_the_mail(september, admin_manager, first_day, mail_server):
    scorecards.tend(first_day)
    Delivery.objects.update(next_try_at=first_day)
    drain(first_day + timedelta(hours=2))

    files = [(part.get_filename(), part.get_payload(decode=True)[:4]) for part in attached(mail_server)]
    assert files == [("scorecard-2026-09.pdf", b"%PDF"), ("scorecard-2026-09.xlsx", b"PK\x03\x04")]


def test_a_weekend_is_waited_for_too(september, sales, receptionist, admin_manager, at):
    feedback(sales, receptionist, at("2026-10-12 10:00"), minutes=0.5)
    figures.roll_up(at("2026-11-01 00:00"))

    scorecards.tend(at("2026-11-01 12:00"))  # a Sunday
    assert not Scorecard.objects.filter(month=OCTOBER).exists()
    scorecards.tend(at("2026-11-02 08:00"))
    assert Scorecard.objects.get(month=OCTOBER).mailed_at == at("2026-11-02 08:00")
