"""Writing many rows at once, where a sweep or an outbox has no time for one object per row."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import connections, models, router

PARAMS_PER_STATEMENT = 30_000
ROWS_PER_STATEMENT = 2_000

Rows = Sequence[Sequence[Any]]


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Rows,
    returning: bool = False,
    skip_duplicates: bool = False,
) -> list[int]:
    """Insert `rows` by multi-row INSERT statements; with `returning`, give the new ids in the rows' order.

    `columns` are field names or attnames (`recipient` or `recipient_id`); every row holds the value of each,
    as the attname would hold it (ids, not objects). No `save()`, no signals, no field defaults: name every
    column that must not be NULL. With `skip_duplicates`, rows that a unique constraint refuses are left out
    (and have no id in the answer). Runs in the caller's transaction, on SQLite and PostgreSQL.
    """
    rows = list(rows)
    connection = connections[router.db_for_write(model)]
    fields = [model._meta.get_field(name) for name in columns]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    rest = " ON CONFLICT DO NOTHING" if skip_duplicates else ""
    if returning:
        rest += f" RETURNING {connection.ops.quote_name(model._meta.pk.column)}"
    ids: list[int] = []
    with connection.cursor() as cursor:
        for part in _parts(rows, len(fields), connection):
            source, params = table(fields, part, connection)
            target = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"INSERT INTO {target} ({names}) {source}{rest}", params)
            if returning:
                ids.extend(sorted(row[0] for row in cursor.fetchall()))
    return ids


def table(fields: Sequence[models.Field], rows: Rows, connection) -> tuple[str, list[Any]]:
    """`rows` as a query and its parameters; its columns are called column1, column2 and so on.

    PostgreSQL is sent one array a column, which it reads several times faster than a long list of values.
    """
    if connection.vendor == "postgresql" and all(type(field) in _ARRAYS for field in fields):
        kinds = [_ARRAYS[type(field)] for field in fields]
        casts = ", ".join(f"%s::{kind}[]" for kind, _write in kinds)
        names = ", ".join(f"column{number}" for number in range(1, len(fields) + 1))
        arrays = [_array(write, column) for (_kind, write), column in zip(kinds, zip(*rows), strict=True)]  # noqa: B905
        return f"SELECT * FROM unnest({casts}) AS part ({names})", arrays  # noqa: S608
    prepare = [_preparer(field, connection) for field in fields]
    params = [ready(value) for row in rows for ready, value in zip(prepare, row, strict=True)]
    row = "(" + ", ".join(["%s"] * len(fields)) + ")"
    return f"VALUES {', '.join([row] * len(rows))}", params


def _parts(rows: Rows, width: int, connection) -> list[Rows]:
    most = min(PARAMS_PER_STATEMENT, connection.features.max_query_params or PARAMS_PER_STATEMENT)
    size = max(1, min(ROWS_PER_STATEMENT, most // max(1, width)))
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _instant(value: datetime) -> str:
    return f'"{value.isoformat()}"'


_ARRAYS: dict[type[models.Field], tuple[str, Callable[[Any], str]]] = {
    models.BigAutoField: ("bigint", str),
    models.BigIntegerField: ("bigint", str),
    models.PositiveBigIntegerField: ("bigint", str),
    models.ForeignKey: ("bigint", str),
    models.IntegerField: ("integer", str),
    models.PositiveIntegerField: ("integer", str),
    models.PositiveSmallIntegerField: ("smallint", str),
    models.BooleanField: ("boolean", str),
    models.CharField: ("text", _quoted),
    models.TextField: ("text", _quoted),
    models.DateTimeField: ("timestamptz", _instant),
    models.JSONField: ("jsonb", lambda value: _quoted(json.dumps(value, ensure_ascii=False))),
}


def _array(write: Callable[[Any], str], values: Sequence[Any]) -> str:
    """A column as an array literal of PostgreSQL. What stands in it again is written once."""
    known: dict[Any, str] = {None: "NULL"}
    parts = []
    for value in values:
        key = (id(value),) if value.__class__ is dict else value
        text = known.get(key)
        if text is None:
            text = known[key] = write(value)
        parts.append(text)
    return "{" + ",".join(parts) + "}"


def _preparer(field: models.Field, connection) -> Callable[[Any], Any]:
    """Columns repeat themselves (one instant, state or kind in every row): each value is prepared once."""
    known: dict[tuple[type, Any], Any] = {}

    def ready(value: Any) -> Any:
        try:
            return known[value.__class__, value]
        except KeyError:
            return known.setdefault((value.__class__, value), field.get_db_prep_save(value, connection))
        except TypeError:  # a dict for JSON cannot be remembered by its value
            return field.get_db_prep_save(value, connection)

    return ready
