"""A new screen for the wall."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pages.cleaning import CleanModelForm

from ..models import Display


class DisplayForm(CleanModelForm):
    """Where the screen hangs, which tells it from the others."""

    class Meta:
        model = Display
        fields = ["name"]
        help_texts = {"name": _("For instance: front desk, third floor.")}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Display.objects.filter(name=name, revoked_at=None).exists():
            raise ValidationError(_("There is a screen of this name already."))
        return name
