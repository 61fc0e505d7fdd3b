"""The columns of the list of purchase requests; a spreadsheet has more of them than the page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.exports import Column

REQUESTS = [
    Column("title", _("Title"), sort=True, template="procurement/_request_title.html", width=30),
    Column("department", _("Department"), sort="department__name"),
    Column("requester", _("Requested by"), sort="requester__name", template="procurement/_requester.html"),
    Column(
        "total",
        _("Amount"),
        lambda row: row.total if row.total else None,
        sort=True,
        template="procurement/_request_total.html",
    ),
    Column("status", _("Status"), sort=True, template="procurement/_request_status.html"),
    Column("created_at", _("Asked"), sort=True, width=18),
]
MORE = [
    Column("number", pgettext_lazy("document", "Number"), width=18),
    Column(
        "wanted", _("What is wanted"), lambda row: "；".join(line.spelt for line in row.lines.all()), width=40
    ),
    Column("purpose", _("What for"), width=30),
    Column("needed_on", _("Needed on")),
    Column("buyer", _("Buyer")),
    Column("confirmed_by", _("Confirmed by")),
    Column("confirmed_at", _("Confirmed at"), width=18),
    Column("approved_at", _("Approved at"), width=18),
    Column("over_budget", _("Exceeds a budget")),
    Column("end_reason", _("Reason"), width=30),
]
