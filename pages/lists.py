"""A list one can work with: search, filter, sort, page through, and take along as a spreadsheet.

A view is three lines::

    COLUMNS = [Column("ended_at", _("Ended"), sort=True), Column("caller", _("Caller"), "customer.name")]

    def calls(request):
        listing = List(request, Call.objects.visible_to(request.user), COLUMNS, name=_("calls"),
                       search=Call.objects.search, filters=CallFilter, sort="-ended_at")
        return listing.answer("reception/call_list.html")

and its template extends `pages/list.html`, filling `title`, `actions` and, where the plain table does not do,
`table`. Paging goes by the last row seen (keyset): page 10,000 of a million rows opens as fast as the
first, and nothing is ever counted.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from pages.exports import FORMATS, Column, export

PER_PAGE = 50
MOST_SEARCHED = 100
OWN_PARAMETERS = ("after", "before", "export")


class List:
    """One list page as asked for by the query string: q, sort, after, before, export, the filter's fields."""

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        columns: Sequence[Column],
        *,
        name: Any,
        search: Callable[[str], QuerySet] | Sequence[str] | None = None,
        filters: type | None = None,
        sort: str = "-pk",
        per_page: int = PER_PAGE,
    ):
        """`search`: lookups ("name__icontains", …), or a callable text → queryset of the same model."""
        self.request, self.columns, self.name, self.per_page = request, list(columns), name, per_page
        self.search, self.base, self.default_sort = search, queryset, sort
        self.q = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_SEARCHED]
        self.filterset = filters(request.GET, queryset=queryset, request=request) if filters else None

    # -- which rows, in which order ------------------------------------------------------------
    @cached_property
    def order(self) -> tuple[str, bool]:
        """(path to sort by, descending). Only what a column declares, or the default, is ever sorted by."""
        asked = self.request.GET.get("sort", "")
        for column in self.columns:
            if column.sort and column.name == asked.lstrip("-"):
                return (column.name if column.sort is True else column.sort), asked.startswith("-")
        return self.default_sort.lstrip("-"), self.default_sort.startswith("-")

    @cached_property
    def found(self) -> QuerySet:
        """All rows that match the search and the filters, in order, unpaged: what an export takes along."""
        rows = self.filterset.qs if self.filterset is not None else self.base
        if self.q and callable(self.search):
            rows = rows.filter(pk__in=self.search(self.q).values("pk"))
        elif self.q and self.search:
            rows = rows.filter(_any_of(self.search, self.q))
        path, descending = self.order
        return rows.order_by(*_ordering(rows, path, descending))

    # -- one page of them ------------------------------------------------------------------------
    @cached_property
    def page(self) -> "Page":
        path, descending = self.order
        back = self.request.GET.get("before", "")
        cursor = _read(back or self.request.GET.get("after", ""))
        turned = bool(back and cursor)
        rows = self.found.order_by(*_ordering(self.found, path, descending != turned))
        seen = self._from(rows, cursor, descending != turned)
        more = len(seen) > self.per_page
        seen = seen[: self.per_page]
        if turned:
            seen.reverse()
        return Page(seen, path, has_previous=more if turned else bool(cursor), has_next=turned or more)

    def _from(self, rows: QuerySet, cursor: list | None, descending: bool) -> list:
        try:
            if cursor:
                rows = rows.filter(_beyond(rows, self.order[0], descending, *cursor))
            return list(rows[: self.per_page + 1])
        except (ValueError, ValidationError, TypeError, FieldError):
            return list(self.found[: self.per_page + 1])

    # -- for the template ------------------------------------------------------------------------
    @property
    def headers(self) -> list[dict[str, Any]]:
        """For each column its label, its direction now ("up", "down", "") and the link that sorts by it."""
        path, descending = self.order
        headers = []
        for column in self.columns:
            own = column.name if column.sort is True else column.sort
            now = ("down" if descending else "up") if own and own == path else ""
            target = f"-{column.name}" if now == "up" else column.name
            headers.append({"label": column.label, "now": now, "link": self.link(sort=target) if own else ""})
        return headers

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """For each row of this page: the object, the address it is looked at, and its cells."""
        return [
            {"object": row, "link": _address(row), "cells": [_cell(column, row) for column in self.columns]}
            for row in self.page.rows
        ]

    @property
    def is_searchable(self) -> bool:
        return self.search is not None

    @property
    def is_filtered(self) -> bool:
        """True if an empty list is empty because of what was asked."""
        return bool(
            self.q
            or (
                self.filterset is not None and any(self.filterset.data.get(n) for n in self.filterset.filters)
            )
        )

    def link(self, **changes: Any) -> str:
        """The address of this list with some parameters changed; paging starts anew."""
        query = self.request.GET.copy()
        for name in OWN_PARAMETERS:
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        return f"{self.request.path}?{query.urlencode()}"

    @property
    def next_link(self) -> str:
        return self.link(after=self.page.last) if self.page.has_next else ""

    @property
    def previous_link(self) -> str:
        return self.link(before=self.page.first) if self.page.has_previous else ""

    @property
    def exports(self) -> list[tuple[str, str]]:
        return [(format.upper(), self.link(export=format)) for format in FORMATS]

    def answer(self, template: str, context: Mapping[str, Any] | None = None) -> HttpResponseBase:
        """The page (htmx picks `#list` out of it), or with ?export= the file."""
        if (format := self.request.GET.get("export")) in FORMATS:
            return export(self.found, self.columns, str(self.name), format)
        return render(self.request, template, {"list": self, **(context or {})})


class Page:
    """The rows on the screen, and the marks by which the pages beside it are found."""

    def __init__(self, rows: list, path: str, *, has_previous: bool, has_next: bool):
        self.rows, self.path = rows, path
        self.has_previous, self.has_next = has_previous and bool(rows), has_next and bool(rows)

    @property
    def first(self) -> str:
        return _mark(self.rows[0], self.path)

    @property
    def last(self) -> str:
        return _mark(self.rows[-1], self.path)


def _cell(column: Column, row: Any) -> dict[str, Any]:
    return {"column": column, "value": column.of(row)}


def _address(row: Any) -> str:
    return row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""


def _any_of(lookups: Sequence[str], text: str) -> Q:
    wanted = Q()
    for lookup in lookups:
        wanted |= Q(**{lookup: text})
    return wanted


def _ordering(rows: QuerySet, path: str, descending: bool) -> list[Any]:
    if path in ("pk", "id"):
        return ["-pk" if descending else "pk"]
    if not _may_be_null(rows, path):
        return [f"-{path}", "-pk"] if descending else [path, "pk"]
    if descending:
        return [F(path).desc(nulls_first=True), "-pk"]
    return [F(path).asc(nulls_last=True), "pk"]


def _beyond(rows: QuerySet, path: str, descending: bool, value: Any, pk: Any) -> Q:
    """The rows after (value, pk) in this order; nothing (NULL) counts as larger than everything."""
    side = "lt" if descending else "gt"
    later = Q(**{f"pk__{side}": pk})
    if path in ("pk", "id"):
        return later
    if value is None:
        return Q(**{f"{path}__isnull": True}) & later | (
            Q(**{f"{path}__isnull": False}) if descending else Q(pk__in=[])
        )
    beyond = Q(**{f"{path}__{side}e": value}) & (Q(**{f"{path}__{side}": value}) | later)
    return beyond | Q(**{f"{path}__isnull": True}) if not descending and _may_be_null(rows, path) else beyond


def _may_be_null(rows: QuerySet, path: str) -> bool:
    model, nullable = rows.model, False
    for part in path.split("__"):
        try:
            field = model._meta.get_field(part)
        except (FieldDoesNotExist, AttributeError):
            return True
        nullable = nullable or field.null
        model = field.related_model
    return nullable


def _mark(row: Any, path: str) -> str:
    value = row
    for part in path.split("__"):
        value = getattr(value, part, None)
    shown = value.isoformat() if isinstance(value, datetime | date) else value
    shown = shown if shown is None or isinstance(shown, int | float | str) else str(shown)
    return urlsafe_b64encode(json.dumps([shown, row.pk], default=str).encode()).decode().rstrip("=")


def _read(mark: str) -> list | None:
    try:
        cursor = json.loads(urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except ValueError:
        return None
    return cursor if isinstance(cursor, list) and len(cursor) == 2 else None
