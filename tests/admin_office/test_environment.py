"""A mistake in the environment is answered with a sentence that says what to do, and leaks no secret."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from admin_office.environment import Environment, trial_secret

PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "k3Jv9-a-long-and-random-enough-secret-for-these-tests-only",
    "SALT_KEY": "s4lt-of-thirty-two-characters-or-more",
    "DATABASE_URL": "postgres://office@127.0.0.1/office",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "SITE_URL": "https://office.example.com",
    "EMAIL_URL": "smtp+tls://office:secret@smtp.example.com:587",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run manage.py with nothing else in the environment."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("database", "mysql://office:secret@host/office"),
        ("database", "postgres://office:secret@host:port/office"),
        ("database", "postgres://office:secret@host"),
        ("database", "secret"),
        ("broker", "http://secret@host"),
        ("broker", "redis://:secret@host:port"),
        ("broker", "secret"),
    ],
)
def test_a_bad_address_gets_a_sentence_without_its_password(monkeypatch, read, value):
    monkeypatch.setenv("ADDRESS", value)
    env = Environment()
    env.database("ADDRESS", "sqlite:///x") if read == "database" else env.broker("ADDRESS")
    (sentence,) = env.problems
    assert sentence.startswith("ADDRESS must read like ")
    assert "secret" not in sentence


@pytest.mark.parametrize("value", ["office.example.com", "ftp://host", "https://host/path", "https://["])
def test_a_web_address_must_be_one(monkeypatch, value):
    monkeypatch.setenv("SITE_URL", value)
    env = Environment()
    env.web_address("SITE_URL", "http://127.0.0.1")
    assert len(env.problems) == 1


@pytest.mark.parametrize("value", ["0", "65536", "http", "80.5", "-1", "٨٠"])
def test_a_port_must_be_one(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    env = Environment()
    env.number("PORT", 8000, least=1, most=65535)
    assert env.problems == [f"PORT must be a whole number from 1 to 65535; it is “{value}”."]


def test_a_mail_file_path_stays_absolute(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "filemail:///var/mail/office")
    assert Environment().email("EMAIL_URL", "consolemail://")["EMAIL_FILE_PATH"] == "/var/mail/office"


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("DEBUG", "")
    assert Environment().yes("DEBUG", default=True) is True


def test_half_a_single_sign_on_is_refused(monkeypatch):
    monkeypatch.setenv("OIDC_CLIENT_ID", "office")
    env = Environment()
    assert env.together("OIDC_SERVER_URL", "OIDC_CLIENT_ID") is False
    assert env.problems == [
        "OIDC_SERVER_URL must be set as well, or none of OIDC_SERVER_URL, OIDC_CLIENT_ID."
    ]


def test_all_problems_are_told_at_once():
    env = Environment()
    env.required("OFFICE_ONE", "first.")
    env.required("OFFICE_TWO", "second.")
    with pytest.raises(ImproperlyConfigured, match=r"OFFICE_ONE is not set: first\.\n.*OFFICE_TWO"):
        env.refuse()


def test_a_trial_secret_is_drawn_once_and_kept_from_others(tmp_path):
    folder = tmp_path / "secrets"
    assert trial_secret(folder, "key") == trial_secret(folder, "key")
    assert trial_secret(folder, "key") != trial_secret(folder, "salt")
    assert (folder / "key").stat().st_mode & 0o777 == 0o600


def test_production_without_its_settings_ends_in_sentences():
    answer = manage("check", PRODUCTION="1")
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    for name in ("SECRET_KEY", "SALT_KEY", "DATABASE_URL", "REDIS_URL", "SITE_URL"):
        assert f"  - {name} is not set: " in answer.stderr


def test_a_production_environment_passes_the_deployment_checks():
    answer = manage("check", "--deploy", **PRODUCTION)
    assert answer.stderr == "System check identified no issues (0 silenced).\n" or answer.stdout == (
        "System check identified no issues (0 silenced).\n"
    )
    assert answer.returncode == 0


@pytest.mark.parametrize(
    ("change", "identifier"),
    [
        ({"SECRET_KEY": "short"}, "admin_office.E001"),
        ({"SALT_KEY": "short"}, "admin_office.E002"),
        ({"DEBUG": "1"}, "admin_office.E003"),
        ({"ALLOWED_HOSTS": "*"}, "admin_office.E004"),
        ({"DATABASE_URL": "sqlite:////tmp/office.sqlite3"}, "admin_office.E005"),
        ({"SITE_URL": "http://office.example.com"}, "admin_office.E006"),
        ({"EMAIL_URL": ""}, "admin_office.W001"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_weak_production_setting_is_found(change, identifier):
    assert identifier in manage("check", "--deploy", **{**PRODUCTION, **change}).stderr
