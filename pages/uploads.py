"""Files that people send: known by their content, not their name, and given out to be saved."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
LARGEST_TOGETHER = 25 * MEGABYTE  # the proxy lets 30 MB through

_JPEG, _PNG, _GIF, _WEBP, _HEIC = "image/jpeg", "image/png", "image/gif", "image/webp", "image/heic"
_PDF = "application/pdf"
SHOWN = (_JPEG, _PNG, _GIF, _WEBP)  # what every browser draws
_OFFICE = "application/vnd.openxmlformats-officedocument."
_IN_ZIP = {
    b"word/": ("docx", f"{_OFFICE}wordprocessingml.document"),
    b"xl/": ("xlsx", f"{_OFFICE}spreadsheetml.sheet"),
    b"ppt/": ("pptx", f"{_OFFICE}presentationml.presentation"),
}
_OLD_OFFICE = {"doc": "application/msword", "xls": "application/vnd.ms-excel", "wps": "application/msword",
               "et": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint"}  # fmt: skip
ENDINGS = {_JPEG: ("jpg", "jpeg"), _PNG: ("png",), _GIF: ("gif",), _WEBP: ("webp",),
           _HEIC: ("heic", "heif"), _PDF: ("pdf",)}  # fmt: skip
LONGEST_FILE_NAME = 120
ACCEPTED = ".pdf,.docx,.xlsx,.pptx,.doc,.xls,.ppt,.wps,.et,.txt,.csv,image/*"
REFUSED_FILE = gettext_lazy("“%(name)s” is not taken here. Choose a PDF, office document, text or photo.")
REFUSED_PHOTO = gettext_lazy("“%(name)s” is not a photo (JPEG, PNG, GIF, WebP or HEIC).")


def content_type(upload: UploadedFile, *, only_photos: bool = False) -> str:
    """What the file is by its content, whatever it calls itself. Raises ValueError with a sentence.

    Pages and drawings that a browser would run (HTML, SVG) are refused, as is everything not known.
    """
    name = {"name": (upload.name or "")[-60:]}
    if not upload.size:
        raise ValueError(_("“%(name)s” is empty.") % name)
    if upload.size > LARGEST_FILE:
        raise ValueError(_("“%(name)s” is larger than %(most)d MB.")
                         % {**name, "most": LARGEST_FILE // MEGABYTE})  # fmt: skip
    found = _photo(_beginning(upload, 16)) or ("" if only_photos else _document(upload))
    if not found:
        raise ValueError(str(REFUSED_PHOTO if only_photos else REFUSED_FILE) % name)
    return found


class CheckedFileField(forms.FileField):
    """A file in a form whose content is looked into; gives the upload with its honest `content_type`."""

    def __init__(self, *, only_photos: bool = False, **kwargs: Any):
        self.only_photos = only_photos
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("accept", "image/*" if only_photos else ACCEPTED)

    def to_python(self, data: Any) -> UploadedFile | None:
        upload = super().to_python(data)
        if upload is not None:
            try:
                upload.content_type = content_type(upload, only_photos=self.only_photos)
            except ValueError as error:
                raise ValidationError(str(error), code="content") from error
            upload.name = honest_name(upload.name or "", upload.content_type)
        return upload


def send(file: FieldFile, filename: str, content_type: str, *, show: bool = False) -> FileResponse:
    """A stored file, to save and never to run; with `show` a photo may stand on our own pages.

    Whether the person may have it, the view has asked. Raises Http404 when the disk has lost it.
    """
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    shown = show and content_type in SHOWN
    response = FileResponse(content, as_attachment=not shown, filename=filename, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


@deconstructible
class StoredIn:
    """`upload_to`: a name of our own in `folder`, by months; people's own may be too long for a disk."""

    def __init__(self, folder: str):
        self.folder = folder

    def __call__(self, record: Any, filename: str) -> str:
        return f"{self.folder}/{timezone.localdate():%Y/%m}/{uuid4().hex}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StoredIn) and other.folder == self.folder

    __hash__ = None


def honest_name(name: str, content_type: str) -> str:
    """What the file is called when somebody saves it: a photo that was sent as "x.bat" ends in ".jpg"."""
    usual = ENDINGS.get(content_type)  # of documents the ending was looked at when the kind was found
    if usual and name.rpartition(".")[2].lower() not in usual:
        name = f"{name}.{usual[0]}"
    return name[-LONGEST_FILE_NAME:]


def _beginning(upload: UploadedFile, count: int | None = None) -> bytes:
    upload.seek(0)
    content = upload.read() if count is None else upload.read(count)
    upload.seek(0)
    return content


def _photo(start: bytes) -> str:
    """By the signatures of the formats; https://www.iana.org/assignments/media-types/."""
    if start.startswith(b"\xff\xd8\xff"):
        return _JPEG
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    if start.startswith((b"GIF87a", b"GIF89a")):
        return _GIF
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return _WEBP
    is_heic = start[4:8] == b"ftyp" and start[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc")
    return _HEIC if is_heic else ""


def _document(upload: UploadedFile) -> str:
    ending = (upload.name or "").rpartition(".")[2].lower()
    content = _beginning(upload)
    if content.startswith(b"%PDF-"):
        return _PDF
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD_OFFICE.get(ending, "")
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content, ending)
    return "text/plain" if ending in ("txt", "csv") and _is_text(content) else ""


def _zipped(content: bytes, ending: str) -> str:
    """An office document is a zip with a table of contents; other archives are not looked into."""
    if b"[Content_Types].xml" not in content:
        return ""
    return next((type for mark, (usual, type) in _IN_ZIP.items() if usual == ending and mark in content), "")


def _is_text(content: bytes) -> bool:
    """Text in UTF-8 or GB 18030 that no browser would take for a page."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "\x00" not in text and not text.lstrip().startswith("<")
    return False
