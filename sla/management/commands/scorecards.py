"""Makes and mails the scorecards that are due; the worker has it done by a process of its own."""

from django.core.management.base import BaseCommand

from pages import clock

from ... import scorecards


class Command(BaseCommand):
    help = "Make and mail the scorecards that were asked for or are due."

    def handle(self, *args, **options) -> None:
        scorecards.tend(clock.now())
