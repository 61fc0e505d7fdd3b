"""The outbox is emptied (发送): what is due is taken under a lease, sent outside the transaction, and marked.

A worker that dies in between leaves its lease behind. When that runs out, mails and webhooks are sent again
under the same number, which the other side can recognise; a group robot cannot, so there the delivery is
shown as uncertain and not repeated.
"""

import logging
import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils import translation

from notices import messages
from notices.channels import Failure, Sender, sender_for
from notices.models import Channel, Delivery, Reason
from notices.models.delivery import DeliveryQuerySet

log = logging.getLogger(__name__)

BATCH = 200
LEASE = timedelta(seconds=60)
#: No new message is begun after so many seconds; the rest of the lease is room for a slow last one.
BUDGET = 20.0
BACK_OFF = (10, 30, 120, 600, 1800, 3600, 7200, 14400)
GIVE_UP_AFTER = timedelta(days=1)
LONGEST_REST = 60
#: So many messages lost in a row, and the channel itself is thought to be the trouble.
LOST_IN_A_ROW = 3
HELD = (Delivery.State.SENDING, Delivery.State.UNCERTAIN)


class Clock:
    """Time that starts at the instant it is given and runs on with the real seconds."""

    def __init__(self, at: datetime) -> None:
        self.at, self.started = at, time.monotonic()

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def now(self) -> datetime:
        return self.at + timedelta(seconds=self.elapsed())


@dataclass(frozen=True)
class Outgoing:
    """Deliveries that leave as one message; `repeated` if an earlier attempt may have got through."""

    deliveries: list[Delivery]
    repeated: bool = False

    @property
    def number(self) -> str:
        return self.deliveries[0].message

    def held(self) -> DeliveryQuerySet:
        """Their rows, as long as nobody decided otherwise while we were sending."""
        ids = [delivery.pk for delivery in self.deliveries]
        return Delivery.objects.filter(pk__in=ids, message=self.number, state__in=HELD)


@dataclass(frozen=True)
class Batch:
    """Some messages of one channel, taken by us until the lease ends."""

    channel: Channel
    lease: datetime
    messages: list[Outgoing]


def drain(at: datetime) -> int:
    """Send what is due at that instant; answers how many deliveries were sent.

    Safe with any number of workers: each channel is emptied by one at a time, healthy ones first.
    """
    clock, sent = Clock(at), 0
    due = Delivery.objects.due(at).filter(channel=OuterRef("pk"))
    for channel in Channel.objects.free(at).filter(Exists(due)).order_by("failures", "pk"):
        while clock.elapsed() < BUDGET and (batch := _take(channel, clock.now())):
            sent += _send_batch(batch, clock)
    return sent


@transaction.atomic
def _take(channel: Channel, now: datetime) -> Batch | None:
    """Lease the channel and its next messages, or nothing."""
    lease = now + LEASE
    if not Channel.objects.free(now).filter(pk=channel.pk).update(busy_until=lease):
        return None
    due = Delivery.objects.due(now).filter(channel=channel).unlocked().with_news()
    taken = list(due.order_by("next_try_at", "pk")[:BATCH])
    room = channel.per_minute - channel.deliveries.tried_since(now - timedelta(minutes=1))
    found = _messages(channel, taken, room)[: max(0, room)]
    if not found:
        Channel.objects.filter(pk=channel.pk).update(busy_until=None)
        return None
    _mark_sending([delivery for outgoing in found for delivery in outgoing.deliveries], now, lease)
    return Batch(channel, lease, found)


def _messages(channel: Channel, taken: list[Delivery], room: int) -> list[Outgoing]:
    """What was perhaps sent before goes again exactly as it was; the rest is put together anew."""
    if channel.is_robot:
        taken = _without_interrupted(taken)
    again: dict[str, list[Delivery]] = {}
    for delivery in taken:
        if delivery.message:
            again.setdefault(delivery.message, []).append(delivery)
    fresh = messages.batches(channel, [one for one in taken if not one.message], room - len(again))
    for group in fresh:
        number = messages.number_of(group)
        for delivery in group:
            delivery.message = number
    return [Outgoing(group, repeated=True) for group in again.values()] + [Outgoing(group) for group in fresh]


def _without_interrupted(taken: list[Delivery]) -> list[Delivery]:
    """A robot cannot recognise a repeat: what a dead worker was sending is shown, not sent again."""
    interrupted = [one.pk for one in taken if one.state == Delivery.State.SENDING]
    Delivery.objects.filter(pk__in=interrupted).update(
        state=Delivery.State.UNCERTAIN, reason=Reason.INTERRUPTED, detail=""
    )
    return [one for one in taken if one.state != Delivery.State.SENDING]


def _mark_sending(deliveries: list[Delivery], now: datetime, lease: datetime) -> None:
    Delivery.objects.bulk_update(deliveries, ["message"])
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries]).update(
        state=Delivery.State.SENDING,
        next_try_at=lease,
        tried_at=now,
        first_tried_at=Coalesce("first_tried_at", now),
    )
    for delivery in deliveries:
        delivery.first_tried_at = delivery.first_tried_at or now


def _send_batch(batch: Batch, clock: Clock) -> int:
    """Send the messages one after the other; what was not begun goes back into the queue."""
    channel, waiting, sent, lost = batch.channel, list(batch.messages), 0, 0
    trouble: Failure | None = None
    try:
        with sender_for(channel) as sender:
            while waiting and clock.elapsed() < BUDGET and lost < LOST_IN_A_ROW:
                outgoing = waiting.pop(0)
                trouble = _send(sender, outgoing)
                lost = lost + 1 if trouble and not trouble.certain else 0
                if trouble and (trouble.everywhere or lost == LOST_IN_A_ROW):
                    _let_rest(channel, trouble, clock.now())
                sent += _settle(channel, outgoing, trouble, clock.now())
                if channel.is_resting(clock.now()):
                    break
    except Failure as failure:  # the channel could not even be opened
        trouble = failure
        _let_rest(channel, trouble, clock.now())
    _give_back(batch, waiting, trouble, clock.now())
    return sent


def _let_rest(channel: Channel, trouble: Failure, now: datetime) -> None:
    """Leave a channel alone that is down, for up to a minute or as long as it asked for."""
    seconds = max(_rest(channel.failures), trouble.wait)
    channel.failures, channel.rest_until = channel.failures + 1, now + timedelta(seconds=seconds)


def _send(sender: Sender, outgoing: Outgoing) -> Failure | None:
    """Put into words and send; answers what went wrong."""
    language = messages.language_of(sender.channel, outgoing.deliveries)
    try:
        with translation.override(language):
            sender.send(messages.compose(outgoing.number, outgoing.deliveries))
    except Failure as failure:
        return failure
    except Exception as error:  # one message that cannot be put together must not stop the others
        log.exception("Message %s", outgoing.number)
        return Failure(Reason.FAULTY, type(error).__name__, lasting=True, certain=False)
    return None


def _settle(channel: Channel, outgoing: Outgoing, trouble: Failure | None, now: datetime) -> int:
    """Write down how a message fared; answers how many deliveries arrived."""
    if trouble is None:
        return outgoing.held().update(
            state=Delivery.State.SENT, sent_at=now, attempts=F("attempts") + 1, reason="", detail=""
        )
    log.warning("Channel %s: %s", channel.pk, channel.redacted(str(trouble)))
    if channel.is_robot and not trouble.certain:
        _conclude(channel, outgoing, Delivery.State.UNCERTAIN, trouble)
    elif trouble.lasting:
        _conclude(channel, outgoing, Delivery.State.FAILED, trouble)
    else:
        _put_back(channel, outgoing, trouble, now)
    return 0


def _conclude(channel: Channel, outgoing: Outgoing, state: str, trouble: Failure) -> None:
    outgoing.held().update(
        state=state,
        attempts=F("attempts") + 1,
        reason=trouble.reason,
        detail=channel.redacted(trouble.detail),
    )


def _put_back(channel: Channel, outgoing: Outgoing, trouble: Failure, now: datetime) -> None:
    """Into the queue for a later attempt, or given up after a day of them."""
    first = outgoing.deliveries[0]
    if now - first.first_tried_at >= GIVE_UP_AFTER:
        _conclude(channel, outgoing, Delivery.State.FAILED, trouble)
        return
    own = now + timedelta(seconds=max(_pause(first.attempts + 1), trouble.wait))
    outgoing.held().update(
        state=Delivery.State.PENDING,
        attempts=F("attempts") + 1,
        next_try_at=channel.rest_until if trouble.everywhere else own,
        message=outgoing.number if outgoing.repeated or not trouble.certain else "",
        reason=trouble.reason,
        detail=channel.redacted(trouble.detail),
    )


def _give_back(batch: Batch, waiting: list[Outgoing], trouble: Failure | None, now: datetime) -> None:
    """End the lease; what was not begun waits again, for as long as a channel that is down rests."""
    channel = batch.channel
    resting = channel.is_resting(now)
    for outgoing in waiting:
        if resting and trouble:
            down = Failure(trouble.reason, trouble.detail, everywhere=True)
            _put_back(channel, outgoing, down, now)
        else:
            _put_back_untouched(outgoing, now)
    if not resting:
        channel.failures, channel.rest_until = 0, None
    Channel.objects.filter(pk=channel.pk, busy_until=batch.lease).update(
        busy_until=None, rest_until=channel.rest_until, failures=channel.failures
    )


def _put_back_untouched(outgoing: Outgoing, now: datetime) -> None:
    """As if it had never been taken: our time was up before its turn came."""
    outgoing.held().update(
        state=Delivery.State.PENDING,
        next_try_at=now,
        tried_at=outgoing.deliveries[0].tried_at,
        message=outgoing.number if outgoing.repeated else "",
    )


def _pause(attempts: int) -> float:
    """Seconds until the next attempt at one message: longer each time, and never all at the same moment."""
    return BACK_OFF[min(attempts, len(BACK_OFF)) - 1] * random.uniform(0.8, 1.2)  # noqa: S311 not a secret


def _rest(failures: int) -> float:
    """Seconds a channel is left alone after it could not be reached."""
    return min(10 * 2**failures, LONGEST_REST) * random.uniform(0.8, 1.0)  # noqa: S311 not a secret
