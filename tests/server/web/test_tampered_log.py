"""The log page after somebody changed the log by hand: it says so, and never fails."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client


@pytest.mark.parametrize("change", ["details = '[1]'", "details = 'null'", "at = 'nonsense'", "verb = 'unheard-of'"])
@pytest.mark.parametrize("asked", [True, False])
def test_a_line_that_can_not_be_read(client: Client, change: str, asked: bool) -> None:
    client.post("/check/", {"text": "Sunny."})
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_entry_no_update")
        cursor.execute(f"UPDATE ledger_entry SET {change} WHERE sequence = 2")
    page = client.post("/log/") if asked else client.get("/log/")
    assert page.status_code == 200
    if asked or "details" in change:
        assert "Line 2 was changed after it was written" in page.content.decode()
