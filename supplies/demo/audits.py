"""The demo office's audits of assets: closed, to be approved, half scanned; and the year-end check."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from organization.models import Department, Place, User
from organization.roles import Role

from ..models import AssetAudit, AuditLine, YearEndLine, YearEndPlan

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
STRANGE = "6925303721039"
Verdict = YearEndLine.Verdict


def fill(random: Random, now: datetime) -> None:
    past = AuditPast(now)
    past.closed()
    past.waiting()
    past.under_way()
    past.year_ends()


class AuditPast:
    """What was looked for in the quarter, by the clerk and the officer; the manager closes."""

    def __init__(self, now: datetime):
        self.now, self.today = now, timezone.localdate(now)
        self.clerk, self.manager = (User.objects.get(username=name) for name in ("clerk", "manager"))
        self.officer = User.objects.in_role(Role.ADMINISTRATION_OFFICER).order_by("pk").first()
        self.pantry = Place.objects.filter(name__contains="茶水间").order_by("pk").first()
        self.pantry = self.pantry or Place.objects.order_by("pk").last()

    def closed(self) -> None:
        """Finance: one notebook lay elsewhere, and the register followed."""
        at = self._at(38, 9, 30)
        audit = self._opened("finance", "财务部资产盘点", at)
        end = self._walk(audit, at, len(audit.lines.all()), astray=1)
        audit.hand_in(by=self.clerk, at=end)
        for line in audit.lines.unsettled():
            audit.settle(line, self._way(line), reason="工位调整后未登记", by=self.clerk, at=end + HOUR)
        audit.close(by=self.manager, at=end + 3 * HOUR)

    def waiting(self) -> None:
        """Marketing: one is missing, and a label of nobody's was scanned; handed in yesterday."""
        at = self._at(1, 14, 0)
        audit = self._opened("marketing", "市场部资产盘点", at)
        end = self._walk(audit, at, audit.lines.count() - 1, astray=1)
        audit.scan("ZC990017", audit.lines.first().place, by=self.officer, at=end)
        audit.hand_in(by=self.officer, at=min(self.now, end + 10 * MINUTE))

    def under_way(self) -> None:
        """The administration: half of it scanned so far, and a barcode that belongs to nothing."""
        at = min(self.now, self.now - 2 * HOUR)
        audit = self._opened("admin", "行政部年末资产盘点", at)
        end = self._walk(audit, at, (audit.lines.count() + 1) // 2, astray=0)
        audit.scan(STRANGE, audit.lines.first().place, by=self.clerk, at=min(self.now, end))

    def year_ends(self) -> None:
        """Last year's was decided when the register had been taken over; this year's is being drawn up."""
        at = self._at(97, 10, 0)
        last = YearEndPlan.draw_up(self.today.year - 1, by=self.clerk, at=at)
        printers = last.lines.filter(asset__name="激光打印机", proposal=Verdict.KEEP)
        last.settle(printers, Verdict.REPAIR, reason="定影组件老化，年初更换", cost=Decimal("480.00"),
                    by=self.clerk, at=at + HOUR)  # fmt: skip
        last.submit(by=self.clerk, at=at + 2 * HOUR)
        last.decide(by=self.manager, at=self._at(96, 16, 0))
        at = self._at(2, 15, 0)
        at = (
            at if timezone.localdate(at).year == self.today.year else self.now
        )  # in the first days of January
        self._decide_some(YearEndPlan.draw_up(self.today.year, by=self.clerk, at=at), at + HOUR)

    # -- how it is done ----------------------------------------------------------------------------

    def _opened(self, code: str, title: str, at: datetime) -> AssetAudit:
        department = Department.objects.get(code=code)
        return AssetAudit.open(by=self.clerk, at=at, title=title, department=department)

    def _walk(self, audit: AssetAudit, at: datetime, count: int, *, astray: int) -> datetime:
        """Scan so many, the first `astray` of them at the pantry. Gives the end."""
        for number, line in enumerate(audit.lines.for_rows()[:count]):
            at = min(self.now, at + 2 * MINUTE)
            place = self.pantry if number < astray else line.place
            audit.scan(line.asset.tag, place, by=self.officer if number % 3 == 2 else self.clerk, at=at)
        return at + 5 * MINUTE

    @staticmethod
    def _way(line: AuditLine) -> str:
        if line.result == AuditLine.Result.MISPLACED:
            return AuditLine.Settlement.REGISTER
        return AuditLine.Settlement.PUT_BACK

    def _decide_some(self, plan: YearEndPlan, at: datetime) -> None:
        """Against the proposal: an old one is replaced early."""
        old = plan.lines.filter(proposal=Verdict.KEEP, category__code="computers").order_by(
            "book_value", "pk"
        )
        plan.settle(old[:2], Verdict.REPLACE, reason="运行缓慢，影响工作", by=self.clerk, at=at)

    def _at(self, back: int, hour: int, minute: int) -> datetime:
        """An instant so many days ago, on the working day before where that is a weekend; never ahead."""
        day = self.today - timedelta(days=back)
        day -= timedelta(days=max(0, day.weekday() - 4))
        return min(self.now, timezone.make_aware(datetime.combine(day, time(hour, minute))))
