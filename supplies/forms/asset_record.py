"""What is typed of an asset itself: entered once, or several alike, and corrected with a reason."""

from datetime import datetime
from typing import Any
from uuid import uuid5

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organization.models import User
from organization.person_field import PersonField
from pages.cleaning import CleanModelForm
from pages.once import OnceField
from pages.uploads import CheckedFileField

from ..models import Asset
from .assets import DayField, PlaceField, Words, keep_limits

MOST_AT_ONCE = 100
DAYS = {"bought_on": DayField, "in_use_on": DayField, "warranty_until": DayField}
_FIELDS = ["name", "category", "model", "serial", "price", "residual", "useful_months", "bought_on",
           "in_use_on", "supplier", "warranty_until", "picture", "remark"]  # fmt: skip


class _AssetForm(CleanModelForm):
    """What both have: a picture whose content is looked into, days and money that fit each other."""

    picture = CheckedFileField(
        only_photos=True,
        required=False,
        label=_("picture"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    class Meta:
        model = Asset
        fields = _FIELDS
        field_classes = DAYS
        widgets = dict.fromkeys(DAYS, DayField.widget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_limits(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        price, residual = given.get("price"), given.get("residual")
        if price is not None and residual is not None and residual > price:
            self.add_error("residual", _("The residual value lies between nothing and the price."))
        bought, used = given.get("bought_on"), given.get("in_use_on")
        if bought and used and used < bought:
            self.add_error("in_use_on", _("An asset is put to use on the day it was bought or later."))
        return given

    def _post_clean(self) -> None:
        """The verb writes; the instance stays as it was read."""

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as the verbs want it; a picture with its kind, or as it was."""
        given = {name: self.cleaned_data[name] for name in self.Meta.fields}
        upload = given.pop("picture", None)
        if upload and hasattr(upload, "content_type"):
            given |= {"picture": upload, "picture_type": upload.content_type}
        return given


class NewAssetForm(_AssetForm):
    """An asset for the register; what the category knows may be left open."""

    place = PlaceField()
    pieces = forms.IntegerField(label=_("how many alike"), min_value=1, max_value=MOST_AT_ONCE, initial=1)
    taker = PersonField(label=_("hand over to"))
    once = OnceField()

    class Meta(_AssetForm.Meta):
        fields = [*_FIELDS[:2], "department", "place", *_FIELDS[2:]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("residual", "useful_months", "in_use_on"):
            self.fields[name].required = False
        self.fields["residual"].help_text = _("Left empty: by its category.")
        self.fields["useful_months"].help_text = _("Left empty: by its category.")
        self.fields["in_use_on"].help_text = _("Left empty: the day it was bought.")
        self.fields["taker"].help_text = _("Left empty: it lies in store.")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("serial") and (given.get("pieces") or 1) > 1:
            self.add_error("serial", _("Several pieces do not share a serial number. Leave it empty."))
        return given

    @transaction.atomic
    def register(self, *, by: User, at: datetime) -> list[Asset]:
        """Enter them, and hand them over where a taker was named."""
        once, taker = self.cleaned_data["once"], self.cleaned_data["taker"]
        registered = []
        for number in range(self.cleaned_data["pieces"]):
            ticket = uuid5(once, str(number)) if once else None
            asset = Asset.register(**self.words, once=ticket, by=by, at=at)
            registered.append(asset)
            if taker:
                asset.hand_over(taker=taker, once=once, by=by, at=at)
        return registered


class CorrectAssetForm(_AssetForm):
    """Another word in the register, with the reason; whoever was quicker is not written over."""

    reason = Words(_("reason"), required=True)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def correct(self, *, by: User, at: datetime) -> None:
        self.instance.correct(
            reason=self.cleaned_data["reason"], version=self.cleaned_data["version"], **self.words,
            by=by, at=at,
        )  # fmt: skip
