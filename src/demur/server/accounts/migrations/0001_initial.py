"""The register of one's own accounts, and the plan."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="AccountRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.CharField(max_length=20)),
                ("handle", models.CharField(max_length=300)),
                ("purpose", models.CharField(max_length=20)),
                ("visibility", models.CharField(blank=True, max_length=20)),
                ("meant_for", models.CharField(blank=True, max_length=300)),
                ("display_name", models.CharField(blank=True, max_length=300)),
                ("bio", models.TextField(blank=True, max_length=10000)),
                ("town", models.CharField(blank=True, max_length=300)),
                ("employer", models.CharField(blank=True, max_length=300)),
                ("emails", models.JSONField(blank=True, default=list)),
                ("phones", models.JSONField(blank=True, default=list)),
                ("links", models.JSONField(blank=True, default=list)),
                ("photos", models.JSONField(blank=True, default=list)),
                ("connections", models.JSONField(blank=True, default=list)),
                ("posts", models.JSONField(blank=True, default=list)),
                ("contact_upload", models.CharField(default="unknown", max_length=10)),
                ("found_by_email", models.CharField(default="unknown", max_length=10)),
                ("found_by_phone", models.CharField(default="unknown", max_length=10)),
                ("suggested", models.CharField(default="unknown", max_length=10)),
            ],
            options={"ordering": ["purpose", "network", "id"]},
        ),
        migrations.CreateModel(
            name="PlanRecord",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("answers", models.JSONField(default=dict)),
            ],
        ),
    ]
