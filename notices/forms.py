"""What is typed about a channel: addresses and secrets go in and never come out again."""

from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from notices.models import Channel
from pages.cleaning import CleanModelForm

MOST_ADDRESS = 500


def web_address(value: str) -> None:
    """Refuse what cannot be the address of a robot or webhook."""
    try:
        parts = urlsplit(value)
        complete = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        complete = False
    if not complete or any(sign.isspace() for sign in value):
        raise ValidationError(_("Type the whole address, beginning with https:// or http://."))


class ChannelForm(CleanModelForm):
    """A channel of a given kind; an empty address or secret keeps the one that is stored."""

    address = forms.CharField(
        label=_("Address (webhook URL)"),
        max_length=MOST_ADDRESS,
        required=False,
        validators=[web_address],
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    secret = forms.CharField(
        label=_("Signing secret"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = Channel
        fields = ["name", "address", "secret", "per_minute"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = self.instance.kind
        self.fields["per_minute"].min_value = 1
        if kind == Channel.Kind.EMAIL:
            del self.fields["address"], self.fields["secret"]
            return
        if kind == Channel.Kind.WECOM:
            del self.fields["secret"]
        for name in ("address", "secret"):
            if name in self.fields and getattr(self.instance, name):
                self.fields[name].help_text = _("Stored, and not shown. Leave empty to keep it.")
        if not self.instance.address:
            self.fields["address"].required = True
        if kind == Channel.Kind.WEBHOOK and not self.instance.secret:
            self.fields["secret"].required = True

    def clean_address(self) -> str | None:
        return self.cleaned_data["address"] or self.instance.address

    def clean_secret(self) -> str | None:
        return self.cleaned_data["secret"] or self.instance.secret

    def clean_per_minute(self) -> int:
        asked, most = self.cleaned_data["per_minute"], Channel.PER_MINUTE[self.instance.kind]
        if not 1 <= asked <= most:
            raise ValidationError(
                _("Between 1 and %(most)s: the maker allows no more."), params={"most": most}
            )
        return asked
