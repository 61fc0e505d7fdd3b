from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrganizationConfig(AppConfig):
    name = "organization"
    verbose_name = _("Organization")

    def ready(self) -> None:
        from . import history
        from .roles import ensure_roles

        post_migrate.connect(ensure_roles, dispatch_uid="organization.ensure_roles")
        history.register()
