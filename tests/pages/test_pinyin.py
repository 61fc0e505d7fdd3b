import pytest

from pages import pinyin


@pytest.mark.parametrize(
    ("text", "initials", "full"),
    [
        ("张三", "zs", "zhangsan"),
        ("王晓梅", "wxm", "wangxiaomei"),
        ("曾建华", "zjh", "zengjianhua"),
        ("单女士", "sns", "shannvshi"),
        ("仇和", "qh", "qiuhe"),
        ("尉迟恭", "ycg", "yuchigong"),
        ("欧阳修", "oyx", "ouyangxiu"),
        ("单元科技有限公司", "dykjyxgs", "danyuankejiyouxiangongsi"),
        ("A座 Lily", "azlily", "azuolily"),
        ("Lily Chen", "lilychen", "lilychen"),
        ("", "", ""),
    ],
)
def test_a_name_is_found_by_its_pinyin(text, initials, full):
    assert pinyin.initials(text) == initials
    assert pinyin.full(text) == full
