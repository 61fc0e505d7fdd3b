from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from notices import history, inbox, kinds
        from notices.setting_up import ensure_mail_server
        from pages import bell, home, menu, pulse

        post_migrate.connect(ensure_mail_server, sender=self, dispatch_uid="notices.ensure_mail_server")
        history.register()
        kinds.register(
            "notices.welcome",
            title=_("Welcome to the admin office"),
            body=_(
                "Whatever concerns you appears here by itself: calls, visitors, parcels, and what is due."
            ),
            label=_("Welcome"),
        )
        pulse.watch("inbox", *inbox.WATCHED)
        bell.register(inbox.newest, inbox.urgent_after)
        menu.badge("inbox", inbox.unread_count)
        home.register(90, None, "inbox")
        menu.register(menu.SYSTEM, _("Deliveries"), "deliveries", "send", "notices.view_delivery", order=60)
        menu.register(
            menu.SYSTEM, _("Channels"), "channels", "plug-connected", "notices.view_channel", order=61
        )
