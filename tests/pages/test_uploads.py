"""What a file really is, whatever it calls itself."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pages import uploads
from pages.uploads import content_type

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
        content_type(upload(JPEG + b"\0" * uploads.LARGEST_FILE))


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
    assert uploads.honest_name(name, content_type) == honest
