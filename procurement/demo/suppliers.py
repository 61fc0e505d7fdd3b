"""The demo office's suppliers as they came over the years, with contacts, contracts and licences."""

import io
from datetime import datetime, time, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from organization.models import User
from pages import paper as printed
from sla.models.figure import local_day
from supplies.models import Category

from .. import credit_code
from ..models import Contact, Paper, Supplier
from ..supplier_querysets import ENOUGH
from . import supplier_words as words

MONTHS_KNOWN = timedelta(days=460)
#: In how many days the contracts end, in turn: one has ended, some end soon.
ENDS = (-6, 3, 12, 25, 29, 58, 95, 140, 180, 220, 260, 300, 330, 365)
WITH_FILE = 4


def fill(random: Random, now: datetime) -> None:
    """Everybody registers long ago; contracts are renewed, one supplier is suspended, one ended with."""
    buyer, manager = (User.objects.get(username=name) for name in ("buyer", "manager"))
    known = {category.code: category for category in Category.objects.filter(active=True)}
    begin = now - MONTHS_KNOWN
    suppliers = [
        _register(random, number, firm, known, buyer, begin) for number, firm in enumerate(words.FIRMS)
    ]
    suppliers = [supplier for supplier in suppliers if supplier]
    _fill_up(known, suppliers, buyer, begin)
    for number, supplier in enumerate(suppliers):
        _file(random, number, supplier, buyer, now)
    for supplier in suppliers:
        if reason := words.SUSPENDED.get(supplier.name):
            supplier.suspend(reason=reason, by=manager, at=now - timedelta(days=40))
        if reason := words.ENDED.get(supplier.name):
            supplier.end(reason=reason, by=manager, at=now - timedelta(days=200))


def _register(random: Random, number: int, firm: words.Firm, known, buyer: User, at: datetime):
    """Nobody registers who would supply nothing of what the office keeps."""
    categories = [known[code] for code in firm.categories if code in known]
    if not categories:
        return None
    since = local_day(at) - timedelta(days=365 * firm.years - random.randrange(200))
    street, bank = random.choice(words.DISTRICTS), random.choice(words.BANKS)
    first = f"91110105MA{random.randrange(10**7):07}"
    fields = {
        "name": firm.name,
        "tax_number": first + credit_code.check_sign(first),
        "address": f"{firm.name[:2]}市{street} {random.randrange(1, 120)} 号" if "北京" in firm.name else "",
        "bank_account": f"{bank} {random.randrange(10**15, 10**16)}",
        "payment_days": random.choice([30, 30, 45, 60]),
        "since": min(since, local_day(at)),
    }
    supplier = Supplier.register(fields=fields, categories=categories, by=buyer, at=at)
    phone = f"+861{random.choice('358')}{random.randrange(10**9):09}"
    contact = {"name": firm.contact, "title": random.choice(words.TITLES), "phone": phone, "first": True}
    contact["email"] = f"sales{number + 1:02}@supplier.example"
    Contact.add(supplier, fields=contact, by=buyer, at=at)
    return supplier


def _fill_up(known, suppliers: list[Supplier], buyer: User, at: datetime) -> None:
    """Categories that other parts of the demo brought along get three suppliers, too."""
    named = {code for firm in words.FIRMS for code in firm.categories}
    gone = {*words.SUSPENDED, *words.ENDED}
    general = [supplier for supplier in suppliers if supplier.name not in gone][-ENOUGH:]
    strange = [category for code, category in known.items() if code not in named]
    for supplier in general if strange else ():
        categories = [*supplier.categories.all(), *strange]
        supplier.correct(fields={}, categories=categories, by=buyer, at=at)


def _file(random: Random, number: int, supplier: Supplier, buyer: User, now: datetime) -> None:
    """A contract of a year, every third of them renewed once, and the business licence."""
    today = local_day(now)
    ends_on = today + timedelta(days=ENDS[number % len(ENDS)])
    starts_on = ends_on - timedelta(days=364)
    begun = _morning(starts_on)
    fields = {
        "kind": Paper.Kind.CONTRACT,
        "title": f"{starts_on.year} 年度采购框架协议",
        "number": f"HT{starts_on:%Y%m}-{number + 1:03}",
        "starts_on": starts_on,
        "ends_on": ends_on,
        "amount": random.randrange(2, 40) * 5000,
    }
    file = _scan(supplier.name) if number < WITH_FILE else None
    if number % 3:
        Paper.add(supplier, fields=fields, file=file, by=buyer, at=begun)
    else:
        year = timedelta(days=365)
        before = {**fields, "starts_on": starts_on - year, "ends_on": ends_on - year}
        before |= {"title": f"{starts_on.year - 1} 年度采购框架协议", "number": f"HT{number + 1:03}"}
        old = Paper.add(supplier, fields=before, by=buyer, at=begun - year)
        old.renew(fields=fields, file=file, by=buyer, at=begun - timedelta(days=random.randrange(2, 9)))
    licence = {"kind": Paper.Kind.LICENCE, "title": "营业执照", "number": supplier.tax_number}
    licence["ends_on"] = today + timedelta(days=random.randrange(400, 4000))
    Paper.add(supplier, fields=licence, by=buyer, at=begun)


def _morning(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


def _scan(name: str) -> SimpleUploadedFile:
    """One page with the title of the contract."""
    from reportlab.pdfgen.canvas import Canvas

    content = io.BytesIO()
    page = Canvas(content, initialFontName=printed.font(), invariant=1)
    page.setFont(printed.font(), 18)
    page.drawCentredString(297, 700, "采购框架协议")
    page.setFont(printed.font(), 12)
    page.drawString(90, 650, f"甲方：云岭集团    乙方：{name}")
    page.save()
    return SimpleUploadedFile(f"{name}-框架协议.pdf", content.getvalue(), "application/pdf")
