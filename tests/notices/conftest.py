"""Real servers on loopback: a mail server with moods, and an HTTP server that plays the robots."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils.translation import gettext_lazy as _

from notices import kinds, quiet
from notices.models import Channel

from .mailserver import Mailbox


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """Two sorts of news of our own, gone after the test."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(quiet, "_openings", None)
    kinds.register(
        "visitor", _("Visitor %(visitor)s"), _("%(visitor)s waits."), _("Visitor"), acknowledgeable=True
    )
    kinds.register("news", _("News %(what)s"), _("Since %(since_at)s."), _("News"))


@pytest.fixture
def mail_server(settings):
    """A mail server on loopback that the settings point to; `.letters`, `.refuse`, `.greylist`, `.stop()`."""
    mailbox = Mailbox()
    mailbox.run()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    settings.EMAIL_TIMEOUT = 1
    yield mailbox
    mailbox.stop()


@pytest.fixture
def mail_channel(db):
    return Channel.objects.get(kind="email")


class Stage(ThreadingHTTPServer):
    """Plays a robot: keeps every call, and answers what it was told to."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Player)
        self.calls, self.status, self.answer, self.pause, self.headers = [], 200, {"errcode": 0}, 0, {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/robot/send?key=3f1c9a7e-secret-key"

    @property
    def texts(self) -> list[str]:
        return [(call["json"].get("text") or call["json"]["content"]) for call in self.calls]


class _Player(BaseHTTPRequestHandler):
    def do_POST(self):
        stage = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        stage.calls.append(
            {"path": self.path, "headers": self.headers, "body": body, "json": json.loads(body)}
        )
        time.sleep(stage.pause)
        answer = json.dumps(stage.answer).encode()
        self.send_response(stage.status)
        for name, value in stage.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        return


@pytest.fixture
def robot():
    stage = Stage()
    thread = threading.Thread(target=stage.serve_forever, daemon=True)
    thread.start()
    yield stage
    stage.shutdown()
    stage.server_close()


@pytest.fixture
def make_channel(db, robot):
    """`make_channel("wecom")`: a channel that leads to the robot on loopback."""

    def channel(kind: str, **fields) -> Channel:
        fields.setdefault("address", robot.url)
        fields.setdefault("per_minute", 20)
        return Channel.objects.create(kind=kind, name=f"{kind}群", **fields)

    return channel
