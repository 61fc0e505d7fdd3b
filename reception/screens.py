"""Where the desk's pages stand in the menu, who starts there, and what tells open screens to look again."""

from django.utils.translation import gettext_lazy as _

from organization import scopes
from pages import home, menu, pulse

from .models import Call

LAST_CHANGED = (
    "SELECT {gather}(id || ':' || updated_at, '/') FROM "
    "(SELECT id, updated_at FROM reception_call ORDER BY updated_at DESC LIMIT 5) AS latest"
)
"""The calls changed last, for the desk; several, because changes may be committed out of their order."""


def register() -> None:
    home.register(10, "reception.add_call", "front-desk")
    menu.register(menu.RECEPTION, _("Front desk"), "front-desk", "headset", "reception.add_call", 10)
    menu.register(menu.RECEPTION, _("Calls"), "calls", "phone", "reception.view_call", 20)
    menu.register(menu.RECEPTION, _("Customers"), "customers", "users", None, 30)
    menu.register_new(_("Customer"), "customer-new", "user-plus", "reception.add_customer", order=20)
    menu.register(
        menu.SYSTEM,
        _("Reception settings"),
        "reception-settings",
        "adjustments",
        "reception.arrange_reception",
        50,
    )
    menu.badge("calls", _missed)
    pulse.watch("calls", LAST_CHANGED, may="reception.view_call")
    scopes.register(
        "phone-events", _("Report what happens on the telephone line"), "organization.add_apiclient"
    )
    scopes.register("customers", _("Read the customer register, numbers masked"), "reception.export_customer")
    scopes.register("numbers", _("Read whole phone numbers, too"), "reception.view_number")


def _missed(user) -> int:
    return Call.objects.to_call_back().count()
