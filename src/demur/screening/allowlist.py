"""What was called fine, applied to a draft: after everything is found and settled, and never beside a client."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import re2

from demur.core.allowances import Allowance, fingerprint, may_be_called_fine, normalised
from demur.core.content import Post
from demur.core.findings import IDENTIFIERS, Category, Finding
from demur.core.folding import fold
from demur.screening.rule import with_words
from demur.screening.screen import Screen, beside_talk_of_clients


@dataclass(frozen=True, slots=True)
class Sifted:
    """What was found in a draft, and apart from it what had been called fine."""

    findings: tuple[Finding, ...]
    called_fine: tuple[Finding, ...] = ()


class Allowlist:
    """The allowances that count on one day, with the key of their fingerprints; empty, it changes nothing."""

    def __init__(self, key: bytes = b"", allowances: Iterable[Allowance] = (), today: date = date.min) -> None:
        counting = [allowance for allowance in allowances if allowance.counts_on(today)]
        self._key = key
        self._counting = frozenset((allowance.fingerprint, allowance.category) for allowance in counting)
        self._rules = frozenset(allowance.rule for allowance in counting)

    def sift(self, screen: Screen, post: Post, known: tuple[Finding, ...]) -> Sifted:
        """Screen a draft. What was called fine is taken out, and is no evidence for anything that stands beside it."""
        findings = screen.screen(post, known)
        # Whoever says that a client is in the draft is believed before anything that they said another day.
        if not self._rules or post.about_client is True:
            return Sifted(findings)
        fine = self._fine(post.text, findings)
        if not fine:
            return Sifted(findings)
        covers = _Covers(fine)
        left = screen.screen(post, tuple(finding for finding in known if not covers(finding)), leave_out=covers)
        return Sifted(left, fine)

    def _fine(self, text: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        candidates = {finding for finding in findings if finding.rule in self._rules}
        if any(finding.category is Category.CLIENT_NAME for finding in candidates) and speaks_of_work(text):
            candidates = {finding for finding in candidates if finding.category is not Category.CLIENT_NAME}
        # INVARIANT: asked of what is settled. A name that is only possible counts as likely beside a client by then.
        return tuple(
            finding
            for finding in _not_beside_clients(text, findings)
            if finding in candidates
            and (fingerprint(self._key, finding.rule, normalised(finding.text)), finding.category) in self._counting
        )


NOTHING_ALLOWED = Allowlist()


def speaks_of_work(text: str) -> bool:
    """Whether a draft speaks of visits, courts, relapses and the like: then a name may be the client's after all."""
    return _case_talk().search(fold(text).text) is not None


@cache
def _case_talk() -> re2._Regexp:
    return re2.compile(rf"\b{with_words(['<<case-talk>>'])[0]}\b")


def open_to_allowing(
    text: str, findings: tuple[Finding, ...], names: Container[tuple[str, ...]]
) -> tuple[Finding, ...]:
    """Those of the settled findings of a draft that somebody may call fine.

    `names` are the ways of writing the clients' names. A name that is written in another way, such as with a letter for
    the family name, a picture or a digit, is never offered: nobody could tell whose it is when somebody new comes.
    """
    about_work = speaks_of_work(text)
    return tuple(
        finding
        for finding in _not_beside_clients(text, findings)
        if finding.category is not Category.CLIENT_NAME or (not about_work and is_plain_name(finding.text, names))
    )


def is_plain_name(words: str, names: Container[tuple[str, ...]]) -> bool:
    """Whether words are one of the ways of writing a name, so that an allowance for them ends with a namesake."""
    return tuple(normalised(words).split()) in names


def _not_beside_clients(text: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    if not any(may_be_called_fine(finding) for finding in findings):
        return ()
    beside = beside_talk_of_clients(text, findings)
    return tuple(finding for finding in findings if may_be_called_fine(finding) and not beside(finding))


class _Covers:
    """Whether a finding goes with one that was called fine: the same words, or a part of them, read as another kind.

    What can never be called fine doesn't go with anything.
    """

    def __init__(self, fine: tuple[Finding, ...]) -> None:
        self._spans: dict[object, list[tuple[int, int]]] = {}
        # INVARIANT: settled findings of one kind never overlap, so one look to the left is enough.
        for finding in sorted(fine, key=lambda finding: finding.start):
            self._spans.setdefault(_kind(finding), []).append((finding.start, finding.end))

    def __call__(self, finding: Finding) -> bool:
        if not may_be_called_fine(finding):
            return False
        # Whose name was called fine is not a name to ask about either.
        kinds = (_kind(finding), Category.CLIENT_NAME) if finding.category is Category.NAME else (_kind(finding),)
        return any(self._lies_in(kind, finding) for kind in kinds)

    def _lies_in(self, kind: object, finding: Finding) -> bool:
        spans = self._spans.get(kind, [])
        before = bisect_right(spans, finding.start, key=lambda span: span[0]) - 1
        return before >= 0 and finding.end <= spans[before][1]


def _kind(finding: Finding) -> Category | None:
    """Identifiers compete with each other for the same words; other categories each stand for themselves."""
    return None if finding.category in IDENTIFIERS else finding.category
