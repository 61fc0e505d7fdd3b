"""Counting the stock."""

from django.urls import path

from .views import stocktake_counting as counting
from .views import stocktake_deciding as deciding
from .views import stocktakes

ONE = "stocktakes/<int:pk>/"

urlpatterns = [
    path("stocktakes/", stocktakes.stocktakes, name="stocktakes"),
    path("stocktakes/open/", stocktakes.stocktake_open, name="stocktake-open"),
    path(ONE, stocktakes.stocktake, name="stocktake"),
    path(f"{ONE}submit/", stocktakes.stocktake_submit, name="stocktake-submit"),
    path(f"{ONE}cancel/", stocktakes.stocktake_cancel, name="stocktake-cancel"),
    path(f"{ONE}count/", counting.stocktake_count, name="stocktake-count"),
    path(f"{ONE}scan/", counting.stocktake_scan, name="stocktake-scan"),
    path(f"{ONE}add/", counting.stocktake_add, name="stocktake-add"),
    path(f"{ONE}sheet/", counting.stocktake_sheet, name="stocktake-sheet"),
    path(f"{ONE}lines/<int:line>/", counting.stocktake_line, name="stocktake-line"),
    path(f"{ONE}lines/<int:line>/leave-out/", counting.stocktake_leave_out, name="stocktake-leave-out"),
    path(f"{ONE}explain/", deciding.stocktake_explain, name="stocktake-explain"),
    path(f"{ONE}approve/", deciding.stocktake_approve, name="stocktake-approve"),
    path(f"{ONE}send-back/", deciding.stocktake_send_back, name="stocktake-send-back"),
    path(f"{ONE}count-sheet.pdf", deciding.stocktake_count_sheet, name="stocktake-count-sheet"),
    path(f"{ONE}result.pdf", deciding.stocktake_result_sheet, name="stocktake-result-sheet"),
    path(f"{ONE}result.<str:format>", deciding.stocktake_result, name="stocktake-result"),
]
