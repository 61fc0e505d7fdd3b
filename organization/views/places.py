"""The departments with their people, and the offices, floors and rooms they sit in."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organization.models import Department, Place, User

ACTIVE_MEMBERS = Count("members", filter=Q(members__status=User.Status.ACTIVE, members__is_active=True))


@require_safe
@login_required
def departments(request: HttpRequest) -> HttpResponse:
    found = Department.objects.select_related("head", "parent").annotate(people=ACTIVE_MEMBERS)
    return render(request, "organization/departments.html", {"departments": found})


@require_safe
@login_required
def department(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Department.objects.select_related("head", "parent"), pk=pk)
    members = (
        User.objects.active().filter(department=found).with_away(timezone.now()).select_related("backup")
    )
    context = {"department": found, "members": members.order_by("pinyin"), "children": found.children.all()}
    return render(request, "organization/department.html", context)


@require_safe
@login_required
def places(request: HttpRequest) -> HttpResponse:
    """Every place under the one it is inside, with the people who sit there."""
    seated = User.objects.active().order_by("pinyin")
    tree = Place.objects.prefetch_related(Prefetch("people", queryset=seated)).tree()
    return render(request, "organization/places.html", {"tree": tree})
