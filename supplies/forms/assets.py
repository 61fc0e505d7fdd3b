"""What is typed about an asset on its way: to whom, where, until when, and what broke."""

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, Place
from organization.person_field import PersonField
from pages.cleaning import CleanForm
from pages.money import MOST
from pages.once import OnceField
from pages.refusals import Refused


class PlaceField(forms.ModelChoiceField):
    """A place, told with what it is inside of."""

    def __init__(self, **kwargs: Any) -> None:
        rows = Place.objects.select_related("parent").order_by("parent__name", "name", "pk")
        super().__init__(**{"queryset": rows, "label": _("place"), **kwargs})

    def label_from_instance(self, place: Place) -> str:
        return f"{place.parent} / {place}" if place.parent else str(place)


class DepartmentField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"queryset": Department.objects.all(), "label": _("department"), **kwargs})


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CostField(forms.DecimalField):
    """An amount in CNY that may be left open."""

    def __init__(self, **kwargs: Any) -> None:
        usual = {"required": False, "max_digits": 14, "decimal_places": 2, "max_value": MOST}
        super().__init__(**{**usual, "validators": [MinValueValidator(0)], **kwargs})


def Words(label: Any, **kwargs: Any) -> forms.CharField:
    """Up to 200 letters."""
    return forms.CharField(**{"label": label, "max_length": 200, "required": False, **kwargs})


def keep_limits(form: forms.ModelForm) -> None:
    """Let the fields refuse what the columns would; the form's record is written by its verb, not here."""
    columns = {column.name: column for column in form._meta.model._meta.concrete_fields}
    for name in form.fields.keys() & columns.keys():
        field = form.fields[name]
        field.validators = [*field.validators, *columns[name].validators]


class AssetForm(CleanForm):
    """A form about one asset; what it gives are the words of the verb."""

    def __init__(self, *args: Any, asset: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asset, self.is_refused = asset, False

    def refuse(self, refusal: Refused) -> None:
        """The verb would not: its sentence stands above what was typed."""
        self.is_refused = True
        self.add_error(None, str(refusal))


class HandOverForm(AssetForm):
    taker = PersonField(label=_("taker"), required=True)
    place = PlaceField(required=False, empty_label=_("The taker's seat"))
    department = DepartmentField(required=False, empty_label=_("The taker's department"))
    reason = Words(_("reason"))
    once = OnceField()


class LendForm(AssetForm):
    taker = PersonField(label=_("borrower"), required=True)
    due_back_on = DayField(label=_("due back on"))
    place = PlaceField(required=False, empty_label=_("The taker's seat"))
    reason = Words(_("what for"))
    once = OnceField()


class ExtendForm(AssetForm):
    due_back_on = DayField(label=_("due back on"))
    reason = Words(_("reason"), required=True)


class MoveForm(AssetForm):
    place = PlaceField()
    department = DepartmentField(required=False, empty_label=_("As before"))
    reason = Words(_("reason"))


class TakeBackForm(AssetForm):
    place = PlaceField(label=_("to which store"))
    department = DepartmentField(required=False, empty_label=_("As before"))
    reason = Words(_("remark"))


class FaultForm(AssetForm):
    fault = Words(_("what is wrong"), required=True)


class RepairForm(FaultForm):
    contractor = forms.CharField(label=_("done by which company"), max_length=120, required=False)


class RepairedForm(AssetForm):
    result = Words(pgettext_lazy("repair", "what was done"), required=True)
    cost = CostField(label=_("cost"))
    contractor = forms.CharField(label=_("done by which company"), max_length=120, required=False)


class MaintainForm(AssetForm):
    done = Words(pgettext_lazy("repair", "what was done"), required=True)
    cost = CostField(label=_("cost"))
    contractor = forms.CharField(label=_("done by which company"), max_length=120, required=False)


class ScrapForm(AssetForm):
    reason = Words(_("why it is scrapped"), required=True)
    proceeds = CostField(label=_("proceeds of scrapping"))


class RestoreForm(AssetForm):
    reason = Words(_("reason"), required=True)


class ReasonForm(AssetForm):
    reason = Words(_("reason"), required=True)


class MayWithdrawForm(AssetForm):
    reason = Words(_("reason"))
