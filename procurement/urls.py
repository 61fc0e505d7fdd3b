from django.urls import include, path

urlpatterns = [
    path("", include("procurement.budgets_urls")),
    path("", include("procurement.deliveries_urls")),
    path("", include("procurement.requests_urls")),
    path("", include("procurement.suppliers_urls")),
]
