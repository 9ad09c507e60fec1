"""Check-ups of a person's own settings."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="CheckUpRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.CharField(max_length=20)),
                ("purpose", models.CharField(max_length=20)),
                ("inbox", models.CharField(max_length=20)),
                ("day", models.DateField()),
                ("catalogue", models.CharField(max_length=12)),
                ("notes", models.JSONField(default=list)),
                ("done", models.BooleanField(default=False)),
                ("uid", models.CharField(max_length=32)),
            ],
            options={"ordering": ["-id"]},
        ),
    ]
