"""The caseload's tables."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="CaseloadRevision",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ClientRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.CharField(max_length=200, unique=True)),
                ("given_name", models.CharField(blank=True, max_length=200)),
                ("middle_name", models.CharField(blank=True, max_length=200)),
                ("family_name", models.CharField(blank=True, max_length=200)),
                ("preferred_name", models.CharField(blank=True, max_length=200)),
                ("other_names", models.JSONField(blank=True, default=list)),
                ("date_of_birth", models.DateField(blank=True, null=True)),
                ("email", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(blank=True, max_length=200)),
                ("city", models.CharField(blank=True, max_length=200)),
                ("handles", models.JSONField(blank=True, default=list)),
                ("relationship", models.CharField(default="current-client", max_length=20)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("sample", models.BooleanField(default=False)),
            ],
            options={"ordering": ["family_name", "given_name", "client_id"]},
        ),
    ]
