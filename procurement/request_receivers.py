"""What is heard from the storerooms: something fell below its minimum."""

from supplies.models import Shortage
from supplies.signals import stock_ran_low

from . import replenishing


def connect() -> None:
    stock_ran_low.connect(ask_for_more, sender=Shortage, dispatch_uid="procurement.ask_for_more")


def ask_for_more(sender: type[Shortage], shortage: Shortage, at, **kwargs) -> None:
    """All of it or nothing; what goes wrong here is announced again by the sweep."""
    replenishing.ask_for(shortage, at=at)
