"""Questions of the last day, and breaks."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="AskedRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                ("question", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=64)),
                ("sound", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="BreakRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("in_a_day", models.BooleanField()),
            ],
        ),
    ]
