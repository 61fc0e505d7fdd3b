"""Several assets for one person: their tags, typed or scanned, and to whom they go."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.functions import Upper
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..handing_over import tags_in
from ..models import Asset
from .assets import HandOverForm

MOST_AT_ONCE = 200


class SeveralForm(HandOverForm):
    """The tags of those that may be handed over by whoever fills this in; `assets` afterwards."""

    tags = forms.CharField(
        label=gettext_lazy("asset tags"),
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
        help_text=gettext_lazy("One a line. Scan them or type them."),
        max_length=8_000,
    )
    field_order = ["tags", "taker", "place", "department", "reason"]

    def clean_tags(self) -> list[Asset]:
        wanted = tags_in(self.cleaned_data["tags"])
        if len(wanted) > MOST_AT_ONCE:
            raise ValidationError(_("At most %(most)d at once.") % {"most": MOST_AT_ONCE})
        named = Asset.objects.annotate(upper=Upper("tag")).filter(upper__in=wanted)
        found = {asset.upper: asset for asset in named}
        unknown = [tag for tag in wanted if tag not in found]
        if unknown:
            raise ValidationError(
                _("There is no asset %(tags)s in the register.") % {"tags": "、".join(unknown[:10])}
            )
        return list(found.values())

    @property
    def words(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["assets"] = given.pop("tags")
        return given
