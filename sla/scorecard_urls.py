"""The month on paper."""

import datetime as dt

from django.urls import path, register_converter

from .views import scorecards


class Month:
    """A month in an address, of this century or the next: 2026-11."""

    regex = "2[01][0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> dt.date:
        return dt.datetime.strptime(value, "%Y-%m").date()

    def to_url(self, value: dt.date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"


register_converter(Month, "month")

urlpatterns = [
    path("scorecards/", scorecards.scorecards, name="scorecards"),
    path("scorecards/<month:month>/", scorecards.scorecard, name="scorecard"),
    path("scorecards/<month:month>/make/", scorecards.scorecard_make, name="scorecard-make"),
    path("scorecards/<month:month>/<slug:kind>/", scorecards.scorecard_file, name="scorecard-file"),
]
