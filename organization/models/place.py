"""Where the work happens: offices, floors, areas and rooms, each inside another."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organization import circles
from organization.querysets import PlaceQuerySet


class Place(models.Model):
    """An office, floor, area or room (地点), in a tree."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("Office")
        FLOOR = "floor", _("Floor")
        AREA = "area", _("Area")
        ROOM = "room", _("Room")

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.AREA)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("inside"),
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="place_name_unique_inside",
                condition=Q(parent__isnull=False),
                violation_error_message=_("There is already a place of this name there."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                name="office_name_unique",
                condition=Q(parent=None),
                violation_error_message=_("There is already an office of this name."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                name="place_is_not_inside_itself",
                violation_error_message=_("A place cannot be inside itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        above = dict(Place.objects.order_by().values_list("pk", "parent_id"))
        if self.pk and circles.closes(above, self.pk, self.parent_id):
            raise ValidationError({"parent": _("A place cannot be inside itself.")})
