"""What is connected."""

from __future__ import annotations

from demur.server.connectors.models import ConnectorRecord


def connectors() -> list[ConnectorRecord]:
    """Every mailbox and account, in the order in which they were connected. Raises VaultLocked."""
    return list(ConnectorRecord.objects.all())


def sources() -> list[ConnectorRecord]:
    """Those that can be looked into for requests, in the same order. Raises VaultLocked."""
    return [row for row in connectors() if row.brings_requests]


def connector(number: int) -> ConnectorRecord | None:
    """One of them; None where there is none with that number (any more). Raises VaultLocked."""
    return ConnectorRecord.objects.filter(pk=number).first()
