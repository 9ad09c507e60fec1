"""The day of a note and the answer at that time, unknown for notes that are there; and what was kept unchecked."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("triage", "0002_what_is_covered")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField("requestrecord", "chart_note_on", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "requestrecord", "chart_note_said", models.CharField(blank=True, default="", max_length=20)
        ),
        migrations.AddField("requestrecord", "unchecked", models.BooleanField(default=False)),
    ]
