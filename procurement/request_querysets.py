"""Reading purchase requests and the steps of their approval."""

import re
from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from organization.models import Absence
from pages import pinyin

NUMBER = re.compile(r"(?:CG)?\d{6}-0*(\d{1,9})", re.IGNORECASE)


class PurchaseRequestQuerySet(models.QuerySet):
    """Purchase requests: `PurchaseRequest.objects.visible_to(user).open()`."""

    def open(self) -> "PurchaseRequestQuerySet":
        return self.filter(status__in=self.model.OPEN)

    def under_way(self) -> "PurchaseRequestQuerySet":
        """Open and handed in: something comes of them unless somebody says no."""
        return self.open().exclude(status=self.model.Status.DRAFT)

    def visible_to(self, user) -> "PurchaseRequestQuerySet":
        """All with the right to see them; else one's own, the department's, and those one decides about."""
        if user.has_perm("procurement.view_every_request"):
            return self
        steps = apps.get_model("procurement", "Approval").objects.filter(request=OuterRef("pk"))
        decides = (
            Q(person=user) | Q(person__backup=user) | Q(team__in=list(user.role_names)) | Q(decided_by=user)
        )
        asked = Q(confirmer=user) | Q(confirmer__backup=user) | Q(confirmed_by=user)
        whole = Q(department__head=user) | Q(department__head__backup=user)
        if user.department_id:
            whole |= Q(department=user.department_id)
        handed_in = ~Q(status=self.model.Status.DRAFT)
        return self.filter(Q(requester=user) | handed_in & (whole | asked | Exists(steps.filter(decides))))

    def to_confirm_by(self, user, at: datetime) -> "PurchaseRequestQuerySet":
        """Whose requirement waits for the person, or for somebody they stand in for."""
        waiting = self.filter(status=self.model.Status.SUBMITTED).exclude(requester=user)
        away = Absence.objects.covering(at).filter(user=OuterRef("confirmer"))
        return waiting.filter(Q(confirmer=user) | Q(Exists(away), confirmer__backup=user))

    def matching(self, text: str) -> "PurchaseRequestQuerySet":
        """By number, part of the title or of a line's name, or pinyin initials."""
        text = text.strip()
        if not text:
            return self
        if number := NUMBER.fullmatch(text):
            return self.filter(pk=number[1])
        line = apps.get_model("procurement", "RequestLine").objects.filter(request=OuterRef("pk"))
        named = line.filter(Q(name__icontains=text) | Q(specification__icontains=text))
        found = Q(title__icontains=text) | Q(Exists(named))
        if text.isascii() and text.isalnum():
            found |= Q(initials__contains=pinyin.initials(text))
        return self.filter(found)

    def for_rows(self) -> "PurchaseRequestQuerySet":
        return self.select_related("department", "requester", "buyer", "shortage")


class ApprovalQuerySet(models.QuerySet):
    """Steps of approvals: `Approval.objects.waiting_for(user, at)`."""

    def waiting(self) -> "ApprovalQuerySet":
        return self.filter(status=self.model.Status.WAITING)

    def waiting_for(self, user, at: datetime) -> "ApprovalQuerySet":
        """What the person is to decide, alone, as one of a role, or for somebody who is away."""
        away = Absence.objects.covering(at).filter(user=OuterRef("person"))
        mine = Q(person=user) | Q(team__in=list(user.role_names)) | Q(Exists(away), person__backup=user)
        return self.waiting().filter(mine).exclude(request__requester=user)

    def for_cards(self) -> "ApprovalQuerySet":
        """With everything a card to decide on shows."""
        found = self.select_related("person", "request__department", "request__requester", "request__buyer")
        return found.prefetch_related(
            "request__lines__chosen__quote__supplier",
            "request__approvals__person",
            "request__approvals__decided_by",
        )
