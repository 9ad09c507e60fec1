"""What somebody called fine: who, why and until when, with a keyed fingerprint in place of the words."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta

from demur.core.findings import ABOUT_CLIENTS, READER, Category, Confidence, Finding
from demur.core.folding import fold

DAYS = 365
"""How long something stays fine where nobody says otherwise."""

MOST_DAYS = 2 * 365
"""How long it can stay fine at most: by then somebody looks again."""

LONGEST_REASON = 300
"""Characters of a reason, and of an author's name or initials."""

NEVER_IN_ANY_POST = frozenset(
    {
        Category.SSN,
        Category.MEDICAL_RECORD_NUMBER,
        Category.HEALTH_PLAN_NUMBER,
        Category.ACCOUNT_NUMBER,
        Category.BIOMETRIC,
        Category.CLIENT_PHOTO,
    }
)
"""What leads to one person, whatever stands around it."""

NEVER_FOR_GOOD = (
    NEVER_IN_ANY_POST
    | (ABOUT_CLIENTS - {Category.CLIENT_NAME})
    | {
        Category.AGE_OVER_89,
        Category.WORK_FRUSTRATION,
        Category.MOSAIC,
        Category.CRISIS,
        Category.PROTECTED_CONCERTED,
    }
)
"""What nobody can call fine once and for all, because the same words could be about a client another day.

Protected talk is never held, so there is nothing to call fine.
"""


def may_be_called_fine(finding: Finding) -> bool:
    """Whether an allowance can ever count for a finding: a name on the caseload only while it may be anybody's."""
    return _is_open(finding, NEVER_FOR_GOOD)


def may_be_accepted(finding: Finding) -> bool:
    """Whether somebody can call a finding fine in one post that they have before them, and there alone.

    They can judge more there than for every post to come, such as talk of "my clients" in a post about web design.
    """
    return _is_open(finding, NEVER_IN_ANY_POST)


def _is_open(finding: Finding, never: frozenset[Category]) -> bool:
    if finding.rule == READER:
        return False  # it speaks of the whole draft, and the same words mean something else in the next one
    if finding.category is Category.CLIENT_NAME:
        return finding.confidence is Confidence.POSSIBLE
    return finding.category not in never


def fingerprint(key: bytes, *parts: str) -> str:
    """A keyed fingerprint of a rule and of words as `normalised` reads them; nobody gets back from it to the words."""
    # The parts are told apart by their lengths, so that no two lists of parts give the same bytes.
    message = "".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")
    return hmac.digest(key, message, hashlib.sha256).hex()


def normalised(words: str) -> str:
    """Words without what changes from one writing to the next: case, accents, kinds of quotes and spaces."""
    return " ".join(fold(words).text.split())


@dataclass(frozen=True, slots=True)
class Allowance:
    """Something that was called fine. `fingerprint` covers the rule and the words; `expires` is the last good day."""

    fingerprint: str
    rule: str
    category: Category
    reason: str
    author: str
    created: date
    expires: date

    def counts_on(self, today: date) -> bool:
        """Whether it is still fine."""
        return self.created <= today <= self.expires


def last_day(today: date, wished: date | None) -> date:
    """Until when something called fine today stays so. Raises ValueError for a day that is past or too far off."""
    if wished is None:
        return today + timedelta(days=DAYS)
    if wished < today:
        raise ValueError("that day is past")
    if wished > today + timedelta(days=MOST_DAYS):
        raise ValueError(f"that is more than {MOST_DAYS // 365} years away; by then somebody should look again")
    return wished
