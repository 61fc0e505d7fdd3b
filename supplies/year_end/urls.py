"""The year-end check of assets."""

from django.urls import path

from ..views import year_end

ONE = "year-end/<int:pk>/"

urlpatterns = [
    path("year-end/", year_end.year_ends, name="year-ends"),
    path("year-end/draw-up/", year_end.year_end_draw_up, name="year-end-draw-up"),
    path(ONE, year_end.year_end, name="year-end"),
    path(f"{ONE}settle/", year_end.year_end_settle, name="year-end-settle"),
    path(f"{ONE}lines/<int:line>/", year_end.year_end_line, name="year-end-line"),
    path(f"{ONE}submit/", year_end.year_end_submit, name="year-end-submit"),
    path(f"{ONE}send-back/", year_end.year_end_send_back, name="year-end-send-back"),
    path(f"{ONE}decide/", year_end.year_end_decide, name="year-end-decide"),
    path(f"{ONE}plan.<str:format>", year_end.year_end_plan, name="year-end-plan"),
]
