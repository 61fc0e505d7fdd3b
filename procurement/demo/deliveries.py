"""What was ordered in the last ninety days, and what came of it.

Most went as it should. One order came in two parts and one is late; some pieces were refused, some claims put
in a day late; a few things still wait for somebody.
"""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from organization.models import User
from organization.roles import Role
from sla import calendars

from .. import ordering
from ..models import Invoice, Order, PurchaseRequest, Receipt, Reimbursement
from ..models.receipt_line import Finding
from . import deliveries_words as words

FATES = {1: "waiting", 2: "waiting", 4: "part", 6: "late"}  # of the requests, from the last one on
LATE_CLAIM = 6  # every so manieth claim is put in on the next day


def fill(random: Random, now: datetime) -> None:
    """Every approved request in its order, then what is left open today."""
    past = Past(random, now)
    approved = PurchaseRequest.objects.filter(status=PurchaseRequest.Status.APPROVED)
    requests = list(approved.order_by("approved_at", "pk"))
    for left, request in enumerate(reversed(requests)):
        past.fates[request.pk] = FATES.get(left, "")
    for request in requests[:-1]:
        past.buy(request)
    past.leave_open()


class Past:
    """What happened, drawn from one `random` and done by the verbs."""

    def __init__(self, random: Random, now: datetime):
        self.random, self.now = random, now
        self.hours = calendars.hours("office")
        self.buyer = User.objects.get(username="buyer")
        self.clerk = User.objects.get(username="clerk")
        self.manager = User.objects.in_role(Role.ADMIN_MANAGER).order_by("pk").first()
        self.orders: list[Order] = []
        self.fates: dict[int, str] = {}
        self.claims = 0

    # -- orders and deliveries -----------------------------------------------------------------------

    def buy(self, request: PurchaseRequest) -> None:
        """Ordered on the day after the approval; what has had time to come has come."""
        at = self._later(request.approved_at, days=1, hour=10)
        if at > self.now:
            return
        for order in ordering.draw_up(request, by=request.buyer or self.buyer, at=at):
            self._explain(order, at)
            order.place(by=order.buyer, at=at + timedelta(minutes=20))
            self.orders.append(order)
            self._deliver(order, len(self.orders))

    def _explain(self, order: Order, at: datetime) -> None:
        """The reasons for dear lines, the terms, and a day on which the supplier can deliver."""
        dear = ordering.dear(ordering.compared(order, timezone.localdate(at)))
        reasons = {line.pk: self.random.choice(words.REASONS) for line in dear if not line.dear_reason}
        terms = self.random.choice(words.TERMS)
        if reasons or terms:
            day = order.expected_on + timedelta(days=2)
            order.revise(by=order.buyer, expected_on=day, terms=terms, quantities={}, reasons=reasons)

    def _deliver(self, order: Order, number: int) -> None:
        """Every ninth order comes late, every seventh in two parts; broken pieces are sent anew.

        Of the last ones some have not come, or in part, or wait to be accepted.
        """
        fate = self.fates[order.request_id]
        if fate in ("late", "waiting"):
            return
        days = (order.expected_on - timezone.localdate(order.placed_at)).days
        early = self._later(order.placed_at, days=max(1, days - 1 - number % 3), hour=10 + number % 5)
        late = self._later(order.placed_at, days=days + 3, hour=14)
        came = late if number % 9 == 3 else early
        in_parts = number % 7 == 2 or fate == "part"
        while came < self.now and any(line.outstanding for line in order.lines.all()):
            self._receive(order, came, 2 if in_parts else 1, number)
            came, in_parts, number = self._later(came, days=2, hour=15), False, 0
            if fate or order.receipts.filter(status=Receipt.Status.ARRIVED).exists():
                return

    def _receive(self, order: Order, at: datetime, share: int, number: int) -> None:
        counts = {line.pk: -(-line.outstanding // share) for line in order.lines.all()}
        place = next((line.item.place for line in order.lines.all() if line.item_id), self.clerk.place)
        note = f"SHD{at:%m%d}{order.pk:04}"
        receipt = Receipt.arrive(order, counts, by=self.clerk, place=place, at=at, note_number=note)
        accepted = self._later(at, days=2 if number % 9 == 4 else 0, minutes=90)
        if accepted > self.now:
            return
        receipt.accept(self._findings(receipt, number), by=receipt.accepters(accepted)[0], at=accepted)
        self._settle(order, accepted)

    def _findings(self, receipt: Receipt, number: int) -> dict[int, Finding]:
        """Now and then something is broken, or not what was asked for."""
        line = receipt.lines.first()
        if number and number % 6 == 5 and line.quantity > 1:
            return {line.pk: Finding(1, True, self.random.choice(words.DEFECTS))}
        if number and number % 11 == 8:
            return {line.pk: Finding(0, False, self.random.choice(words.MISFITS))}
        return {}

    # -- invoices and claims -------------------------------------------------------------------------

    def _settle(self, order: Order, at: datetime) -> None:
        """The invoice comes with the goods; the claim follows the same day, or on the next."""
        claim = order.reimbursements.filter(status=Reimbursement.Status.OPEN).order_by("-pk").first()
        if claim is None or self.fates[order.request_id] == "part":  # its invoice has not come yet
            return
        self.claims += 1
        entered = at + timedelta(minutes=15)
        if entered > self.now:
            return
        invoice = Invoice.enter(
            order, number=f"2531200000{order.pk:04}{self.claims:04}", dated_on=timezone.localdate(at),
            amount=claim.amount, by=order.buyer, at=entered,
        )  # fmt: skip
        claimed = self._later(entered, days=self.claims % LATE_CLAIM == 4, minutes=40)
        if claimed > self.now:
            return
        claim.claim(invoice=invoice, number=f"BXD{at:%Y%m}{self.claims:03}", by=order.buyer, at=claimed)
        self._finance(claim, claimed)

    def _finance(self, claim: Reimbursement, at: datetime) -> None:
        answered = self._later(at, days=4, hour=11)
        if answered > self.now:
            return
        if self.claims % 8 == 5:
            claim.send_back(self.random.choice(words.SENT_BACK), by=self.manager, at=answered)
            again = self._later(answered, days=0, minutes=120)
            claim.claim(invoice=claim.invoice, number=f"{claim.claim_number}R", by=claim.claimant, at=again)
            answered = self._later(again, days=2, hour=11)
        if answered <= self.now:
            claim.pay(by=self.manager, at=answered)

    def leave_open(self) -> None:
        """Today: two deliveries wait to be accepted, a claim came back, an order is still a draft."""
        at = self.now - timedelta(minutes=25)
        for order in self.orders:
            if self.fates[order.request_id] == "waiting":
                counts = {line.pk: line.outstanding for line in order.lines.all()}
                Receipt.arrive(order, counts, by=self.clerk, place=self.clerk.place, at=at)
        claim = Reimbursement.objects.filter(status=Reimbursement.Status.CLAIMED).order_by("-pk").first()
        if claim:
            claim.send_back(words.SENT_BACK[0], by=self.manager, at=at)
        request = PurchaseRequest.objects.filter(status=PurchaseRequest.Status.APPROVED).first()
        if request and request.lines_to_order():
            ordering.draw_up(request, by=request.buyer or self.buyer, at=at)

    # -- days and hours ------------------------------------------------------------------------------

    def _later(self, at: datetime, *, days: int, hour: int | None = None, minutes: int = 0) -> datetime:
        """So many days later at that hour, or so many minutes later, within office hours."""
        if hour is not None:
            at = max(at, self._instant(timezone.localdate(at) + timedelta(days=days), hour))
        else:
            at += timedelta(days=days, minutes=minutes)
        return self.hours.next_opening(at)

    def _instant(self, day: date, hour: int) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(hour)))
