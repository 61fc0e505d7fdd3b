"""A pulse that finds nothing new against an empty authenticated view, for everybody who may have a screen open.

DATABASE_URL=postgres://… REDIS_URL=redis://… python -m bench.poll
"""

import statistics

from . import office
from .board import Bench, analyze
from .call import Web
from .office import NOON, head, median_ms, row, timed

ROUNDS = 800
TIMERS = 100_000


def poll(user) -> tuple[list[float], list[float]]:
    """Seconds of a pulse and of an empty view, in turn, over one kept connection."""
    web = Web(user)
    pulses, empty = [], []
    for number in range(ROUNDS + 50):
        statuses: list[int] = []
        pulse = timed(lambda statuses=statuses: statuses.append(web.get("/pulse/")))
        floor = timed(lambda statuses=statuses: statuses.append(web.get("/bench/empty/")))
        assert statuses == [200, 200], statuses
        if number >= 50:
            pulses.append(pulse)
            empty.append(floor)
    web.close()
    return pulses, empty


def main() -> None:
    import datetime as dt

    from organization.models import User

    Bench().fill(TIMERS, NOON - dt.timedelta(days=20), dt.timedelta(days=20))
    analyze()
    head()
    for who, name in (("a receptionist", "bench1"), ("the admin manager", "bench0")):
        pulses, empty = poll(User.objects.get(username=name))
        ratio = statistics.median(pulses) / statistics.median(empty)
        row(
            f"a pulse with nothing new, {who}", f"{median_ms(pulses):.2f} ms",
            f"{median_ms(empty):.2f} ms an empty authenticated view", ratio, "≤ 1.5", ratio <= 1.5,
        )  # fmt: skip


if __name__ == "__main__":
    with office.office():
        main()
