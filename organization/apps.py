from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from pages import menu


class OrganizationConfig(AppConfig):
    name = "organization"
    verbose_name = _("Organization")

    def ready(self) -> None:
        from . import backends, history  # noqa: F401
        from .roles import ensure_roles

        post_migrate.connect(ensure_roles, dispatch_uid="organization.ensure_roles")
        history.register()
        menu.register(menu.INTERNAL, _("People"), "people", "users", order=10)
        menu.register(menu.INTERNAL, _("Who is away"), "away", "calendar-off", order=20)
        menu.register(menu.INTERNAL, _("Absences"), "absences", "calendar", order=30)
        menu.register(menu.SYSTEM, _("Departments"), "departments", "building-community", order=10)
        menu.register(menu.SYSTEM, _("Places"), "places", "map-pin", order=20)
        menu.register(menu.SYSTEM, _("API clients"), "api-clients", "key", "organization.view_apiclient", 70)
        menu.register_own(_("My profile"), "profile", "user", order=10)
        menu.register_new(_("Absence"), "absence-new", "calendar-off", order=90)
