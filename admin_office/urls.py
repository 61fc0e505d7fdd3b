"""Where every area's pages hang; each app's own `urls` decides the rest."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("pages.urls")),
    path("", include("organization.urls")),
    path("", include("notices.urls")),
    path("", include("sla.urls")),
    path("", include("reception.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]
