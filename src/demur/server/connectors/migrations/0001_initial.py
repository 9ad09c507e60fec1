"""Mailboxes and accounts that were connected."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="ConnectorRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("label", models.CharField(max_length=100)),
                ("purpose", models.CharField(default="personal", max_length=20)),
                ("settings", models.JSONField(default=dict)),
                ("created", models.DateTimeField()),
                ("last_used", models.DateTimeField(blank=True, null=True)),
            ],
            options={"ordering": ["created", "id"]},
        ),
    ]
