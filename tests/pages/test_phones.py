"""Every notation in which a caller's number reaches the desk."""

import pytest
from django.core.exceptions import ValidationError

from pages import phones

MOBILE = ("+8613800138000", "")
DESK = ("+861088888888", "8001")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("13800138000", MOBILE),
        ("138 0013 8000", MOBILE),
        ("138-0013-8000", MOBILE),
        ("138/0013/8000", MOBILE),
        ("(138) 0013 8000", MOBILE),
        ("+8613800138000", MOBILE),
        ("+86 138-0013-8000", MOBILE),
        ("0086 138 0013 8000", MOBILE),
        ("（+86）138 0013 8000", MOBILE),
        ("(+86)13800138000", MOBILE),
        ("( 0086 ) 138-0013-8000", MOBILE),
        ("手机：（+86）13800138000", MOBILE),
        ("(+86) 10 8888 8888", ("+861088888888", "")),
        ("(+1) 415 555 2671", ("+14155552671", "")),
        ("8613800138000", MOBILE),
        ("１３８００１３８０００", MOBILE),
        ("＋８６　１３８００１３８０００", MOBILE),
        ("电话：13800138000", MOBILE),
        ("\u202d13800138000\u202c", MOBILE),
        ("13800138000转8001", ("+8613800138000", "8001")),
        ("19912345678", ("+8619912345678", "")),
        ("010-8888 8888", ("+861088888888", "")),
        ("010-8888 8888-8001", DESK),
        ("（010）8888 8888－8001", DESK),
        ("010-88888888转8001", DESK),
        ("010 88888888 分机8001", DESK),
        ("010-88888888 转分机 8001", DESK),
        ("010-88888888 ext. 8001", DESK),
        ("010-88888888 Ext 8001", DESK),
        ("010-88888888x8001", DESK),
        ("010-88888888#8001", DESK),
        ("010-88888888（转8001）", DESK),
        ("+86 (10) 8888 8888-8001", DESK),
        ("0571 8765 4321", ("+8657187654321", "")),
        ("400-810-8888", ("+864008108888", "")),
        ("4008108888转2", ("+864008108888", "2")),
        ("800-810-1234", ("+868008101234", "")),
        ("8001", ("8001", "")),
        ("95588", ("95588", "")),
        ("+1 415 555 2671", ("+14155552671", "")),
        ("001 415 555 2671", ("+14155552671", "")),
        ("+44 20 7946 0958", ("+442079460958", "")),
        ("+852 2345 6789", ("+85223456789", "")),
    ],
)
def test_a_number_is_understood_however_it_is_written(typed, expected):
    assert tuple(phones.parse(typed)) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "abc",
        "12",
        "📞13800138000",
        "1380013800",
        "138001380001",
        "13800138000/13900139000",
        "1-800-FLOWERS",
        "+999 123",
        "<script>",
        "转8001",
        "13800138000; DROP TABLE",
        "\x00\x00\x00",
        "++8613800138000",
    ],
)
def test_what_is_no_number_is_refused_with_examples(typed):
    with pytest.raises(ValidationError) as refusal:
        phones.parse(typed)
    assert refusal.value.messages == [
        "This is not a phone number. Examples: 138 0013 8000, 010-8888 8888 ext. 8001, +1 415 555 2671, 8001."
    ]


def test_ten_thousand_characters_are_refused_at_once():
    with pytest.raises(ValidationError) as refusal:
        phones.parse("1" * 10_000)
    assert refusal.value.messages == ["A phone number has at most 60 characters."]


@pytest.mark.parametrize("typed", ["8888888", "8888 8888"])
def test_a_local_number_asks_for_its_area_code(typed):
    with pytest.raises(ValidationError) as refusal:
        phones.parse(typed)
    assert refusal.value.messages == ["Add the area code, such as 010-8888 8888."]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+8613800138000", "138****8000"),
        ("+861088888888", "010****8888"),
        ("+8657187654321", "0571****4321"),
        ("+864008108888", "400****8888"),
        ("+14155552671", "+1 ****2671"),
        ("8001", "8001"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_mask_shows_the_ends_alone(number, expected):
    assert phones.mask(number) == expected


@pytest.mark.parametrize(
    ("number", "extension", "expected"),
    [
        ("+8613800138000", "", "138 0013 8000"),
        ("+861088888888", "8001", "010 8888 8888 ext. 8001"),
        ("+14155552671", "", "+1 415-555-2671"),
        ("8001", "", "8001"),
    ],
)
def test_a_number_is_shown_as_it_is_read_aloud(number, extension, expected):
    assert phones.display(number, extension) == expected


def test_the_tail_is_the_last_digits():
    assert phones.tail("+8613800138000") == "8000"
    assert phones.tail("010 8888 8888", 6) == "888888"


def test_a_digest_is_the_same_for_the_same_number_and_says_nothing_of_it():
    digest = phones.digest("+8613800138000")
    assert digest == phones.digest("+8613800138000")
    assert digest != phones.digest("+8613800138001")
    assert len(digest) == 64


def test_a_new_salt_in_front_keeps_old_digests_good(settings):
    before = phones.digest("+8613800138000")
    settings.SALT_KEY = ["a-new-salt", *settings.SALT_KEY]
    assert phones.digest("+8613800138000") == before
