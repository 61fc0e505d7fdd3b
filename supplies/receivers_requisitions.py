"""What a new stock document means for requisitions and for the figure of clause 4.1.3."""

from django.db import models

from .measures_requisitions import outdate_for
from .models import Posting, Requisition
from .signals import posted


def connect() -> None:
    posted.connect(stock_posted, sender=Posting, dispatch_uid="supplies.requisitions.stock_posted")


def stock_posted(sender: type[models.Model], posting: Posting, by, at, **kwargs) -> None:
    """Count the day anew; where a requisition's document was reversed, its lines are open again."""
    outdate_for(posting)
    if posting.kind == Posting.Kind.REVERSE and isinstance(posting.source, Requisition):
        posting.source.posting_reversed(posting, by=by, at=at)
