"""What a person may do, remembered until somebody changes a role."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group
from django.db.models import Q
from django.db.models.signals import m2m_changed, pre_delete
from django.dispatch import receiver

from pages.stamps import new_stamp

from .models import User

MOST_REMEMBERED = 5_000

_known: dict[tuple[int, bool, str], set[str]] = {}


class RoleBackend(ModelBackend):
    """Django's own rights, read from the database once for each stamp that the person's row has carried."""

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            key = user_obj.pk, user_obj.is_superuser, user_obj.rights_stamp
            if key not in _known:
                if len(_known) >= MOST_REMEMBERED:
                    _known.clear()
                _known[key] = super().get_all_permissions(user_obj)
            user_obj._perm_cache = _known[key]
        return user_obj._perm_cache


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def person_changed(sender, instance, reverse: bool, pk_set, **kwargs) -> None:
    """Somebody gains or loses a role or a right; Django does so, and tells us, within one transaction."""
    if not reverse:
        instance.rights_stamp = _stamp(Q(pk=instance.pk))
    else:
        people = Q(groups=instance) if isinstance(instance, Group) else Q(user_permissions=instance)
        _stamp(people | Q(pk__in=pk_set or ()))


@receiver(m2m_changed, sender=Group.permissions.through)
def role_changed(sender, instance, reverse: bool, pk_set, **kwargs) -> None:
    """A role gains or loses a right."""
    roles = Q(groups__permissions=instance) if reverse else Q(groups=instance)
    _stamp(roles | Q(groups__in=pk_set or ()) if reverse else roles)


@receiver(pre_delete, sender=Group)
def role_deleted(sender, instance, **kwargs) -> None:
    _stamp(Q(groups=instance))


def _stamp(people: Q) -> str:
    stamp = new_stamp()
    keys = User.objects.filter(people).order_by().values("pk")
    User.objects.filter(pk__in=keys).update(rights_stamp=stamp)
    return stamp
