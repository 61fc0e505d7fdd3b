"""Purchase requests in Django's admin: looked at; they change by their verbs on the pages."""

from django.contrib import admin

from supplies.admin.read_only import ReadOnly, ReadOnlyInline

from ..models import Approval, ApprovalRule, PurchaseRequest, Quote, RequestLine


class LineInline(ReadOnlyInline):
    model = RequestLine
    fields = [
        "name",
        "specification",
        "quantity",
        "unit",
        "category",
        "chosen",
        "choice_reason",
        "dear_reason",
    ]


class QuoteInline(ReadOnlyInline):
    model = Quote
    fields = ["supplier", "quoted_on", "valid_until", "delivery_days", "remark"]


class ApprovalInline(ReadOnlyInline):
    model = Approval
    fields = ["position", "person", "team", "status", "over_budget", "decided_by", "decided_at", "comment"]


@admin.register(PurchaseRequest)
class PurchaseRequestAdmin(ReadOnly):
    list_display = ["number", "title", "department", "requester", "total", "status", "created_at"]
    list_filter = ["status", "over_budget", "department"]
    list_select_related = ["department", "requester"]
    search_fields = ["title", "initials", "lines__name"]
    date_hierarchy = "created_at"
    exclude = ["initials", "once"]
    inlines = [LineInline, QuoteInline, ApprovalInline]


@admin.register(ApprovalRule)
class ApprovalRuleAdmin(admin.ModelAdmin):
    list_display = ["from_amount", "approver", "person", "only_over_budget", "position", "active"]
    list_select_related = ["person"]
    autocomplete_fields = ["person"]
