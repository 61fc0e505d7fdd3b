"""Outside systems that may talk to the office, each with a token of its own."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages import history
from pages.refusals import Refused

from .user import User

TOKEN = re.compile(r"ao_(\d{1,10})_[\w-]{43}", re.ASCII)
NOTED_EVERY = timedelta(minutes=1)


def _person(verbose_name, **options) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=verbose_name,
        **options,
    )


class ApiClient(models.Model):
    """An outside system (接口客户端), such as the telephone system: what it may do, and its token.

    The token, ao_<id>_<256 random bits>, is shown once and never stored; its SHA-256 tells whether one is
    right, and `hint`, its last four characters, tells people which one they have at hand.
    """

    name = models.CharField(
        pgettext_lazy("system", "name"), max_length=60, help_text=_("Which system it is, and where.")
    )
    scopes = models.JSONField(_("allowed to"), default=list)
    digest = models.CharField(max_length=64, editable=False)
    hint = models.CharField(_("token ends in"), max_length=4, editable=False)
    created_by = _person(_("created by"))
    created_at = models.DateTimeField(_("created at"), editable=False)
    rotated_at = models.DateTimeField(_("token renewed at"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)
    revoked_by = _person(_("revoked by"), null=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, editable=False)

    class Meta:
        verbose_name = _("API client")
        verbose_name_plural = _("API clients")
        ordering = [F("revoked_at").desc(nulls_first=True), "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(revoked_at=None),
                name="api_client_name_in_use_once",
                violation_error_message=_("There is a system of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("api-client", args=[self.pk])

    # -- verbs -----------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def issue(cls, name: str, scopes: Iterable[str], *, by: User, at: datetime) -> tuple[Self, str]:
        """Let a system in (发放): gives the client and its token, which nobody can be told again."""
        _may_hand_on(scopes, by)
        with history.reason(by=by):
            client = cls.objects.create(name=name, scopes=sorted(scopes), created_by=by, created_at=at)
            token = client._renew()
            client.save(update_fields=["digest", "hint"])
        return client, token

    @transaction.atomic
    def rotate(self, *, by: User, at: datetime) -> str:
        """Give a new token (更换); the old one is worth nothing from now on."""
        self._lock()
        _may_hand_on(self.scopes, by)
        token = self._renew()
        self.rotated_at = at
        with history.reason(by=by):
            self.save(update_fields=["digest", "hint", "rotated_at"])
        return token

    @transaction.atomic
    def revoke(self, *, by: User, at: datetime) -> None:
        """Shut the system out for good (停用); what it reported stays."""
        self._lock()
        self.revoked_at, self.revoked_by = at, by
        with history.reason(by=by):
            self.save(update_fields=["revoked_at", "revoked_by"])

    def note_use(self, *, at: datetime) -> None:
        """Remember that it was here, at most once a minute: a busy system costs no write each time."""
        if self.last_used_at is None or at - self.last_used_at >= NOTED_EVERY:
            self.last_used_at = at
            self.save(update_fields=["last_used_at"])

    # -- questions -------------------------------------------------------------------------------

    @classmethod
    def named_in(cls, token: str) -> Self | None:
        """The client that a token says it belongs to; whether that is true, `recognises` knows."""
        match = TOKEN.fullmatch(token)
        return cls.objects.filter(pk=match[1]).first() if match else None

    def recognises(self, token: str) -> bool:
        """Whether the token is the one in force."""
        right = constant_time_compare(self.digest, _digest(token))
        return right and self.enabled

    @property
    def enabled(self) -> bool:
        return self.revoked_at is None

    @property
    def scope_labels(self) -> list[str]:
        from organization import scopes

        return scopes.labels(self.scopes)

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=ApiClient.objects.select_for_update())
        if not self.enabled:
            raise Refused(_("%(name)s was revoked. Issue a new token instead.") % {"name": self.name})

    def _renew(self) -> str:
        token = f"ao_{self.pk}_{secrets.token_urlsafe(32)}"
        self.digest, self.hint = _digest(token), token[-4:]
        return token


def _digest(token: str) -> str:
    """256 random bits need no slow hash: nobody can try them out."""
    return sha256(token.encode()).hexdigest()


def _may_hand_on(scopes: Iterable[str], by: User) -> None:
    from organization.scopes import offered_to

    if set(scopes) - {scope.key for scope in offered_to(by)}:
        raise Refused(_("You cannot hand on what you may not do yourself."))
