"""Every page that people look at: what a worker needs to know to write a link to one."""

from django.apps import apps
from django.urls import include, path

urlpatterns = [
    path("", include("reception.urls")),
    path("", include("pages.urls")),
    path("", include("organization.urls")),
    path("", include("notices.urls")),
    path("", include("sla.urls")),
    path("", include("supplies.urls")),
    path("", include("procurement.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
]

if apps.is_installed("allauth.socialaccount"):
    urlpatterns += [
        path("accounts/", include("allauth.socialaccount.urls")),
        path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
