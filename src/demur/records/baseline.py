"""What a scan of many posts has found before, and what somebody decided about each finding; never the posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from demur.core.allowances import LONGEST_REASON, fingerprint, normalised
from demur.core.findings import Confidence, Finding
from demur.core.vocabulary import Word
from demur.records.keyed_file import (
    read_day,
    read_fingerprint,
    read_keyed_file,
    read_words,
    written_keyed_file,
)

KIND = "baseline"
VERSION = 1


class Decision(Word):
    """What somebody decided about a finding: not looked at yet, known and left, to be mended, or called fine."""

    OPEN = "open"
    KEEP = "keep"
    FIX = "fix"
    ACCEPTED = "accepted"


class Status(Word):
    """How a finding of this scan stands to the one before it."""

    NEW = "new"
    KNOWN = "known"
    KEPT = "kept"
    TO_FIX = "to-fix"
    ACCEPTED = "accepted"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Known:
    """A finding by its fingerprint. `fixed` is the day on which a whole scan no longer found it.

    `reason`, `author` and `expires` are there where it was accepted.
    """

    fingerprint: str
    rule: str
    since: date
    decision: Decision = Decision.OPEN
    fixed: date | None = None
    reason: str = ""
    author: str = ""
    expires: date | None = None

    def status(self, today: date) -> Status:
        """How it stands. What was accepted and ran out is new again, and so is what was fixed and came back."""
        if self.fixed is not None:
            return Status.FIXED
        if self.decision is Decision.ACCEPTED:
            return Status.ACCEPTED if self.expires is not None and today <= self.expires else Status.NEW
        return {Decision.OPEN: Status.KNOWN, Decision.KEEP: Status.KEPT, Decision.FIX: Status.TO_FIX}[self.decision]


def finding_fingerprint(key: bytes, finding: Finding, post_id: str, sentence: str) -> str:
    """The fingerprint of a finding in one post, which stays the same while the rest of that post is rewritten.

    A post is known by its id; where it has none, the sentence stands for it. Words that were only possible and are
    held now are another finding, so that nothing accepted in doubt covers what became clear.
    """
    weight = "asked" if finding.confidence is Confidence.POSSIBLE else "held"
    where = ("post", post_id) if post_id else ("sentence", normalised(sentence))
    return fingerprint(key, finding.rule, weight, normalised(finding.text), *where)


class Baseline:
    """The findings of earlier scans. A scan goes through `see` for each finding and ends with `finish`.

    Memory grows with the findings, not with the posts.
    """

    def __init__(self, known: Mapping[str, Known] | None = None) -> None:
        self._known = dict(known or {})
        self._seen: set[str] = set()
        self.tally: Counter[Status] = Counter()

    @classmethod
    def read(cls, data: bytes, key: bytes) -> Baseline:
        """The baseline in a file. Raises UnreadableKeyedFile."""
        return cls({known.fingerprint: known for known in read_keyed_file(data, KIND, key, {1: _read})})

    def written(self, key: bytes) -> str:
        """The file, in the order of the fingerprints."""
        return written_keyed_file(KIND, VERSION, key, map(_row, self))

    def __iter__(self) -> Iterator[Known]:
        return iter(sorted(self._known.values(), key=lambda known: known.fingerprint))

    def __len__(self) -> int:
        return len(self._known)

    def get(self, mark: str) -> Known | None:
        """What is known by a fingerprint."""
        return self._known.get(mark)

    def see(self, mark: str, rule: str, today: date) -> Status | None:
        """Take note of a finding, and say how it stands; None where this scan has met it before."""
        if mark in self._seen:
            return None
        self._seen.add(mark)
        known = self._known.get(mark)
        status = known.status(today) if known is not None else Status.NEW
        if status in (Status.FIXED, Status.NEW):
            # It came back, ran out, or was never there: somebody looks at it as at any new one.
            self._known[mark] = Known(mark, rule, today)
            status = Status.NEW
        self.tally[status] += 1
        return status

    def finish(self, today: date) -> None:
        """Everything was read: what was not met is fixed. Never called after a scan that was stopped."""
        for mark, known in self._known.items():
            if mark in self._seen:
                continue
            if known.fixed is None:
                self._known[mark] = replace(known, fixed=today)
            self.tally[Status.FIXED] += 1

    def decide(self, mark: str, decision: Decision) -> None:
        """Put down what somebody decided; `accept` is for what they call fine. Raises KeyError."""
        known = self._known[mark]
        self._known[mark] = Known(mark, known.rule, known.since, decision)

    def accept(self, mark: str, reason: str, author: str, expires: date) -> None:
        """Put down that somebody calls a finding fine. Raises KeyError, ValueError without a reason."""
        reason, author = reason.strip(), author.strip()
        if not reason or not author or max(len(reason), len(author)) > LONGEST_REASON:
            raise ValueError(f"a reason of at most {LONGEST_REASON} characters is needed")
        known = self._known[mark]
        self._known[mark] = Known(
            mark, known.rule, known.since, Decision.ACCEPTED, reason=reason, author=author, expires=expires
        )


def _row(known: Known) -> dict[str, str]:
    row = {
        "fingerprint": known.fingerprint,
        "rule": known.rule,
        "since": known.since.isoformat(),
        "decision": known.decision.value,
    }
    if known.fixed is not None:
        row["fixed"] = known.fixed.isoformat()
    if known.decision is Decision.ACCEPTED and known.expires is not None:
        row |= {"reason": known.reason, "author": known.author, "expires": known.expires.isoformat()}
    return row


def _read(row: Mapping[str, Any]) -> Known:
    decision = Decision(row["decision"])
    accepted = decision is Decision.ACCEPTED
    return Known(
        fingerprint=read_fingerprint(row["fingerprint"]),
        rule=read_words(row["rule"], 100),
        since=read_day(row["since"]),
        decision=decision,
        fixed=read_day(row["fixed"]) if "fixed" in row else None,
        reason=read_words(row["reason"], LONGEST_REASON) if accepted else "",
        author=read_words(row["author"], LONGEST_REASON) if accepted else "",
        expires=read_day(row["expires"]) if accepted else None,
    )
