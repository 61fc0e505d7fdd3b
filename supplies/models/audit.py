"""Looking for the assets by scanning: opened, scanned, handed in, settled, and closed by another person."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import Department, Place, User
from pages import history, records
from pages.clock import now
from pages.refusals import Refused

from .asset import Asset
from .audit_line import AuditLine, Sighting
from .audit_record import AuditRecord
from .category import Category
from .settings import SuppliesSettings


class AssetAudit(AuditRecord):
    """An audit of assets (资产盘点): those of a department, place or category, or all of them, by scanning.

    The register's word is frozen in `AuditLine`; every scan is kept as a `Sighting`. `counters` are all who
    ever scanned or handed in: none of them closes it. Zero difference is asked for.
    """

    class Meta(AuditRecord.Meta):
        abstract = False

    # -- counting ------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def open(
        cls,
        *,
        by: User,
        at: datetime | None = None,
        title: str = "",
        department: Department | None = None,
        place: Place | None = None,
        category: Category | None = None,
        once: UUID | None = None,
    ) -> Self:
        """Freeze what the register says of the assets in scope (发起); refused where there are none.

        The second post of one form (`once`) answers the first audit.
        """
        from ..audits import scope  # asks these models itself

        if once and (opened := cls.objects.filter(once=once).first()):
            return opened
        at = at or now()
        wanted = scope.Scope(department, place, category)
        assets = list(scope.assets(wanted))
        if not assets:
            raise Refused(_("There is no asset in the register to be audited there."))
        days = timedelta(days=SuppliesSettings.current().audit_tolerance_days)
        audit = cls(
            title=title.strip() or wanted.title, department=department, place=place, category=category,
            opened_at=at, opened_by=by, due_on=timezone.localdate(at) + days, once=once,
        )  # fmt: skip
        try:
            with transaction.atomic(), history.reason(by=by):
                audit.save()
        except IntegrityError:
            if once and (opened := cls.objects.filter(once=once).first()):
                return opened  # the other click was faster
            raise
        audit.lines.bulk_create(
            AuditLine(audit=audit, asset=asset, place=asset.place, custodian=asset.custodian)
            for asset in assets
        )
        return audit

    @transaction.atomic
    def scan(
        self, code: str, place: Place, *, by: User, at: datetime | None = None, once: UUID | None = None
    ) -> Sighting:
        """A label was read, or its tag typed, at a place (扫码): kept, with what it means.

        Whatever the code is, it is no mistake of whoever scans: nothing but a closed audit refuses it. An
        asset scanned again at another place is taken to be there, where it was seen last.
        """
        from ..audits import scanning  # asks these models itself

        at = at or now()
        self._lock()
        if once and (known := self.sightings.for_rows().filter(once=once).first()):
            return known
        self._guard_counting()
        found = scanning.look_up(self, code, place)
        sighting = self.sightings.create(
            code=found.code, asset=found.asset, place=place, meaning=found.meaning, earlier=found.earlier,
            register_place=found.asset.place if found.asset else None, at=at, by=by, once=once,
        )  # fmt: skip
        self.counters.add(by)
        if found.line and found.result:
            self._note_seen(found.line, found.result, sighting)
        if found.is_seen:
            found.asset.seen(by=by, at=at, reason=f"{self.number} · {place}")
        self._touch()
        return sighting

    @transaction.atomic
    def hand_in(self, *, by: User, at: datetime | None = None) -> None:
        """Scanning is over (提交): whatever nobody has seen is missing, and another person is to close it."""
        from ..audits import telling  # asks these models itself

        at = at or now()
        self._lock()
        self._guard_counting()
        if not self.sightings.exists():
            raise Refused(_("Nothing has been scanned at all. Cancel the audit instead."))
        for line in self.lines.unseen().select_related("asset"):
            line.result = AuditLine.Result.MISSING
            if line.asset.status == Asset.Status.SCRAPPED:  # scrapped while it was looked for
                line.settlement = AuditLine.Settlement.WRITE_OFF
            self._save_line(line, "result", "settlement", by=by)
        self.counters.add(by)
        self.status, self.counted_at, self.counted_by = self.Status.REVIEW, at, by
        self._save("status", "counted_at", "counted_by", by=by)
        telling.tell_approvers(self, by=by, at=at)

    @transaction.atomic
    def take_up(self, *, reason: str, by: User, at: datetime | None = None) -> None:
        """Look for them once more (重新盘点), and why; what is missing is expected again."""
        from ..audits import telling  # asks these models itself

        at = at or now()
        self._lock()
        self._guard(self.Status.REVIEW)
        self._refuse_without(reason, _("Please say why it is taken up again."))
        for line in self.lines.filter(result=AuditLine.Result.MISSING, settlement__in=["", "search"]):
            line.result, line.settlement = AuditLine.Result.EXPECTED, AuditLine.Settlement.NONE
            self._save_line(line, "result", "settlement", by=by, reason=reason)
        self.status, self.counted_at, self.counted_by = self.Status.OPEN, None, None
        self.remark = reason.strip()
        self._save("status", "counted_at", "counted_by", "remark", by=by, reason=reason)
        telling.tell_counters(self, reason=reason, by=by, at=at)

    # -- deciding ------------------------------------------------------------------------------------

    @transaction.atomic
    def settle(
        self,
        line: AuditLine,
        how: str,
        *,
        reason: str = "",
        place: Place | None = None,
        by: User,
        at: datetime | None = None,
    ) -> None:
        """What becomes of a difference (处理), also after closing, until nothing is left to be done.

        The register follows: the asset is moved to where it was found. Written off: it is scrapped. Both by
        the asset's own verbs, which refuse what cannot be. `place` is where something missing turned up.
        """
        at = at or now()
        self._lock()
        self._guard(self.Status.REVIEW, self.Status.CLOSED)
        line = self.lines.select_related("asset", "found_place").get(pk=line.pk)
        if line.is_settled:
            raise Refused(_("%(asset)s: this difference is settled already.") % {"asset": line.asset})
        if how not in AuditLine.WAYS.get(AuditLine.Result(line.result), ()):
            raise Refused(_("%(asset)s: it cannot be settled like that.") % {"asset": line.asset})
        self._carry_out(line, how, reason=reason.strip(), place=place, by=by, at=at)
        line.settlement, line.remark = how, reason.strip()
        line.settled_at, line.settled_by = at, by
        names = ("settlement", "remark", "settled_at", "settled_by", "found_place")
        self._save_line(line, *names, by=by, reason=reason)
        self._touch()

    @transaction.atomic
    def look_into(
        self, sighting: Sighting, *, explanation: str, follow: bool = False, by: User,
        at: datetime | None = None,
    ) -> None:  # fmt: skip
        """What a strange scan was, in words; `follow`: the register has the asset where it was scanned."""
        at = at or now()
        self._lock()
        if self.status == self.Status.CANCELLED:
            self._guard(self.Status.CLOSED)
        self._refuse_without(explanation, _("Please say what it was."))
        sighting = self.sightings.select_related("asset").get(pk=sighting.pk)
        if follow and sighting.asset and sighting.asset.place_id != sighting.place_id:
            sighting.asset.move(place=sighting.place, reason=str(self), by=by, at=at)
        sighting.explanation, sighting.explained_by = explanation.strip(), by
        with history.reason(by=by):
            sighting.save(update_fields=["explanation", "explained_by"])
        self._touch()

    @transaction.atomic
    def close(self, *, by: User, at: datetime | None = None) -> None:
        """Looked at and signed (审批); never by who scanned or handed in. Open differences stay owed."""
        at = at or now()
        self._lock()
        self._guard(self.Status.REVIEW)
        if not by.has_perm("supplies.approve_audit"):
            raise Refused(_("%(name)s may not close audits.") % {"name": by})
        if self.counters.filter(pk=by.pk).exists():
            raise Refused(_("You have scanned or handed in yourself; somebody else has to close it."))
        self.status, self.decided_at, self.decided_by = self.Status.CLOSED, at, by
        self._save("status", "decided_at", "decided_by", by=by)

    @transaction.atomic
    def cancel(self, *, reason: str, by: User, at: datetime | None = None) -> None:
        """It comes to nothing (作废), and why; what was scanned stays on record."""
        at = at or now()
        self._lock()
        self._guard(self.Status.OPEN, self.Status.REVIEW)
        self._refuse_without(reason, _("Please say why the audit is cancelled."))
        self.status, self.decided_at, self.decided_by = self.Status.CANCELLED, at, by
        self.remark = reason.strip()
        self._save("status", "decided_at", "decided_by", "remark", by=by, reason=reason)

    # -- inside the verbs ------------------------------------------------------------------------------

    def _lock(self) -> None:
        records.lock(self)

    def _guard(self, *allowed: str) -> None:
        if self.status not in allowed:
            words = {"status": self.get_status_display(), "number": self.number}
            raise Refused(_("%(number)s: %(status)s. This cannot be done now.") % words)

    def _guard_counting(self) -> None:
        if self.status != self.Status.OPEN:
            words = {"status": self.get_status_display(), "number": self.number}
            raise Refused(_("%(number)s: %(status)s. Nothing is scanned now.") % words)

    @staticmethod
    def _refuse_without(reason: str, sentence: str) -> None:
        if not reason.strip():
            raise Refused(sentence)

    def _note_seen(self, line: AuditLine, result: str, sighting: Sighting) -> None:
        line.result, line.seen_at, line.seen_by = result, sighting.at, sighting.by
        line.found_place = sighting.place
        self._save_line(line, "result", "found_place", "seen_at", "seen_by", by=sighting.by)

    def _carry_out(
        self, line: AuditLine, how: str, *, reason: str, place: Place | None, by: User, at: datetime
    ) -> None:
        asset, ways = line.asset, AuditLine.Settlement
        if how == ways.WRITE_OFF:
            self._refuse_without(reason, _("Please say why it is written off."))
            asset.scrap(reason=f"{self.number}: {reason}", by=by, at=at)
        elif how == ways.REGISTER:
            line.found_place = line.found_place or place
            if line.found_place is None:
                raise Refused(_("Please say at which place it was found."))
            if asset.place_id != line.found_place_id:
                asset.move(place=line.found_place, reason=" · ".join(filter(None, (str(self), reason))),
                           by=by, at=at)  # fmt: skip
        elif how == ways.PUT_BACK and line.result == AuditLine.Result.MISSING:
            asset.seen(by=by, at=at, reason=self.number)

    def _save_line(self, line: AuditLine, *names: str, by: User, reason: str = "") -> None:
        with history.reason(reason, by=by):
            line.save(update_fields=names)

    def _touch(self) -> None:
        """Open screens look again; nothing for the history."""
        self.version += 1
        self.save(update_fields=["version"])

    def _save(self, *names: str, by: User, reason: str = "") -> None:
        self.version += 1
        with history.reason(reason, by=by):
            self.save(update_fields=[*names, "version"])
