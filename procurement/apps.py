from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = _("Purchasing and budgets")

    def ready(self) -> None:
        from . import (
            budget_defaults,
            history,
            notice_kinds,
            receivers,
            request_defaults,
            review_defaults,
            screens,
        )

        history.register()
        notice_kinds.register()
        receivers.connect()
        screens.register()
        post_migrate.connect(request_defaults.write, sender=self, dispatch_uid="procurement.request_defaults")
        post_migrate.connect(budget_defaults.write, sender=self, dispatch_uid="procurement.budget_defaults")
        post_migrate.connect(review_defaults.write, sender=self, dispatch_uid="procurement.review_defaults")
