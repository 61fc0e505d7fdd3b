import json
import logging

import pytest

from notices import inbox
from notices.models import Notice
from notices.signals import acknowledged
from notices.telling import tell
from pages import pulse
from pages.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(salesperson, receptionist, noon):
    """前台 told 陈思远 that a visitor waits."""
    (notice,) = tell(
        [salesperson], "visitor", at=noon, params={"visitor": "李总"}, link="/front-desk/", by=receptionist
    )
    return notice


def test_unread_notices_come_first(signed_in, salesperson, noon, visitor):
    for what in ("甲", "乙"):
        tell([salesperson], "news", at=noon, params={"what": what})
    Notice.objects.get(params__what="乙").read(by=salesperson, at=noon)

    page = signed_in(salesperson).get("/inbox/")

    assert [notice.title for notice in page.context["list"].page.rows] == [
        "News 甲",
        "Visitor 李总",
        "News 乙",
    ]


def test_the_inbox_holds_ones_own_notices_only(signed_in, colleague, visitor):
    assert signed_in(colleague).get("/inbox/").context["list"].page.rows == []


@pytest.mark.parametrize("verb", ["read", "acknowledge"])
def test_another_persons_notice_does_not_exist_and_the_try_is_logged(
    signed_in, colleague, visitor, verb, caplog
):
    with caplog.at_level(logging.WARNING, logger="security"):
        answer = signed_in(colleague).post(f"/inbox/{visitor.pk}/{verb}/")

    assert answer.status_code == 404
    assert f"colleague asked for notice {visitor.pk}" in caplog.text


def test_nobody_reads_without_signing_in(client, visitor):
    assert client.get("/inbox/").status_code == 302


def test_looking_at_a_verb_changes_nothing(signed_in, salesperson, visitor):
    assert signed_in(salesperson).get(f"/inbox/{visitor.pk}/read/").status_code == 405


def test_received_in_one_tap(signed_in, salesperson, visitor):
    answer = signed_in(salesperson).post(f"/inbox/{visitor.pk}/acknowledge/", headers={"HX-Request": "true"})

    visitor.refresh_from_db()
    assert visitor.acknowledged_at == visitor.read_at is not None
    assert f'id="notice-{visitor.pk}"' in answer.content.decode()
    assert json.loads(answer["HX-Trigger"])["toast"]["message"] == "Answered: received."


def test_received_without_javascript_leads_back_to_the_inbox(signed_in, salesperson, visitor):
    answer = signed_in(salesperson).post(f"/inbox/{visitor.pk}/acknowledge/")

    assert answer["Location"] == "/inbox/"


def test_whoever_waits_hears_of_the_answer_once(salesperson, visitor, noon):
    heard = []

    def hear(sender, notice, by, at, **kwargs):
        heard.append((notice, by, at))

    acknowledged.connect(hear)
    visitor.acknowledge(by=salesperson, at=noon)
    visitor.acknowledge(by=salesperson)
    acknowledged.disconnect(hear)

    assert heard == [(visitor, salesperson, noon)]


def test_nobody_answers_for_another(colleague, visitor):
    with pytest.raises(Refused):
        visitor.acknowledge(by=colleague)


def test_what_asks_for_no_answer_takes_none(signed_in, salesperson, noon):
    (notice,) = tell([salesperson], "news", at=noon)

    assert signed_in(salesperson).post(f"/inbox/{notice.pk}/acknowledge/").status_code == 409


def test_opening_a_notice_reads_it_and_leads_to_what_it_is_about(signed_in, salesperson, visitor):
    answer = signed_in(salesperson).post(f"/inbox/{visitor.pk}/read/", {"follow": "1"})

    visitor.refresh_from_db()
    assert (answer["Location"], visitor.read_at is not None) == ("/front-desk/", True)


def test_a_link_out_of_the_house_is_not_followed(signed_in, salesperson, noon):
    (notice,) = tell([salesperson], "news", at=noon, link="https://example.com/")

    answer = signed_in(salesperson).post(f"/inbox/{notice.pk}/read/", {"follow": "1"})

    assert answer["Location"] == "/inbox/"


def test_marking_all_as_read_leaves_others_alone(signed_in, salesperson, colleague, noon, visitor):
    tell([colleague], "news", at=noon)

    signed_in(salesperson).post("/inbox/read-all/")

    assert list(Notice.objects.unread().values_list("recipient", flat=True)) == [colleague.pk]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=李总", ["Visitor 李总"]),
        ("q=visitor", ["Visitor 李总"]),
        ("q=没有", []),
        ("kind=news", ["News 甲"]),
        ("level=urgent", ["News 甲"]),
        ("state=read", []),
    ],
)
def test_searching_and_filtering(signed_in, salesperson, noon, visitor, query, found):
    tell([salesperson], "news", at=noon, params={"what": "甲"}, level="urgent")

    page = signed_in(salesperson).get(f"/inbox/?{query}")

    assert [notice.title for notice in page.context["list"].page.rows] == found


def test_the_token_changes_with_every_new_read_or_answered_notice(salesperson, noon, visitor):
    tokens = [pulse.tokens(salesperson)["inbox"]]
    (other,) = tell([salesperson], "news", at=noon)
    tokens.append(pulse.tokens(salesperson)["inbox"])
    other.read(by=salesperson)
    tokens.append(pulse.tokens(salesperson)["inbox"])
    visitor.acknowledge(by=salesperson)
    tokens.append(pulse.tokens(salesperson)["inbox"])

    assert len(set(tokens)) == 4


def test_the_token_asks_one_question(salesperson, visitor, django_assert_num_queries):
    pulse.tokens(salesperson)  # from then on it is known what the person may do
    with django_assert_num_queries(1):
        assert pulse.tokens(salesperson)["inbox"]


def test_the_page_asks_as_much_for_three_notices_as_for_one(
    signed_in, salesperson, noon, visitor, django_assert_max_num_queries
):
    browser = signed_in(salesperson)
    browser.get("/inbox/")
    with django_assert_max_num_queries(50) as one:
        browser.get("/inbox/")
    tell([salesperson], "news", at=noon)
    tell([salesperson], "news", at=noon)

    with django_assert_max_num_queries(len(one)):
        browser.get("/inbox/")


def test_markup_in_a_name_stays_text(signed_in, salesperson, noon):
    tell([salesperson], "news", at=noon, params={"what": "<script>alert(1)</script>"})

    assert "<script>alert(1)" not in signed_in(salesperson).get("/inbox/").content.decode()


def test_a_new_urgent_notice_raises_a_toast_once(signed_in, salesperson, noon, visitor):
    browser = signed_in(salesperson)
    tell([salesperson], "news", at=noon, params={"what": "停电"}, level="urgent")
    tell([salesperson], "news", at=noon, params={"what": "平常"})
    newest = inbox.newest(salesperson)

    first = browser.get(f"/bell/?after={visitor.pk}")
    again = browser.get(f"/bell/?after={newest}")

    assert json.loads(first["HX-Trigger"])["toast"] == {"message": "News 停电", "level": "warning"}
    assert f"after={newest}" in first.content.decode()
    assert "HX-Trigger" not in again


def test_a_crooked_number_at_the_bell_is_ignored(signed_in, salesperson):
    assert signed_in(salesperson).get("/bell/?after=9%27x").status_code == 200


def test_the_inbox_can_be_searched_on_its_page(signed_in, salesperson):
    assert 'name="q"' in signed_in(salesperson).get("/inbox/").content.decode()
