"""Writing many rows at once, where a sweep or an outbox has no time for one object per row."""

from collections.abc import Sequence
from typing import Any

from django.db import connections, models, router

PARAMS_PER_STATEMENT = 30_000
ROWS_PER_STATEMENT = 2_000


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
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
    prepare = [_preparer(field, connection) for field in fields]
    chunk = max(1, min(ROWS_PER_STATEMENT, _most_params(connection) // max(1, len(fields))))
    ids: list[int] = []
    with connection.cursor() as cursor:
        for start in range(0, len(rows), chunk):
            part = rows[start : start + chunk]
            params = [ready(value) for row in part for ready, value in zip(prepare, row, strict=True)]
            sql = _statement(model, fields, len(part), connection, returning, skip_duplicates)
            cursor.execute(sql, params)
            if returning:
                ids.extend(sorted(row[0] for row in cursor.fetchall()))
    return ids


_AS_IT_IS = {
    models.BigIntegerField,
    models.BooleanField,
    models.CharField,
    models.DateTimeField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
}


def _preparer(field: models.Field, connection):
    """PostgreSQL's driver takes plain values as they are, at a fraction of the field's own preparation."""
    if connection.vendor == "postgresql" and type(field) in _AS_IT_IS:
        return lambda value: value
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


def _most_params(connection) -> int:
    return min(PARAMS_PER_STATEMENT, connection.features.max_query_params or PARAMS_PER_STATEMENT)


def _statement(model, fields, count: int, connection, returning: bool, skip_duplicates: bool) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    row = "(" + ", ".join(["%s"] * len(fields)) + ")"
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {', '.join([row] * count)}"  # noqa: S608
    if skip_duplicates:
        sql += " ON CONFLICT DO NOTHING"
    return f"{sql} RETURNING {quote(model._meta.pk.column)}" if returning else sql
