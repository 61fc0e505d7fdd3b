"""The manager arranges the desk in the browser."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from pages.history import FieldChange, history_of
from reception.models import AllocationRule, CallerType, DeskSettings, Product

from .builders import make_caller_type, make_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(signed_in, admin_manager):
    return signed_in(admin_manager)


def names(rule: AllocationRule) -> list[str]:
    return [target.user.name for target in rule.targets.select_related("user")]


def test_a_rule_names_people_in_turn_by_whatever_identifies_them(manager, salesperson, colleague):
    manager.post(
        reverse("reception-setting-new", args=["rule"]),
        {"people": "csy\n林悦\n", "position": 1, "active": "on"},
    )

    assert names(AllocationRule.objects.get()) == ["陈思远", "林悦"]


def test_people_taken_off_a_rule_are_gone_and_the_order_is_the_typed_one(
    manager, salesperson, colleague, outsider
):
    rule = make_rule(salesperson, colleague)

    manager.post(
        reverse("reception-setting", args=["rule", rule.pk]), {"people": "林悦\n高翔", "position": 1}
    )

    assert names(rule) == ["林悦", "高翔"]


def test_the_history_of_a_rule_shows_whose_turns_it_was_and_is(
    manager, admin_manager, salesperson, colleague
):
    rule = make_rule(salesperson, colleague)

    manager.post(
        reverse("reception-setting", args=["rule", rule.pk]),
        {"people": "林悦\n陈思远", "position": 0, "active": "on", "owner_first": "on"},
    )

    (entry,) = history_of(rule)[:-1]
    assert (entry.by, entry.fields) == (
        str(admin_manager),
        [FieldChange("people", "陈思远、林悦", "林悦、陈思远")],
    )


@pytest.mark.parametrize(
    ("people", "sentence"),
    [("张不存在", "张不存在: Nobody who works here fits this."), ("", "Name people or a department.")],
)
def test_a_rule_for_nobody_is_refused(manager, people, sentence):
    answer = manager.post(reverse("reception-setting-new", args=["rule"]), {"people": people, "position": 1})

    assert answer.context["form"].errors["people"] == [sentence]


def test_a_rule_is_removed(manager, salesperson):
    rule = make_rule(salesperson)

    manager.post(reverse("rule-remove", args=[rule.pk]))

    assert AllocationRule.objects.count() == 0


def test_a_script_is_changed(manager):
    kind = make_caller_type("其他")

    manager.post(
        reverse("reception-setting", args=["caller-type", kind.pk]),
        {"name": "其他", "key": kind.key, "script": "您好！", "position": 1, "active": "on"},
    )

    kind.refresh_from_db()
    assert kind.script == "您好！"


def test_two_kinds_cannot_have_the_same_digit(manager):
    make_caller_type("老客户", hotkey=1)

    answer = manager.post(
        reverse("reception-setting-new", args=["caller-type"]),
        {"name": "新", "key": "new", "hotkey": 1, "position": 1},
    )

    assert list(answer.context["form"].errors) == ["hotkey"]


def test_figures_are_written_when_first_saved(manager):
    manager.post(reverse("reception-figures"), {"company": "云岭", "seconds_per_ring": 5, "ring_limit": 4})

    assert (DeskSettings.current().seconds_per_ring, DeskSettings.objects.count()) == (5, 1)


@pytest.mark.parametrize("who", ["receptionist", "auditor", "outsider"])
def test_only_the_manager_arranges(request, signed_in, who):
    client = signed_in(request.getfixturevalue(who))

    assert client.get(reverse("reception-settings")).status_code == 403
    assert client.post(reverse("reception-setting-new", args=["product"]), {"name": "x"}).status_code == 403
    assert Product.objects.count() == 0


def test_an_unknown_sort_of_setting_does_not_exist(manager):
    assert manager.get(reverse("reception-setting-new", args=["secret"])).status_code == 404


def test_the_settings_page_shows_rules_and_kinds(manager, salesperson):
    make_rule(salesperson, caller_type=make_caller_type("供应商"))

    page = manager.get(reverse("reception-settings")).content.decode()

    assert "供应商" in page
    assert "陈思远" in page


def test_what_a_manager_changed_survives_the_next_migrate():
    make_caller_type("唯一一种")

    call_command("migrate", verbosity=0)

    assert [kind.name for kind in CallerType.objects.all()] == ["唯一一种"]


def test_an_empty_office_starts_with_nine_kinds_of_callers_on_nine_digits():
    call_command("migrate", verbosity=0)

    assert list(CallerType.objects.values_list("hotkey", flat=True)) == list(range(1, 10))
    assert CallerType.objects.filter(script="").count() == 0
