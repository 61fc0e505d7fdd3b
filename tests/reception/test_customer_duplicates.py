import pytest

from reception.duplicates import Likeness, Reason, company_key, reasons, similar_companies, sound


@pytest.mark.parametrize(
    ("company", "key"),
    [
        ("华为技术有限公司", "华为"),
        ("华为公司", "华为"),
        ("深圳市华为技术（中国）有限公司", "华为"),
        ("上海瑞安科技发展有限公司", "瑞安"),
        ("北京市海淀区城建集团", "海淀区城建"),
        ("阿里", "阿里"),
        ("Acme Co., Ltd.", "acme"),
        ("公司", "公司"),
        ("", ""),
    ],
)
def test_a_company_is_known_by_what_is_left_without_place_trade_and_legal_form(company, key):
    assert company_key(company) == key


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("华为技术有限公司", "华为公司", True),
        ("深圳市腾讯计算机系统有限公司", "腾讯计算机系统", True),
        ("中国移动通信集团", "中国联通", False),
        ("华为公司", "华润集团", False),
        ("上海金桥实业有限公司", "西安金桥贸易有限公司", False),
        ("上海金桥实业有限公司", "西安金桥", False),
        ("金桥食品公司", "金桥机械有限公司", False),
        ("深圳金桥信息技术有限公司", "金桥信息", True),
        ("深圳市金桥", "深圳金桥有限公司", True),
        ("", "", False),
    ],
)
def test_companies_are_compared_as_people_say_them(one, other, alike):
    assert similar_companies(one, other) is alike


def test_names_that_sound_the_same_have_one_sound():
    assert sound("王小明") == sound("王晓明") == "wangxiaoming"


@pytest.mark.parametrize(
    ("new", "known", "expected"),
    [
        (Likeness("王小明", ""), Likeness("王小明", ""), [Reason.SAME_NAME]),
        (Likeness("王 小明", ""), Likeness("王小明", ""), [Reason.SAME_NAME]),
        (Likeness("王小明", ""), Likeness("王晓明", ""), [Reason.SIMILAR_NAME]),
        (Likeness("王小明", ""), Likeness("王小红", ""), []),
        (Likeness("Jonathan Smith", ""), Likeness("Jonathon Smith", ""), [Reason.SIMILAR_NAME]),
        (
            Likeness("王总", "华为公司"),
            Likeness("王建国", "华为技术有限公司"),
            [Reason.SIMILAR_NAME, Reason.SIMILAR_COMPANY],
        ),
        (Likeness("王总", "瑞安公司"), Likeness("王建国", "华为技术有限公司"), []),
        (Likeness("李雷", "华为公司"), Likeness("韩梅梅", "华为技术有限公司"), [Reason.SIMILAR_COMPANY]),
        (
            Likeness("李雷", "", frozenset({"d1", "d2"})),
            Likeness("韩梅梅", "", frozenset({"d2"})),
            [Reason.SAME_NUMBER],
        ),
        (Likeness("", ""), Likeness("", ""), []),
    ],
)
def test_reasons_are_named_surest_first(new, known, expected):
    assert reasons(new, known) == expected
