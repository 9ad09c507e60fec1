"""What is connected."""

from __future__ import annotations

from demur.server.connectors.models import ConnectorRecord


def connectors() -> list[ConnectorRecord]:
    """Every mailbox and account, in the order in which they were connected. Raises VaultLocked."""
    return list(ConnectorRecord.objects.all())


def connector(number: int) -> ConnectorRecord | None:
    """One of them; None where there is none with that number (any more). Raises VaultLocked."""
    return ConnectorRecord.objects.filter(pk=number).first()
