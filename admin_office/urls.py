"""Where every area's pages hang; each app's own `urls` decides the rest."""

from allauth.account.decorators import secure_admin_login
from django.apps import apps
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
    path("", include("reception.urls")),
    path("", include("pages.urls")),
    path("", include("organization.urls")),
    path("", include("notices.urls")),
    path("", include("sla.urls")),
    path("", include("supplies.urls")),
    path("", include("procurement.urls")),
    path("api/", api.api_operations, name="api-operations"),
    path("api/openapi.json", api.openapi, name="openapi"),
    path("api/", api.api.urls),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]

if apps.is_installed("allauth.socialaccount"):
    urlpatterns += [
        path("accounts/", include("allauth.socialaccount.urls")),
        path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]

handler400 = "pages.errors.bad_request"
handler403 = "pages.errors.forbidden"
handler404 = "pages.errors.not_found"
handler429 = "pages.errors.too_many"
handler500 = "pages.errors.broken"
