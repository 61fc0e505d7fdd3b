"""What a code read during an audit means, and how far the walk from place to place has come."""

from typing import NamedTuple
from urllib.parse import unquote

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from organization.models import Place
from pages import times
from pages.clock import now

from ..counting import code_in
from ..models import Asset, AssetAudit, AuditLine, Sighting
from .querysets import SEEN
from .scope import inside

Meaning, Result = Sighting.Meaning, AuditLine.Result
LONGEST = 200


class Scanned(NamedTuple):
    """What a code stands for: an asset or none, the line that expects it, and what that makes of the line.

    `result` is None where the line stays as it is; `earlier` is the last scan of the same thing.
    """

    code: str
    meaning: str
    asset: Asset | None = None
    line: AuditLine | None = None
    result: str | None = None
    earlier: Sighting | None = None

    @property
    def is_seen(self) -> bool:
        """The asset itself was there, and its being seen is news."""
        return bool(self.asset) and (bool(self.result) or self.meaning == Meaning.UNEXPECTED)


def look_up(audit: AssetAudit, text: str, place: Place) -> Scanned:
    """The meaning of what was read at a place; the audit is held meanwhile."""
    code = unquote(code_in(text))[:LONGEST]
    asset = Asset.objects.select_related("place").filter(tag__iexact=code).order_by("pk").first()
    same = Q(asset=asset) if asset else Q(asset=None, code__iexact=code)
    earlier = audit.sightings.filter(same).select_related("place", "by").first()
    if asset is None:
        return Scanned(code, Meaning.AGAIN if earlier else Meaning.UNKNOWN, earlier=earlier)
    if asset.status == Asset.Status.SCRAPPED:
        return Scanned(code, Meaning.AGAIN if earlier else Meaning.SCRAPPED, asset, earlier=earlier)
    line = audit.lines.select_related("asset").filter(asset=asset).first()
    if line is None:
        meaning = Meaning.AGAIN if earlier and earlier.place_id == place.pk else Meaning.UNEXPECTED
        return Scanned(code, meaning, asset, earlier=earlier)
    result = Result.FOUND if _agrees(line, asset, place) else Result.MISPLACED
    if earlier and line.result in SEEN:
        moved = result if line.found_place_id != place.pk else None
        return Scanned(code, Meaning.AGAIN, asset, line, moved, earlier)
    return Scanned(code, Meaning(result.value), asset, line, result)


def _agrees(line: AuditLine, asset: Asset, place: Place) -> bool:
    """It is where the register had it, or has it by now, or somewhere inside that place."""
    if place.pk in (line.place_id, asset.place_id):
        return True
    return place.pk in inside(asset.place)


# -- the walk ------------------------------------------------------------------------------------------


class Progress(NamedTuple):
    """So many of the assets of a place, or of all, have been seen."""

    place: Place | None
    done: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.done == self.total


def progress(audit: AssetAudit) -> list[Progress]:
    """How far each place is, by name; in one query."""
    done = Count("pk", filter=Q(result__in=SEEN))
    rows = audit.lines.order_by("place__name", "place").values_list("place", "place__name")
    return [
        Progress(Place(pk=pk, name=name), done, total)
        for pk, name, total, done in rows.annotate(Count("pk"), done=done)
    ]


def together(places: list[Progress]) -> Progress:
    """How far all of it is."""
    return Progress(None, sum(one.done for one in places), sum(one.total for one in places))


def here(audit: AssetAudit, place: Place | None) -> QuerySet[AuditLine]:
    """What is expected at a place, the unseen first."""
    lines = audit.lines.filter(place=place).for_rows()
    return lines.order_by(F("seen_at").asc(nulls_first=True), "asset__tag")


def words(sighting: Sighting) -> str:
    """What a scan means, said to whoever scanned."""
    named = {"asset": sighting.asset, "code": sighting.code, "place": sighting.place}
    named["register"] = sighting.register_place
    match sighting.meaning:
        case Meaning.FOUND:
            return _("%(asset)s is where the register has it.") % named
        case Meaning.MISPLACED:
            return _("%(asset)s: the register has it at %(register)s.") % named
        case Meaning.UNEXPECTED:
            return _("%(asset)s is not part of this audit; the register has it at %(register)s.") % named
        case Meaning.SCRAPPED:
            return _("%(asset)s was scrapped by the register. Keep it aside; the scan is kept.") % named
        case Meaning.AGAIN:
            return _again(sighting)
    return _("%(code)s belongs to no asset. The code is kept, to be looked into.") % named


def _again(sighting: Sighting) -> str:
    earlier = sighting.earlier
    named = {
        "thing": sighting.asset or sighting.code,
        "person": earlier.by,
        "time": times.when(earlier.at, now()),
        "before": earlier.place,
        "place": sighting.place,
    }
    is_known = sighting.asset and sighting.asset.status != Asset.Status.SCRAPPED
    if earlier.place_id == sighting.place_id or not is_known:
        return _("%(thing)s was scanned by %(person)s, %(time)s, at %(before)s.") % named
    return (
        _("%(thing)s was scanned by %(person)s, %(time)s, at %(before)s; now it is noted at %(place)s.")
        % named
    )
