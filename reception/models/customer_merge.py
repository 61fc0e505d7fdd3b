"""Two entries for one customer become one (合并), and may become two again."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from organization.models import User
from pages.refusals import Refused

from .customer_phone import masked_list

if TYPE_CHECKING:
    from .customer import Customer


class CustomerMerge(models.Model):
    """What a merge (客户合并) moved and changed, so that it can be undone."""

    source = models.ForeignKey(
        "reception.Customer",
        on_delete=models.CASCADE,
        related_name="merges_away",
        verbose_name=_("merged entry"),
    )
    target = models.ForeignKey(
        "reception.Customer",
        on_delete=models.CASCADE,
        related_name="merges",
        verbose_name=_("remaining entry"),
    )
    reason = models.CharField(_("reason"), max_length=200)
    phones_moved = models.JSONField(_("phones moved"), default=list)
    calls_moved = models.JSONField(_("calls moved"), default=list)
    taken_over = models.JSONField(_("taken over"), default=dict)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("merged by"),
    )
    merged_at = models.DateTimeField(_("merged at"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("customer merge")
        verbose_name_plural = _("customer merges")
        ordering = ["-merged_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"

    @classmethod
    @transaction.atomic
    def carry_out(
        cls,
        source: "Customer",
        target: "Customer",
        *,
        take_over: Mapping[str, Any],
        reason: str,
        by: User,
        at: datetime,
    ) -> "CustomerMerge":
        """Move calls and phones to `target`, which takes over the given values; the caller locked both."""
        taken_over = {
            name: [_stored(getattr(target, name)), _stored(value)]
            for name, value in take_over.items()
            if getattr(target, name) != value
        }
        for name in taken_over:
            setattr(target, name, take_over[name])
        merge = cls(
            source=source, target=target, reason=reason, merged_by=by, merged_at=at, taken_over=taken_over
        )
        merge.phones_moved = _move_phones(source, target)
        merge.calls_moved = _move_calls(source.calls.all(), target)
        merge.save()
        _note_numbers(source, target)
        target.save_change("numbers", *taken_over, by=by)
        source.merged_into = target
        source.save_change("merged_into", "numbers", by=by)
        return merge

    @transaction.atomic
    def undo(self, *, by: User, at: datetime) -> "Customer":
        """Take the merge back (拆分): what was moved goes back; what was corrected since stays."""
        pair = self.target.__class__.objects.in_bulk_locked([self.source_id, self.target_id])
        source, target = pair[self.source_id], pair[self.target_id]
        if self.undone_at or source.merged_into_id != target.pk or source.anonymised_at or not target.is_live:
            raise Refused(_("This merge cannot be undone any more."))
        source.merged_into = None
        for phone in target.phones.filter(pk__in=self.phones_moved):
            phone.customer = source
            phone.save()
        _move_calls(target.calls.filter(pk__in=self.calls_moved), source)
        _note_numbers(source, target)
        source.save_change("merged_into", "numbers", by=by)
        self._give_back(target, by=by)
        self.undone_by, self.undone_at = by, at
        self.save(update_fields=["undone_by", "undone_at"])
        source.announce("unmerged", by=by, at=at)
        return source

    def _give_back(self, target: "Customer", *, by: User) -> None:
        restored = []
        for name, (before, after) in self.taken_over.items():
            attribute = target._meta.get_field(name).attname
            if getattr(target, attribute) == after:
                setattr(target, attribute, before)
                restored.append(name)
        target.save_change("numbers", *restored, by=by)


def _stored(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _note_numbers(*customers: "Customer") -> None:
    for customer in customers:
        customer.numbers = masked_list(customer.phones.all())


def _move_phones(source: "Customer", target: "Customer") -> list[int]:
    """Move the numbers that `target` does not have; its own stay with the entry they were on."""
    known = set(target.phones.values_list("digest", "extension"))
    moved = [phone for phone in source.phones.all() if (phone.digest, phone.extension) not in known]
    for phone in moved:
        phone.customer = target
        phone.save()
    return [phone.pk for phone in moved]


def _move_calls(calls: models.QuerySet, target: "Customer") -> list[int]:
    moved = list(calls.select_for_update(of=("self",)))
    for call in moved:
        call.customer = target
        call.save(update_fields=["customer", "updated_at"])
    return [call.pk for call in moved]
