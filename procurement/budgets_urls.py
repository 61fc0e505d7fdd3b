"""Budgets and costs."""

from django.urls import path

from .views import budget_controls, budget_lines, budget_overview, budget_years, cost_kinds, costs

urlpatterns = [
    path("budgets/", budget_overview.budgets, name="budgets"),
    path("budgets/comparison/", budget_overview.cost_comparison, name="cost-comparison"),
    path("budgets/new/", budget_lines.budget_new, name="budget-new"),
    path("budgets/years/<int:year>/", budget_years.budget_year_page, name="budget-year"),
    path("budgets/years/<int:year>/copy/", budget_years.budget_year_copy, name="budget-year-copy"),
    path("budgets/years/<int:year>/export/", budget_years.budget_year_export, name="budget-year-export"),
    path("budgets/import/", budget_years.budget_import, name="budget-import"),
    path("budgets/import/apply/", budget_years.budget_import_apply, name="budget-import-apply"),
    path("budgets/<int:pk>/", budget_lines.budget, name="budget"),
    path("budgets/<int:pk>/revise/", budget_lines.budget_revise, name="budget-revise"),
    path("budgets/<int:pk>/remove/", budget_lines.budget_remove, name="budget-remove"),
    path("controls/new/", budget_controls.control_new, name="control-new"),
    path("controls/<int:pk>/withdraw/", budget_controls.control_withdraw, name="control-withdraw"),
    path("costs/", costs.costs, name="costs"),
    path("costs/new/", costs.cost_new, name="cost-new"),
    path("costs/import/", costs.cost_import, name="cost-import"),
    path("costs/import/apply/", costs.cost_import_apply, name="cost-import-apply"),
    path("costs/import/template/", costs.cost_import_template, name="cost-import-template"),
    path("costs/kinds/", cost_kinds.cost_kinds, name="cost-kinds"),
    path("costs/kinds/new/", cost_kinds.cost_kind_new, name="cost-kind-new"),
    path("costs/kinds/<int:pk>/", cost_kinds.cost_kind, name="cost-kind"),
    path("costs/kinds/<int:pk>/remove/", cost_kinds.cost_kind_remove, name="cost-kind-remove"),
    path("costs/<int:pk>/", costs.cost, name="cost"),
    path("costs/<int:pk>/reverse/", costs.cost_reverse, name="cost-reverse"),
]
