"""Where assets stand in the menus, what people are told of them, and what others owe them."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices import kinds
from organization.models import User
from pages import menu
from pages.clock import now
from sla import mine
from sla.models import Timer
from sla.querysets import TimerQuerySet

from .models import Asset, Handover


def register() -> None:
    menu.register(
        menu.COST, pgettext_lazy("register", "Fixed assets"), "assets", "device-tv", "supplies.view_asset", 30
    )
    menu.register_own(_("In my custody"), "my-assets", "id-badge", order=30)
    menu.register_new(_("Fixed asset"), "asset-new", "device-tv", "supplies.add_asset", order=50)
    menu.badge("assets", _overdue)
    menu.badge("my-assets", _to_accept)
    mine.register(owed_to=handed_over_by)


def register_kinds() -> None:
    kinds.register(
        "supplies.handover",
        label=_("An asset for you"),
        title=_("Please accept: %(asset)s"),
        body=_("%(name)s hands it over to you. Look whether it is there and in order, then accept it."),
    )
    kinds.register(
        "supplies.declined",
        label=_("An asset was declined"),
        title=_("%(name)s does not take %(asset)s"),
        body=_("Reason: %(reason)s"),
    )
    kinds.register(
        "supplies.fault",
        label=_("An asset is broken"),
        title=_("Fault of %(asset)s"),
        body=_("%(name)s reports: %(fault)s"),
    )


def handed_over_by(user: User) -> TimerQuerySet:
    """What others have still to accept of what this person handed over."""
    waiting = Handover.objects.waiting().filter(asked_by=user)
    return Timer.objects.running().filter(
        standard=Handover.ACCEPTANCE,
        subject_type=ContentType.objects.get_for_model(Handover),
        subject_id__in=waiting.values("pk"),
    )


def _overdue(user: User) -> int:
    """Lent and not brought back in time."""
    return Asset.objects.overdue(timezone.localdate(now())).count()


def _to_accept(user: User) -> int:
    return Handover.objects.to_accept(user).count()
