"""What a person may do, remembered between requests until somebody changes a role."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete
from django.dispatch import receiver

from .models import User

VERSION, SECONDS = "organization.rights.version", 60


class RoleBackend(ModelBackend):
    """Django's own rights, read from the database once a minute and after each change of a role.

    While the cache is away, they are read for every request.
    """

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            key = f"organization.rights.{user_obj.pk}.{user_obj.is_superuser:d}"
            stored = cache.get_many([VERSION, key])
            version, known = stored.get(VERSION, 0), stored.get(key)
            if known is None or known[0] != version:
                known = version, super().get_all_permissions(user_obj)
                cache.set(key, known, SECONDS)
            user_obj._perm_cache = known[1]
        return user_obj._perm_cache


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
@receiver(post_delete, sender=Group)
def forget(sender, **kwargs) -> None:
    """Somebody's rights change: everybody's are read anew, now and again once it is committed."""
    _next_version()
    transaction.on_commit(_next_version)


def _next_version() -> None:
    if not cache.add(VERSION, 1, None):
        cache.incr(VERSION)
