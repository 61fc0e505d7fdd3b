"""Looking whether what must hold at any moment holds now; one check that fails does not stop the others."""

import datetime as dt
import logging

from . import standards
from .models import Invariant

log = logging.getLogger(__name__)

#: An invariant not looked at for so long could not be checked: beat asks every half minute.
CHECKED_WITHIN = dt.timedelta(minutes=2)


def declared() -> list[standards.Standard]:
    """The standards that can be looked at: those that list their offenders."""
    return [one for one in standards.every() if one.offenders is not None]


def count_broken(user) -> int:
    """How many invariants are broken: the number in the menu."""
    return Invariant.objects.exclude(broken_since=None).count()


def check_all(at: dt.datetime) -> int:
    """Look at every invariant; gives how many are broken. Two workers at once do no harm."""
    return sum(check(one, at) and one.is_broken for one in every())


def check(invariant: Invariant, at: dt.datetime) -> bool:
    """Look at one; false when its check itself failed, which is logged and leaves everything as it was."""
    try:
        invariant.look(at=at)
    except Exception:
        log.exception("The invariant %s could not be checked", invariant.standard)
        return False
    return True


def every() -> list[Invariant]:
    """The row of each invariant, in the order of the job description; written where it is missing."""
    wanted = [standard.key for standard in declared()]
    known = {one.standard: one for one in Invariant.objects.filter(standard__in=wanted)}
    missing = [key for key in wanted if key not in known]
    if missing:
        rows = [Invariant(standard=key) for key in missing]
        Invariant.objects.bulk_create(rows, ignore_conflicts=True)
        known = {one.standard: one for one in Invariant.objects.filter(standard__in=wanted)}
    return [known[key] for key in wanted]
