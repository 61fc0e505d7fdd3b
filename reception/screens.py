"""Where the desk's pages stand in the menu, who starts there, and what tells open screens to look again."""

from django.utils.translation import gettext_lazy as _

from organization import scopes
from pages import home, menu, pulse

from .models import Call


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
    pulse.register("calls", calls_token)
    scopes.register(
        "phone-events", _("Report what happens on the telephone line"), "organization.add_apiclient"
    )
    scopes.register("customers", _("Read the customer register, numbers masked"), "reception.export_customer")
    scopes.register("numbers", _("Read whole phone numbers, too"), "reception.view_number")


def calls_token(user) -> str:
    """The calls changed last, for the desk; several, because changes may be committed out of their order."""
    if not user.has_perm("reception.view_call"):
        return ""
    latest = Call.objects.order_by("-updated_at").values_list("pk", "updated_at")[:5]
    return "/".join(f"{pk}:{changed.timestamp()}" for pk, changed in latest)


def _missed(user) -> int:
    return Call.objects.to_call_back().count()
