"""From the wish to the confirmed requirement: drafting, changing, submitting, confirming, sending back."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from notices.telling import tell
from organization.models import Department, User
from organization.roles import Role
from pages import history
from pages.clock import now
from pages.refusals import Refused
from sla.timers import cancel_timer, start_timer, stop_timer
from supplies import shortages
from supplies.models import Category, Item, Shortage
from supplies.models.item import MOST

from .. import confirming
from .request_line import RequestLine
from .request_record import RequestRecord


class Wanted(NamedTuple):
    """One line as somebody wants it; `pk` where it changes one that is there."""

    name: str
    unit: str
    quantity: int
    category: Category
    specification: str = ""
    item: Item | None = None
    is_asset: bool = False
    expected_price: Any = None
    pk: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in self._asdict().items() if name != "pk"}


class RequestWish(RequestRecord):
    """What the using department does: it wants something, and says that this is it."""

    CHANGEABLE = ("title", "department", "purpose", "needed_on", "confirmer")
    #: A line changed in one of these is another thing, for which nobody has quoted yet.
    IDENTITY = ("item", "name", "specification", "unit", "is_asset")

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def draft(
        cls,
        *,
        by: User | None,
        title: str,
        department: Department,
        lines: Sequence[Wanted],
        purpose: str = "",
        needed_on: date | None = None,
        confirmer: User | None = None,
        shortage: Shortage | None = None,
        once: UUID | None = None,
        at: datetime | None = None,
    ) -> Self:
        """Write a wish down (起草). The same `once` again gives the first one; `by` None: the stock asks."""
        if once and (first := cls.objects.filter(once=once).first()):
            return first
        _refuse_senseless(lines)
        fields = {
            "title": title.strip(), "department": department, "purpose": purpose.strip(),
            "needed_on": needed_on, "confirmer": confirmer, "shortage": shortage,
            "requester": by, "created_at": at or now(),
        }  # fmt: skip
        with history.reason(by=by):
            request = cls(once=once, **fields)
            request._name(line.name for line in lines)
            if once:
                request, fresh = cls.objects.get_or_create(
                    once=once, defaults=fields | {"initials": request.initials}
                )
            else:
                request.save()
                fresh = True
            if fresh:
                for line in lines:
                    RequestLine.objects.create(request=request, **line.columns)
        return request

    @transaction.atomic
    def amend(
        self,
        changes: dict[str, Any],
        lines: Sequence[Wanted],
        *,
        by: User,
        expected_version: int | None = None,
        at: datetime | None = None,
    ) -> Self:
        """Change what is wanted (修改) before it is confirmed; prices quoted for something else go."""
        at = at or now()
        self._lock(self.Status.DRAFT, self.Status.SUBMITTED)
        self._check_version(expected_version)
        _refuse_senseless(lines)
        for name in self.CHANGEABLE:
            setattr(self, name, changes.get(name, getattr(self, name)))
        before = [line.spelt for line in self.lines.all()]
        with history.reason(by=by):
            self._write_lines(lines)
            history.note_many(self, "lines", before, [line.spelt for line in self.lines.all()])
        self._name(line.name for line in lines)
        if self.status == self.Status.SUBMITTED:
            cancel_timer(self, self.CONFIRMATION, at=at, by=by, reason=_("changed"))
            self._ask_to_confirm(by=by, at=at)
        self._save(*self.CHANGEABLE, "initials", by=by)
        return self

    @transaction.atomic
    def submit(self, *, by: User | None, at: datetime | None = None) -> Self:
        """Send the wish on its way (提交): somebody of the using department has a day to confirm it."""
        at = at or now()
        self._lock(self.Status.DRAFT, self.Status.SUBMITTED)
        if self.status == self.Status.SUBMITTED:
            return self  # the second click
        lines = list(self.lines.select_related("item"))
        if not lines:
            raise Refused(_("Say at least one thing that is to be bought."))
        self.status, self.submitted_at, self.sent_back_reason = self.Status.SUBMITTED, at, ""
        self._ask_to_confirm(by=by, at=at)
        self._save("status", "submitted_at", "sent_back_reason", "confirmer", by=by)
        for line in lines:
            if line.item_id and self.shortage_id is None:
                shortages.asked_for(line.item, at=at, by=by)
        return self

    @transaction.atomic
    def confirm_requirement(
        self, *, by: User, at: datetime | None = None, expected_version: int | None = None
    ) -> Self:
        """The using department says: this specification is what we need (确认需求). Then it is quoted."""
        at = at or now()
        self._lock(self.Status.SUBMITTED, self.Status.QUOTING)
        if self.status == self.Status.QUOTING and self.confirmed_by_id == by.pk:
            return self  # the second click
        if self.status != self.Status.SUBMITTED:
            raise Refused(_("%(name)s has confirmed this already.") % {"name": self.confirmed_by})
        self._check_version(expected_version)
        if by.pk == self.requester_id:
            raise Refused(_("Somebody else of the using department confirms what you ask for."))
        if not self.may_be_confirmed_by(by, at):
            raise Refused(_("This is confirmed by the using department."))
        self.status, self.confirmed_at, self.confirmed_by = self.Status.QUOTING, at, by
        self.confirmed_text = "\n".join(line.spelt for line in self.lines.all())
        self._save("status", "confirmed_at", "confirmed_by", "confirmed_text", by=by)
        stop_timer(self, self.CONFIRMATION, at=at, by=by)
        self._ask_to_quote(at=at)
        return self

    # -- questions ------------------------------------------------------------------------------------

    def may_be_confirmed_by(self, user: User, at: datetime) -> bool:
        """Who was named, the head, or who stands in for one of them; never the requester."""
        if user.pk == self.requester_id:
            return False
        named = [one for one in (self.confirmer, self.department.head) if one]
        if any(user.pk == one.pk for one in named):
            return True
        if any((acting := one.stand_in(at)) and acting.pk == user.pk for one in named):
            return True
        keeps_the_stock = self.requester_id is None and Role.INVENTORY_CLERK in user.role_names
        same = user.department_id == self.department_id
        return (keeps_the_stock and same) or (not named and Role.ADMIN_MANAGER in user.role_names)

    # -- how the verbs do it --------------------------------------------------------------------------

    def _ask_to_confirm(self, *, by: User | None, at: datetime) -> None:
        """Its day runs; who is to confirm is noted and told. Raises Refused where nobody could."""
        asked = confirming.who_confirms(self, at)
        self.confirmer = self.confirmer or asked
        if asked is None and self.requester_id:
            raise Refused(
                _("There is nobody besides you who could confirm this. Name a head for %(department)s first.")
                % {"department": self.department}
            )
        team = "" if asked else Role.ADMIN_MANAGER
        start_timer(self, self.CONFIRMATION, owner=asked, team=team, at=at, label=str(self))
        told = [asked] if asked else User.objects.in_role(Role.ADMIN_MANAGER)
        self._tell(told, "procurement.confirmation_wanted", by=by, at=at)

    def _ask_to_quote(self, *, at: datetime) -> None:
        team = "" if self.buyer_id else Role.BUYER
        start_timer(self, self.QUOTATION, owner=self.buyer, team=team, at=at, label=str(self))
        told = [self.buyer] if self.buyer_id else User.objects.in_role(Role.BUYER)
        self._tell(told, "procurement.quotes_wanted", by=None, at=at)

    def _tell(self, people: Any, kind: str, *, by: User | None, at: datetime, **more: Any) -> None:
        tell(
            people,
            kind,
            at=at,
            params=self._told(**more),
            link=self.get_absolute_url(),
            source=self,
            by=by,
        )

    def _write_lines(self, lines: Sequence[Wanted]) -> None:
        """Bring the lines in step with what is wanted; those not named any more go."""
        standing = {line.pk: line for line in self.lines.all()}
        for line in [*standing.values()]:
            if line.pk not in {wanted.pk for wanted in lines}:
                self._forget_quotes(line)
                line.delete()
        for wanted in lines:
            line = standing.get(wanted.pk)
            if line is None:
                RequestLine.objects.create(request=self, **wanted.columns)
            elif any(getattr(line, name) != value for name, value in wanted.columns.items()):
                self._change_line(line, wanted)

    def _change_line(self, line: RequestLine, wanted: Wanted) -> None:
        if any(getattr(line, name) != wanted.columns[name] for name in self.IDENTITY):
            self._forget_quotes(line)
        for name, value in wanted.columns.items():
            setattr(line, name, value)
        line.save(update_fields=list(wanted.columns))

    def _forget_quotes(self, line: RequestLine) -> None:
        if line.chosen_id:
            line.chosen, line.choice_reason, line.dear_reason = None, "", ""
            line.save(update_fields=["chosen", "choice_reason", "dear_reason"])
        for quoted in line.quotes.all():
            quoted.delete()


def _refuse_senseless(lines: Sequence[Wanted]) -> None:
    """Raises Refused for what no form lets through, either."""
    if not lines:
        raise Refused(_("Say at least one thing that is to be bought."))
    for line in lines:
        if not isinstance(line.quantity, int) or not 1 <= line.quantity <= MOST:
            raise Refused(
                _("%(name)s: the quantity is a whole number from 1 to %(most)d.")
                % {"name": line.name, "most": MOST}
            )
        if line.item and line.unit != line.item.unit:
            raise Refused(
                _("%(name)s is kept in %(unit)s; ask for it in that unit.")
                % {"name": line.item, "unit": line.item.unit}
            )
