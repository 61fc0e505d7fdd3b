"""A new office can send e-mail from its first minute; which server that is, the environment says."""

from typing import Any

from django.apps import apps as installed
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext


def ensure_mail_server(using: str, apps: Any = installed, **kwargs: Any) -> None:
    """Write the one e-mail channel after migrate, if there never was one."""
    try:
        channels = apps.get_model("notices", "Channel").objects.using(using)
    except LookupError:  # migrated back to before the channels
        return
    if not channels.filter(kind="email").exists():
        with translation.override(settings.LANGUAGE_CODE):
            channels.create(kind="email", name=gettext("Mail server"), per_minute=600)
