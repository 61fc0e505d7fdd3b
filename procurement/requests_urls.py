"""Addresses of purchase requests, from the wish to the approval."""

from django.urls import include, path

from .views import quotes, requests
from .views import request_verbs as verbs

request_urls = [
    path("", requests.purchase_requests, name="purchase-requests"),
    path("new/", requests.purchase_request_new, name="purchase-request-new"),
    path("<int:pk>/", requests.purchase_request, name="purchase-request"),
    path("<int:pk>/sheet/", requests.purchase_request_sheet, name="purchase-request-sheet"),
    path("<int:pk>/amend/", requests.purchase_request_amend, name="purchase-request-amend"),
    path("<int:pk>/submit/", verbs.purchase_request_submit, name="purchase-request-submit"),
    path("<int:pk>/confirm/", verbs.purchase_request_confirm, name="purchase-request-confirm"),
    path("<int:pk>/send-back/", verbs.purchase_request_send_back, name="purchase-request-send-back"),
    path("<int:pk>/quote-again/", verbs.purchase_request_quote_again, name="purchase-request-quote-again"),
    path("<int:pk>/withdraw/", verbs.purchase_request_withdraw, name="purchase-request-withdraw"),
    path("<int:pk>/quotes/new/", quotes.quote_new, name="quote-new"),
    path("<int:pk>/choose/", quotes.purchase_request_choose, name="purchase-request-choose"),
    path(
        "<int:pk>/choose-cheapest/",
        quotes.purchase_request_choose_cheapest,
        name="purchase-request-choose-cheapest",
    ),
    path("<int:pk>/ask/", quotes.purchase_request_ask, name="purchase-request-ask"),
]

quote_urls = [
    path("<int:pk>/change/", quotes.quote_change, name="quote-change"),
    path("<int:pk>/remove/", quotes.quote_remove, name="quote-remove"),
    path("<int:pk>/file/", quotes.quote_file, name="quote-file"),
]

approval_urls = [
    path("", verbs.approvals, name="approvals"),
    path("<int:pk>/approve/", verbs.approval_approve, name="approval-approve"),
    path("<int:pk>/refuse/", verbs.approval_refuse, name="approval-refuse"),
]

rule_urls = [
    path("", verbs.approval_rules, name="approval-rules"),
    path("new/", verbs.approval_rule, name="approval-rule-new"),
    path("<int:pk>/", verbs.approval_rule, name="approval-rule"),
]

urlpatterns = [
    path("purchasing/requests/", include(request_urls)),
    path("purchasing/quotes/", include(quote_urls)),
    path("purchasing/approvals/", include(approval_urls)),
    path("purchasing/rules/", include(rule_urls)),
]
