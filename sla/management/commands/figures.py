"""Counting the board's figures anew from the records, for an office with a history, or when in doubt."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from pages import clock
from sla import figures


class Command(BaseCommand):
    help = "Count the days whose records have changed; with --rebuild, the whole history."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--rebuild", action="store_true", help="count every day anew, not only the outdated"
        )
        parser.add_argument("--since", help="only from this day on, such as 2026-01-01; with --rebuild")

    def handle(self, *args, rebuild: bool, since: str | None, **options) -> None:
        if since and not rebuild:
            raise CommandError(_("--since goes with --rebuild."))
        if rebuild:
            counted = figures.rebuild_everything(since=day(since), progress=self.progress)
        else:
            counted = figures.roll_up(clock.now())
        self.stdout.write(_("Counted: %(count)d standards and days.") % {"count": counted})

    def progress(self, done: int, total: int) -> None:
        self.stdout.write(f"\r{done} / {total}", ending="\n" if done == total else "")
        self.stdout.flush()


def day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CommandError(_("“%(text)s” is no day; write 2026-11-23.") % {"text": text}) from error
