"""What everybody must know now, on top of every page: the watch has stopped, a year is not published."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest

from pages import clock, pulse


class Banner(NamedTuple):
    """One line above the page. `level` is danger, warning or info; `link` and `link_label` may be empty."""

    text: Any
    level: str = "warning"
    link: str = ""
    link_label: Any = ""


_banners: list[Callable[[HttpRequest], Banner | None]] = []


def register(banner: Callable[[HttpRequest], Banner | None]) -> None:
    """Ask `banner(request)` on every page; None shows nothing. It must be cheap: a cache read at most."""
    if banner not in _banners:
        _banners.append(banner)


def shown(request: HttpRequest) -> list[Banner]:
    """The banners that hold for this request."""
    return [banner for ask in _banners if (banner := ask(request)) is not None]


def is_sweep_late() -> bool:
    """Whether the red banner stands: nobody has watched the promises for half a minute."""
    return pulse.is_late(pulse.sweep_age(clock.now()))
