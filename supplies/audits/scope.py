"""What an audit looks for: the standing assets of a department, a category, a place with all inside it."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organization.models import Department, Place

from ..models import Asset, Category


class Scope(NamedTuple):
    """None is all of them."""

    department: Department | None = None
    place: Place | None = None
    category: Category | None = None

    @property
    def title(self) -> str:
        named = " · ".join(str(part) for part in self if part)
        return (_("Audit: %(scope)s") % {"scope": named or _("All assets")})[:80]


def assets(scope: Scope) -> QuerySet[Asset]:
    """Every asset in the register that is not scrapped and in scope, with place and custodian."""
    found = Asset.objects.standing().select_related("place", "custodian").order_by("tag")
    if scope.department:
        found = found.filter(department=scope.department)
    if scope.category:
        found = found.filter(category=scope.category)
    return found.filter(place__in=inside(scope.place)) if scope.place else found


def inside(place: Place) -> set[int]:
    """The keys of a place and of all that is inside it; in one query."""
    below: dict[int | None, list[int]] = {}
    for pk, parent in Place.objects.order_by().values_list("pk", "parent_id"):
        below.setdefault(parent, []).append(pk)
    found, ahead = set(), [place.pk]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += below.get(here, [])
    return found
