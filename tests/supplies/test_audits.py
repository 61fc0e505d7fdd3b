"""Audits of assets: frozen, scanned, handed in, settled by the verbs of the assets, closed by another."""

from datetime import timedelta
from uuid import uuid4

import pytest
from auditlog.models import LogEntry

from notices.models import Notice
from organization.roles import Role
from pages.refusals import Refused
from supplies.audits import measures, scanning
from supplies.models import Asset, AssetAudit, AuditLine, Sighting, SuppliesSettings
from tests.builders import make_place, make_user

from .builders import make_asset, make_category

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Meaning, Result, Ways = Sighting.Meaning, AuditLine.Result, AuditLine.Settlement


@pytest.fixture
def asset(sales) -> Asset:
    return make_asset("笔记本电脑", department=sales, tag="ZC000042")


@pytest.fixture
def audit(asset, clerk, noon) -> AssetAudit:
    return AssetAudit.open(by=clerk, at=noon)


@pytest.fixture
def officer(administration):
    return make_user("李倩", role=Role.ADMINISTRATION_OFFICER, department=administration)


def scanned(audit, asset, place=None, *, by, at) -> Sighting:
    return audit.scan(asset.tag, place or asset.place, by=by, at=at)


def handed_in(audit, *, by, at) -> AssetAudit:
    """Something else was scanned, so that it may be handed in."""
    audit.scan("6900000000001", audit.lines.first().place, by=by, at=at)
    audit.hand_in(by=by, at=at)
    return audit


def line_of(audit, asset) -> AuditLine:
    return audit.lines.get(asset=asset)


# -- opening -------------------------------------------------------------------------------------------


def test_standing_assets_are_frozen_with_their_place_and_custodian(clerk, sales, colleague, noon):
    wanted = make_asset(department=sales, custodian=colleague, status="in_use")
    make_asset(department=sales, status="scrapped", scrapped_on=noon.date())

    audit = AssetAudit.open(by=clerk, at=noon)

    assert list(audit.lines.values_list("asset", "place", "custodian", "result")) == [
        (wanted.pk, wanted.place_id, colleague.pk, "expected")
    ]


def test_the_scope_is_department_place_with_all_inside_and_category(clerk, sales, administration, noon):
    floor = make_place("18层")
    room, computers = make_place("会议室", parent=floor), make_category("电脑")
    wanted = make_asset(department=sales, place=room, category=computers)
    make_asset(department=administration, place=room, category=computers)
    make_asset(department=sales, category=computers)
    make_asset(department=sales, place=room)

    audit = AssetAudit.open(by=clerk, at=noon, department=sales, place=floor, category=computers)

    assert [line.asset for line in audit.lines.all()] == [wanted]
    assert audit.title == "Audit: 销售部 · 18层 · 电脑"


def test_nothing_in_scope_is_refused(clerk, asset, administration, noon):
    with pytest.raises(Refused, match="no asset in the register"):
        AssetAudit.open(by=clerk, at=noon, department=administration)


def test_it_is_to_be_finished_within_the_days_of_the_settings(clerk, asset, noon):
    SuppliesSettings.objects.create(pk=1, audit_tolerance_days=3)

    assert AssetAudit.open(by=clerk, at=noon).due_on == noon.date() + 3 * DAY


def test_the_same_form_opens_one_audit(clerk, asset, noon):
    ticket = uuid4()

    first, second = (AssetAudit.open(by=clerk, at=noon, once=ticket) for _click in range(2))

    assert (first, AssetAudit.objects.count()) == (second, 1)


# -- scanning ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    ["ZC000042", " zc000042 ", "http://office.local/s/ZC000042/", "/s/ZC000042/", "https://x:80/s/zc000042"],
)
def test_the_tag_or_the_address_of_the_label_finds_the_asset(audit, asset, clerk, noon, code):
    sighting = audit.scan(code, asset.place, by=clerk, at=noon + HOUR)

    asset.refresh_from_db()
    assert (sighting.meaning, sighting.asset, asset.seen_at) == (Meaning.FOUND, asset, noon + HOUR)
    assert line_of(audit, asset).result == Result.FOUND


def test_inside_the_place_of_the_register_is_found(clerk, sales, noon):
    floor = make_place("18层")
    asset = make_asset(department=sales, place=floor)
    audit = AssetAudit.open(by=clerk, at=noon)

    found = scanned(audit, asset, make_place("会议室", parent=floor), by=clerk, at=noon)

    assert found.meaning == Meaning.FOUND


def test_at_another_place_says_where_the_register_has_it(audit, asset, clerk, noon):
    kitchen = make_place("茶水间")

    sighting = scanned(audit, asset, kitchen, by=clerk, at=noon)

    line = line_of(audit, asset)
    assert (sighting.meaning, line.result, line.found_place) == (Meaning.MISPLACED, Result.MISPLACED, kitchen)
    assert scanning.words(sighting) == f"{asset}: the register has it at {asset.place}."


def test_what_was_moved_by_the_register_meanwhile_is_found_there(audit, asset, clerk, noon):
    kitchen = make_place("茶水间")
    asset.move(place=kitchen, by=clerk, at=noon)

    assert scanned(audit, asset, kitchen, by=clerk, at=noon).meaning == Meaning.FOUND


def test_scanned_before_says_when_and_by_whom(audit, asset, clerk, officer, noon):
    scanned(audit, asset, by=clerk, at=noon)

    sighting = scanned(audit, asset, by=officer, at=noon + HOUR)

    assert (sighting.meaning, sighting.earlier.by) == (Meaning.AGAIN, clerk)
    assert scanning.words(sighting).startswith(f"{asset} was scanned by 顾明,")
    assert line_of(audit, asset).seen_by == clerk


def test_scanned_again_at_its_place_it_is_found_after_all(audit, asset, clerk, noon):
    scanned(audit, asset, make_place("茶水间"), by=clerk, at=noon)

    sighting = scanned(audit, asset, by=clerk, at=noon + HOUR)

    assert (sighting.meaning, line_of(audit, asset).result) == (Meaning.AGAIN, Result.FOUND)
    assert scanning.words(sighting).endswith(f"now it is noted at {asset.place}.")


def test_an_asset_out_of_scope_is_not_expected_but_seen(clerk, sales, administration, noon):
    make_asset(department=sales)
    other = make_asset(department=administration)
    audit = AssetAudit.open(by=clerk, at=noon, department=sales)

    sighting = scanned(audit, other, by=clerk, at=noon)

    other.refresh_from_db()
    assert (sighting.meaning, other.seen_at) == (Meaning.UNEXPECTED, noon)
    assert list(audit.sightings.strays()) == []


def test_out_of_scope_and_not_at_its_place_asks_for_a_look(clerk, sales, administration, noon):
    make_asset(department=sales)
    other, kitchen = make_asset(department=administration), make_place("茶水间")
    audit = AssetAudit.open(by=clerk, at=noon, department=sales)
    sighting = scanned(audit, other, kitchen, by=clerk, at=noon)

    audit.look_into(sighting, explanation="借给茶水间", follow=True, by=clerk, at=noon)

    other.refresh_from_db()
    assert (other.place, audit.sightings.unexplained().count()) == (kitchen, 0)
    assert other.events.filter(kind="moved").get().reason == str(audit)


def test_what_was_scrapped_by_the_register_is_said_and_not_seen(audit, clerk, sales, noon):
    gone = make_asset(department=sales, status="scrapped", scrapped_on=noon.date())

    sighting = scanned(audit, gone, by=clerk, at=noon)

    gone.refresh_from_db()
    assert (sighting.meaning, gone.seen_at) == (Meaning.SCRAPPED, None)


def test_an_unknown_code_is_kept_once_as_strange(audit, asset, clerk, noon):
    first, second = (audit.scan("6901234567892", asset.place, by=clerk, at=noon) for _scan in range(2))

    assert (first.meaning, second.meaning, second.earlier) == (Meaning.UNKNOWN, Meaning.AGAIN, first)
    assert list(audit.sightings.strays()) == [first]


@pytest.mark.parametrize("code", ["\x00ZC000042", "x" * 500, "🙈", "'; drop table"])
def test_no_code_breaks_anything(audit, asset, clerk, noon, code):
    audit.scan(code, asset.place, by=clerk, at=noon)

    assert audit.sightings.count() == 1


def test_the_same_form_is_one_scan(audit, asset, clerk, noon):
    ticket = uuid4()

    first, second = (
        audit.scan(asset.tag, asset.place, by=clerk, at=noon, once=ticket) for _click in range(2)
    )

    assert (first, second.meaning, audit.sightings.count()) == (second, Meaning.FOUND, 1)


def test_nothing_is_scanned_once_it_is_handed_in(audit, asset, clerk, noon):
    handed_in(audit, by=clerk, at=noon)

    with pytest.raises(Refused, match="Nothing is scanned now"):
        scanned(audit, asset, by=clerk, at=noon)


# -- handing in, taking up again -------------------------------------------------------------------------


def test_whatever_nobody_saw_is_missing_and_approvers_are_told(audit, asset, clerk, admin_manager, noon):
    handed_in(audit, by=clerk, at=noon)

    assert (audit.status, line_of(audit, asset).result) == ("review", Result.MISSING)
    assert [notice.recipient for notice in Notice.objects.all()] == [admin_manager]


def test_nothing_scanned_at_all_is_not_handed_in(audit, clerk, noon):
    with pytest.raises(Refused, match="Nothing has been scanned at all"):
        audit.hand_in(by=clerk, at=noon)


def test_what_was_scrapped_meanwhile_is_no_open_difference(audit, asset, clerk, noon):
    asset.scrap(reason="报废", by=clerk, at=noon)

    handed_in(audit, by=clerk, at=noon)

    assert line_of(audit, asset).settlement == Ways.WRITE_OFF


def test_taken_up_again_the_missing_are_expected_and_counters_are_told(
    audit, asset, clerk, admin_manager, noon
):
    handed_in(audit, by=clerk, at=noon)

    audit.take_up(reason="会议室没去", by=admin_manager, at=noon)

    assert (audit.status, line_of(audit, asset).result) == ("open", Result.EXPECTED)
    assert Notice.objects.filter(recipient=clerk, kind="supplies.audit-taken-up").count() == 1
    assert scanned(audit, asset, by=clerk, at=noon).meaning == Meaning.FOUND


def test_taking_up_again_needs_a_reason(audit, clerk, noon):
    handed_in(audit, by=clerk, at=noon)

    with pytest.raises(Refused, match="why it is taken up again"):
        audit.take_up(reason=" ", by=clerk, at=noon)


# -- settling ----------------------------------------------------------------------------------------------


@pytest.fixture
def misplaced(audit, asset, clerk, noon) -> AuditLine:
    """Found in the pantry, handed in."""
    scanned(audit, asset, make_place("茶水间"), by=clerk, at=noon)
    audit.hand_in(by=clerk, at=noon)
    return line_of(audit, asset)


@pytest.fixture
def missing(audit, asset, clerk, noon) -> AuditLine:
    handed_in(audit, by=clerk, at=noon)
    return line_of(audit, asset)


def test_the_register_follows_by_the_assets_own_verb(audit, misplaced, asset, clerk, noon):
    audit.settle(misplaced, Ways.REGISTER, by=clerk, at=noon)

    asset.refresh_from_db()
    assert asset.place == misplaced.found_place
    assert asset.events.filter(kind="moved").get().reason == str(audit)


def test_put_back_leaves_the_register(audit, misplaced, asset, clerk, noon):
    audit.settle(misplaced, Ways.PUT_BACK, by=clerk, at=noon)

    assert (line_of(audit, asset).is_settled, asset.events.filter(kind="moved").count()) == (True, 0)


def test_written_off_it_is_scrapped_with_the_reason(audit, missing, asset, clerk, noon):
    audit.settle(missing, Ways.WRITE_OFF, reason="遍寻不着", by=clerk, at=noon)

    asset.refresh_from_db()
    assert asset.status == Asset.Status.SCRAPPED
    assert asset.events.filter(kind="scrapped").get().reason == f"{audit.number}: 遍寻不着"


def test_writing_off_needs_a_reason(audit, missing, clerk, noon):
    with pytest.raises(Refused, match="why it is written off"):
        audit.settle(missing, Ways.WRITE_OFF, by=clerk, at=noon)


def test_what_the_asset_refuses_is_not_settled(audit, missing, asset, clerk, noon):
    asset.send_to_repair(fault="黑屏", by=clerk, at=noon)

    with pytest.raises(Refused, match="in repair"):
        audit.settle(missing, Ways.WRITE_OFF, reason="遍寻不着", by=clerk, at=noon)
    assert line_of(audit, asset).settlement == Ways.NONE


def test_what_turns_up_later_is_moved_or_put_back(audit, missing, asset, clerk, noon):
    kitchen = make_place("茶水间")
    audit.settle(missing, Ways.SEARCH, by=clerk, at=noon)

    with pytest.raises(Refused, match="at which place"):
        audit.settle(missing, Ways.REGISTER, by=clerk, at=noon)
    audit.settle(missing, Ways.REGISTER, place=kitchen, by=clerk, at=noon)

    asset.refresh_from_db()
    assert asset.place == kitchen


def test_a_difference_is_settled_once_and_only_fittingly(audit, misplaced, clerk, noon):
    with pytest.raises(Refused, match="cannot be settled like that"):
        audit.settle(misplaced, Ways.SEARCH, by=clerk, at=noon)
    audit.settle(misplaced, Ways.PUT_BACK, by=clerk, at=noon)
    with pytest.raises(Refused, match="settled already"):
        audit.settle(misplaced, Ways.PUT_BACK, by=clerk, at=noon)


def test_the_settlement_stands_in_the_history(audit, misplaced, clerk, noon):
    audit.settle(misplaced, Ways.PUT_BACK, reason="已放回", by=clerk, at=noon)

    assert LogEntry.objects.get_for_object(misplaced).first().changes["settlement"] == ["", "put_back"]


# -- closing -------------------------------------------------------------------------------------------------


def test_who_did_not_scan_closes(audit, asset, clerk, admin_manager, noon):
    scanned(audit, asset, by=clerk, at=noon)
    audit.hand_in(by=clerk, at=noon)

    audit.close(by=admin_manager, at=noon + HOUR)

    assert (audit.status, audit.decided_by, audit.decided_at) == ("closed", admin_manager, noon + HOUR)


def test_neither_who_scanned_nor_who_handed_in_closes(audit, asset, officer, admin_manager, noon):
    scanned(audit, asset, by=officer, at=noon)
    audit.hand_in(by=admin_manager, at=noon)

    for person in (officer, admin_manager):
        with pytest.raises(Refused, match="somebody else has to close it"):
            audit.close(by=person, at=noon)


def test_who_handed_it_in_before_it_was_taken_up_does_not_close_either(
    audit, clerk, officer, admin_manager, noon
):
    audit.scan("69", make_place(), by=clerk, at=noon)
    audit.hand_in(by=officer, at=noon)
    audit.take_up(reason="再找", by=admin_manager, at=noon)
    audit.hand_in(by=clerk, at=noon)

    with pytest.raises(Refused, match="somebody else"):
        audit.close(by=officer, at=noon)


def test_who_may_not_close_audits_does_not(audit, asset, clerk, colleague, noon):
    handed_in(audit, by=clerk, at=noon)

    with pytest.raises(Refused, match="may not close"):
        audit.close(by=colleague, at=noon)


def test_it_is_cancelled_with_a_reason_and_stays_so(audit, asset, clerk, noon):
    with pytest.raises(Refused, match="why the audit is cancelled"):
        audit.cancel(reason="", by=clerk, at=noon)
    audit.cancel(reason="改期", by=clerk, at=noon)

    with pytest.raises(Refused, match="cannot be done now"):
        audit.cancel(reason="改期", by=clerk, at=noon)


# -- 4.2.1 ---------------------------------------------------------------------------------------------------


def offenders() -> list[str]:
    return [offender.label for offender in measures.assets_that_differ()]


def closed(audit, *, by, at):
    audit.close(by=by, at=at)


def test_a_difference_stands_from_closing_until_it_is_settled(audit, misplaced, clerk, admin_manager, noon):
    assert offenders() == []
    audit.close(by=admin_manager, at=noon)
    assert offenders() == [f"{misplaced.asset} · At another place ({audit.number})"]

    audit.settle(misplaced, Ways.REGISTER, by=clerk, at=noon)

    assert offenders() == []


def test_what_is_still_looked_for_stands_and_so_does_the_strange_code(
    audit, missing, clerk, admin_manager, noon
):
    audit.close(by=admin_manager, at=noon)
    audit.settle(missing, Ways.SEARCH, by=clerk, at=noon)

    assert offenders() == [
        f"{missing.asset} · Missing ({audit.number})",
        f"6900000000001 · Unknown code ({audit.number})",
    ]
    audit.look_into(audit.sightings.get(), explanation="供应商条码", by=clerk, at=noon)
    assert len(offenders()) == 1


def test_a_later_audit_that_finds_it_puts_it_right(audit, missing, asset, clerk, admin_manager, noon):
    audit.close(by=admin_manager, at=noon)
    later = AssetAudit.open(by=clerk, at=noon + DAY)
    scanned(later, asset, by=clerk, at=noon + DAY)
    later.hand_in(by=clerk, at=noon + DAY)
    later.close(by=admin_manager, at=noon + DAY)

    assert offenders() == [f"6900000000001 · Unknown code ({audit.number})"]


def test_what_nobody_audited_for_a_year_is_named(clerk, sales, admin_manager, at):
    from .test_assets import particulars

    old = Asset.register(**particulars(sales), by=clerk, at=at("2024-01-05 10:00"))

    label = offenders()[0]
    assert (len(offenders()), label.startswith(f"{old}: not audited since")) == (1, True)
