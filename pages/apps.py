from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Shared pages")

    def ready(self) -> None:
        from auditlog import get_logentry_model

        from pages import checks, history

        pre_save.connect(history.stamp, sender=get_logentry_model(), dispatch_uid="pages.history.stamp")
        register(checks.encrypted_fields_are_masked)
