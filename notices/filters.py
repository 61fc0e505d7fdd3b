"""What a person looks for in the inbox, and a manager in the delivery log."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices import kinds
from notices.models import Channel, Delivery, Notice


def kind_choices() -> list[tuple[str, str]]:
    """The kinds as people call them; several keys may bear one label, so the first of each stands for it."""
    return [(kind.key, kind.label) for kind in kinds.all_kinds()]


class InboxFilter(django_filters.FilterSet):
    """By kind, by level, and whether it was read or still waits for an answer."""

    STATES = [("unread", _("Unread")), ("read", pgettext_lazy("notice", "Read"))]

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="by_state", empty_label=_("Read and unread")
    )
    level = django_filters.ChoiceFilter(choices=Notice.Level.choices, empty_label=_("All levels"))
    kind = django_filters.ChoiceFilter(choices=kind_choices, empty_label=_("All kinds"))

    class Meta:
        model = Notice
        fields = ["state", "level", "kind"]

    def by_state(self, queryset, name: str, value: str):
        return queryset.filter(read_at__isnull=value == "unread")


class DeliveryFilter(django_filters.FilterSet):
    """By state and channel."""

    state = django_filters.ChoiceFilter(choices=Delivery.State.choices, empty_label=_("All states"))
    channel = django_filters.ModelChoiceFilter(queryset=Channel.objects.all(), empty_label=_("All channels"))

    class Meta:
        model = Delivery
        fields = ["state", "channel"]
