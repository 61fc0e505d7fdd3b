"""Deciding about a count: explained, approved by another than who counted, sent back, or called off."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization.models import User
from pages import history
from pages.clock import now
from pages.refusals import Refused

from .stocktake_counting import CountedStocktake, refuse_without
from .stocktake_line import StocktakeLine


class Stocktake(CountedStocktake):
    """A count of the stock (盘点): of one kind, category or place, or of everything.

    `counters` are all who ever entered a count, also one that was replaced: none of them approves.
    `occurrence` is the time of the monthly duty for which it was opened.
    """

    class Meta(CountedStocktake.Meta):
        abstract = False

    # -- deciding ------------------------------------------------------------------------------------

    @transaction.atomic
    def explain(self, explanations: Mapping[int, str], *, by: User) -> None:
        """Say for lines, by their keys, how the difference came about."""
        self._lock()
        self._guard(self.Status.REVIEW)
        for line in self.lines.filter(pk__in=explanations):
            if line.explanation != (words := explanations[line.pk].strip()):
                line.explanation = words
                with history.reason(by=by):
                    line.save(update_fields=["explanation"])
        self._touch()

    def approve(self, *, by: User, at: datetime | None = None) -> None:
        """Right: the variances go into the ledger as one document, and the duty is done.

        Never by who counted. Where the ledger was changed backwards since it was submitted, the new figures
        are kept and shown before anybody approves them.
        """
        if not self._approve(by=by, at=at or now()):
            raise Refused(
                _("Movements from before the count were entered since; the variances changed. Look again.")
            )

    @transaction.atomic
    def send_back(
        self, lines: Iterable[StocktakeLine], *, reason: str, by: User, at: datetime | None = None
    ) -> None:
        """These are to be counted again, and why."""
        from .. import stocktaking  # asks these models itself

        at = at or now()
        self._lock()
        self._guard(self.Status.REVIEW)
        refuse_without(reason, _("Please say why it is to be counted again."))
        chosen = self.lines.filter(pk__in=[line.pk for line in lines], counted__isnull=False)
        if not chosen:
            raise Refused(_("Choose at least one line to be counted again."))
        with history.reason(reason, by=by):
            for line in self.lines.filter(recount=True).exclude(pk__in=chosen):
                line.recount = False
                line.save(update_fields=["recount"])
            for line in chosen:
                line.ask_again()
        self.status, self.submitted_at, self.remark = self.Status.RECOUNTING, None, reason.strip()
        self._save("status", "submitted_at", "remark", by=by, reason=reason)
        stocktaking.tell_counters(self, reason=reason, by=by, at=at)

    @transaction.atomic
    def cancel(self, *, reason: str, by: User, at: datetime | None = None) -> None:
        """It comes to nothing, and why; the ledger stays as it is, and a duty waits for another count."""
        at = at or now()
        self._lock()
        if not self.is_open:
            raise Refused(_("This stocktake is closed already."))
        refuse_without(reason, _("Please say why the stocktake is cancelled."))
        self.status, self.decided_at, self.decided_by = self.Status.CANCELLED, at, by
        self.remark, self.occurrence = reason.strip(), None
        names = ("status", "decided_at", "decided_by", "remark", "occurrence")
        self._save(*names, by=by, reason=reason)

    # -- inside the verbs ------------------------------------------------------------------------------

    @transaction.atomic
    def _approve(self, *, by: User, at: datetime) -> bool:
        """False, with the figures found anew, where they are no longer those that were shown."""
        from .. import stocktaking  # asks these models itself

        self._lock()
        self._guard(self.Status.REVIEW)
        if self.counters.filter(pk=by.pk).exists():
            raise Refused(_("You have counted yourself; somebody else has to approve it."))
        stocktaking.hold_items(self)
        if stocktaking.reckon(self):
            return False
        if lacking := self.lines.beyond().filter(explanation="").count():
            raise Refused(
                ngettext(
                    "%(count)d line beyond the tolerance is not explained yet.",
                    "%(count)d lines beyond the tolerance are not explained yet.",
                    lacking,
                )
                % {"count": lacking}
            )
        self.posting = stocktaking.post_variances(self, by=by, at=at)
        self.status, self.decided_at, self.decided_by = self.Status.POSTED, at, by
        self._save("status", "decided_at", "decided_by", "posting", by=by)
        if self.occurrence and self.occurrence.is_ahead:
            self.occurrence.complete(by=by, at=at, proof=self)
        return True
