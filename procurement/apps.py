from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = _("Purchasing and budgets")

    def ready(self) -> None:
        from . import history, notice_kinds, receivers, screens

        history.register()
        notice_kinds.register()
        receivers.connect()
        screens.register()
