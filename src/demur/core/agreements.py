"""An exception to the policy for one person: asked for with a reason, decided by a supervisor, and over one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AgreedException:
    """What a supervisor agreed to. It holds from `decided_on` through `review_on`, both calendar days."""

    reason: str
    decided_by: str
    decided_on: date
    review_on: date

    def holds_on(self, day: date) -> bool:
        """Whether it may be relied on that day."""
        return self.decided_on <= day <= self.review_on
