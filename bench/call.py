"""Ending a call with its two timers: the verb against the bare writes it consists of, and the whole request against
an empty authenticated POST.

    DATABASE_URL=postgres://… REDIS_URL=redis://… python -m bench.call
"""

import statistics
from types import ModuleType

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
        """An active call of a new customer, to be ended by `hang_up`; all that was owed before is settled."""
        from pages import phones
        from reception.models import Call

        from sla.models import Timer

        self.number += 1
        Timer.objects.all().delete()
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


def urls() -> ModuleType:
    """The product's own addresses, and an empty page for people signed in."""
    from django.contrib.auth.decorators import login_required
    from django.http import HttpResponse
    from django.urls import path

    from admin_office.urls import urlpatterns

    module = ModuleType("bench.urls")
    empty = login_required(lambda request: HttpResponse("", headers={"X-User": str(request.user)}))
    module.urlpatterns = [*urlpatterns, path("bench/empty/", empty)]
    return module


def request(desk: Desk) -> tuple[list[float], list[float]]:
    from django.test import Client, override_settings
    from django.urls import reverse

    client = Client(headers={"HX-Request": "true", "Host": "localhost"})
    client.force_login(desk.receptionist, backend="django.contrib.auth.backends.ModelBackend")
    ours, empty = [], []
    with override_settings(ROOT_URLCONF=urls(), ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        for number in range(ROUNDS + 20):
            address = reverse("call-hang-up", args=[desk.call().pk])
            answers = []
            taken = timed(lambda address=address, answers=answers: answers.append(client.post(address)))
            floor = timed(lambda answers=answers: answers.append(client.post("/bench/empty/")))
            assert [answer.status_code for answer in answers] == [200, 200], answers
            if number >= 20:
                ours.append(taken)
                empty.append(floor)
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
