"""A stage for the tests: an office of a few pages that use everything that pages share."""

import time
from datetime import timedelta
from types import SimpleNamespace

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils import timezone

from admin_office import urls
from organization.models import User
from pages.answers import answer
from pages.exports import Column
from pages.lists import List
from pages.refusals import Refused

COLUMNS = [
    Column("name", "姓名", sort=True),
    Column("staff_no", "工号", sort=True),
    Column("department", "部门", "department.name", sort="department__name"),
    Column("status", "状态"),
]
taken: list[dict] = []


@login_required
def desk(request):
    now = timezone.now()
    timer = SimpleNamespace(
        started_at=now - timedelta(seconds=2), due_at=now + timedelta(seconds=2), stopped_at=None, outcome=""
    )
    return render(request, "stage/desk.html", {"timer": timer, "taken": taken})


def take(request):
    """Takes a form in; "bad" comes back with a mistake, "slow" keeps one waiting."""
    if request.POST.get("number") == "bad":
        return answer(request, "stage/_form.html", {"number": "bad", "mistake": "Not a number"}, status=422)
    taken.append(request.POST.dict())
    if request.POST.get("note") == "slow":
        time.sleep(0.5)
    return answer(request, "stage/_form.html", {"number": ""}, to="stage-desk", message="Taken")


def refuse(request):
    raise Refused("This call has ended already.")


def forbidden(request):
    raise PermissionDenied


def crash(request):
    raise RuntimeError("secret detail")


def empty(request):
    return HttpResponse(status=204)


def fresh(request):
    return render(request, "stage/_live.html", {"taken": taken})


@login_required
def people(request):
    listing = List(
        request,
        User.objects.select_related("department"),
        COLUMNS,
        name="people",
        search=["name__icontains", "staff_no"],
        sort="staff_no",
        per_page=3,
    )
    return listing.answer("pages/list.html")


urlpatterns = [
    path("stage/desk/", desk, name="stage-desk"),
    path("stage/take/", take, name="stage-take"),
    path("stage/refuse/", refuse),
    path("stage/forbidden/", forbidden),
    path("stage/crash/", crash),
    path("stage/empty/", empty),
    path("stage/fresh/", fresh),
    path("stage/people/", people, name="stage-people"),
    path("", include(urls.urlpatterns)),
]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500
