"""Looking people up: the directory, one person's page, one's own profile."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization import passwords
from organization.away import first_half, last_half
from organization.filters import PeopleFilter
from organization.forms import ProfileForm
from organization.models import Absence, User
from organization.roles import label
from pages import phones
from pages.answers import answer
from pages.exports import Column
from pages.lists import List
from pages.looks import record_look


def roles_of(person: User) -> str:
    """The person's roles in words; reads the prefetched groups."""
    return "、".join(label(group.name) for group in person.groups.all())


def status_of(person: User) -> str:
    if person.status == User.Status.LEFT:
        return _("Left")
    return _("Away") if person.away else _("At work")


def search(text: str):
    return User.objects.matching(text)


search.do_not_call_in_templates = True  # the list page only asks whether there is one

COLUMNS = [
    Column("name", pgettext_lazy("person", "Name"), sort="pinyin", template="organization/_person_name.html"),
    Column("staff_no", gettext_lazy("Staff number"), sort=True),
    Column("department", gettext_lazy("Department"), "department.name", sort="department__name"),
    Column("title", gettext_lazy("Job title"), sort=True),
    Column("extension", gettext_lazy("Extension"), sort=True),
    Column("mobile", gettext_lazy("Mobile"), lambda person: phones.mask(person.mobile)),
    Column("place", gettext_lazy("Seat"), "place.name"),
    Column("roles", gettext_lazy("Roles"), roles_of),
    Column("status", gettext_lazy("Status"), status_of, template="organization/_person_status.html"),
]
OPEN_COLUMNS = [column._replace(value="mobile") if column.name == "mobile" else column for column in COLUMNS]


def visible_people(user: User):
    """Everybody who works here; those who left too, for people who keep the records."""
    people = User.objects.with_away(timezone.now())
    return people if user.has_perm("organization.view_user") else people.active()


def get_managed(user: User, pk: int) -> User:
    """The person, where the user may change how they sign in; nobody reaches above themselves."""
    found = get_person(user, pk)
    if not found.may_be_managed_by(user):
        raise PermissionDenied
    return found


def get_person(user: User, pk: int) -> User:
    return get_object_or_404(
        visible_people(user).select_related("department", "place", "manager", "backup"), pk=pk
    )


@require_safe
@login_required
def people(request: HttpRequest) -> HttpResponseBase:
    """The directory; exports show mobile numbers in full only to those with the right, each look noted."""
    found = visible_people(request.user).select_related("department", "place").prefetch_related("groups")
    open_numbers = "export" in request.GET and request.user.has_perm("organization.view_mobile")
    listing = List(
        request,
        found,
        OPEN_COLUMNS if open_numbers else COLUMNS,
        name=_("people"),
        search=search,
        filters=PeopleFilter,
        sort="pinyin",
    )
    if open_numbers:
        note_looks(listing.found, request.user)
    return listing.answer("organization/people.html")


def note_looks(people, by: User) -> None:
    for person in people:
        if person.mobile:
            record_look(person, by, gettext_noop("mobile number"))


def absences_known_to(user: User, person: User, now: datetime) -> list[tuple[Absence, str, str]] | None:
    """(absence, first half-day, last half-day) from now on; None when they are no business of the user's."""
    reads = any(user.has_perm(f"organization.{right}_absence") for right in ("arrange", "view"))
    if not reads and user.pk not in (person.pk, person.manager_id):
        return None
    coming = person.absences.standing().filter(ends_at__gt=now).order_by("starts_at")
    return [(one, first_half(one.starts_at), last_half(one.ends_at)) for one in coming]


@require_safe
@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_person(request.user, pk)
    now = timezone.now()
    context = {
        "person": found,
        "roles": roles_of(found),
        "acting": found.stand_in(now) if found.away else None,
        "absences": absences_known_to(request.user, found, now),
        "reports": found.reports.active(),
        "backs_up": found.backs_up.active(),
        "manages": found.may_be_managed_by(request.user),
    }
    return render(request, "organization/person.html", context)


@require_POST
@login_required
@permission_required("organization.view_mobile", raise_exception=True)
def person_mobile(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one number unmasked; the look stands in the person's history."""
    found = get_person(request.user, pk)
    record_look(found, request.user, gettext_noop("mobile number"))
    return render(request, "organization/_mobile.html", {"number": phones.display(found.mobile or "")})


@require_POST
@login_required
@permission_required("organization.change_user", raise_exception=True)
def person_password_link(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_managed(request.user, pk)
    passwords.send_link(found, by=request.user)
    sent = _("%(name)s receives a link to set a password.") % {"name": found.name}
    return answer(request, "organization/_nothing.html", to=found, message=sent)


@require_http_methods(["GET", "POST"])
@login_required
@permission_required("organization.change_user", raise_exception=True)
def person_leave(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_managed(request.user, pk)
    if request.method == "POST":
        for sentence in found.leave(by=request.user):
            messages.warning(request, sentence)
        messages.success(request, _("%(name)s has left.") % {"name": found.name})
        return redirect(found)
    return render(request, "organization/person_leave.html", {"person": found, "roles": roles_of(found)})


@require_http_methods(["GET", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        return answer(request, "organization/profile.html", to="profile", message=_("Your profile is saved."))
    context = {"form": form, "roles": [label(name) for name in sorted(request.user.role_names)]}
    return render(request, "organization/profile.html", context, status=422 if form.errors else 200)
