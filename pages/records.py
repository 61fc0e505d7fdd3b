"""One record at a time, for verbs that have no time to lose: each statement is built once per model.

Nothing here calls `save()` or sends signals; `auto_now` and encryption belong to the fields and hold.
"""

from collections.abc import Iterable
from functools import cache

from django.db import connection, models
from django.db.models.query import get_related_populators
from django.utils.translation import gettext as _

from .refusals import Gone


def lock(record: models.Model, *related: str) -> None:
    """Read every column anew and hold the row until this transaction ends; raises Gone when it is not there.

    Does what `refresh_from_db` does with `select_for_update`, in a third of the time. Nothing of `record`
    need be known but its key. `related` names foreign keys to read along, unlocked.
    """
    statement, compiler, converters, names, populators = _reading(type(record), related, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, [record.pk])
        row = cursor.fetchone()
    if row is None:
        raise Gone(_("This no longer exists."))
    row = next(compiler.apply_converters([row], converters))
    record.__dict__.update(zip(names, row, strict=False))  # after them come the related ones
    _forget_outdated(record)
    for populator in populators:
        populator.populate(row, record)
    record._state.adding, record._state.db = False, connection.alias


def write(record: models.Model, names: Iterable[str]) -> None:
    """Write these fields of a record that stands in the database already."""
    statement, fields = _writing(type(record), tuple(names), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_values(record, fields, add=False), record.pk])


def insert(record: models.Model) -> None:
    """Add a record to the database; it does not learn its key."""
    statement, fields = _inserting(type(record), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(record, fields, add=True))


def _forget_outdated(record: models.Model) -> None:
    """Related records read earlier stay only where the key is still theirs."""
    for name, related in list(record._state.fields_cache.items()):
        field = record._meta.get_field(name)
        if field.concrete and related is not None and getattr(record, field.attname) != related.pk:
            del record._state.fields_cache[name]


def _values(record: models.Model, fields: list[models.Field], *, add: bool) -> list:
    return [field.get_db_prep_save(field.pre_save(record, add), connection) for field in fields]


@cache
def _reading(model: type[models.Model], related: tuple[str, ...], vendor: str) -> tuple:
    """The statement that holds one row of `model`, and what turns its values into those of the fields."""
    rows = model._base_manager.select_related(*related) if related else model._base_manager.all()
    compiler = rows.filter(pk=0).select_for_update(of=("self",)).query.get_compiler(connection=connection)
    statement, _params = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_rest in compiler.select])
    names = [field.attname for field in model._meta.concrete_fields]
    populators = get_related_populators(compiler.klass_info, compiler.select, connection.alias)
    return statement, compiler, converters, names, populators


@cache
def _writing(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[str, list]:
    fields = [model._meta.get_field(name) for name in names]
    quoted = connection.ops.quote_name
    parts = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    key = quoted(model._meta.pk.column)
    return f"UPDATE {quoted(model._meta.db_table)} SET {parts} WHERE {key} = %s", fields  # noqa: S608


@cache
def _inserting(model: type[models.Model], vendor: str) -> tuple[str, list]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({places})", fields  # noqa: S608
