"""Audits and the year-end check in the browser: on two phones, as papers, and who may not."""

import subprocess
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organization.roles import Role
from pages.clock import now
from supplies.models import Asset, AssetAudit, YearEndPlan
from tests.builders import make_place, make_user

from .builders import make_asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened():
    return now() - timedelta(hours=2)


@pytest.fixture
def asset(sales) -> Asset:
    return make_asset("投影仪", department=sales, tag="ZC000042", place=make_place("大会议室"))


@pytest.fixture
def audit(asset, clerk, opened) -> AssetAudit:
    return AssetAudit.open(by=clerk, at=opened, title="年末盘点")


@pytest.fixture
def phone(signed_in, clerk):
    return signed_in(clerk)


@pytest.fixture
def officer(administration):
    return make_user("李倩", role=Role.ADMINISTRATION_OFFICER, department=administration)


def at(audit, verb: str = "") -> str:
    return f"{audit.get_absolute_url()}{verb}"


def scan(browser, audit, code, place, **more):
    htmx = {"headers": {"HX-Request": "true"}} if more.pop("htmx", True) else {}
    return browser.post(at(audit, "scan/"), {"code": code, "place": place.pk, **more}, **htmx)


def text_of(pdf: bytes) -> str:
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode()


def queries_of(browser, path: str) -> int:
    """How many a page takes once the menu and the session are known."""
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


# -- opening and scanning ------------------------------------------------------------------------------


def test_an_audit_is_opened_once_however_often_one_clicks(phone, asset):
    ticket = "0b1f0f0e-5a3e-4a53-9d4b-2d8f7f0a1c11"

    for _click in range(2):
        answer = phone.post("/audits/open/", {"department": asset.department_id, "once": ticket})

    assert answer.headers["Location"] == AssetAudit.objects.get().get_absolute_url()


def test_nothing_in_scope_is_said_clearly(phone, asset, administration):
    answer = phone.post("/audits/open/", {"department": administration.pk})

    assert (answer.status_code, "no asset in the register" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("code", "colour", "words"),
    [
        ("ZC000042", "is-good", "is where the register has it"),
        ("http://testserver/s/ZC000042/", "is-good", "is where the register has it"),
        ("6901234567892", "is-bad", "belongs to no asset"),
    ],
)
def test_a_scan_is_told_at_once_in_colour_and_words(phone, audit, asset, code, colour, words):
    page = scan(phone, audit, code, asset.place).content.decode()

    assert (f'class="audit-told {colour}"' in page, words in page, "<html" in page) == (True, True, False)


def test_another_place_says_where_it_belongs(phone, audit, asset):
    page = scan(phone, audit, asset.tag, make_place("茶水间")).content.decode()

    assert ('class="audit-told is-warning"' in page, "the register has it at 大会议室" in page) == (
        True,
        True,
    )


def test_without_javascript_the_next_page_tells(phone, audit, asset):
    answer = scan(phone, audit, asset.tag, asset.place, htmx=False)

    page = phone.get(answer.headers["Location"]).content.decode()
    assert (answer.status_code, "is where the register has it" in page) == (302, True)


def test_two_phones_at_the_same_label(phone, audit, asset, officer, signed_in):
    scan(signed_in(officer), audit, asset.tag, asset.place)

    page = scan(phone, audit, asset.tag, asset.place).content.decode()

    assert (">Scanned before<" in page, "was scanned by 李倩" in page) == (True, True)
    assert list(audit.sightings.order_by("pk").values_list("meaning", flat=True)) == ["found", "again"]


def test_the_same_form_twice_is_one_scan(phone, audit, asset):
    for _click in range(2):
        page = scan(phone, audit, asset.tag, asset.place, once="0b1f0f0e-5a3e-4a53-9d4b-2d8f7f0a1c12")

    assert (audit.sightings.count(), ">Found<" in page.content.decode()) == (1, True)


@pytest.mark.parametrize(
    ("data", "words"),
    [({"code": ""}, "Scan or type a code"), ({"code": "x", "place": "999999"}, "at which place you stand")],
)
def test_an_empty_code_and_no_place_are_said(phone, audit, asset, data, words):
    answer = phone.post(at(audit, "scan/"), {"place": asset.place_id, **data})

    assert (answer.status_code, words in answer.content.decode(), audit.sightings.count()) == (422, True, 0)


def test_the_walk_shows_what_is_expected_here_and_how_far_each_place_is(phone, audit, asset, sales):
    page = phone.get(at(audit, f"walk/?place={asset.place_id}")).content.decode()

    assert ("ZC000042" in page, "大会议室 <span>0/1</span>" in page) == (True, True)


@pytest.mark.parametrize("place", ["", "x", "999999", "9" * 40])
def test_a_place_that_is_none_opens_the_first(phone, audit, place):
    assert phone.get(at(audit, f"walk/?place={place}&scan={place}")).status_code == 200


# -- from handing in to closing ------------------------------------------------------------------------


@pytest.fixture
def misplaced(audit, asset, clerk, opened):
    audit.scan(asset.tag, make_place("茶水间"), by=clerk, at=opened)
    audit.hand_in(by=clerk, at=opened)
    return audit.lines.get()


def test_hand_in_settle_and_close(phone, audit, asset, officer, admin_manager, signed_in):
    tablet = signed_in(officer)
    scan(tablet, audit, asset.tag, make_place("茶水间"))
    phone.post(at(audit, "hand-in/"))
    phone.post(at(audit, f"lines/{audit.lines.get().pk}/settle/"), {"how": "register"})
    refused = tablet.post(at(audit, "close/"))
    assert (refused.status_code, "somebody else has to close it" in refused.content.decode()) == (409, True)

    signed_in(admin_manager).post(at(audit, "close/"))

    audit.refresh_from_db()
    asset.refresh_from_db()
    assert (audit.status, asset.place.name) == ("closed", "茶水间")


def test_mistakes_in_settling_stand_at_their_fields(phone, audit, asset, clerk, opened):
    audit.scan("69", asset.place, by=clerk, at=opened)
    phone.post(at(audit, "hand-in/"))
    settle = at(audit, f"lines/{audit.lines.get().pk}/settle/")

    words = {"": "Say what becomes of it", "write_off": "why it is written off", "register": "at which place"}
    for how, sentence in words.items():
        answer = phone.post(settle, {"how": how})
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_taking_up_again_asks_why(phone, audit, misplaced):
    assert phone.post(at(audit, "take-up/"), {"reason": ""}).status_code == 422
    phone.post(at(audit, "take-up/"), {"reason": "再找一遍"})

    audit.refresh_from_db()
    assert (audit.status, audit.remark) == ("open", "再找一遍")


def test_zero_difference_is_certified_on_paper(phone, audit, asset, clerk, opened, admin_manager):
    audit.scan(asset.tag, asset.place, by=clerk, at=opened)
    audit.hand_in(by=clerk, at=opened)
    audit.close(by=admin_manager, at=opened)

    text = text_of(phone.get(at(audit, "result.pdf")).content)

    said = [
        "Certificate of zero difference",
        "the difference is zero",
        "ZC000042",
        "投影仪",
        "(signature, date)",
    ]
    assert [words for words in said if words not in text] == []


def test_differences_are_listed_on_paper(phone, audit, misplaced):
    text = text_of(phone.get(at(audit, "result.pdf")).content)

    said = ["List of differences", "ZC000042", "大会议室", "茶水间", "At another", "not yet"]
    assert [words for words in said if words not in text] == []


def test_the_file_has_every_asset(phone, audit, misplaced):
    answer = phone.get(at(audit, "result.csv"))

    assert "ZC000042,投影仪" in b"".join(answer.streaming_content).decode()


def test_there_is_no_paper_before_it_is_handed_in(phone, audit):
    assert [phone.get(at(audit, f"result.{kind}")).status_code for kind in ("pdf", "xlsx", "exe")] == [
        404
    ] * 3


# -- walls -----------------------------------------------------------------------------------------------


def test_an_outsider_knows_of_no_audit(audit, misplaced, colleague, signed_in):
    browser = signed_in(colleague)

    seen = [
        browser.get(path).status_code for path in ("/audits/", "/audits/open/", at(audit), at(audit, "walk/"))
    ]
    done = [
        browser.post(at(audit, verb)).status_code
        for verb in ("scan/", "hand-in/", "take-up/", "close/", "cancel/", f"lines/{misplaced.pk}/settle/")
    ]

    assert (seen, done) == ([403, 403, 404, 404], [404] * 6)


def test_who_only_reads_does_not_scan_or_close(audit, misplaced, administration, signed_in):
    reader = signed_in(make_user("审计", role=Role.AUDITOR, department=administration))

    done = [
        reader.post(at(audit, verb)).status_code
        for verb in ("scan/", "hand-in/", "take-up/", "close/", "cancel/", f"lines/{misplaced.pk}/settle/")
    ]

    assert (reader.get(at(audit)).status_code, done) == (200, [403] * 6)


def test_the_clerk_does_not_close(phone, audit, misplaced):
    clerk_may = phone.post(at(audit, "close/")).status_code

    assert clerk_may == 403


@pytest.mark.parametrize("path", ["", "walk/"])
def test_pages_take_as_many_queries_for_three_assets_as_for_one(phone, clerk, sales, opened, path):
    place = make_place("机房")
    counts = []
    for pieces in (1, 2):
        for _number in range(pieces):
            make_asset(department=sales, place=place)
        audit = AssetAudit.open(by=clerk, at=opened)
        counts.append(queries_of(phone, at(audit, path)))

    assert counts[0] == counts[1]


def test_the_list_takes_as_many_queries_for_three_audits_as_for_one(phone, clerk, asset, opened):
    counts = []
    for audits in (1, 2):
        for _number in range(audits):
            AssetAudit.open(by=clerk, at=opened)
        counts.append(queries_of(phone, "/audits/"))

    assert counts[0] == counts[1]


# -- the year-end check --------------------------------------------------------------------------------------


@pytest.fixture
def plan(asset, clerk, opened) -> YearEndPlan:
    return YearEndPlan.draw_up(opened.year, by=clerk, at=opened)


def test_many_are_decided_at_once_and_the_plan_goes_to_the_manager(phone, plan, admin_manager, signed_in):
    data = {"line": [line.pk for line in plan.lines.all()], "verdict": "replace", "reason": "老旧"}
    phone.post(at(plan, "settle/"), data)
    phone.post(at(plan, "submit/"))
    manager = signed_in(admin_manager)

    manager.post(at(plan, "decide/"))

    plan.refresh_from_db()
    assert (plan.status, plan.lines.get().expected_cost) == ("decided", Decimal("6000.00"))
    assert "still to be done" in manager.get(at(plan)).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"verdict": "keep"}, "Tick at least one asset"),
        ({"verdict": "burn", "line": True}, "Choose what becomes of them"),
        ({"verdict": "replace", "line": True}, "decided otherwise than proposed"),
    ],
)
def test_a_bulk_decision_says_what_is_wrong(phone, plan, data, words):
    if "line" in data:
        data = {**data, "line": plan.lines.get().pk}

    answer = phone.post(at(plan, "settle/"), data)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_one_asset_is_decided_with_its_cost(phone, plan):
    line = plan.lines.get()

    phone.post(line.get_absolute_url(), {"verdict": "repair", "cost": "88.80", "reason": "换灯泡"})

    line.refresh_from_db()
    assert (line.verdict, line.expected_cost, line.reason) == ("repair", Decimal("88.80"), "换灯泡")


def test_the_sheet_is_narrowed_and_taken_along(phone, plan, asset):
    page = phone.get(at(plan, f"?proposal=replace&category={asset.category_id}&page=99"))
    file = phone.get(at(plan, f"plan.csv?department={asset.department_id}"))

    assert ("ZC000042" in page.content.decode(), "ZC000042" in b"".join(file.streaming_content).decode()) == (
        False, True,
    )  # fmt: skip


def test_an_outsider_and_a_reader_stay_outside_the_plan(plan, colleague, administration, signed_in):
    outsider = signed_in(colleague)
    reader = signed_in(make_user("审计", role=Role.AUDITOR, department=administration))
    verbs = [at(plan, verb) for verb in ("settle/", "submit/", "send-back/", "decide/")]

    assert [outsider.get("/year-end/").status_code, outsider.get(at(plan)).status_code] == [403, 404]
    assert [outsider.post(verb).status_code for verb in verbs] == [404] * 4
    assert [reader.post(verb).status_code for verb in [*verbs, "/year-end/draw-up/"]] == [403] * 5
    assert [reader.get(path).status_code for path in ("/year-end/", at(plan))] == [200, 200]


def test_drawing_up_by_hand_wants_a_year(phone, asset):
    assert phone.post("/year-end/draw-up/", {"year": "bald"}).status_code == 422
    assert phone.post("/year-end/draw-up/", {"year": now().year}).status_code == 302


def test_the_sheet_takes_as_many_queries_for_three_assets_as_for_one(phone, clerk, sales, asset, opened):
    counts = []
    for more in (0, 2):
        for _number in range(more):
            make_asset(department=sales)
        plan = YearEndPlan.draw_up(opened.year, by=clerk, at=opened)
        counts.append(queries_of(phone, at(plan)))

    assert counts[0] == counts[1]
