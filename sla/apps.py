from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SlaConfig(AppConfig):
    name = "sla"
    verbose_name = _("Promises")

    def ready(self) -> None:
        from . import announcements, calendars, defaults, live, quiet_hours, rights, screens  # noqa: F401

        discover_standards()
        screens.register()
        post_migrate.connect(defaults.write_missing, sender=self)


def discover_standards() -> None:
    """Import every app's `standards` module, so that all clauses are known."""
    for config in apps.get_app_configs():
        if config.name != "sla" and find_spec(f"{config.name}.standards"):
            import_module(f"{config.name}.standards")
