"""Addresses of the customer register."""

from django.urls import path

from .views import customer_endings as endings
from .views import customers

urlpatterns = [
    path("customers/", customers.customers, name="customers"),
    path("customers/new/", customers.customer_new, name="customer-new"),
    path("customers/duplicates/", customers.customer_duplicates, name="customer-duplicates"),
    path("customers/<int:pk>/", customers.customer_detail, name="customer-detail"),
    path("customers/<int:pk>/edit/", customers.customer_edit, name="customer-edit"),
    path("customers/<int:pk>/numbers/", customers.customer_numbers, name="customer-numbers"),
    path("customers/<int:pk>/use/", customers.customer_use, name="customer-use"),
    path("customers/<int:pk>/merge/", endings.customer_merge, name="customer-merge"),
    path("customers/<int:pk>/withdraw/", endings.customer_withdraw, name="customer-withdraw"),
    path("customers/<int:pk>/anonymise/", endings.customer_anonymise, name="customer-anonymise"),
    path("customers/merges/<int:pk>/undo/", endings.customer_unmerge, name="customer-unmerge"),
]
