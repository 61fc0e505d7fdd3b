"""Fills an empty database with a company one can try everything on."""

import unicodedata
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from random import Random

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notices import demo as notices
from organization.demo import DEMO_PASSWORD, DOMAIN, demo_accounts
from organization.models import User
from sla import figures
from sla.demo import look_back, notice_misses

SEED = 20261123


class Command(BaseCommand):
    help = "Fill an empty database with the demo company; refuse one that is not empty."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--now", help="the instant the demo is lived at, such as 2026-11-23T09:00+08:00")

    def handle(self, *args, now: str | None = None, **options) -> None:
        at = instant(now) if now else timezone.now()
        if User.objects.exists():
            raise CommandError(_("There are people in this database already; the demo needs an empty one."))
        fill_all(at)
        self.stdout.write(accounts_table())


@transaction.atomic
def fill_all(at: datetime) -> None:
    """Call `<app>.demo.fill` of every app, bottom to top, then look back over all of it and count it.

    The same instant always makes the same office.
    """
    random = Random(SEED)  # noqa: S311 - it must be foreseeable
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.demo"):
            import_module(f"{config.name}.demo").fill(random, at)
    look_back(random, at)
    notices.look_back(at)
    figures.rebuild_everything()
    notice_misses(at)


def instant(text: str) -> datetime:
    """An instant as typed; without an offset it is local time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("“%(text)s” is no instant; write 2026-11-23T09:00.") % {"text": text}) from error
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def accounts() -> str:
    """What to print when the office opens: the accounts while this is the demo company, else nothing."""
    return accounts_table() if User.objects.filter(email__endswith=f"@{DOMAIN}").exists() else ""


def accounts_table() -> str:
    """The demo accounts and their shared password, aligned for a terminal."""
    rows = [(_("Login name"), pgettext("person", "Name"), _("Role")), *demo_accounts()]
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    password = _("Password of all: %(password)s") % {"password": DEMO_PASSWORD}
    return "\n".join([line.rstrip() for line in lines] + [password])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in str(text))


def _padded(text: str, width: int) -> str:
    return f"{text}{' ' * (width - _width(text))}"
