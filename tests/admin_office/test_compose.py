"""The production set-up hangs together, and every command in it really runs."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import yaml
from django.conf import settings

ROOT = settings.BASE_DIR
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = ["migrate", "web", "clock", "worker", "beat"]
FILLED_IN = {
    "OFFICE_HOST": "office.example.com",
    "SECRET_KEY": "k3Jv9-a-long-and-random-enough-secret-for-these-tests-only",
    "SALT_KEY": "s4lt-of-thirty-two-characters-or-more",
    "POSTGRES_PASSWORD": "secret",
    "EMAIL_URL": "smtp://smtp.example.com:25",
}


def filled_in(text: str) -> str:
    """The text as compose reads it: ${NAME}, ${NAME:-default} and ${NAME:?sentence} replaced."""

    def value(match: re.Match) -> str:
        name, _mark, default = match.group(1), match.group(2), match.group(3) or ""
        return FILLED_IN.get(name) or ("" if match.group(2) == ":?" else default)

    return re.sub(r"\$\{(\w+)(?:(:-|:\?)([^}]*))?\}", value, str(text))


def test_the_file_follows_the_compose_specification():
    answer = subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema"),
            *("--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_waits_for_services_that_can_be_waited_for(name):
    for other, how in SERVICES[name].get("depends_on", {}).items():
        assert other in SERVICES
        if how["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[other]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_mounts_what_exists(name):
    for mount in SERVICES[name].get("volumes", []):
        source = mount.split(":")[0]
        assert (ROOT / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_names_its_version(name):
    assert re.fullmatch(r"[a-z-]+:[\w.-]+", filled_in(SERVICES[name]["image"]))
    assert not filled_in(SERVICES[name]["image"]).endswith(":latest")


def test_our_services_share_one_image_and_one_environment():
    assert len({SERVICES[name]["image"] for name in OURS}) == 1
    assert len({str(SERVICES[name]["environment"]) for name in OURS}) == 1


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate", "backup"}))
def test_a_service_that_stays_up_has_a_health_check(name):
    assert "healthcheck" in SERVICES[name]


def test_every_variable_that_is_asked_for_is_in_the_example():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    example = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")
    for name in set(re.findall(r"\$\{(\w+):\?", text)):
        assert re.search(rf"^{name}=", example, re.MULTILINE)


def test_the_image_holds_every_app_of_ours():
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    ours = {app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()}
    assert {f"!{app}" for app in ours} <= set(let_in)


def test_the_environment_passes_the_deployment_checks():
    environment = {name: filled_in(value) for name, value in SERVICES["web"]["environment"].items()}
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PRODUCTION": "1", **environment},
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr


# -- each command, run here against PostgreSQL and Redis ---------------------------------------------


@pytest.fixture
def production(request) -> dict[str, str]:
    if not (settings.REDIS_URL and settings.DATABASES["default"]["ENGINE"].endswith("postgresql")):
        pytest.skip("needs PostgreSQL and Redis: set DATABASE_URL and REDIS_URL")
    here = request.getfixturevalue("office_environment")
    environment = {name: filled_in(value) for name, value in SERVICES["web"]["environment"].items()}
    ours = {name: here[name] for name in ("PATH", "DATABASE_URL", "REDIS_URL", "VAR_DIR")}
    return {**environment, **ours, "PRODUCTION": "1"}


@pytest.fixture
def running(production, tmp_path):
    """`running("web")` starts that service's own command; all of them are asked to stop at the end."""
    processes = {}

    def start(name: str, replace: tuple[str, str] = ("", "")) -> subprocess.Popen:
        command = [word.replace(*replace) if replace[0] else word for word in SERVICES[name]["command"]]
        log = (tmp_path / f"{name}.log").open("w")
        processes[name] = subprocess.Popen(command, cwd=ROOT, env=production, stdout=log, stderr=log)
        return processes[name]

    yield start
    for process in processes.values():
        process.send_signal(signal.SIGTERM)
    for name, process in processes.items():
        assert process.wait(30) == 0, (tmp_path / f"{name}.log").read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(question, seconds: float = 30):
    """The first truthy answer within so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"Not within {seconds} s: {question}")


def status(address: str) -> int:
    request = urllib.request.Request(address, headers={"Host": "localhost"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@pytest.mark.processes
def test_the_migrate_command_ends_well(production):
    command = ["python" if word == "python" else word for word in SERVICES["migrate"]["command"]]
    assert subprocess.run(command, cwd=ROOT, env=production).returncode == 0


@pytest.mark.processes
def test_web_clock_worker_and_beat_make_a_healthy_office(running, shared_cache):
    port = free_port()
    running("web", replace=("0.0.0.0:8000", f"127.0.0.1:{port}"))
    eventually(lambda: status(f"http://127.0.0.1:{port}/healthz?only=web") == 200)
    assert status(f"http://127.0.0.1:{port}/healthz") == 503
    for name in ("clock", "worker", "beat"):
        running(name)
    eventually(lambda: status(f"http://127.0.0.1:{port}/healthz") == 200)
    healthy = [sys.executable, "deploy/healthy.py", f"http://127.0.0.1:{port}/healthz"]
    assert subprocess.run(healthy, cwd=ROOT).returncode == 0


@pytest.mark.processes
def test_the_redis_command_keeps_its_data_on_disk(production, tmp_path):
    port = str(free_port())
    command = [*SERVICES["redis"]["command"], "--port", port, "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    ping = ["redis-cli", "-p", port, "ping"]
    eventually(lambda: subprocess.run(ping, capture_output=True).stdout == b"PONG\n")
    server.terminate()
    assert server.wait(10) == 0
    assert (tmp_path / "appendonlydir").exists()


@pytest.mark.processes
def test_the_backup_can_be_read_back(production, tmp_path):
    database = settings.DATABASES["default"]
    environment = {
        "PATH": os.environ["PATH"],
        "BACKUP_DIR": str(tmp_path),
        "MEDIA_DIR": str(ROOT / "deploy"),
        "PGHOST": database["HOST"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": production["DATABASE_URL"].rpartition("/")[2],
    }
    subprocess.run(["sh", "deploy/backup.sh", "once"], cwd=ROOT, env=environment, check=True)
    (dump,) = tmp_path.glob("*.dump")
    listing = subprocess.run(["pg_restore", "--list", dump], capture_output=True, text=True).stdout
    assert "TABLE public sla_timer " in listing
    assert len(list(tmp_path.glob("*.media.tar.gz"))) == 1
    assert list(tmp_path.glob("*.part")) == []
