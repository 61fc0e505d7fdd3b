"""Narrowing the list of stocktakes down."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from .models import Item, Stocktake


class StocktakeFilter(filters.FilterSet):
    """How it stands, and what was counted."""

    status = filters.ChoiceFilter(label=_("Status"), choices=Stocktake.Status.choices, empty_label=_("All"))
    kind = filters.ChoiceFilter(label=_("Kind"), choices=Item.Kind.choices, empty_label=_("All"))

    class Meta:
        model = Stocktake
        fields = ()
