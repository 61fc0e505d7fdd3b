from django.urls import include, path

urlpatterns = [
    path("", include("supplies.assets_urls")),
    path("", include("supplies.requisitions_urls")),
    path("", include("supplies.stock_urls")),
    path("", include("supplies.stocktakes_urls")),
    path("", include("supplies.audits.urls")),
    path("", include("supplies.year_end.urls")),
]
