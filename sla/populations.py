"""What the house itself offers to draw from: its people, its front desk, its departments."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from organization.models import Department, User
from organization.querysets import PersonQuerySet
from organization.roles import Role

from . import sampling


def people() -> Iterator[tuple[str, str, str]]:
    """Everybody who works here."""
    return _named(User.objects.active())


def receptionists() -> Iterator[tuple[str, str, str]]:
    """Everybody at the front desk."""
    return _named(User.objects.in_role(Role.RECEPTIONIST))


def departments() -> Iterator[tuple[str, str, str]]:
    for department in Department.objects.all():
        yield department.code, department.name, department.get_absolute_url()


def _named(found: PersonQuerySet) -> Iterator[tuple[str, str, str]]:
    for person in found.select_related("department"):
        words = (person.name, person.department.name if person.department else "")
        yield person.staff_no, " · ".join(filter(None, words)), person.get_absolute_url()


def register() -> None:
    sampling.register("people", _("People of the company"), people, "organization.view_user")
    sampling.register("receptionists", _("People at the front desk"), receptionists, "organization.view_user")
    sampling.register("departments", _("Departments"), departments, "organization.view_department")
