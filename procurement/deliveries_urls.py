"""Addresses of orders, deliveries, invoices, claims and prices."""

from django.urls import include, path

from .views import claims, invoices, orders, price_import, price_index, prices, receipts

order_urls = [
    path("", orders.orders, name="orders"),
    path("new/", orders.order_new, name="order-new"),
    path("new/<int:pk>/", orders.order_draw_up, name="order-draw-up"),
    path("<int:pk>/", orders.order, name="order"),
    path("<int:pk>/revise/", orders.order_revise, name="order-revise"),
    path("<int:pk>/ask/", orders.order_ask, name="order-ask"),
    path("<int:pk>/release/", orders.order_release, name="order-release"),
    path("<int:pk>/place/", orders.order_place, name="order-place"),
    path("<int:pk>/cancel/", orders.order_cancel, name="order-cancel"),
    path("<int:pk>/lines/<int:line_pk>/cancel/", orders.order_cancel_line, name="order-cancel-line"),
    path("<int:pk>/paper/", orders.order_paper, name="order-paper"),
    path("<int:pk>/receive/", receipts.receipt_arrive, name="receipt-arrive"),
    path("<int:pk>/invoices/enter/", invoices.invoice_enter, name="invoice-enter"),
]

receipt_urls = [
    path("", receipts.receipts, name="receipts"),
    path("lines/", receipts.receipt_lines, name="receipt-lines"),
    path("<int:pk>/", receipts.receipt, name="receipt"),
    path("<int:pk>/accept/", receipts.receipt_accept, name="receipt-accept"),
    path("<int:pk>/withdraw/", receipts.receipt_withdraw, name="receipt-withdraw"),
]

invoice_urls = [
    path("<int:pk>/file/", invoices.invoice_file, name="invoice-file"),
    path("<int:pk>/withdraw/", invoices.invoice_withdraw, name="invoice-withdraw"),
]

claim_urls = [
    path("", claims.reimbursements, name="reimbursements"),
    path("today/", claims.reimbursements_today, name="reimbursements-today"),
    path("<int:pk>/", claims.reimbursement, name="reimbursement"),
    path("<int:pk>/claim/", claims.reimbursement_claim, name="reimbursement-claim"),
    path("<int:pk>/pay/", claims.reimbursement_pay, name="reimbursement-pay"),
    path("<int:pk>/send-back/", claims.reimbursement_send_back, name="reimbursement-send-back"),
    path("<int:pk>/drop/", claims.reimbursement_drop, name="reimbursement-drop"),
]

price_urls = [
    path("", prices.price_list, name="prices"),
    path("of/", prices.price_history, name="price-history"),
    path("new/", prices.price_enter, name="price-enter"),
    path("<int:pk>/explain/", prices.price_explain, name="price-explain"),
    path("index/", price_index.price_index, name="price-index"),
    path("import/", price_import.price_import, name="price-import"),
]

urlpatterns = [
    path("purchasing/orders/", include(order_urls)),
    path("purchasing/receipts/", include(receipt_urls)),
    path("purchasing/invoices/", include(invoice_urls)),
    path("purchasing/reimbursements/", include(claim_urls)),
    path("purchasing/prices/", include(price_urls)),
]
