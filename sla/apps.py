from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

REGISTERING = ("announcements", "calendars", "house_rules", "live", "quiet_hours", "rights")
"""Modules that are imported only because they register what they bring."""


class SlaConfig(AppConfig):
    name = "sla"
    verbose_name = _("Promises")

    def ready(self) -> None:
        from . import defaults, populations, screens

        for name in REGISTERING:
            import_module(f"sla.{name}")

        discover_standards()
        screens.register()
        populations.register()
        post_migrate.connect(defaults.write_missing, sender=self)


def discover_standards() -> None:
    """Import every app's `standards` module, so that all clauses are known; then the duties none declared."""
    from . import clauses

    for config in apps.get_app_configs():
        if config.name != "sla" and find_spec(f"{config.name}.standards"):
            import_module(f"{config.name}.standards")
    clauses.register_duties()
