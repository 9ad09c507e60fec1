"""Audits of one's own posts, and what was ticked."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="AuditRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(default="personal", max_length=20)),
                ("role", models.CharField(default="other", max_length=30)),
                ("work_area", models.CharField(blank=True, max_length=200)),
                ("keep_text", models.BooleanField(default=False)),
                ("look_at_photos", models.BooleanField(default=True)),
                ("use_reader", models.BooleanField(default=True)),
                ("started", models.DateTimeField()),
                ("complete", models.BooleanField(default=False)),
                ("paths", models.JSONField(default=list)),
                ("known", models.JSONField(default=list)),
                ("state", models.TextField()),
            ],
            options={"ordering": ["-started", "-id"]},
        ),
        migrations.CreateModel(
            name="TickRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("done_on", models.DateField()),
            ],
        ),
    ]
