"""What a look into a mailbox left for the next one."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("connectors", "0001_initial")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField("connectorrecord", "rest_since", models.DateField(blank=True, null=True)),
        migrations.AddField("connectorrecord", "rest_below", models.PositiveBigIntegerField(blank=True, null=True)),
        migrations.AddField("connectorrecord", "rest_validity", models.PositiveBigIntegerField(blank=True, null=True)),
    ]
