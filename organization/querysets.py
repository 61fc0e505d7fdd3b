"""Finding people, and knowing who is away, in the words of the office."""

from datetime import datetime

from django.apps import apps
from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q


class PersonQuerySet(models.QuerySet):
    """People as the office asks for them: `User.objects.in_role("receptionist").present(at)`."""

    def active(self) -> "PersonQuerySet":
        """Those who still work here and may sign in."""
        return self.filter(status=self.model.Status.ACTIVE, is_active=True)

    def with_away(self, at: datetime) -> "PersonQuerySet":
        """Each person with `away`: whether an absence covers the instant."""
        absences = apps.get_model("organization", "Absence").objects.covering(at)
        return self.annotate(away=Exists(absences.filter(user=OuterRef("pk"))))

    def present(self, at: datetime) -> "PersonQuerySet":
        """Active people who are not absent at the instant."""
        return self.active().with_away(at).filter(away=False)

    def in_role(self, role: str) -> "PersonQuerySet":
        """Active holders of a role, one query on the unique group name."""
        return self.active().filter(groups__name=str(role))

    def matching(self, text: str) -> "PersonQuerySet":
        """People by part of the name, pinyin (initials or whole), staff number or extension."""
        text = text.strip()
        if not text:
            return self
        found = Q(name__icontains=text) | Q(staff_no__istartswith=text) | Q(extension__startswith=text)
        if text.isascii():
            letters = text.replace(" ", "").lower()
            found |= (
                Q(initials__contains=letters) | Q(pinyin__startswith=letters) | Q(username__istartswith=text)
            )
        return self.filter(found)

    def search(self, text: str) -> "PersonQuerySet":
        """The same, among those who still work here."""
        return self.active().matching(text)


class PersonManager(UserManager.from_queryset(PersonQuerySet)):
    """Django's own manager of accounts, speaking the words above."""

    use_in_migrations = False


class PlaceQuerySet(models.QuerySet):
    """Places as they stand inside each other."""

    def tree(self) -> list:
        """The offices, in one query; each place holds what is directly inside it as `inside`."""
        places = {place.pk: place for place in self.order_by("name", "pk")}
        for place in places.values():
            place.inside = []
        for place in places.values():
            if place.parent_id in places:
                places[place.parent_id].inside.append(place)
        return [place for place in places.values() if place.parent_id is None]


class AbsenceQuerySet(models.QuerySet):
    """Absences that count, at an instant or over a stretch of time."""

    def standing(self) -> "AbsenceQuerySet":
        """Those not withdrawn."""
        return self.filter(withdrawn_at=None)

    def covering(self, at: datetime) -> "AbsenceQuerySet":
        """Those in force at the instant: the start belongs to it, the end does not."""
        return self.standing().filter(starts_at__lte=at, ends_at__gt=at)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> "AbsenceQuerySet":
        """Those that share any time with the stretch; one that ends where the other begins shares none."""
        return self.standing().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def visible_to(self, user) -> "AbsenceQuerySet":
        """A person's own and their reports'; everybody's with the right to arrange or to read them."""
        if user.has_perm("organization.arrange_absence") or user.has_perm("organization.view_absence"):
            return self
        return self.filter(Q(user=user) | Q(user__manager=user))
