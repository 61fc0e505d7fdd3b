"""What people are allowed to do comes from their roles (角色): groups that exist from the first start.

Each app grants its own permissions in `<app>/roles.py: GRANTS`. Missing grants are added after every
migrate; nothing an administrator added by hand is taken away.
"""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps as installed
from django.db import models
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """The roles of the department; the value is the group's name and never changes."""

    RECEPTIONIST = "receptionist", pgettext_lazy("role", "Receptionist")
    ADMINISTRATION_OFFICER = "administration_officer", pgettext_lazy("role", "Administration officer")
    ADMIN_MANAGER = "admin_manager", pgettext_lazy("role", "Admin manager")
    DEPARTMENT_HEAD = "department_head", pgettext_lazy("role", "Department head")
    ARCHIVIST = "archivist", pgettext_lazy("role", "Archivist")
    INVENTORY_CLERK = "inventory_clerk", pgettext_lazy("role", "Inventory clerk")
    IT_ADMIN = "it_admin", pgettext_lazy("role", "IT admin")
    BUYER = "buyer", pgettext_lazy("role", "Buyer")
    HR = "hr", pgettext_lazy("role", "HR")
    AUDITOR = "auditor", pgettext_lazy("role", "Auditor")


_PEOPLE = [
    "organization.add_user",
    "organization.change_user",
    "organization.view_user",
    "organization.view_mobile",
    "organization.import_people",
    "organization.arrange_absence",
    "organization.assign_roles",
    "organization.view_absence",
    "organization.view_department",
    "organization.add_department",
    "organization.change_department",
    "organization.view_place",
    "organization.add_place",
    "organization.change_place",
    "organization.delete_place",
]

_SYSTEMS = [f"organization.{verb}_apiclient" for verb in ("view", "add", "change")]

GRANTS: dict[Role, list[str]] = {
    Role.ADMIN_MANAGER: [*_PEOPLE, *_SYSTEMS],
    Role.ADMINISTRATION_OFFICER: _PEOPLE,
    Role.HR: [
        "organization.add_user",
        "organization.change_user",
        "organization.view_user",
        "organization.view_mobile",
        "organization.import_people",
        "organization.view_absence",
        "organization.view_department",
    ],
    Role.RECEPTIONIST: ["organization.view_mobile"],
    Role.IT_ADMIN: ["organization.view_user", "organization.view_mobile", *_SYSTEMS],
    Role.AUDITOR: [
        "organization.view_apiclient",
        "organization.view_user",
        "organization.view_absence",
        "organization.view_department",
        "organization.view_place",
    ],
}


def autodiscover() -> dict[str, set[str]]:
    """Every app's grants together: role -> {"app.codename"}."""
    granted: dict[str, set[str]] = {role.value: set() for role in Role}
    for config in installed.get_app_configs():
        if find_spec(f"{config.name}.roles"):
            for role, names in getattr(import_module(f"{config.name}.roles"), "GRANTS", {}).items():
                granted[str(role)].update(names)
    return granted


def ensure_roles(app_config, using, apps=installed, **kwargs) -> None:
    """Create the groups and add what they lack, once, after the last app's permissions were written."""
    last = [config for config in installed.get_app_configs() if config.models_module][-1]
    if app_config.label != last.label:
        return
    try:
        groups, permissions = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return
    ids = {
        f"{label}.{codename}": pk
        for pk, label, codename in permissions.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for role, names in autodiscover().items():
        group, _created = groups.objects.using(using).get_or_create(name=role)
        held = set(group.permissions.using(using).values_list("pk", flat=True))
        group.permissions.add(*({ids[name] for name in names if name in ids} - held))


def holders(roles: Iterable[str]) -> dict[str, list[int]]:
    """The active people in each of several roles, in one query: role -> user ids, lowest first."""
    from .models import User

    found: dict[str, list[int]] = {str(role): [] for role in roles}
    rows = (
        User.objects.active().filter(groups__name__in=found).values_list("groups__name", "pk").order_by("pk")
    )
    for role, pk in rows:
        found[role].append(pk)
    return found


def label(name: str) -> str:
    """A role as people call it; a group made by hand keeps its own name."""
    return str(Role(name).label) if name in Role.values else name
