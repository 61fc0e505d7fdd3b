"""The 23 work items of the job description in its five areas, by the number that begins every clause."""

from django.utils.translation import gettext_lazy as _

AREAS = {
    "1": _("Reception"),
    "2": _("Environment"),
    "3": _("Coordination and support"),
    "4": _("Cost control"),
    "5": _("Internal management"),
}

WORK_ITEMS = {
    "1.1": _("Answering and transferring calls"),
    "1.2": _("Faxes at the front desk"),
    "1.3": _("Receiving visitors"),
    "1.4": _("Business etiquette"),
    "1.5": _("Confidentiality"),
    "2.1": _("Routine inspection"),
    "2.2": _("Extra services"),
    "2.3": _("Office security"),
    "3.1": _("Client archives"),
    "3.2": _("Parcels"),
    "3.3": _("Purchasing"),
    "3.4": _("Meeting support"),
    "3.5": _("IT support"),
    "3.6": _("Computers of leavers"),
    "4.1": _("Office supplies"),
    "4.2": _("Fixed assets"),
    "4.3": _("Low-value consumables"),
    "4.4": _("Suppliers"),
    "4.5": _("Electricity"),
    "4.6": _("Cost of the office environment"),
    "5.1": _("Improving policies"),
    "5.2": _("Standardising processes"),
    "5.3": _("Growth of the staff"),
}


def number_of(clause: str) -> str:
    """The work item a clause belongs to: "1.1.6" → "1.1"."""
    return ".".join(clause.split(".")[:2])


def area_of(clause: str) -> str:
    """The area a clause or work item belongs to: "1.1.6" → "1"."""
    return clause.split(".")[0]
