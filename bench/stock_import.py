"""Taking over 20,000 items by file, new and again, against a bare bulk insert of the same rows.

DATABASE_URL=postgres://… python -m bench.stock_import
"""

import csv
import io

from . import office
from .office import head, row, timed

ITEMS = 20_000
HEADERS = ["物品编码", "名称", "规格", "类别", "品类", "单位", "最低库存", "目标库存", "存放地点", "货架", "条码",
           "期初数量", "期初金额"]  # fmt: skip
NAMES = ["中性笔", "复印纸", "文件夹", "硒鼓", "面巾纸", "洗手液", "便利贴", "订书钉"]
KINDS = ["办公用品", "低值易耗品", "接待用品", "备件"]


def cells(number: int) -> list[str]:
    return [
        f"BX{number:06}", f"{NAMES[number % len(NAMES)]} {number}", f"规格 {number % 97}", KINDS[number % 4],
        f"第{number % 12}类", "盒", str(number % 20), str(number % 20 + 40), f"{number % 6}号库",
        f"A-{number % 40:02}", f"69{number:011}", str(number % 50), f"{number % 50 * 3}.50" if number % 50 else "",
    ]  # fmt: skip


def workbook() -> bytes:
    from openpyxl import Workbook

    book, file = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for number in range(ITEMS + 1):
        sheet.append(cells(number) if number else HEADERS)
    book.save(file)
    return file.getvalue()


def text() -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([HEADERS, *(cells(number) for number in range(1, ITEMS + 1))])
    return file.getvalue().encode()


def upload(name: str, content: bytes):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


class Bench:
    def __init__(self) -> None:
        from organization.models import Place
        from supplies.models import Category

        self.clerk = office.people(2)[0]
        self.categories = [Category.objects.create(code=f"c{n}", name=f"第{n}类") for n in range(12)]
        self.places = [Place.objects.create(name=f"{n}号库") for n in range(6)]

    def bare(self) -> None:
        """What any import has to do at least: the rows into the table, without a word in the history."""
        from pages import pinyin
        from supplies.models import Item

        Item.objects.bulk_create(
            [
                Item(
                    code=f"BARE{number:06}", name=f"{NAMES[number % len(NAMES)]} {number}",
                    specification=f"规格 {number % 97}", category=self.categories[number % 12], unit="盒",
                    initials=pinyin.initials(NAMES[number % len(NAMES)]), minimum=number % 20,
                    target=number % 20 + 40, place=self.places[number % 6], shelf=f"A-{number % 40:02}",
                    barcode=f"70{number:011}",
                )
                for number in range(1, ITEMS + 1)
            ],
            batch_size=1_000,
        )  # fmt: skip

    def read(self, name: str, content: bytes) -> list:
        from supplies import importing

        return importing.read(upload(name, content))

    def keep(self, lines: list):
        from supplies.models import ItemImport

        batch = ItemImport.keep("bench", lines, by=self.clerk, at=office.NOON)
        batch.confirm(at=office.NOON)
        return batch

    def take_over(self, batch) -> None:
        from supplies import importing

        importing.take_over(batch, at=office.NOON)


def main() -> None:
    bench = Bench()
    book, sheet = workbook(), text()
    bare = timed(bench.bare)
    lines = bench.read("items.csv", sheet)
    in_xlsx = timed(lambda: bench.read("items.xlsx", book))
    in_csv = timed(lambda: bench.read("items.csv", sheet))
    first = bench.keep(lines)
    new = timed(lambda: bench.take_over(first))
    second = bench.keep(lines)
    again = timed(lambda: bench.take_over(second))
    check(first, second)
    told = f"bulk_create {bare:.1f} s"
    head()
    row("20,000 new items with opening stock", f"{new:.1f} s", told, new / bare, "≤ 5", new <= 5 * bare)
    whole = new + in_csv
    row("the same from the CSV file on", f"{whole:.1f} s", told, whole / bare, "≤ 5", whole <= 5 * bare)
    row("reading the workbook (XLSX)", f"{in_xlsx:.1f} s", told, in_xlsx / bare, "–", True)
    row("the same list again", f"{again:.1f} s", told, again / bare, "≤ 10", again <= 10 * bare)


def check(first, second) -> None:
    """The figures are worth nothing where the import did not do its work."""
    from auditlog.models import LogEntry

    from supplies.models import Item, Movement

    for batch in (first, second):
        batch.refresh_from_db()
    assert (first.created, second.created, second.changed) == (ITEMS, 0, 0)
    assert Item.objects.filter(code__startswith="BX").count() == ITEMS
    assert Movement.objects.count() == first.opened == ITEMS - ITEMS // 50
    assert LogEntry.objects.filter(actor=first.uploaded_by).count() == ITEMS


if __name__ == "__main__":
    with office.office():
        main()
