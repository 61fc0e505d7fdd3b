"""Whose a duty is: those who do it, their line managers and backups, and whoever oversees all duties."""

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from .models import Duty, DutyTurn, Occurrence


def sees_every_duty(user) -> bool:
    return any(user.has_perm(f"sla.{right}") for right in ("view_duty", "view_occurrence", "do_every_duty"))


def visible_duties(user) -> QuerySet[Duty]:
    """All for whoever oversees them, else those in which the person, or one of their reports, has a part."""
    if sees_every_duty(user):
        return Duty.objects.all()
    near = Q(person=user) | Q(person__manager=user) | Q(person__backup=user) | Q(team__in=_roles_near(user))
    turns = DutyTurn.objects.filter(Q(person=user) | Q(person__manager=user))
    return Duty.objects.filter(near | Q(pk__in=turns.values("duty")))


def visible_occurrences(user) -> QuerySet[Occurrence]:
    """All for whoever oversees them, else those one may do, and those one has done."""
    if sees_every_duty(user):
        return Occurrence.objects.all()
    return Occurrence.objects.filter(_near(user) | Q(ended_by=user))


def may_do(user, occurrence: Occurrence) -> bool:
    """Its own people (also those whose turn it is another time), their line manager and backup."""
    return user.is_active and Occurrence.objects.filter(_near(user), pk=occurrence.pk).exists()


def _near(user) -> Q:
    near = Q(person=user) | Q(person__manager=user) | Q(person__backup=user)
    as_one_of_many = Q(person=None, team__in=_roles_near(user))
    turns = DutyTurn.objects.filter(person=user).values("duty")
    return near | as_one_of_many | Q(duty__in=turns, duty__assignment=Duty.Assignment.ROTATION)


def _roles_near(user) -> QuerySet:
    """The names of the roles that the person or one of their reports holds."""
    return Group.objects.filter(Q(user=user) | Q(user__manager=user)).values("name")
