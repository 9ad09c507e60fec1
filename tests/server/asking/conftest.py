from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from demur.server.asking import actions as asking_actions


class Clock:
    """A clock that stands still until it is moved on. It starts at 13:20 on the wall."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 13, 20, tzinfo=timezone.get_current_timezone())

    def on(self, **more: float) -> None:
        self.at += timedelta(**more)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    standing = Clock()
    stopped: Any = type("Stopped", (), {"now": standing.now, "localtime": staticmethod(timezone.localtime)})
    monkeypatch.setattr(asking_actions, "timezone", stopped)
    return standing
