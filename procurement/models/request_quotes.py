"""What suppliers ask for it, and whose price is taken."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from organization.models import User
from pages import history
from pages.clock import now
from pages.money import MOST, NOTHING, rounded
from pages.refusals import Refused
from sla.models.figure import local_day

from .quote import Quote, QuoteLine
from .request_line import RequestLine
from .request_wish import RequestWish
from .supplier import Supplier


class Choice(NamedTuple):
    """The quote taken for a line, and the reasons that a price may need."""

    quoted: QuoteLine | None
    choice_reason: str = ""
    dear_reason: str = ""


class RequestQuotes(RequestWish):
    """What the buyer does while a request is being quoted."""

    class Meta:
        abstract = True

    @transaction.atomic
    def quote(
        self,
        *,
        supplier: Supplier,
        prices: Mapping[int, Decimal],
        quoted_on: date,
        by: User,
        at: datetime | None = None,
        upload: UploadedFile | None = None,
        **particulars: Any,
    ) -> Quote:
        """Write a supplier's quote down (录入报价): unit prices by the key of the line.

        `particulars`: valid_until, delivery_days, remark. The same quote again answers the first.
        """
        at = at or now()
        self._lock(self.Status.QUOTING)
        wanted = self._priced(prices)
        self._refuse_quote(supplier, quoted_on, particulars.get("valid_until"), at)
        if standing := self.quotes.filter(supplier=supplier).first():
            return self._same(standing, wanted)
        quote = Quote(
            request=self,
            supplier=supplier,
            quoted_on=quoted_on,
            entered_by=by,
            **particulars,
            **_file(upload),
        )
        with history.reason(by=by):
            quote.save()
            for line, price in wanted.items():
                QuoteLine.objects.create(quote=quote, line=line, unit_price=price)
        self._take_on(by=by)
        return quote

    @transaction.atomic
    def change_quote(
        self,
        quote: Quote,
        *,
        prices: Mapping[int, Decimal],
        quoted_on: date,
        by: User,
        at: datetime | None = None,
        upload: UploadedFile | None = None,
        **particulars: Any,
    ) -> Quote:
        """Correct or improve a quote (更新报价); what was chosen of it stays chosen, at the new price."""
        at = at or now()
        self._lock(self.Status.QUOTING)
        wanted = self._priced(prices)
        self._refuse_quote(quote.supplier, quoted_on, particulars.get("valid_until"), at)
        fields = {"quoted_on": quoted_on, **particulars, **_file(upload)}
        with history.reason(by=by):
            for name, value in fields.items():
                setattr(quote, name, value)
            quote.save(update_fields=list(fields))
            self._write_prices(quote, wanted)
        self._add_up(by=by)
        return quote

    @transaction.atomic
    def remove_quote(self, quote: Quote, *, by: User, at: datetime | None = None) -> None:
        """The quote was entered by mistake (删除报价)."""
        self._lock(self.Status.QUOTING)
        with history.reason(by=by):
            self._write_prices(quote, {})
            quote.delete()
        self._add_up(by=by)

    @transaction.atomic
    def choose(self, choices: Mapping[int, Choice], *, by: User, at: datetime | None = None) -> None:
        """Take one quote for each of these lines (选定报价), by the key of the line.

        Not the cheapest one needs `choice_reason`; that a price above last year's needs `dear_reason` is
        asked when the whole goes to approval.
        """
        at = at or now()
        self._lock(self.Status.QUOTING)
        lines = {line.pk: line for line in self.lines.all()}
        with history.reason(by=by):
            for pk, choice in choices.items():
                if pk in lines:
                    self._choose(lines[pk], choice, local_day(at))
        self._add_up(by=by)

    @transaction.atomic
    def choose_cheapest(self, *, by: User, at: datetime | None = None) -> None:
        """Take the cheapest quote of every line (一键选最低价)."""
        at = at or now()
        day = local_day(at)
        choices = {
            line.pk: Choice(best, dear_reason=line.dear_reason)
            for line in self.lines.all()
            if (best := self.cheapest(line, day))
        }
        if not choices:
            raise Refused(_("There is no valid quote yet to choose from."))
        self.choose(choices, by=by, at=at)

    # -- questions ------------------------------------------------------------------------------------

    def cheapest(self, line: RequestLine, day: date) -> QuoteLine | None:
        """The lowest price for a line that may be taken on that day."""
        offers = line.quotes.select_related("quote__supplier").order_by("unit_price", "pk")
        return next((offer for offer in offers if offer.quote.may_be_taken(day)), None)

    def suppliers_quoted(self) -> int:
        """How many suppliers have quoted anything."""
        return self.quotes.filter(lines__isnull=False).distinct().count()

    # -- how the verbs do it --------------------------------------------------------------------------

    def _priced(self, prices: Mapping[int, Decimal]) -> dict[RequestLine, Decimal]:
        """The lines with what is asked for one; raises Refused for what is no price of this request."""
        lines = {line.pk: line for line in self.lines.all()}
        found = {lines[pk]: rounded(price) for pk, price in prices.items() if pk in lines}
        if not found:
            raise Refused(_("Enter the price of one line at least."))
        for line, price in found.items():
            if not NOTHING < price <= MOST:
                raise Refused(_("%(name)s: a price is more than nothing.") % {"name": line})
        return found

    def _refuse_quote(
        self, supplier: Supplier, quoted_on: date, valid_until: date | None, at: datetime
    ) -> None:
        today = local_day(at)
        if supplier.status != Supplier.Status.LIVE:
            raise Refused(
                _("%(supplier)s is “%(status)s”; nothing is ordered there.")
                % {"supplier": supplier, "status": supplier.get_status_display()}
            )
        if quoted_on > today:
            raise Refused(_("A quote cannot be dated in the future."))
        if valid_until and valid_until < max(today, quoted_on):
            raise Refused(_("This quote is not valid any more."))

    def _same(self, standing: Quote, wanted: dict[RequestLine, Decimal]) -> Quote:
        """The second click of one form; anything else is a change."""
        known = {offer.line_id: offer.unit_price for offer in standing.lines.all()}
        if known != {line.pk: price for line, price in wanted.items()}:
            raise Refused(_("This supplier's quote is there already; change it."))
        return standing

    def _write_prices(self, quote: Quote, wanted: dict[RequestLine, Decimal]) -> None:
        """Bring the quote's lines in step; a choice whose price goes is no choice any more."""
        known = {offer.line_id: offer for offer in quote.lines.select_related("line")}
        for line, price in wanted.items():
            offer = known.pop(line.pk, None)
            if offer is None:
                QuoteLine.objects.create(quote=quote, line=line, unit_price=price)
            elif offer.unit_price != price:
                offer.unit_price = price
                offer.save(update_fields=["unit_price"])
        for offer in known.values():
            if offer.line.chosen_id == offer.pk:
                self._set(offer.line, Choice(None))
            offer.delete()

    def _choose(self, line: RequestLine, choice: Choice, day: date) -> None:
        quoted = choice.quoted
        if quoted is not None:
            if quoted.line_id != line.pk:
                raise Refused(_("This quote is for something else."))
            if not quoted.quote.may_be_taken(day):
                raise Refused(
                    _("%(supplier)s's quote is not valid any more.") % {"supplier": quoted.quote.supplier}
                )
            if self._is_beaten(quoted, line, day) and not choice.choice_reason.strip():
                raise Refused(_("%(name)s: say why not the cheapest.") % {"name": line})
        self._set(line, choice)

    def _is_beaten(self, quoted: QuoteLine, line: RequestLine, day: date) -> bool:
        best = self.cheapest(line, day)
        return best is not None and best.unit_price < quoted.unit_price

    def _set(self, line: RequestLine, choice: Choice) -> None:
        line.chosen = choice.quoted
        line.choice_reason = choice.choice_reason.strip() if choice.quoted else ""
        line.dear_reason = choice.dear_reason.strip() if choice.quoted else ""
        line.save(update_fields=["chosen", "choice_reason", "dear_reason"])

    def _take_on(self, *, by: User) -> None:
        """Who quotes first is the buyer of the request."""
        self.buyer = self.buyer or by
        self._save("buyer", by=by)

    def _add_up(self, *, by: User) -> None:
        lines = self.lines.select_related("chosen")
        self.total = sum((line.amount for line in lines if line.chosen_id), NOTHING)
        self._save("total", by=by)


def _file(upload: UploadedFile | None) -> dict[str, Any]:
    if upload is None:
        return {}
    return {"file": upload, "filename": upload.name, "content_type": upload.content_type}
