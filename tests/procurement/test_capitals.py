"""Amounts in capital numerals: the examples of the rule itself, and the borders between the groups."""

from decimal import Decimal

import pytest

from procurement.capitals import capitals

# ￥1,409.50, ￥6,007.14, ￥1,680.32, ￥107,000.53, ￥16,409.02 and ￥325.04 are the examples of the rule.
CASES = {
    "1409.50": "人民币壹仟肆佰零玖元伍角",
    "6007.14": "人民币陆仟零柒元壹角肆分",
    "1680.32": "人民币壹仟陆佰捌拾元零叁角贰分",
    "107000.53": "人民币壹拾万柒仟元零伍角叁分",
    "16409.02": "人民币壹万陆仟肆佰零玖元零贰分",
    "325.04": "人民币叁佰贰拾伍元零肆分",
    "0": "人民币零元整",
    "0.05": "人民币伍分",
    "0.50": "人民币伍角",
    "1": "人民币壹元整",
    "10": "人民币壹拾元整",
    "11.11": "人民币壹拾壹元壹角壹分",
    "100": "人民币壹佰元整",
    "1001": "人民币壹仟零壹元整",
    "1010": "人民币壹仟零壹拾元整",
    "10000": "人民币壹万元整",
    "10001": "人民币壹万零壹元整",
    "10100": "人民币壹万零壹佰元整",
    "100010": "人民币壹拾万零壹拾元整",
    "1000000": "人民币壹佰万元整",
    "1000005": "人民币壹佰万零伍元整",
    "20005000": "人民币贰仟万伍仟元整",
    "100000000": "人民币壹亿元整",
    "100005000": "人民币壹亿零伍仟元整",
    "100010000": "人民币壹亿零壹万元整",
    "123456789.01": "人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分",
    "200300400050.06": "人民币贰仟零叁亿零肆拾万零伍拾元零陆分",
    "999999999999.99": "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}


@pytest.mark.parametrize(("amount", "words"), CASES.items())
def test_an_amount_is_written_by_the_rule(amount, words):
    assert capitals(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["-0.01", "1000000000000"])
def test_what_no_document_is_about_is_not_written(amount):
    with pytest.raises(ValueError, match="No amount"):
        capitals(Decimal(amount))
