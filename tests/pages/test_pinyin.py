import pytest

from pages import pinyin


@pytest.mark.parametrize(
    ("text", "initials", "full"),
    [
        ("张三", "zs", "zhangsan"),
        ("王晓梅", "wxm", "wangxiaomei"),
        ("A座 Lily", "azlily", "azuolily"),
        ("Lily Chen", "lilychen", "lilychen"),
        ("", "", ""),
    ],
)
def test_a_name_is_found_by_its_pinyin(text, initials, full):
    assert pinyin.initials(text) == initials
    assert pinyin.full(text) == full
