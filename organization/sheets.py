"""Reading a spreadsheet that somebody sends: rows of text, or one sentence on what is wrong with the file."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import BinaryIO, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_BLANK_ROWS = 500
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
MERGED = re.compile(rb'<mergeCell ref="([A-Z]+[0-9]+):([A-Z]+[0-9]+)"')


class Line(NamedTuple):
    """One row that is not empty: its number as the spreadsheet shows it, and its cells as text."""

    number: int
    cells: list[str]


def read(
    upload: BinaryIO, name: str, size: int, *, most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES
) -> list[Line]:
    """The rows of an .xlsx or .csv file that are not empty, at most `most_rows` below the first.

    Cells come as people see them: whole numbers without ".0", dates as 2026-11-23, text trimmed; a formula
    keeps its leading "=". Raises ValidationError with one sentence.
    """
    if size > most_bytes:
        raise _mistake(
            _("The file is %(size)d MB; at most %(most)d MB can be read.")
            % {"size": -(-size // 1024**2), "most": most_bytes // 1024**2}
        )
    content = upload.read(most_bytes + 1)
    if not content.strip():
        raise _mistake(_("The file is empty."))
    if content.startswith(OLD_EXCEL):
        raise _mistake(
            _("This is an old .xls workbook, or one with a password. Save it as .xlsx without one.")
        )
    if content.startswith(ZIP):
        return _lines(_excel_rows(content), most_rows)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        raise _mistake(
            _("This file is called an Excel workbook but is none. Save it as .xlsx in Excel or WPS.")
        )
    return _lines(_csv_rows(content), most_rows)


def merged(content: bytes) -> list[str]:
    """The ranges of the first worksheet whose cells are merged over several rows: "B3:B7"."""
    if not content.startswith(ZIP):
        return []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
        found = MERGED.findall(archive.read(sheets[0])) if sheets else []
    return [f"{first}:{last}" for first, last in _decoded_pairs(found) if _row(first) != _row(last)]


def _decoded_pairs(found: list[tuple[bytes, bytes]]) -> Iterator[tuple[str, str]]:
    return ((first.decode(), last.decode()) for first, last in found)


def _row(cell: str) -> str:
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _mistake(sentence: str) -> ValidationError:
    return ValidationError(sentence, code="sheet")


def _lines(rows: Iterable[list[str]], most_rows: int) -> list[Line]:
    lines: list[Line] = []
    blank = 0
    for number, cells in enumerate(rows, start=1):
        if not any(cells):
            blank += 1
            if blank > MOST_BLANK_ROWS:
                break
            continue
        blank = 0
        if len(lines) > most_rows:
            raise _mistake(
                _("The file has more than %(most)d rows. Split it into several files.") % {"most": most_rows}
            )
        lines.append(Line(number, cells))
    if not lines:
        raise _mistake(_("The file is empty."))
    return lines


def _excel_rows(content: bytes) -> Iterator[list[str]]:
    """The first worksheet, row by row; what it would unpack to is looked at before it is unpacked."""
    from openpyxl import load_workbook  # 20 MB: only when somebody brings a workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise _mistake(
                _("The workbook unpacks to far more than a list of people needs; it was not opened.")
            )
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield [_text(value) for value in row]
    except ValidationError:
        raise
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        AttributeError,
        SyntaxError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _mistake(
            _("The workbook is damaged and cannot be read. Open it in Excel or WPS and save it again.")
        ) from error


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise _mistake(_("This is neither an Excel workbook nor a CSV file."))
    first = text.lstrip().splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [cell.strip() for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise _mistake(_("The CSV file is damaged near its beginning or holds an endless cell.")) from error


def _decoded(content: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with mark, or GB18030 as Chinese Windows writes it."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if is_wide else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _mistake(
        _("The letters of this file cannot be read. Save it as .xlsx, or as CSV in UTF-8 or GB18030.")
    )


def _text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if (value.hour, value.minute) == (0, 0) else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
