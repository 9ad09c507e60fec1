"""Requests that came in, and exceptions."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="RequestRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32, unique=True)),
                ("person", models.CharField(db_index=True, max_length=64)),
                ("named", models.CharField(db_index=True, max_length=64)),
                ("network", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=20)),
                ("direction", models.CharField(max_length=20)),
                ("purpose", models.CharField(max_length=20)),
                ("source", models.CharField(max_length=20)),
                ("vouched", models.BooleanField(default=True)),
                ("connector", models.PositiveBigIntegerField(blank=True, null=True)),
                ("remote_id", models.CharField(blank=True, max_length=300)),
                ("added", models.DateTimeField()),
                ("received", models.DateField(blank=True, null=True)),
                ("as_of", models.DateField()),
                ("display_name", models.CharField(blank=True, max_length=300)),
                ("handle", models.CharField(blank=True, max_length=300)),
                ("city", models.CharField(blank=True, max_length=300)),
                ("email", models.CharField(blank=True, max_length=300)),
                ("phone", models.CharField(blank=True, max_length=300)),
                ("bio", models.TextField(blank=True, max_length=10000)),
                ("message", models.TextField(blank=True, max_length=100000)),
                ("mutual_connections", models.PositiveIntegerField(default=0)),
                ("relationship", models.CharField(blank=True, max_length=30)),
                ("role", models.CharField(default="other", max_length=30)),
                ("knew_before", models.BooleanField(default=False)),
                ("mandated", models.BooleanField(default=False)),
                ("group", models.BooleanField(default=False)),
                ("small_community", models.BooleanField(default=False)),
                ("served", models.BooleanField(blank=True, null=True)),
                ("purpose_of_search", models.CharField(default="unasked", max_length=20)),
                ("approved", models.BooleanField(default=False)),
                ("answer", models.CharField(blank=True, max_length=20)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("clauses", models.JSONField(blank=True, default=list)),
                ("policy", models.CharField(blank=True, max_length=64)),
                ("meet_at", models.DateTimeField(blank=True, null=True)),
                ("addressed_on", models.DateField(blank=True, null=True)),
                ("supervisor_told_on", models.DateField(blank=True, null=True)),
                ("chart_note", models.TextField(blank=True, max_length=100000)),
            ],
            options={
                "ordering": ["-added", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ExceptionRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=10000)),
                ("asked_on", models.DateField()),
                ("agreed", models.BooleanField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=300)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("review_on", models.DateField(blank=True, null=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="triage.requestrecord",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_on", "-id"],
            },
        ),
    ]
