"""What is typed of a maintenance plan."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.person_field import PersonField
from pages.cleaning import CleanModelForm
from pages.clock import now
from pages.once import OnceField

from ..models import MaintenancePlan
from .assets import DayField, MaintainForm, Words, keep_limits


class PlanForm(CleanModelForm):
    """What is to be done how often, first when, by whom."""

    responsible = PersonField(label=_("responsible"), required=True)
    once = OnceField()

    class Meta:
        model = MaintenancePlan
        fields = ("title", "every_months", "next_due_on", "responsible", "contractor", "expected_cost")
        field_classes = {"next_due_on": DayField}
        widgets = {"next_due_on": DayField.widget}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_limits(self)

    def clean_next_due_on(self):
        day = self.cleaned_data["next_due_on"]
        if "next_due_on" in self.changed_data and day < timezone.localdate(now()):
            raise ValidationError(_("The next time cannot be in the past."))
        return day

    def _post_clean(self) -> None:
        """The verb writes; the instance stays as it was read."""


class AmendPlanForm(PlanForm):
    reason = Words(_("reason"), required=True)
    once = None


class DonePlanForm(MaintainForm):
    """The same as maintenance without a plan, but that the plan knows what was to be done."""
