"""The life of an asset: entered, handed over, lent, mended, scrapped; and what will not be done."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from notices.models import Notice
from organization.models import User
from pages.refusals import Refused
from sla.models import Timer
from supplies.models import Asset, AssetEvent, Handover, SuppliesSettings
from tests.builders import make_place, make_user

from .builders import make_asset, make_category

pytestmark = pytest.mark.django_db
Status, Kind = Asset.Status, AssetEvent.Kind


def particulars(department, **changes) -> dict:
    return {
        "name": "笔记本电脑",
        "category": make_category(useful_months=36, residual_percent=Decimal("5.00")),
        "department": department,
        "place": make_place(),
        "price": Decimal("6000.00"),
        "bought_on": date(2026, 11, 20),
        **changes,
    }


@pytest.fixture
def asset(sales):
    return make_asset(department=sales)


@pytest.fixture
def store(db):
    return make_place("库房")


def taken(asset, person, clerk, at) -> Asset:
    """In somebody's custody."""
    asset.hand_over(taker=person, by=clerk, at=at).accept(by=person, at=at)
    asset.refresh_from_db()
    return asset


def lent(asset, person, clerk, at, day=date(2026, 11, 27)) -> Asset:
    asset.lend(taker=person, due_back_on=day, by=clerk, at=at).accept(by=person, at=at)
    asset.refresh_from_db()
    return asset


def kinds(asset) -> list[str]:
    return list(asset.events.order_by("pk").values_list("kind", flat=True))


def test_an_asset_gets_its_tag_and_what_its_category_knows(clerk, sales, noon):
    asset = Asset.register(**particulars(sales), by=clerk, at=noon)

    assert (asset.tag, asset.status, asset.custodian) == ("ZC000001", Status.IDLE, None)
    assert (asset.residual, asset.useful_months, asset.in_use_on) == (300, 36, date(2026, 11, 20))
    assert kinds(asset) == [Kind.REGISTERED]


def test_tags_follow_each_other_whatever_else_is_called(clerk, sales, noon):
    SuppliesSettings.objects.create(pk=1, tag_prefix="YL-")
    make_asset(tag="ZC000900", department=sales)
    make_asset(tag="YL-2019-007", department=sales)
    make_asset(tag="YL-000041", department=sales)

    first, second = (Asset.register(**particulars(sales), by=clerk, at=noon) for _number in range(2))

    assert (first.tag, second.tag) == ("YL-000042", "YL-000043")


def test_the_second_click_is_the_first_asset(clerk, sales, noon):
    wanted, once = particulars(sales), uuid4()

    first = Asset.register(**wanted, once=once, by=clerk, at=noon)
    second = Asset.register(**wanted, once=once, by=clerk, at=noon)

    assert (first, Asset.objects.count(), AssetEvent.objects.count()) == (second, 1, 1)


def test_a_tag_is_given_once(clerk, sales, noon):
    make_asset(tag="ZC000007", department=sales)

    with pytest.raises(Refused, match="already an asset ZC000007"):
        Asset.register(**particulars(sales), tag="ZC000007", by=clerk, at=noon)


@pytest.mark.parametrize(
    "wrong", [{"residual": Decimal("6000.01")}, {"residual": Decimal(-1)}, {"in_use_on": date(2026, 11, 19)}]
)
def test_what_makes_no_sense_is_not_entered(clerk, sales, noon, wrong):
    with pytest.raises(Refused):
        Asset.register(**particulars(sales, **wrong), by=clerk, at=noon)

    assert Asset.objects.count() == 0


def test_a_hand_over_counts_once_it_is_accepted(asset, clerk, salesperson, noon, at):
    salesperson.place = make_place("销售区")
    salesperson.save()
    handover = asset.hand_over(taker=salesperson, by=clerk, at=noon)

    asset.refresh_from_db()
    assert (asset.status, asset.custodian) == (Status.IDLE, None)
    timer = Timer.objects.running().about(handover).get()
    assert (timer.owner, timer.due_at) == (salesperson, at("2026-11-25 13:30"))
    assert Notice.objects.filter(recipient=salesperson, kind="supplies.handover").count() == 1

    handover.accept(by=salesperson, at=noon + timedelta(hours=1))

    asset.refresh_from_db()
    assert (asset.status, asset.custodian, asset.place.name) == (Status.IN_USE, salesperson, "销售区")
    assert Timer.objects.about(handover).get().outcome == "met"
    assert kinds(asset) == [Kind.HANDED_OVER]


def test_only_the_taker_answers(asset, clerk, salesperson, colleague, noon):
    handover = asset.hand_over(taker=salesperson, by=clerk, at=noon)

    with pytest.raises(Refused, match="Only 陈思远 can accept"):
        handover.accept(by=colleague, at=noon)
    with pytest.raises(Refused, match="Only 陈思远 can decline"):
        handover.decline(reason="不要", by=clerk, at=noon)


def test_whoever_takes_for_themselves_has_it_at_once(asset, clerk, noon):
    handover = asset.hand_over(taker=clerk, by=clerk, at=noon)

    asset.refresh_from_db()
    assert (handover.status, asset.custodian) == (Handover.Status.ACCEPTED, clerk)


def test_declined_it_stays_where_it_was_and_the_giver_is_told(asset, clerk, salesperson, noon):
    handover = asset.hand_over(taker=salesperson, by=clerk, at=noon)

    handover.decline(reason="屏幕有裂纹", by=salesperson, at=noon)

    asset.refresh_from_db()
    assert (asset.status, handover.answer_reason) == (Status.IDLE, "屏幕有裂纹")
    assert Notice.objects.filter(recipient=clerk, kind="supplies.declined").count() == 1
    with pytest.raises(Refused, match="answered already"):
        handover.accept(by=salesperson, at=noon)


def test_to_decline_one_says_why(asset, clerk, salesperson, noon):
    with pytest.raises(Refused, match="why you do not take it"):
        asset.hand_over(taker=salesperson, by=clerk, at=noon).decline(reason=" ", by=salesperson, at=noon)


def test_withdrawn_it_may_be_handed_to_another(asset, clerk, salesperson, colleague, noon):
    handover = asset.hand_over(taker=salesperson, by=clerk, at=noon)
    with pytest.raises(Refused, match="waiting to be accepted by 陈思远"):
        asset.hand_over(taker=colleague, by=clerk, at=noon)

    handover.withdraw(reason="人选有误", by=clerk, at=noon)
    asset.hand_over(taker=colleague, by=clerk, at=noon)

    assert Timer.objects.about(handover).get().outcome == "cancelled"
    assert Handover.objects.waiting().get().taker == colleague


def test_the_database_lets_one_hand_over_wait(asset, clerk, salesperson, colleague, noon):
    asset.hand_over(taker=salesperson, by=clerk, at=noon)
    words = {"taker": colleague, "department": asset.department, "place": asset.place, "asked_by": clerk}

    with pytest.raises(Refused, match="handed over by somebody else just now"):
        asset._sent_off(**words, asked_at=noon)  # as if both had looked before either wrote

    assert Handover.objects.count() == 1


def test_the_second_click_is_the_first_hand_over(asset, clerk, salesperson, noon):
    once = uuid4()

    first = asset.hand_over(taker=salesperson, once=once, by=clerk, at=noon)
    second = asset.hand_over(taker=salesperson, once=once, by=clerk, at=noon)

    assert (first, Handover.objects.count()) == (second, 1)


def test_nothing_is_handed_to_somebody_who_left(asset, clerk, salesperson, admin_manager, noon):
    salesperson.leave(by=admin_manager, at=noon)

    with pytest.raises(Refused, match="does not work here any more"):
        asset.hand_over(taker=salesperson, by=clerk, at=noon)


def test_a_loan_is_due_back_by_the_closing_of_its_day(asset, clerk, salesperson, noon, at):
    lent(asset, salesperson, clerk, noon)

    timer = Timer.objects.running().about(asset).get()
    assert (asset.status, asset.due_back_on) == (Status.LENT, date(2026, 11, 27))
    assert (timer.standard, timer.owner, timer.due_at) == (Asset.RETURN, salesperson, at("2026-11-27 18:00"))


def test_a_loan_stays_on_the_account_of_its_department(administration, clerk, salesperson, noon):
    asset = make_asset("投影仪", department=administration)

    lent(asset, salesperson, clerk, noon)

    assert asset.department == administration


def test_a_loan_until_yesterday_is_refused(asset, clerk, salesperson, noon):
    with pytest.raises(Refused, match="cannot be in the past"):
        asset.lend(taker=salesperson, due_back_on=date(2026, 11, 22), by=clerk, at=noon)


def test_a_longer_loan_moves_its_promise(asset, clerk, salesperson, noon, at):
    lent(asset, salesperson, clerk, noon)

    asset.extend(due_back_on=date(2026, 12, 4), reason="展会延期", by=clerk, at=noon)

    assert Timer.objects.running().about(asset).get().due_at == at("2026-12-04 18:00")


def test_brought_back_it_lies_in_store(asset, clerk, salesperson, noon, store):
    lent(asset, salesperson, clerk, noon)

    asset.take_back(place=store, by=clerk, at=noon + timedelta(days=1))

    asset.refresh_from_db()
    assert (asset.status, asset.custodian, asset.due_back_on, asset.place) == (Status.IDLE, None, None, store)
    assert Timer.objects.about(asset).get().outcome == "met"
    assert kinds(asset) == [Kind.LENT, Kind.RETURNED]


def test_it_moves_and_its_custodian_stays(asset, clerk, salesperson, noon, store, administration):
    taken(asset, salesperson, clerk, noon)

    asset.move(place=store, department=administration, by=clerk, at=noon)

    asset.refresh_from_db()
    assert (asset.place, asset.department, asset.custodian) == (store, administration, salesperson)
    with pytest.raises(Refused, match="is there already"):
        asset.move(place=store, by=clerk, at=noon)


def test_a_repair_rests_the_loan_and_brings_it_back(asset, clerk, salesperson, noon):
    lent(asset, salesperson, clerk, noon)

    asset.send_to_repair(fault="无法开机", by=salesperson, at=noon)

    assert Timer.objects.running().about(asset).count() == 0
    assert Notice.objects.filter(recipient=clerk, kind="supplies.fault").count() == 1

    repair = asset.repaired(result="更换主板", cost=Decimal("680.00"), by=clerk, at=noon + timedelta(days=2))

    asset.refresh_from_db()
    assert (asset.status, repair.cost, repair.ended_by) == (Status.LENT, Decimal("680.00"), clerk)
    assert Timer.objects.running().about(asset).count() == 1
    assert kinds(asset) == [Kind.LENT, Kind.SENT_TO_REPAIR, Kind.REPAIRED]


@pytest.mark.parametrize("somebody", [True, False])
def test_mended_it_is_where_it_was(asset, clerk, salesperson, noon, somebody):
    if somebody:
        taken(asset, salesperson, clerk, noon)
    asset.send_to_repair(fault="风扇异响", by=clerk, at=noon)

    asset.repaired(result="清灰", by=clerk, at=noon)

    asset.refresh_from_db()
    assert asset.status == (Status.IN_USE if somebody else Status.IDLE)


def test_scrapped_it_is_with_nobody_and_restored_it_lies_in_store(asset, clerk, salesperson, noon):
    taken(asset, salesperson, clerk, noon)

    asset.scrap(reason="主板损坏", proceeds=Decimal("80.00"), by=clerk, at=noon)

    asset.refresh_from_db()
    assert (asset.status, asset.custodian, asset.scrapped_on) == (
        Status.SCRAPPED,
        None,
        timezone.localdate(noon),
    )
    asset.restore(reason="误报", by=clerk, at=noon)
    asset.refresh_from_db()
    assert (asset.status, asset.scrapped_on, asset.proceeds) == (Status.IDLE, None, None)


def test_a_correction_has_a_reason_and_stands_in_the_history(asset, clerk, noon):
    asset.correct(reason="录入错误", version=1, price=Decimal("5800.00"), name="办公电脑", by=clerk, at=noon)

    asset.refresh_from_db()
    assert (asset.price, asset.name, asset.initials, asset.version) == (
        Decimal("5800.00"),
        "办公电脑",
        "bgdn",
        2,
    )
    changes = LogEntry.objects.get_for_object(asset).filter(action=LogEntry.Action.UPDATE).get().changes
    assert changes == {"price": ["6000.00", "5800.00"], "name": ["笔记本电脑", "办公电脑"]}


def test_the_slower_of_two_corrections_is_told(asset, clerk, noon):
    asset.correct(reason="录入错误", version=1, remark="甲", by=clerk, at=noon)

    with pytest.raises(Refused, match="Somebody else has changed"):
        asset.correct(reason="录入错误", version=1, remark="乙", by=clerk, at=noon)


@pytest.mark.parametrize(
    "wrong", [{"residual": Decimal(7000)}, {"in_use_on": date(2025, 1, 1)}, {"reason": " "}]
)
def test_a_correction_has_to_make_sense(asset, clerk, noon, wrong):
    with pytest.raises(Refused):
        asset.correct(**{"reason": "更正", **wrong}, by=clerk, at=noon)


def do(verb: str, asset: Asset, person: User, by: User, at) -> None:
    """Each verb with words that would do."""
    place = make_place()
    words = {
        "hand_over": {"taker": person},
        "lend": {"taker": person, "due_back_on": date(2026, 12, 1)},
        "extend": {"due_back_on": date(2026, 12, 1)},
        "take_back": {"place": place},
        "move": {"place": place},
        "send_to_repair": {"fault": "坏了"},
        "repaired": {"result": "好了"},
        "maintain": {"done": "除尘"},
        "scrap": {"reason": "老化"},
        "restore": {"reason": "误报"},
    }
    getattr(asset, verb)(**words[verb], by=by, at=at)


VERBS = {
    Status.IDLE: {"hand_over", "lend", "move", "send_to_repair", "maintain", "scrap"},
    Status.IN_USE: {"hand_over", "lend", "take_back", "move", "send_to_repair", "maintain", "scrap"},
    Status.LENT: {"extend", "take_back", "move", "send_to_repair", "maintain"},
    Status.IN_REPAIR: {"move", "repaired"},
    Status.SCRAPPED: {"restore"},
}
EVERY = sorted(set().union(*VERBS.values()))


@pytest.mark.parametrize("verb", EVERY)
@pytest.mark.parametrize("status", VERBS)
def test_every_verb_fits_its_states_and_no_other(asset, clerk, salesperson, colleague, noon, status, verb):
    if status == Status.IN_USE:
        taken(asset, salesperson, clerk, noon)
    elif status == Status.LENT:
        lent(asset, salesperson, clerk, noon)
    elif status == Status.IN_REPAIR:
        asset.send_to_repair(fault="坏了", by=clerk, at=noon)
    elif status == Status.SCRAPPED:
        asset.scrap(reason="老化", by=clerk, at=noon)
    before = asset.events.count()

    if verb in VERBS[status]:
        do(verb, asset, colleague, clerk, noon)
    else:
        with pytest.raises(Refused):
            do(verb, asset, colleague, clerk, noon)
        asset.refresh_from_db()
        assert (asset.status, asset.events.count()) == (status, before)


@pytest.mark.parametrize("verb", ["hand_over", "lend", "send_to_repair", "scrap"])
def test_while_it_waits_to_be_accepted_it_stays_as_it_is(asset, clerk, salesperson, colleague, noon, verb):
    asset.hand_over(taker=salesperson, by=clerk, at=noon)

    with pytest.raises(Refused, match="Withdraw that hand-over first"):
        do(verb, asset, colleague, clerk, noon)


def test_a_leaver_with_an_asset_breaks_the_rule_of_the_house(asset, clerk, salesperson, admin_manager, noon):
    from supplies.standards_assets import held_by_leavers

    taken(asset, salesperson, clerk, noon)
    assert list(held_by_leavers()) == []

    salesperson.leave(by=admin_manager, at=noon)

    assert [offender.link for offender in held_by_leavers()] == [asset.get_absolute_url()]


def test_a_department_is_led_by_its_head_or_who_stands_in(asset, department_head, outsider, noon):
    assert list(Asset.objects.visible_to(department_head, noon)) == [asset]
    assert list(Asset.objects.visible_to(outsider, noon)) == []
    assert list(Asset.objects.visible_to(make_user(), noon)) == []
