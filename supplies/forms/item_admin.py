"""An item as the clerk enters it."""

from typing import Any

from django import forms

from pages.cleaning import CleanModelForm
from pages.uploads import CheckedFileField

from ..models import Item


class ItemForm(CleanModelForm):
    """The picture is looked into; the rest the model judges."""

    picture = CheckedFileField(
        label=Item._meta.get_field("picture").verbose_name,
        only_photos=True,
        required=False,
        widget=forms.FileInput,
    )

    class Meta:
        model = Item
        fields = [
            "code", "name", "specification", "kind", "category", "unit", "picture", "place", "shelf",
            "barcode", "minimum", "target", "reorders", "requestable", "active", "remark",
        ]  # fmt: skip

    def save(self, commit: bool = True) -> Any:
        if upload := self.files.get(self.add_prefix("picture")):
            self.instance.picture_type = upload.content_type
        return super().save(commit)
