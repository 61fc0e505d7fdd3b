"""The columns of the list of calls, on the page and in the spreadsheet."""

from django.utils.translation import gettext_lazy as _

from pages import phones
from pages.exports import Column

CALLS = [
    Column("rang_at", _("Rang"), sort=True),
    Column("caller", _("Caller"), str, sort="caller_name"),
    Column("number", _("Number"), lambda call: phones.mask(call.number)),
    Column("caller_type", _("Caller type"), sort="caller_type__position"),
    Column("purpose", _("Purpose"), template="reception/_cell_purpose.html"),
    Column("rings", _("Rings"), sort=True),
    Column("transferred_to", _("Person concerned"), sort="transferred_to__name"),
    Column("status", _("State"), sort=True, template="reception/_cell_state.html"),
    Column("fed_back_at", _("Fed back"), sort=True),
    Column("receptionist", _("Receptionist"), sort="receptionist__name"),
]
