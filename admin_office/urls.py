"""Where everything hangs: the pages, and what only a web server needs, the API and Django's admin."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from . import api, views

# The admin's own form knows neither the lock-out nor the second factor: everybody comes in by one door.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = admin.site.site_title = _("Admin Office")
admin.site.index_title = _("Administration")

admin.autodiscover()

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("", include("admin_office.page_urls")),
    path("api/", api.api_operations, name="api-operations"),
    path("api/openapi.json", api.openapi, name="openapi"),
    path("api/", api.api.urls),
    path("admin/", admin.site.urls),
]

handler400 = "pages.errors.bad_request"
handler403 = "pages.errors.forbidden"
handler404 = "pages.errors.not_found"
handler429 = "pages.errors.too_many"
handler500 = "pages.errors.broken"
