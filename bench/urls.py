"""The product's own addresses, and an empty page for people signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import path

from admin_office.urls import urlpatterns as product

empty = login_required(lambda request: HttpResponse("", headers={"X-User": str(request.user)}))

urlpatterns = [path("bench/empty/", empty), *product]
