"""What has to be shown for a duty, and what of it is missing."""

import pytest

from sla import evidence
from sla.evidence import Ask, dump_asks, load_asks, missing

MINUTES = Ask("text", "纪要")
DEGREES = Ask("number", "温度", least=18, most=26)
PHOTOS = Ask("photo", "大堂照片", least=2, most=3)
PEOPLE = Ask("attendance", "出席人员", least=2)


@pytest.mark.parametrize(
    ("ask", "answers", "attendees", "files", "sentence"),
    [
        (MINUTES, {}, [], [], "“纪要” is missing."),
        (MINUTES, {"纪要": ""}, [], [], "“纪要” is missing."),
        (MINUTES, {"纪要": "三人到会"}, [], [], ""),
        (DEGREES, {}, [], [], "“温度” is missing."),
        (DEGREES, {"温度": 17.5}, [], [], "“温度” has to be 18–26."),
        (DEGREES, {"温度": 26.5}, [], [], "“温度” has to be 18–26."),
        (DEGREES, {"温度": 18}, [], [], ""),
        (PHOTOS, {}, [], [("大堂照片", 1)], "“大堂照片” needs at least 2."),
        (PHOTOS, {}, [], [("大堂照片", 1), ("别的", 2)], "“大堂照片” needs at least 2."),
        (PHOTOS, {}, [], [("大堂照片", n) for n in range(4)], "“大堂照片” takes at most 3."),
        (PHOTOS, {}, [], [("大堂照片", n) for n in range(3)], ""),
        (PEOPLE, {}, ["王晓梅"], [], "“出席人员” needs at least 2."),
        (PEOPLE, {}, ["王晓梅", "孙倩"], [], ""),
    ],
)
def test_what_is_missing_is_said(ask, answers, attendees, files, sentence):
    assert missing([ask], answers, attendees, files) == ([sentence] if sentence else [])


@pytest.mark.parametrize("kind", evidence.Kind.values)
def test_what_need_not_be_there_may_be_left_out(kind):
    assert missing([Ask(kind, "备选", required=False, least=2)], {}, [], []) == []


def test_a_number_that_need_not_be_there_is_still_within_its_bounds():
    ask = Ask("number", "温度", required=False, most=26)

    assert missing([ask], {"温度": 40}, [], []) == ["“温度” has to be at most 26."]


def test_zero_is_a_number():
    assert missing([Ask("number", "漏水点")], {"漏水点": 0}, [], []) == []


def test_asks_survive_being_stored():
    asks = [MINUTES, DEGREES, PHOTOS, PEOPLE]

    assert load_asks(dump_asks(asks)) == asks
    assert load_asks([]) == []


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{"kind": "song", "name": "x"}], "Evidence is text, a number, a photo, a file, or who was there."),
        ([{"kind": "text", "name": " "}], "What is to be shown needs a name of at most 40 characters."),
        ([{"kind": "text", "name": "长" * 41}], "What is to be shown needs a name of at most 40 characters."),
        ([{"kind": "number", "name": "x", "least": 3, "most": 2}], "The least is more than the most."),
        ([{"kind": "text", "name": "x"}, {"kind": "photo", "name": "x"}],
         "Two things to show have the same name."),
        ([{"kind": "attendance", "name": "x"}, {"kind": "attendance", "name": "y"}],
         "Who was there is asked for once."),
        ([{"kind": "text", "name": str(n)} for n in range(13)], "A duty asks for at most 12 things."),
    ],
)  # fmt: skip
def test_asks_without_sense_are_refused_in_words(rows, sentence):
    with pytest.raises(ValueError, match=sentence.replace(".", r"\.")):
        load_asks(rows)
