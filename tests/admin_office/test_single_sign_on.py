"""Where the company has its own sign-in (OpenID Connect), staff come in by it; strangers do not."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings

pytestmark = pytest.mark.processes

# Lived through in a process of its own, because the apps that sign-on needs are installed at start only.
VISIT = """
from urllib.parse import parse_qs, urlsplit
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
get_user_model().objects.create_user(username="xiaomei", name="王晓梅", email="xiaomei@example.com")
browser = Client(headers={"accept-language": "en"})
leaving = browser.post("/accounts/oidc/sso/login/")
asked = parse_qs(urlsplit(leaving["Location"]).query)
answer = browser.get("/accounts/oidc/sso/login/callback/", {"code": "c", "state": asked["state"][0]})
user = get_user_model().objects.filter(pk=browser.session.get("_auth_user_id")).first()
print(repr((leaving["Location"].split("?")[0], "code_challenge" in asked, user and user.username,
            get_user_model().objects.count(), leaving["Content-Security-Policy"])))
"""


class Provider(BaseHTTPRequestHandler):
    """The company's sign-in server: discovery, token and who it is."""

    email = "xiaomei@example.com"

    def answer(self, body: dict) -> None:
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        host = f"http://{self.headers['Host']}"
        if self.path == "/who":
            self.answer({"sub": "4711", "email": self.email, "email_verified": True})
        else:
            self.answer(
                {
                    "issuer": host,
                    "authorization_endpoint": f"{host}/authorize",
                    "token_endpoint": f"{host}/token",
                    "userinfo_endpoint": f"{host}/who",
                    "jwks_uri": f"{host}/keys",
                }
            )

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "t", "token_type": "Bearer", "expires_in": 60})

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def provider():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def visit(provider: ThreadingHTTPServer, folder) -> tuple:
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(folder),
        "REDIS_URL": os.environ["REDIS_URL"],
        "OIDC_SERVER_URL": f"http://127.0.0.1:{provider.server_port}",
        "OIDC_CLIENT_ID": "office",
        "OIDC_CLIENT_SECRET": "secret",
        "DJANGO_SETTINGS_MODULE": "admin_office.settings",
        "LOG_LEVEL": "ERROR",
        "DEBUG": "1",
    }
    code = f"import django; django.setup()\n{VISIT}"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    return eval(answer.stdout.strip().splitlines()[-1])


def test_a_member_of_staff_comes_in_by_the_address_the_company_vouches_for(provider, tmp_path, monkeypatch):
    where, with_pkce, username, accounts, policy = visit(provider, tmp_path)
    assert where == f"http://127.0.0.1:{provider.server_port}/authorize"
    assert with_pkce
    assert username == "xiaomei"
    assert accounts == 1
    assert f"form-action 'self' http://127.0.0.1:{provider.server_port}" in policy


def test_a_stranger_gets_no_account(provider, tmp_path, monkeypatch):
    monkeypatch.setattr(Provider, "email", "stranger@example.com")
    _where, _with_pkce, username, accounts, _policy = visit(provider, tmp_path)
    assert username is None
    assert accounts == 1
