"""Looking into what is connected, and taking in what it brings, in one step or not at all."""

from __future__ import annotations

from datetime import date

from demur.core.accounts import Purpose
from demur.core.arrivals import Reading
from demur.server.connectors.actions import fetch_from
from demur.server.connectors.models import ConnectorRecord
from demur.server.triage.actions import TakenIn, forget_unlisted, take_in


def look_into(connector: ConnectorRecord, today: date) -> tuple[Reading, TakenIn]:
    """What one connection has, because the person pressed that. Raises ConnectorError, and what `take_in` raises."""

    def take(reading: Reading) -> TakenIn:
        taken = take_in(reading.arrivals, today, Purpose(connector.purpose), connector=connector.pk)
        if connector.is_live and reading.complete:
            forget_unlisted(connector.pk, {arrival.remote_id for arrival in reading.arrivals})
        return taken

    return fetch_from(connector, today, take)
