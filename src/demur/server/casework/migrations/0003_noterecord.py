"""Private notes for supervision."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("casework", "0002_allowancerecord")]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="NoteRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32, unique=True)),
                ("text", models.TextField(max_length=100000)),
                ("written", models.DateTimeField()),
                ("changed", models.DateTimeField()),
            ],
            options={"ordering": ["-written", "-id"]},
        ),
    ]
