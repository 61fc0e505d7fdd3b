"""Ending a call with its two timers: the verb against the bare writes it consists of, and the whole request against
an empty authenticated POST.

    DATABASE_URL=postgres://… REDIS_URL=redis://… python -m bench.call
"""

import http.client
import socket
import statistics
import subprocess
import sys
import time

from . import office
from .office import head, median_ms, row, timed

ROUNDS = 400
WRITES = ("INSERT", "UPDATE", "DELETE")


class Desk:
    """A receptionist with calls of new customers on the line."""

    def __init__(self) -> None:
        from reception.models import CallerType

        people = list(office.people(2))
        self.receptionist, self.concerned = people
        self.caller_type = CallerType.objects.filter(is_new_customer=True).first()
        self.number = 0

    def call(self):
        """An active call of a new customer, to be ended by `hang_up`."""
        from pages import phones
        from reception.models import Call

        self.number += 1
        return Call.log(
            by=self.receptionist,
            phone=phones.parse(f"1380013{self.number:04}"),
            caller_name=f"刘{self.number}",
            company="华南机电",
            caller_type=self.caller_type,
            transferred_to=self.concerned,
            override_reason="客户指定",
            purpose="询价",
        )


def writes_of(call, by) -> list[tuple[str, tuple]]:
    """The INSERTs and UPDATEs of one `hang_up`, as they were sent; nothing of it stays."""
    from django.db import connection, transaction

    sent: list[tuple[str, tuple]] = []

    def record(execute, sql, params, many, context):
        if sql.lstrip().startswith(WRITES):
            sent.append((sql, params))
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(record):
        call.hang_up(by=by)
        transaction.set_rollback(True)
    return sent


def bare(writes: list[tuple[str, tuple]]) -> None:
    """The same writes by the plain driver, in one transaction."""
    from django.db import connection

    driver = connection.connection
    connection.set_autocommit(False)
    with driver.cursor() as cursor:
        for sql, params in writes:
            cursor.execute(sql, params)
    driver.commit()
    connection.set_autocommit(True)


def verb(desk: Desk) -> tuple[list[float], list[float], int]:
    ours, plain, count = [], [], 0
    for number in range(ROUNDS + 20):
        call = desk.call()
        taken = timed(lambda call=call: call.hang_up(by=desk.receptionist))
        other = desk.call()
        writes = writes_of(other, desk.receptionist)
        count = len(writes)
        floor = timed(lambda writes=writes: bare(writes))
        if number >= 20:
            ours.append(taken)
            plain.append(floor)
    return ours, plain, count


class Web:
    """The web server as in production (gthread), and one signed-in browser that keeps its connection."""

    def __init__(self, user) -> None:
        from django.test import Client

        client = Client()
        client.force_login(user, backend="organization.backends.RoleBackend")
        client.get("/accounts/login/")
        token = "a" * 32
        self.headers = {
            "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}",
            "X-CSRFToken": token,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "bench.wsgi",
            "-k",
            "gthread",
            "--threads",
            "4",
            "-w",
            "1",
        ]
        self.server = subprocess.Popen([*command, "-b", f"127.0.0.1:{self.port}", "--log-level", "error"])
        time.sleep(4)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def post(self, address: str) -> int:
        self.connection.request("POST", address, "from_desk=1", self.headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status

    def get(self, address: str) -> int:
        self.connection.request("GET", address, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status

    def close(self) -> None:
        self.server.terminate()
        self.server.wait()


def request(desk: Desk) -> tuple[list[float], list[float]]:
    """The calls are logged beforehand, so that both requests find the server equally warm."""
    from django.urls import reverse

    calls = [desk.call() for _number in range(ROUNDS + 20)]
    web = Web(desk.receptionist)
    ours, empty = [], []
    for number, call in enumerate(calls):
        address = reverse("call-hang-up", args=[call.pk])
        statuses = []
        taken = timed(lambda address=address, statuses=statuses: statuses.append(web.post(address)))
        floor = timed(lambda statuses=statuses: statuses.append(web.post("/bench/empty/")))
        assert statuses == [204, 200], statuses
        if number >= 20:
            ours.append(taken)
            empty.append(floor)
    web.close()
    return ours, empty


def compare(what: str, ours: list[float], floor: list[float], against: str, goal: float) -> None:
    ratio = statistics.median(ours) / statistics.median(floor)
    row(
        what,
        f"{median_ms(ours):.2f} ms",
        f"{median_ms(floor):.2f} ms {against}",
        ratio,
        f"≤ {goal}",
        ratio <= goal,
    )


def main() -> None:
    desk = Desk()
    head()
    ours, plain, count = verb(desk)
    compare("ending a call with two timers, the verb", ours, plain, f"its {count} bare writes", 4)
    ours, empty = request(desk)
    compare("ending a call, the whole request", ours, empty, "an empty authenticated POST", 2.5)


if __name__ == "__main__":
    with office.office():
        main()
