"""Addresses of asking for supplies: catalogue, requisitions, what a department uses, its quotas."""

from django.urls import path

from .views import catalogue, department_use, handing_out, issues, quotas, requisitions

urlpatterns = [
    path("supplies/catalogue/", catalogue.catalogue, name="catalogue"),
    path("supplies/catalogue/<int:pk>/picture/", catalogue.catalogue_picture, name="catalogue-picture"),
    path("supplies/basket/", catalogue.basket, name="basket"),
    path("supplies/basket/clear/", catalogue.basket_clear, name="basket-clear"),
    path("supplies/requisitions/", requisitions.requisitions, name="requisitions"),
    path("supplies/requisitions/waiting/", requisitions.waiting, name="requisitions-waiting"),
    path("supplies/requisitions/to-hand-out/", handing_out.to_hand_out, name="requisitions-to-hand-out"),
    path("supplies/requisitions/<int:pk>/", requisitions.requisition, name="requisition"),
    path("supplies/requisitions/<int:pk>/slip/", requisitions.requisition_slip, name="requisition-slip"),
    path("supplies/requisitions/<int:pk>/approve/", requisitions.approve, name="requisition-approve"),
    path("supplies/requisitions/<int:pk>/refuse/", requisitions.refuse, name="requisition-refuse"),
    path("supplies/requisitions/<int:pk>/withdraw/", requisitions.withdraw, name="requisition-withdraw"),
    path("supplies/requisitions/<int:pk>/hand-out/", handing_out.hand_out, name="requisition-hand-out"),
    path("supplies/requisitions/<int:pk>/call-off/", handing_out.call_off, name="requisition-call-off"),
    path("supplies/requisitions/<int:pk>/take-back/", handing_out.take_back, name="requisition-take-back"),
    path("supplies/issues/", issues.issues, name="issues"),
    path("supplies/use/", department_use.department_use, name="department-use"),
    path("supplies/quotas/", quotas.quotas, name="quotas"),
    path("supplies/quotas/new/", quotas.quota_set, name="quota-set"),
    path("supplies/quotas/propose/", quotas.quotas_propose, name="quotas-propose"),
    path("supplies/quotas/<int:pk>/", quotas.quota_change, name="quota-change"),
    path("supplies/quotas/<int:pk>/remove/", quotas.quota_remove, name="quota-remove"),
]
