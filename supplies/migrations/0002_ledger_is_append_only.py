"""The database itself refuses to change a line of the ledger or a stock document.

PostgreSQL refuses to delete them as well; SQLite does not, since that is how its tests empty their tables.
"""

from django.db import migrations

TABLES = ("supplies_movement", "supplies_posting")


def forbid(apps, schema_editor):
    for table in TABLES:
        for statement in STATEMENTS[schema_editor.connection.vendor]:
            schema_editor.execute(statement.replace("{table}", table), params=None)


def allow(apps, schema_editor):
    for table in TABLES:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_stays{on}", params=None)


STATEMENTS = {
    "sqlite": [
        "CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'what is posted never changes'); END"
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION supplies_ledger_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what is posted never changes' USING ERRCODE = 'restrict_violation'; END $$",
        "CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION supplies_ledger_stays()",
    ],
}


class Migration(migrations.Migration):
    dependencies = [("supplies", "0001_storerooms_and_assets")]

    operations = [migrations.RunPython(forbid, allow)]
