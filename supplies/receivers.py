"""What is heard from below."""

from . import receivers_requisitions, stocktake_screens
from .year_end import screens as year_end_screens


def connect() -> None:
    receivers_requisitions.connect()
    stocktake_screens.connect()
    year_end_screens.connect()
