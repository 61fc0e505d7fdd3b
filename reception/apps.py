from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReceptionConfig(AppConfig):
    name = "reception"
    verbose_name = _("Reception")

    def ready(self) -> None:
        from . import crm, defaults, history, notice_kinds, overview, populations, receivers, screens

        crm.register()
        history.register()
        notice_kinds.register()
        overview.register()
        populations.register()
        receivers.connect()
        screens.register()
        post_migrate.connect(defaults.write, sender=self, dispatch_uid="reception.defaults")
