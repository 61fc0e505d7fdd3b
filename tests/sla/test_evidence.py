"""What has to be shown for a duty: what is missing, and what a file really is."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sla import evidence
from sla.evidence import Ask, content_type, dump_asks, load_asks, missing

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20
PDF = b"%PDF-1.7\n%"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 8


def upload(content: bytes, name: str = "photo.jpg", says: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=says)


def workbook(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


DOCX = workbook("[Content_Types].xml", "word/document.xml")
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


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (PNG, "a.png", "image/png"),
        (JPEG, "a.jpg", "image/jpeg"),
        (b"GIF89a" + b"\0" * 10, "a.gif", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", "image/webp"),
        (HEIC, "IMG_1.HEIC", "image/heic"),
        (PDF, "纪要.pdf", "application/pdf"),
        (DOCX, "纪要.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧.xls", "application/vnd.ms-excel"),
        ("签到：王晓梅".encode("gb18030"), "签到.txt", "text/plain"),
        (PNG, "纪要.pdf", "image/png"),  # a wrong name does no harm: the content decides
    ],
)
def test_a_file_is_what_its_content_says(content, name, found):
    assert content_type(upload(content, name)) == found


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (HTML, "photo.jpg"),
        (HTML, "纪要.pdf"),
        (HTML, "纪要.txt"),
        ("\ufeff  ".encode() + HTML, "纪要.csv"),
        (SVG, "logo.svg"),
        (SVG, "logo.png"),
        (b"MZ\x90\0" + b"\0" * 60, "纪要.docx"),
        (workbook("evil.js"), "纪要.docx"),
        (DOCX, "纪要.zip"),
        (b"\0\1\2", "纪要.txt"),
        (b"plain words", "words.exe"),
    ],
)
def test_a_file_that_lies_about_itself_is_refused(content, name):
    with pytest.raises(ValueError, match="is not taken here"):
        content_type(upload(content, name))


@pytest.mark.parametrize(
    ("content", "name"), [(PDF, "a.jpg"), (SVG, "a.svg"), (HTML, "a.jpg"), (DOCX, "a.png")]
)
def test_where_a_photo_is_asked_for_nothing_else_will_do(content, name):
    with pytest.raises(ValueError, match="is not a photo"):
        content_type(upload(content, name), only_photos=True)


def test_an_empty_file_and_one_too_large_are_refused():
    with pytest.raises(ValueError, match="is empty"):
        content_type(upload(b""))
    with pytest.raises(ValueError, match="larger than 10 MB"):
        content_type(upload(JPEG + b"\0" * evidence.LARGEST_FILE))


def test_looking_into_a_file_leaves_it_as_it_was():
    file = upload(JPEG)

    content_type(file)

    assert file.read() == JPEG


@pytest.mark.parametrize(
    ("name", "content_type", "honest"),
    [
        ("档案架.JPG", "image/jpeg", "档案架.JPG"),
        ("照片", "image/png", "照片.png"),
        ("x.hta", "image/gif", "x.hta.gif"),
        ("x.html", "application/pdf", "x.html.pdf"),
        ("纪要.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "纪要.docx"),
        ("x" * 200 + ".jpg", "image/jpeg", "x" * 116 + ".jpg"),
    ],
)
def test_a_file_is_saved_under_a_name_that_does_not_lie(name, content_type, honest):
    assert evidence.honest_name(name, content_type) == honest
