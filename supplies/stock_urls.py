"""Addresses of the storerooms: items, stock documents, labels, what comes in by file."""

from django.urls import path

from .views import item_imports, items, postings, scanning

urlpatterns = [
    path("supplies/items/", items.items, name="items"),
    path("supplies/items/labels/", items.item_labels, name="item-labels"),
    path("supplies/items/import/", item_imports.items_import, name="items-import"),
    path("supplies/items/import/workbook/", item_imports.items_import_template, name="items-import-template"),
    path("supplies/items/import/<int:pk>/", item_imports.items_import_preview, name="items-import-preview"),
    path(
        "supplies/items/import/<int:pk>/confirm/", item_imports.items_import_apply, name="items-import-apply"
    ),
    path("supplies/items/<int:pk>/", items.item, name="item"),
    path("supplies/items/<int:pk>/picture/", items.item_picture, name="item-picture"),
    path("supplies/items/<int:pk>/history/", items.item_history, name="item-history"),
    path("supplies/postings/", postings.postings, name="postings"),
    path("supplies/postings/<int:pk>/", postings.posting, name="posting"),
    path("supplies/postings/<int:pk>/paper/", postings.posting_paper, name="posting-paper"),
    path("supplies/postings/<int:pk>/reverse/", postings.posting_reverse, name="posting-reverse"),
    path("s/", scanning.scan, name="scan"),
    path("s/<str:code>/", scanning.scanned, name="scanned"),
]
