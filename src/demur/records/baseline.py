"""What a scan of many posts has found before, and what somebody decided about each finding; never the posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
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
_PLACE = 16
"""Hexadecimal digits of the fingerprint of a file or post: enough to tell them apart."""


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
class Place:
    """Where a post stands, as keyed fingerprints: its file, and the post where it has an id of its own."""

    file: str
    post: str = ""

    @classmethod
    def of(cls, key: bytes, file: str, post_id: str) -> Place:
        """The place of a post in a file, whose path starts where the scan does; empty for standard input."""
        post = fingerprint(key, "post", file, post_id)[:_PLACE] if post_id else ""
        return cls(fingerprint(key, "file", file)[:_PLACE], post)


@dataclass(frozen=True, slots=True)
class Known:
    """A finding by its fingerprint. `fixed` is the day on which a scan read its post or file, and no longer found it.

    What was decided stays when it is fixed. `reason`, `author` and `expires` are there where it was accepted.
    """

    fingerprint: str
    rule: str
    place: Place
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


def around(key: bytes, file: str, post_id: str, sentence: str) -> str:
    """A fingerprint of the sentence in which something stands, in its post and file; one is enough for all in it.

    A post is known by its id; where it has none, by its sentences.
    """
    return fingerprint(key, "around", file, post_id, normalised(sentence))


def finding_fingerprint(key: bytes, finding: Finding, around: str) -> str:
    """The fingerprint of a finding, which stays the same while other sentences of its post are rewritten.

    INVARIANT: it covers every word of the sentence, so that nothing accepted covers words that nobody saw. Words that
    were only possible and are held now are another finding, so that nothing accepted in doubt covers what became clear.
    """
    weight = "asked" if finding.confidence is Confidence.POSSIBLE else "held"
    return fingerprint(key, finding.rule, weight, normalised(finding.text), around)


class Baseline:
    """The findings of earlier scans. A scan calls `read_post` for each post, `see` for each finding, and `finish`.

    Memory grows with the findings, not with the posts.
    """

    def __init__(self, known: Mapping[str, Known] | None = None) -> None:
        self._known = dict(known or {})
        self._posts = {known.place.post for known in self._known.values()} - {""}
        self._read: set[str] = set()
        self._seen: set[str] = set()
        self.tally: Counter[Status] = Counter()
        self.unread = 0
        """How many findings stay as they are, because the scan did not read where they stand."""

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

    def read_post(self, place: Place) -> None:
        """Take note that a post was read: what is not met in it any more is fixed."""
        if place.post in self._posts:
            self._read.add(place.post)

    def see(self, mark: str, rule: str, place: Place, today: date) -> Status | None:
        """Take note of a finding, and say how it stands; None where this scan has met it before."""
        if mark in self._seen:
            return None
        self._seen.add(mark)
        known = self._known.get(mark)
        back = known is not None and known.fixed is not None
        if known is not None and back:
            # What is there again has the decision again that somebody made about it.
            known = self._known[mark] = replace(known, fixed=None)
        status = known.status(today) if known is not None else Status.NEW
        if status is Status.NEW or (back and status in (Status.KNOWN, Status.TO_FIX)):
            # It was never there, ran out, or was to be mended and came back: somebody looks at it as at any new one.
            self._known[mark] = Known(mark, rule, place, today)
            status = Status.NEW
        self.tally[status] += 1
        return status

    def finish(self, today: date, whole: Collection[str]) -> None:
        """What was not met is fixed, where its file or its post was read. Never called after a scan that was stopped.

        `whole` are the fingerprints of the files that were read to the end, with every post in them.
        INVARIANT: what could not be read fixes nothing.
        """
        for mark, known in self._known.items():
            if mark in self._seen:
                continue
            if known.fixed is None and known.place.file not in whole and known.place.post not in self._read:
                self.unread += 1
                continue
            if known.fixed is None:
                self._known[mark] = replace(known, fixed=today)
            self.tally[Status.FIXED] += 1

    def decide(self, mark: str, decision: Decision) -> None:
        """Put down what somebody decided; `accept` is for what they call fine. Raises KeyError."""
        known = self._known[mark]
        self._known[mark] = Known(mark, known.rule, known.place, known.since, decision)

    def accept(self, mark: str, reason: str, author: str, expires: date) -> None:
        """Put down that somebody calls a finding fine. Raises KeyError, ValueError without a reason."""
        reason, author = reason.strip(), author.strip()
        if not reason or not author or max(len(reason), len(author)) > LONGEST_REASON:
            raise ValueError(f"a reason of at most {LONGEST_REASON} characters is needed")
        known = self._known[mark]
        self._known[mark] = Known(
            mark, known.rule, known.place, known.since, Decision.ACCEPTED, None, reason, author, expires
        )


def _row(known: Known) -> dict[str, str]:
    row = {
        "fingerprint": known.fingerprint,
        "rule": known.rule,
        "file": known.place.file,
        **({"post": known.place.post} if known.place.post else {}),
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
        place=Place(read_words(row["file"], _PLACE), read_words(row.get("post", ""), _PLACE)),
        since=read_day(row["since"]),
        decision=decision,
        fixed=read_day(row["fixed"]) if "fixed" in row else None,
        reason=read_words(row["reason"], LONGEST_REASON) if accepted else "",
        author=read_words(row["author"], LONGEST_REASON) if accepted else "",
        expires=read_day(row["expires"]) if accepted else None,
    )
