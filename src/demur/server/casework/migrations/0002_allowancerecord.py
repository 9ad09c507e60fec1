"""What was called fine: fingerprints, never words."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("casework", "0001_initial")]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="AllowanceRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("rule", models.CharField(max_length=60)),
                ("category", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=300)),
                ("author", models.CharField(max_length=300)),
                ("created", models.DateField()),
                ("expires", models.DateField()),
            ],
            options={"ordering": ["expires", "id"]},
        ),
    ]
