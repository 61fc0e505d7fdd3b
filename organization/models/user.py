"""The people of the company: who they are, whom they report to and who stands in for them."""

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from encrypted_fields.fields import EncryptedCharField

from organization import circles
from organization.querysets import PersonManager
from organization.roles import Role
from pages import pinyin
from pages.history import reason as recorded
from pages.refusals import Refused
from pages.stamps import new_stamp


class User(AbstractUser):
    """A person of the company (员工), who may sign in."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        LEFT = "left", _("Left")

    first_name = None
    last_name = None
    staff_no = models.CharField(_("staff number"), max_length=20, unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    initials = models.CharField(_("pinyin initials"), max_length=60, blank=True, editable=False)
    pinyin = models.CharField(_("pinyin"), max_length=400, blank=True, editable=False)
    department = models.ForeignKey(
        "organization.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("department"),
    )
    place = models.ForeignKey(
        "organization.Place",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("seat"),
    )
    title = models.CharField(_("job title"), max_length=60, blank=True)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    mobile = EncryptedCharField(_("mobile"), max_length=40, blank=True, null=True)
    im_id = models.CharField(_("IM account"), max_length=60, blank=True)
    manager = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("line manager"),
    )
    backup = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="backs_up",
        verbose_name=_("backup"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ACTIVE)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True, editable=False)
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=[("zh-hans", _("Simplified Chinese")), ("en", _("English"))],
        default="zh-hans",
    )
    rights_stamp = models.CharField(max_length=32, default=new_stamp, editable=False)  # see `backends`

    objects = PersonManager()

    REQUIRED_FIELDS = ["staff_no", "name", "email"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        permissions = [
            ("view_mobile", _("Can look at mobile numbers")),
            ("import_people", _("Can import people from a file")),
            ("assign_roles", _("Can assign roles")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(manager=None) | ~Q(manager=F("pk")),
                name="person_is_not_own_manager",
                violation_error_message=_("Nobody is their own line manager."),
            ),
            models.CheckConstraint(
                condition=Q(backup=None) | ~Q(backup=F("pk")),
                name="person_is_not_own_backup",
                violation_error_message=_("Nobody is their own backup."),
            ),
            models.CheckConstraint(
                condition=~Q(status="left") | Q(is_active=False),
                name="person_who_left_cannot_sign_in",
                violation_error_message=_("A person who left cannot sign in."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.name or self.username

    @property
    def works_here(self) -> bool:
        """One of those whom `User.objects.active()` finds."""
        return self.is_active and self.status == self.Status.ACTIVE

    def clean(self) -> None:
        super().clean()
        if self.status == self.Status.LEFT:
            self.is_active = False
        if self.pk and self.manager_id and circles.closes(_managers(), self.pk, self.manager_id):
            raise ValidationError(
                {"manager": _("%(name)s would end up reporting to themselves.") % {"name": self.name}}
            )

    def save(self, *args, **kwargs) -> None:
        """Keep what is derived from the name and the status in step, whatever fields were asked for."""
        self.initials, self.pinyin = pinyin.initials(self.name)[:60], pinyin.full(self.name)[:400]
        if self.status == self.Status.LEFT:
            self.is_active = False
        asked = kwargs.get("update_fields")
        if asked is not None:
            derived = {"name": {"initials", "pinyin"}, "status": {"is_active"}}
            kwargs["update_fields"] = set(asked).union(*(derived.get(field, set()) for field in asked))
        super().save(*args, **kwargs)

    @transaction.atomic
    def leave(self, *, by: "User | None", at: datetime | None = None) -> list[str]:
        """Leave the company: signed out for good; roles, headships and backups are given up, reports move up.

        Returns one sentence for each thing that now lies open and needs a new person.
        """
        from organization.vacancies import vacate

        at = at or timezone.now()
        locked = User.objects.select_for_update().get(pk=self.pk)
        if locked.status == self.Status.LEFT:
            raise Refused(_("%(name)s has already left.") % {"name": locked.name})
        if by is not None and by.pk == self.pk:
            raise Refused(_("Nobody can record their own leaving."))
        self.status, self.is_active, self.left_at = self.Status.LEFT, False, at
        self.backup = None
        with recorded(_("left the company"), by=by):
            left_open = vacate(locked)
            self.save(update_fields=["status", "is_active", "left_at", "backup"])
        return left_open

    @transaction.atomic
    def rejoin(self, *, by: "User | None", at: datetime | None = None) -> None:
        """Come back to the company: may sign in again; roles and headships are given anew by hand."""
        locked = User.objects.select_for_update().get(pk=self.pk)
        if locked.status != self.Status.LEFT:
            raise Refused(_("%(name)s works here already.") % {"name": locked.name})
        self.status, self.is_active, self.left_at = self.Status.ACTIVE, True, None
        with recorded(_("came back"), by=by):
            self.save(update_fields=["status", "is_active", "left_at"])

    def is_absent(self, at: datetime) -> bool:
        """Whether a registered absence covers the instant."""
        return self.absences.covering(at).exists()

    def stand_in(self, at: datetime) -> "User | None":
        """Who acts for this person then: themselves, or the first present backup; None if nobody."""
        from organization.standins import stand_ins

        found = stand_ins([self.pk], at)[self.pk]
        if found is None or found == self.pk:
            return self if found else None
        return User.objects.get(pk=found)

    def may_be_managed_by(self, other: "User") -> bool:
        """Whether the other may change how this person signs in, or what they may do.

        Nobody reaches above themselves: superusers are left to superusers, admin managers to their like.
        """
        if other.is_superuser:
            return True
        if self.is_superuser or not other.has_perm("organization.change_user"):
            return False
        return Role.ADMIN_MANAGER not in self.role_names or Role.ADMIN_MANAGER in other.role_names

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The names of the roles held, e.g. {"receptionist"}; read once per request."""
        return frozenset(self.groups.values_list("name", flat=True))


def _managers() -> dict[int, int | None]:
    return dict(User.objects.order_by().values_list("pk", "manager_id"))
