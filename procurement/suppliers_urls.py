"""Addresses of the register of suppliers and of their reviews."""

from django.urls import include, path

from .views import (
    review_rounds,
    reviews,
    supplier_contacts,
    supplier_lists,
    supplier_papers,
    supplier_verbs,
    suppliers,
)

supplier_urls = [
    path("", suppliers.suppliers, name="suppliers"),
    path("new/", suppliers.supplier_new, name="supplier-new"),
    path("similar/", suppliers.suppliers_similar, name="suppliers-similar"),
    path("categories/", suppliers.supplier_categories, name="supplier-categories"),
    path("papers/", supplier_papers.supplier_papers, name="supplier-papers"),
    path("import/", supplier_lists.suppliers_import, name="suppliers-import"),
    path("import/template/", supplier_lists.suppliers_import_template, name="suppliers-import-template"),
    path("import/<int:pk>/", supplier_lists.suppliers_import_preview, name="suppliers-import-preview"),
    path("import/<int:pk>/apply/", supplier_lists.suppliers_import_apply, name="suppliers-import-apply"),
    path("<int:pk>/", suppliers.supplier, name="supplier"),
    path("<int:pk>/correct/", suppliers.supplier_correct, name="supplier-correct"),
    path("<int:pk>/suspend/", supplier_verbs.supplier_suspend, name="supplier-suspend"),
    path("<int:pk>/resume/", supplier_verbs.supplier_resume, name="supplier-resume"),
    path("<int:pk>/end/", supplier_verbs.supplier_end, name="supplier-end"),
    path("<int:pk>/remove/", supplier_verbs.supplier_remove, name="supplier-remove"),
    path("<int:pk>/account/", supplier_contacts.supplier_account, name="supplier-account"),
    path("<int:pk>/contacts/add/", supplier_contacts.contact_add, name="contact-add"),
    path("contacts/<int:pk>/change/", supplier_contacts.contact_change, name="contact-change"),
    path("contacts/<int:pk>/remove/", supplier_contacts.contact_remove, name="contact-remove"),
    path("contacts/<int:pk>/phone/", supplier_contacts.contact_phone, name="contact-phone"),
    path("<int:pk>/papers/add/", supplier_papers.paper_add, name="paper-add"),
    path("papers/<int:pk>/renew/", supplier_papers.paper_renew, name="paper-renew"),
    path("papers/<int:pk>/withdraw/", supplier_papers.paper_withdraw, name="paper-withdraw"),
    path("papers/<int:pk>/file/", supplier_papers.paper_file, name="paper-file"),
]

review_urls = [
    path("", review_rounds.review_rounds, name="review-rounds"),
    path("open/", review_rounds.review_round_open, name="review-round-open"),
    path("rounds/<int:pk>/", review_rounds.review_round, name="review-round"),
    path("rounds/<int:pk>/keep/", review_rounds.review_round_keep, name="review-round-keep"),
    path("follow-ups/", reviews.review_follow_ups, name="review-follow-ups"),
    path("criteria/", review_rounds.criteria, name="review-criteria"),
    path("criteria/new/", review_rounds.criterion, name="review-criterion-new"),
    path("criteria/<int:pk>/", review_rounds.criterion, name="review-criterion"),
    path("<int:pk>/", reviews.review, name="review"),
    path("<int:pk>/score/", reviews.review_score, name="review-score"),
    path("<int:pk>/refill/", reviews.review_refill, name="review-refill"),
    path("<int:pk>/reopen/", reviews.review_reopen, name="review-reopen"),
    path("<int:pk>/decide/", reviews.review_decide, name="review-decide"),
    path("<int:pk>/keep/", reviews.review_keep, name="review-keep"),
    path("<int:pk>/follow-up/", reviews.review_follow_up, name="review-follow-up"),
]

urlpatterns = [
    path("suppliers/", include(supplier_urls)),
    path("supplier-reviews/", include(review_urls)),
]
