"""What a person may do to a purchase request now: what its page offers, and what its verbs' views ask for."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from organization.models import User

from .models import Approval, PurchaseRequest

Status = PurchaseRequest.Status


@dataclass
class Deeds:
    """Asked of one request, for one person, at one instant."""

    request: PurchaseRequest
    user: User
    at: datetime

    @property
    def amend(self) -> bool:
        return self.request.status in (Status.DRAFT, Status.SUBMITTED) and self._is_theirs

    @property
    def submit(self) -> bool:
        return self.request.status == Status.DRAFT and self._is_theirs

    @cached_property
    def confirm(self) -> bool:
        waits = self.request.status == Status.SUBMITTED
        return waits and self.request.may_be_confirmed_by(self.user, self.at)

    @property
    def quote(self) -> bool:
        return self.request.status == Status.QUOTING and self._buys

    @property
    def decide(self) -> bool:
        return self.step is not None

    @property
    def send_back(self) -> bool:
        """Whoever's turn it is finds that it is not what is needed."""
        return self.confirm or self.quote or self.decide

    @property
    def quote_again(self) -> bool:
        is_approved = self.request.status == Status.APPROVED and self._buys
        return self.decide or (self.request.status == Status.APPROVAL and self._buys) or is_approved

    @property
    def withdraw(self) -> bool:
        open_now = self.request.is_open and self.request.status != Status.ORDERED
        return open_now and (self._is_theirs or self.user.has_perm("procurement.arrange_procurement"))

    @property
    def order(self) -> bool:
        return self.request.status == Status.APPROVED and self._buys

    @property
    def ask_again(self) -> bool:
        """Make a new request of one that came to nothing."""
        ended = (Status.REFUSED, Status.WITHDRAWN, Status.CLOSED)
        return self.request.status in ended

    @cached_property
    def step(self) -> Approval | None:
        """The step of the approval that the person is to decide now."""
        if self.request.status != Status.APPROVAL:
            return None
        for step in self.request.approvals.select_related("person"):
            step.request = self.request
            if step.status == Approval.Status.WAITING and step.may_be_decided_by(self.user, self.at):
                return step
        return None

    @property
    def any(self) -> bool:
        return self.send_back or self.quote_again or self.withdraw

    @cached_property
    def _is_theirs(self) -> bool:
        return self.request.may_be_changed_by(self.user)

    @cached_property
    def _buys(self) -> bool:
        return self.user.has_perm("procurement.buy")
