"""The log's two tables, and the triggers that keep them append-only."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

# Against mistakes in the code, and against whoever reaches the database through it. Somebody with the store's key can
# drop the triggers; that is what the chain of hashes is for.
# INVARIANT: SQLite changes a table by making it anew, which loses its triggers. A later migration that alters one of
# these tables makes them again; a test looks for all five.
TRIGGERS = {
    "ledger_entry_no_update": "BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "ledger_entry_no_delete": "BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "ledger_entry_in_order": """BEFORE INSERT ON ledger_entry
        WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger_entry)
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    "ledger_head_only_forward": """BEFORE UPDATE ON ledger_head
        WHEN NEW.sequence <> OLD.sequence + 1 OR NEW.id <> OLD.id
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    "ledger_head_no_delete": "BEFORE DELETE ON ledger_head BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
}


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("sequence", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=40)),
                ("verb", models.CharField(max_length=40)),
                ("object", models.CharField(blank=True, max_length=120)),
                ("details", models.JSONField(default=dict)),
                ("policy", models.CharField(blank=True, max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={"ordering": ["sequence"]},
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("sequence", models.PositiveBigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("seal", models.CharField(max_length=64)),
            ],
        ),
        *(
            migrations.RunSQL(f"CREATE TRIGGER {name} {body}", reverse_sql=f"DROP TRIGGER {name}")
            for name, body in TRIGGERS.items()
        ),
    ]
