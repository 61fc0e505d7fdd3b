"""What goes wrong in a real office: workers are killed, beats doubled; broker, database and clocks fail.

Real workers and a real beat, on the test database and a real broker. Times are shortened, nothing is faked.
"""

import datetime as dt
import time

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.utils import timezone

from notices.models import Delivery, Notice
from pages import clock, rows
from sla.models import Escalation, Policy, StepDraft, Timer
from sla.standards import Climb
from tests.builders import make_department, make_user
from tests.patience import wait_until
from tests.plugins.broker import cut_off

from .conftest import KEY

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def desk(amended, admin_manager):
    """A one-step promise, so that every overdue timer makes exactly one escalation."""
    amended(steps=[Climb(to=("owner",), offset=dt.timedelta(0), channels=("inbox",))])
    return make_user("王晓梅", role="receptionist", manager=admin_manager)


def give_promises(
    owner, count: int, *, first_due: dt.datetime, spread: dt.timedelta = dt.timedelta(0)
) -> None:
    """`count` running timers, falling due evenly over `spread` from `first_due` on."""
    version = Policy.objects.in_force(KEY).current
    subject = make_department()
    kind = ContentType.objects.get_for_model(subject).pk
    dues = [first_due + spread * number / count for number in range(count)]
    columns = ["standard", "version_id", "subject_type_id", "subject_id", "label", "link", "owner_id", "team"]
    columns += ["started_at", "due_at", "climbed", "next_look_at", "outcome", "stop_reason", "excused"]
    values = [
        (KEY, version.pk, kind, 10_000 + number, "来电", "/", owner.pk, "",
         due - 60 * SECOND, due, 0, due, "", "", False)
        for number, due in enumerate(dues)
    ]  # fmt: skip
    rows.insert(Timer, columns, values)


def each_told_once(count: int) -> bool:
    return Escalation.objects.count() == Notice.objects.count() == count


def test_a_worker_killed_in_the_middle_of_a_sweep_loses_and_doubles_nothing(crew, desk):
    give_promises(desk, 6_000, first_due=clock.now() - SECOND)
    worker = crew.worker()
    crew.beat()
    wait_until(lambda: Escalation.objects.exists())
    crew.kill(worker)
    assert Escalation.objects.count() < 6_000

    crew.worker("two")

    wait_until(lambda: each_told_once(6_000))
    time.sleep(2)
    assert each_told_once(6_000)


def test_two_beats_and_two_workers_take_each_step_once(crew, desk):
    for name in ("one", "two"):
        crew.worker(name)
        crew.beat()
    give_promises(desk, 400, first_due=clock.now() + 4 * SECOND, spread=5 * SECOND)

    wait_until(lambda: each_told_once(400))
    time.sleep(2)

    assert each_told_once(400)


def test_while_the_broker_is_away_nothing_is_lost_and_the_lag_is_recorded(crew, desk, broker):
    crew.worker()
    crew.beat()
    wait_until(lambda: last_sweep_is_recent())
    give_promises(desk, 50, first_due=clock.now() + SECOND)

    with cut_off(broker, seconds=6):
        time.sleep(3)
        assert Escalation.objects.count() == 0

    wait_until(lambda: each_told_once(50))
    assert Escalation.objects.with_lag().order_by("lag_time").first().lag > 2 * SECOND


def test_while_the_mail_server_is_away_nothing_is_lost_or_sent_twice(crew, policy, desk, silent_postbox):
    policy.amend(
        deadline=policy.current.limit,
        calendar=policy.current.calendar,
        steps=[StepDraft(("owner",), None, dt.timedelta(0), ("inbox", "email"))],
        target=100,
        at=clock.now(),
    )
    crew.worker()
    crew.beat()
    give_promises(desk, 3, first_due=clock.now())
    wait_until(lambda: Delivery.objects.filter(attempts__gt=0).exists())

    silent_postbox.server.start()

    wait_until(lambda: Delivery.objects.filter(state="sent").count() == 3, seconds=120)
    time.sleep(2)
    told = "".join(str(mail) for mail in silent_postbox.mails)
    assert len({mail["Message-ID"] for mail in silent_postbox.mails}) == len(silent_postbox.mails) <= 3
    assert told


def test_while_the_database_is_away_nothing_is_lost(crew, desk):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is a file of this machine: there is no server to restart")
    crew.worker()
    crew.beat()
    wait_until(lambda: last_sweep_is_recent())
    give_promises(desk, 50, first_due=clock.now() + SECOND)

    restart_database(seconds=4)

    wait_until(lambda: each_told_once(50))
    assert Escalation.objects.with_lag().order_by("lag_time").first().lag > 2 * SECOND


@pytest.mark.parametrize("seconds_ahead", [30, -30])
def test_a_worker_whose_clock_is_half_a_minute_off_escalates_in_time(crew, desk, seconds_ahead):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lives on one machine, which has one clock")
    due = clock.now() + 6 * SECOND
    give_promises(desk, 20, first_due=due)
    crew.worker(seconds_ahead=seconds_ahead)
    crew.beat()

    wait_until(lambda: each_told_once(20))

    lags = [escalation.lag for escalation in Escalation.objects.all()]
    assert dt.timedelta(0) <= min(lags)
    assert max(lags) < 20 * SECOND


def last_sweep_is_recent() -> bool:
    from pages.pulse import sweep_age

    age = sweep_age(timezone.now())
    return age is not None and age < 3


def restart_database(*, seconds: float) -> None:
    """Cut every connection to the test database and let nobody in for a while, as a restart does."""
    import psycopg2

    name = connection.settings_dict["NAME"]
    account = {
        key: connection.settings_dict[key.upper()] or None for key in ("user", "password", "host", "port")
    }
    connections.close_all()
    server = psycopg2.connect(dbname="postgres", **account)
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            time.sleep(seconds)
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
            server.close()
