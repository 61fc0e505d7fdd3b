"""Builders of real Chinese office data for the tests. A builder saves one record and returns it."""

from datetime import datetime, timedelta
from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from organization.models import Absence, Department, Place, User

PASSWORD = "office-pass-1"

_numbers = count(1)
_NAMES = ["王晓梅", "李建国", "张丽华", "刘志强", "陈思远", "杨雪", "赵海涛", "黄静怡", "周伟", "吴佳琪"]


@cache
def _hashed(password: str) -> str:
    return make_password(password)


def make_department(name: str = "", **fields) -> Department:
    number = next(_numbers)
    fields.setdefault("code", f"dept-{number}")
    return Department.objects.create(name=name or f"第{number}事业部", **fields)


def make_place(name: str = "", **fields) -> Place:
    return Place.objects.create(name=name or f"{next(_numbers)}号会客区", **fields)


def make_user(name: str = "", *, role: str = "", roles: tuple[str, ...] = (), **fields) -> User:
    """An active employee who reads English (so that tests compare msgids) and signs in with PASSWORD."""
    number = next(_numbers)
    fields.setdefault("staff_no", f"T{number:05}")
    fields.setdefault("username", f"user{number}")
    fields.setdefault("email", f"{fields['username']}@huayue.example")
    fields.setdefault("language", "en")
    fields.setdefault("password", _hashed(PASSWORD))
    user = User.objects.create(name=name or _NAMES[number % len(_NAMES)], **fields)
    held = [str(name) for name in (role, *roles) if name]
    if held:
        user.groups.set([Group.objects.get_or_create(name=name)[0] for name in held])
    return user


def make_absence(user: User, starts_at: datetime, ends_at: datetime | None = None, **fields) -> Absence:
    """An absence of half a day unless told until when."""
    return Absence.objects.create(
        user=user, starts_at=starts_at, ends_at=ends_at or starts_at + timedelta(hours=4), **fields
    )
