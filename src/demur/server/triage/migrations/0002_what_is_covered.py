"""What an exception covers, the lines in which a request was told, and names known again by every sign of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from demur.server.triage.persons import shown, told_line


def fill_in(apps: Any, schema_editor: Any) -> None:
    """From what is there: an exception covers what its request was; a request was told once, as it stands."""
    for row in apps.get_model("triage", "RequestRecord").objects.iterator():
        who = shown(row.network, row.display_name, row.handle)
        row.person, row.named = who.person, who.named
        row.told = [told_line(who, row.source, row.received or row.as_of)]
        row.save(update_fields=["person", "named", "told"])
    for agreed in apps.get_model("triage", "ExceptionRecord").objects.select_related("request"):
        agreed.kind, agreed.direction, agreed.purpose = (
            agreed.request.kind,
            agreed.request.direction,
            agreed.request.purpose,
        )
        agreed.save(update_fields=["kind", "direction", "purpose"])


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("triage", "0001_initial")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField("requestrecord", "told", models.JSONField(blank=True, default=list)),
        *(
            migrations.AddField("exceptionrecord", name, models.CharField(default="", max_length=20))
            for name in ("kind", "direction", "purpose")
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
