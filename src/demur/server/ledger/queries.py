"""Reading the log, and finding out whether anybody changed it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from demur.server.ledger.chain import FIRST_PREVIOUS, chain_key, entry_hash, same, seal
from demur.server.ledger.models import Entry, Head
from demur.server.ledger.verbs import Verb

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the log is as it was written. `first_bad` is the number of the first line that doesn't fit, if any.

    `says` is for the person: what was looked at, and what it means.
    """

    ok: bool
    entries: int
    first_bad: int | None
    says: str


def entries(page: int = 1) -> Page[Entry]:
    """One page of the log, the newest line first. A page that doesn't exist gives the nearest that does."""
    return Paginator(Entry.objects.order_by("-sequence"), PAGE_SIZE).get_page(page)


def verify() -> Verification:
    """Read the whole log and compute every hash again. Raises VaultLocked."""
    key = chain_key()
    previous = FIRST_PREVIOUS
    count = 0
    # One at a time, so that a line that Django can't read, such as one whose time is none, is known by its number.
    rows = Entry.objects.order_by("sequence").iterator(chunk_size=1)
    while True:
        expected = count + 1
        try:
            entry = next(rows, None)
            computed = entry_hash(key, entry) if entry is not None else ""
        except (AttributeError, TypeError, ValueError):
            return _bad(count, expected, f"Line {expected} was changed after it was written")
        if entry is None:
            break
        if entry.sequence != expected:
            return _bad(count, expected, f"Line {expected} is missing")
        if entry.previous != previous:
            return _bad(count, expected, f"Line {expected} does not follow from the line before it")
        if not same(entry.hash, computed):
            return _bad(count, expected, f"Line {expected} was changed after it was written")
        if (entry.verb == Verb.STORE_CREATED) != (expected == 1):
            return _bad(count, expected, "The log does not begin where the store was made")
        previous = entry.hash
        count = expected
    head = Head.objects.filter(id=1).first()
    if head is None:
        return _bad(count, count + 1, "The note of where the log ends is missing")
    if not same(head.seal, seal(key, head.sequence, head.hash)):
        return _bad(count, count + 1, "The note of where the log ends was changed")
    if head.sequence != count or head.hash != previous:
        return _bad(count, count + 1, f"The log ends at line {count}, but {head.sequence} were written")
    lines = "1 line" if count == 1 else f"All {count} lines"
    return Verification(
        True, count, None, f"{lines} checked: each follows from the one before it, and none was changed or removed."
    )


def _bad(read: int, first_bad: int, what: str) -> Verification:
    return Verification(
        False,
        read,
        first_bad,
        f"{what}. Something other than Demur wrote to the store. Keep a copy of it as it is, and tell your supervisor.",
    )
