"""The columns of an employee list (员工名册) as offices head them, and how each cell is understood."""

import unicodedata
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pages import phones
from pages.cleaning import no_control_characters, tidy

from .models import Department, Place, User

CLEAR = ("-", "—", "无")


class Column(NamedTuple):
    """A column: the person's field, its name on screen, the headers that mean it; the first is ours."""

    field: str
    label: Any
    headers: tuple[str, ...]
    clearable: bool = True


COLUMNS = [
    Column("staff_no", gettext_lazy("Staff number"), ("工号", "员工编号", "staff number", "staff_no"), False),
    Column("name", pgettext_lazy("person", "Name"), ("姓名", "name"), False),
    Column(
        "username", gettext_lazy("Login name"), ("登录名", "用户名", "账号", "login name", "username"), False
    ),
    Column("department", gettext_lazy("Department"), ("部门", "department")),
    Column("title", gettext_lazy("Job title"), ("职务", "职位", "岗位", "job title", "title")),
    Column("extension", gettext_lazy("Extension"), ("分机", "分机号", "extension")),
    Column("mobile", gettext_lazy("Mobile"), ("手机", "手机号", "手机号码", "mobile")),
    Column("email", gettext_lazy("E-mail"), ("邮箱", "电子邮箱", "email", "e-mail")),
    Column("im_id", gettext_lazy("IM account"), ("企业微信/IM", "企业微信", "im", "im account", "wecom/im")),
    Column(
        "manager",
        gettext_lazy("Line manager (staff number)"),
        ("直属上级(工号)", "直属上级", "上级工号", "line manager (staff number)", "line manager", "manager"),
    ),
    Column(
        "backup",
        gettext_lazy("Backup (staff number)"),
        ("B角(工号)", "B角", "B角工号", "backup (staff number)", "backup"),
    ),
    Column("place", gettext_lazy("Seat"), ("座位", "工位", "seat", "place")),
    Column("status", gettext_lazy("Status"), ("状态", "在职状态", "status"), False),
]
LINKS = ("manager", "backup")
STATUSES = {
    **dict.fromkeys(("在职", "在岗", "试用", "正式", "active"), User.Status.ACTIVE),
    **dict.fromkeys(("离职", "已离职", "left"), User.Status.LEFT),
}


def normal(text: str) -> str:
    """Words in one notation: full-width brackets and letters, spaces and case do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


HEADERS = {normal(header): column for column in COLUMNS for header in column.headers}


class Known:
    """What the office knows already, read once: people by staff number, login names, departments, places."""

    def __init__(self) -> None:
        people = User.objects.select_related("department", "place", "manager", "backup").order_by()
        self.people = {person.staff_no: person for person in people}
        self.usernames = {person.username.lower(): person.staff_no for person in self.people.values()}
        departments = list(Department.objects.all())
        self.departments = {normal(word): one for one in departments for word in (one.code, one.name)}
        self.places = _places()


def _places() -> dict[str, list[Place]]:
    """Every way to name a place, "前台" as well as "一层/前台", with the places it may mean."""
    places = {place.pk: place for place in Place.objects.all()}
    names: dict[str, list[Place]] = {}
    for place in places.values():
        path, current, seen = "", place, set()
        while current and current.pk not in seen:
            seen.add(current.pk)
            path = f"{current.name}/{path}" if path else current.name
            names.setdefault(normal(path), []).append(place)
            current = places.get(current.parent_id)
    return names


def understand(column: Column, text: str, known: Known) -> Any:
    """The value a cell stands for; "-" clears what may be cleared. Raises ValidationError with a sentence.

    Line manager and backup stay staff numbers here: the person may stand further down in the same file.
    """
    if text.startswith("="):
        raise ValidationError(_("This is a formula. Paste the value instead."))
    text = tidy(text)
    no_control_characters(text)
    if text in CLEAR and column.clearable:
        field = User._meta.get_field(column.field)
        return None if field.null else ""
    reading = _READINGS.get(column.field)
    return reading(text, known) if reading else text


def _department(text: str, known: Known) -> Department:
    found = known.departments.get(normal(text))
    if found is None:
        raise ValidationError(_("There is no department “%(name)s”.") % {"name": text})
    return found


def _place(text: str, known: Known) -> Place:
    found = known.places.get(normal(text), [])
    if not found:
        raise ValidationError(_("There is no place “%(name)s”.") % {"name": text})
    if len(found) > 1:
        raise ValidationError(_("“%(name)s” may be several places; write floor/room.") % {"name": text})
    return found[0]


def _status(text: str, known: Known) -> str:
    if normal(text) not in STATUSES:
        raise ValidationError(
            _("“%(text)s” is no status; write 在职 (active) or 离职 (left).") % {"text": text}
        )
    return STATUSES[normal(text)]


def _extension(text: str, known: Known) -> str:
    digits = unicodedata.normalize("NFKC", text).replace(" ", "").replace("-", "")
    if not digits.isdigit() or len(digits) > 10:
        raise ValidationError(_("An extension has digits only, at most ten."))
    return digits


def _mobile(text: str, known: Known) -> str:
    number = phones.parse(text).number
    if not number.startswith("+"):
        raise ValidationError(_("This is an extension, not a mobile number."))
    return number


_READINGS = {
    "department": _department,
    "place": _place,
    "status": _status,
    "extension": _extension,
    "mobile": _mobile,
}
