"""What is heard from the storerooms: something fell below its minimum."""

from supplies.models import Shortage
from supplies.signals import stock_ran_low

from . import replenishing


def connect() -> None:
    stock_ran_low.connect(ask_for_more, sender=Shortage, dispatch_uid="procurement.ask_for_more")


def ask_for_more(sender: type[Shortage], shortage: Shortage, at, **kwargs) -> None:
    """In the transaction of the ledger: either both are written, or neither."""
    replenishing.ask_for(shortage, at=at)
