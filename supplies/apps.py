from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuppliesConfig(AppConfig):
    name = "supplies"
    verbose_name = _("Supplies and assets")

    def ready(self) -> None:
        from . import history, notice_kinds, receivers, screens

        history.register()
        notice_kinds.register()
        receivers.connect()
        screens.register()
