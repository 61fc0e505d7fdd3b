"""Taking a list along: exactly what is seen, as a spreadsheet that opens in Excel and WPS as it should."""

import csv
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import quote

from django.db.models import Manager, QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
FORMATS = ("xlsx", "csv")
# No spreadsheet can hold them.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SHEET_TITLE_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Column(NamedTuple):
    """One column of a list and of its export.

    `value` is a callable of the row or a path such as "customer.name" (default: `name`); a field with choices
    shows its label. `sort` is the path to sort by ("customer__name"; True: `name`); None does not sort.
    `template` draws the cell on the page (gets `row` and `value`), while the export takes the value.
    `export=False` keeps the column on the page alone; `width` is that of its sheet column, in letters, where
    the heading is far shorter than what stands below it.
    """

    name: str
    label: Any
    value: Callable[[Any], Any] | str | None = None
    sort: str | bool | None = None
    template: str = ""
    export: bool = True
    width: int = 0

    def of(self, row: Any) -> Any:
        """The value of this column in `row`."""
        if callable(self.value):
            return self.value(row)
        found = row
        for part in (self.value or self.name).replace("__", ".").split("."):
            if found is None:
                return None
            shown = getattr(found, f"get_{part}_display", None)
            found = shown() if shown else getattr(found, part)
            if callable(found) and not isinstance(found, Manager):
                found = found()
        return found


def export(
    rows: QuerySet | Iterable, columns: Sequence[Column], name: str, format: str, *, days: str = ""
) -> HttpResponseBase:
    """Answer with `rows` as a file "name-2026-11-23.xlsx" or ".csv", translated headers in the first line.

    `days` stands in the place of today where the rows are about certain days.
    """
    if format not in FORMATS:
        raise ValueError(f"Unknown export format: {format}")
    columns = [column for column in columns if column.export]
    filename = f"{name}-{days or timezone.localdate().isoformat()}.{format}"
    answer = _xlsx if format == "xlsx" else _csv
    return answer(_each(rows), columns, str(name), filename)


def safe(value: Any) -> Any:
    """The value as a spreadsheet may hold it: text that would start a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def plain(value: Any) -> Any:
    """Numbers and days stay what they are; instants become local times; everything else becomes safe text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return timezone.make_naive(value).replace(microsecond=0) if timezone.is_aware(value) else value
    if isinstance(value, int | float | Decimal | date):
        return value
    return safe(CONTROL_CHARACTERS.sub("", str(value)))


def _each(rows: QuerySet | Iterable) -> Iterator:
    return rows.iterator(chunk_size=2_000) if isinstance(rows, QuerySet) else iter(rows)


class _Line:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _csv(rows: Iterator, columns: Sequence[Column], name: str, filename: str) -> StreamingHttpResponse:
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow([safe(str(column.label)) for column in columns])
        for row in rows:
            yield writer.writerow([plain(column.of(row)) for column in columns])

    disposition = f"attachment; filename*=UTF-8''{quote(filename)}"
    headers = {"Content-Disposition": disposition}
    return StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8", headers=headers)


def _xlsx(rows: Iterator, columns: Sequence[Column], name: str, filename: str) -> FileResponse:
    from openpyxl import Workbook  # 20 MB: only when somebody takes a list along
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name.translate(SHEET_TITLE_FORBIDDEN)[:31] or "1")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        width = column.width or max(12, 2 * len(str(column.label)) + 4)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, safe(str(column.label)), bold=True) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, plain(column.of(row))) for column in columns])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=filename, content_type=XLSX)


def _cell(sheet, value: Any, bold: bool = False):
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
