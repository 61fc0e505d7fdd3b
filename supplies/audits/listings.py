"""The list of audits: its columns and what narrows it down."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.exports import Column

from ..models import AssetAudit

AUDITS = [
    Column("title", _("Title"), sort=True),
    Column("number", pgettext_lazy("audit", "Number")),
    Column("scope", _("What is looked for"), "scope_words"),
    Column("opened_at", _("Opened"), sort=True),
    Column("due_on", _("To be finished by"), lambda audit: audit.due_on.isoformat(), sort="due_on"),
    Column("progress", _("Seen"), "progress_words"),
    Column("differ", _("Differences")),
    Column("status", _("Status"), sort=True, template="supplies/_audit_status.html"),
    Column("decided_by", _("Decided by"), "decided_by.name"),
]


class AuditFilter(filters.FilterSet):
    """How it stands."""

    status = filters.ChoiceFilter(label=_("Status"), choices=AssetAudit.Status.choices, empty_label=_("All"))

    class Meta:
        model = AssetAudit
        fields = ()
