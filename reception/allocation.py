"""Whom a call should go to: a known customer's own account manager, else whoever's turn it is under the most
particular rule; people who are away are skipped and their backup proposed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.core import signing
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from organization.models import User
from organization.standins import stand_ins

from .models.allocation import AllocationRule, AllocationTarget

GOOD_FOR = 12 * 60 * 60
SALT = "reception.allocation"


class Proposal(NamedTuple):
    """What the desk is advised: `user` (None when nobody is here), why, and who was passed over.

    `turn` is whose turn is used up by it, who differs from `user` when a backup stands in.
    """

    user: User | None
    rule: AllocationRule | None = None
    turn: User | None = None
    because: tuple[str, ...] = ()
    skipped: tuple[tuple[User, str], ...] = ()

    @property
    def token(self) -> str:
        """The proposal as the form carries it, so that what was advised is what is recorded."""
        parts = [self.user, self.rule, self.turn]
        return signing.dumps([part.pk if part else None for part in parts], salt=SALT)

    @classmethod
    def from_token(cls, token: str) -> "Proposal | None":
        """The proposal a form carried; None if the token is not ours, too old, or about people who left."""
        try:
            user, rule, turn = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        people = User.objects.active().in_bulk([pk for pk in (user, turn) if pk])
        found = AllocationRule.objects.filter(pk=rule).first() if rule else None
        return cls(people[user], found, people.get(turn)) if user in people else None


class _Candidate(NamedTuple):
    turn: User
    rule: AllocationRule | None
    because: str


def propose(*, caller_type=None, product=None, region=None, customer=None, at: datetime) -> Proposal:
    """The person to transfer the call to, by the allocation principle as it stands at `at`.

    When everybody under the most particular rule is away, the next rule that fits is asked.
    """
    rules = fitting(caller_type=caller_type, product=product, region=region)
    candidates = list(_candidates(rules, customer))
    acting = stand_ins({candidate.turn.pk for candidate in candidates}, at)
    people = User.objects.select_related("department").in_bulk([pk for pk in acting.values() if pk])
    skipped: list[tuple[User, str]] = []
    for turn, rule, because in candidates:
        user = people.get(acting[turn.pk])
        if user == turn:
            return Proposal(user, rule, turn, (because,), tuple(skipped))
        skipped.append((turn, _("away")))
        if user:
            standing_in = _("%(backup)s stands in for %(name)s.") % {"backup": user, "name": turn}
            return Proposal(user, rule, turn, (because, standing_in), tuple(skipped))
    return Proposal(None, skipped=tuple(skipped))


def fitting(*, caller_type=None, product=None, region=None) -> list[AllocationRule]:
    """The rules whose every condition holds, most conditions first, then in the manager's order."""
    targets = AllocationTarget.objects.select_related("user")
    rules = (
        AllocationRule.objects.in_use()
        .fitting(caller_type=caller_type, product=product, region=region)
        .select_related("caller_type", "product", "region", "department__head")
        .prefetch_related("turns", Prefetch("targets", targets))
    )
    return sorted(rules, key=lambda rule: -len(rule.conditions))


def in_turn(rule: AllocationRule) -> list[User]:
    """Everybody under a rule, who waited longest first; a department's head comes last of all."""
    last = {turn.user_id: turn.last_at.timestamp() for turn in rule.turns.all()}
    named = [target.user for target in rule.targets.all()]
    if named or rule.department is None:
        return sorted(named, key=lambda user: last.get(user.pk, 0))
    head = rule.department.head
    members = rule.department.members.active().order_by("staff_no")
    return sorted(members, key=lambda user: (user == head, last.get(user.pk, 0))) or [head] * bool(head)


def _candidates(rules: Iterable[AllocationRule], customer) -> Iterator[_Candidate]:
    rules = list(rules)
    owner = customer.owner if customer else None
    if owner and (not rules or rules[0].owner_first):
        yield _Candidate(owner, None, _("%(name)s looks after this customer.") % {"name": owner})
    for rule in rules:
        for user in in_turn(rule):
            yield _Candidate(user, rule, _("Rule “%(rule)s”: next in turn.") % {"rule": rule})
