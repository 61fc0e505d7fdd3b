"""The comparison of a month as a spreadsheet."""

from django.utils.translation import gettext_lazy as _

from pages.exports import Column

COLUMNS = [
    Column("category", _("Kind of cost"), "category.name"),
    Column("spent", _("This month"), lambda row: row.spent),
    Column("before", _("Month before"), lambda row: row.before),
    Column("change_before", _("Against the month before, %"), lambda row: row.change_before),
    Column("last_year", _("Last year's month"), lambda row: row.last_year),
    Column("change_last_year", _("Against last year, %"), lambda row: row.change_last_year),
    Column("budget", _("Budget"), lambda row: row.budget),
    Column(
        "controls",
        _("Controls"),
        lambda row: "；".join(
            f"{one.explanation} {one.action}" for one in row.controls if not one.withdrawn_at
        ),
        width=60,
    ),
]
