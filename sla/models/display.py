"""The screens on the wall: each let in by an address of its own, until it is revoked."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from organization.models import User
from pages import history
from pages.looks import record_look
from pages.refusals import Refused

NOTED_EVERY = timedelta(minutes=1)


class Display(models.Model):
    """A screen on the wall (大屏) that may show the board without signing in, until it is revoked.

    Its token, 256 random bits, is shown once, within the address to open there; only the SHA-256 is kept.
    """

    name = models.CharField(_("where it hangs"), max_length=60)
    digest = models.CharField(_("digest of the token"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    seen_at = models.DateTimeField(_("last seen"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )

    class Meta:
        verbose_name = _("display")
        verbose_name_plural = _("displays")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("display", args=[self.pk])

    # -- verbs -----------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def create(cls, name: str, *, by: User, at: datetime) -> tuple[Self, str]:
        """Put a screen up (挂屏): gives it and its token, which nobody can be told again."""
        token = secrets.token_urlsafe(32)
        with history.reason(by=by):
            display = cls.objects.create(name=name, digest=_digest(token), created_by=by, created_at=at)
        return display, token

    @transaction.atomic
    def revoke(self, *, by: User, at: datetime) -> None:
        """Shut the screen out for good (停用); it says so itself within seconds."""
        self.refresh_from_db(from_queryset=Display.objects.select_for_update())
        if not self.is_let_in:
            raise Refused(_("%(name)s has been revoked already.") % {"name": self.name})
        self.revoked_at, self.revoked_by = at, by
        with history.reason(by=by):
            self.save(update_fields=["revoked_at", "revoked_by"])

    def enter(self, *, at: datetime) -> None:
        """Somebody has opened its address on a screen, which stands in its history."""
        record_look(self, None, gettext_noop("the wall, opened on a screen"))
        self.note_seen(at=at)

    def note_seen(self, *, at: datetime) -> None:
        """Remember that the screen asked, at most once a minute."""
        if self.seen_at is None or at - self.seen_at >= NOTED_EVERY:
            self.seen_at = at
            self.save(update_fields=["seen_at"])

    # -- questions -------------------------------------------------------------------------------

    @classmethod
    def holding(cls, token: str) -> Self | None:
        """The screen of this token, also if it was revoked."""
        return cls.objects.filter(digest=_digest(token)).first() if token else None

    @property
    def is_let_in(self) -> bool:
        return self.revoked_at is None


def _digest(token: str) -> str:
    """256 random bits need no slow hash: nobody can try them out."""
    return sha256(token.encode(errors="replace")).hexdigest()


auditlog.register(Display, exclude_fields=["digest", "seen_at"])
