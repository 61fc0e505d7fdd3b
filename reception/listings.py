"""The columns of the list of calls; a spreadsheet has more of them than the page."""

from django.utils.translation import gettext_lazy as _

from pages import phones
from pages.exports import Column

CALLS = [
    Column("rang_at", _("Rang"), sort=True),
    Column("caller", _("Caller"), str, sort="caller_name"),
    Column(
        "number",
        _("Phone number"),
        lambda call: phones.mask(call.number),
        template="reception/_cell_number.html",
    ),
    Column("caller_type", _("Caller type"), sort="caller_type__position"),
    Column("purpose", _("Purpose"), template="reception/_cell_purpose.html"),
    Column("rings", _("Rings"), sort=True),
    Column("transferred_to", _("Person concerned"), sort="transferred_to__name"),
    Column("status", _("State"), sort=True, template="reception/_cell_state.html"),
    Column("receptionist", _("Taken by"), sort="receptionist__name"),
]
MORE = [
    Column("company", _("Company")),
    Column("product", _("Product")),
    Column("region", _("Region")),
    Column("answered_at", _("Answered at")),
    Column("ended_at", _("Ended at")),
    Column("override_reason", _("Why somebody else")),
    Column("fed_back_at", _("Fed back")),
    Column("received_at", _("Received")),
    Column("called_back_at", _("Called back")),
]
