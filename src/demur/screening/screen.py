"""Runs the rules over a draft: fold once, one pass for phrases, one for patterns, then look closely only at hits."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate

import ahocorasick_rs
import re2

from demur.core.content import Post
from demur.core.findings import ABOUT_CLIENTS, IDENTIFIERS, Category, Confidence, Finding
from demur.core.folding import Folded, fold
from demur.screening.prefilter import Prefilter
from demur.screening.rule import Hit, Rule
from demur.screening.sentences import Sentences, split_sentences

_OPENING = " \t\n\"'“‘([*_-•"
"""What may stand between the beginning of a sentence and its first word."""


class Screen:
    """The rules, compiled. Building it takes some milliseconds; using it is linear in the text.

    Without `prefilter` every pattern is tried on every text: slower, and the same findings.
    """

    def __init__(self, rules: Iterable[Rule], prefilter: bool = True) -> None:
        self.rules = tuple(rules)
        phrases: list[str] = []
        patterns: list[str] = []
        self._phrase_rule: list[int] = []
        self._pattern_rule: list[int] = []
        for number, rule in enumerate(self.rules):
            phrases += [fold(phrase).text for phrase in rule.phrases]
            self._phrase_rule += [number] * len(rule.phrases)
            patterns += rule.patterns
            self._pattern_rule += [number] * len(rule.patterns)
        self._phrases = ahocorasick_rs.AhoCorasick(phrases, matchkind=ahocorasick_rs.MatchKind.Standard)
        self._prefilter = Prefilter(patterns)
        self._patterns = [self._prefilter.pattern(index) for index in range(len(patterns))]
        self._marks = [pattern.groupindex.get("mark", 0) for pattern in self._patterns]
        self._matching = self._prefilter.matching if prefilter else lambda _: range(len(patterns))

    def screen(
        self, post: Post, known: tuple[Finding, ...] = (), leave_out: Callable[[Finding], bool] | None = None
    ) -> tuple[Finding, ...]:
        """Everything found in a draft, in order of place, overlaps settled.

        `known` is evidence from elsewhere, the caseload's mentions: rules may need it beside them, and it takes part
        in settling overlaps. A name that is only possibly a client's is likely one beside talk of a client.
        What `leave_out` names is no evidence for anything.
        """
        sentences = split_sentences(post.text)
        found = self._found(post, sentences, known, leave_out)
        if not found and not known:
            return ()
        return settle(_likelier_beside_clients(found, known, sentences))

    def hits(self, post: Post) -> tuple[Finding, ...]:
        """Everything that the rules found, before overlaps are settled."""
        return tuple(finding for _, finding in self._found(post, split_sentences(post.text)))

    def _found(
        self,
        post: Post,
        sentences: Sentences,
        known: tuple[Finding, ...] = (),
        leave_out: Callable[[Finding], bool] | None = None,
    ) -> list[tuple[Rule, Finding]]:
        folded = fold(post.text)
        found: list[tuple[Rule, Finding]] = []
        seen: set[tuple[int, int, int]] = set()
        excused: dict[tuple[int, int], bool] = {}
        for number, hit in self._raw_hits(folded, post):
            rule = self.rules[number]
            if (number, hit.start, hit.end) in seen:
                continue
            seen.add((number, hit.start, hit.end))
            place = number, sentences.number(hit.start)
            if place not in excused:  # asked once a sentence: a long sentence full of hits stays linear
                excused[place] = _excused(rule, folded, sentences, hit)
            if excused[place] or self._excused_by_post(number, folded, excused):
                continue
            found.append((rule, _finding(rule, hit, post.text, sentences)))
        found = _longest(found)
        if leave_out is not None:
            found = [(rule, finding) for rule, finding in found if not leave_out(finding)]
        places: dict[tuple[Category, int], set[str]] = {}
        for finding in [*known, *(finding for _, finding in found)]:
            places.setdefault((finding.category, sentences.number(finding.start)), set()).add(finding.rule)
        return [
            (rule, finding)
            for rule, finding in found
            if not rule.needs or _has_beside(rule, finding, places, sentences)
        ]

    def _raw_hits(self, folded: Folded, post: Post) -> Iterator[tuple[int, Hit]]:
        text = folded.text
        for index, start, end in self._phrases.find_matches_as_indexes(text, overlapping=True):
            number = self._phrase_rule[index]
            if _is_whole(text, start, end) and _applies(self.rules[number], post):
                yield number, Hit(*folded.span(start, end))
        encoded = text.encode("utf-8", "replace")  # after folding no lone surrogate is left; stay safe all the same
        place: Sequence[int] | None = None
        for index in self._matching(encoded):
            number, mark = self._pattern_rule[index], self._marks[index]
            rule, pattern = self.rules[number], self._patterns[index]
            if not _applies(rule, post):
                continue
            if rule.recognizer is not None:
                if pattern.search(encoded) is not None:
                    yield from ((number, hit) for hit in rule.recognizer(folded, post))
                continue
            for match in pattern.finditer(encoded):
                if place is None:
                    place = _code_points(text, encoded)
                start, end = match.span(mark)
                if start < 0:
                    continue
                start, end = place[start], place[end]
                while start < end and text[end - 1].isspace():
                    end -= 1
                if start < end:
                    yield number, Hit(*folded.span(start, end))

    def _excused_by_post(self, number: int, folded: Folded, excused: dict[tuple[int, int], bool]) -> bool:
        place = number, -1
        if place not in excused:
            excused[place] = _finds_any(self.rules[number].unless_post, folded.text)
        return excused[place]


def _code_points(text: str, encoded: bytes) -> Sequence[int]:
    """Which code point each byte of a text in UTF-8 belongs to, and one more for the end."""
    if len(text) == len(encoded):
        return range(len(text) + 1)
    starts = accumulate(byte & 0xC0 != 0x80 for byte in encoded)
    return [*(count - 1 for count in starts), len(text)]


@cache
def _compiled(pattern: str) -> re2._Regexp:
    """What excuses a hit is compiled when it is first asked for: most of it never is."""
    return re2.compile(pattern)


def _excused(rule: Rule, folded: Folded, sentences: Sentences, hit: Hit) -> bool:
    if rule.also:  # asked first: it settles most, and costs less
        near = folded.part(*sentences.around(hit.start, 2))
        if not all(_compiled(pattern).search(near) for pattern in rule.also):
            return True
    return _finds_any(rule.unless, folded.part(*sentences.bounds(hit.start))) if rule.unless else False


def _finds_any(patterns: Iterable[str], folded: str) -> bool:
    return any(_compiled(pattern).search(folded) for pattern in patterns)


def _longest(found: list[tuple[Rule, Finding]]) -> list[tuple[Rule, Finding]]:
    """What is left where two patterns of one rule marked overlapping words."""
    by_rule: dict[str, list[Finding]] = {}
    rules = {rule.id: rule for rule, _ in found}
    for _, finding in found:
        by_rule.setdefault(finding.rule, []).append(finding)
    return [
        (rules[rule_id], finding)
        for rule_id, findings in by_rule.items()
        for finding in (settle(findings) if len(findings) > 1 else findings)
    ]


def _applies(rule: Rule, post: Post) -> bool:
    if rule.in_reply and post.reply_to is None:
        return False
    return not rule.roles or post.role in rule.roles


def _finding(rule: Rule, hit: Hit, text: str, sentences: Sentences) -> Finding:
    words = text[hit.start : hit.end]
    suggestions = hit.suggestions if hit.suggestions is not None else rule.suggestions
    start = sentences.bounds(hit.start)[0]
    if words[:1].isupper() and hit.start - start < 20 and not text[start : hit.start].strip(_OPENING):
        suggestions = tuple(suggestion[:1].upper() + suggestion[1:] for suggestion in suggestions)
    return Finding(
        category=rule.category,
        rule=rule.id,
        start=hit.start,
        end=hit.end,
        text=words,
        confidence=hit.confidence if hit.confidence is not None else rule.confidence,
        says=hit.says if hit.says is not None else rule.says.replace("{words}", words),
        cites=rule.cites,
        suggestions=suggestions,
        fits=hit.fits,
    )


def _is_whole(text: str, start: int, end: int) -> bool:
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    after = end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum())
    return before and after


def _has_beside(
    rule: Rule, finding: Finding, places: Mapping[tuple[Category, int], set[str]], sentences: Sentences
) -> bool:
    here = sentences.number(finding.start)
    return any(
        places.get((category, sentence), set()) - {rule.id}
        for category in rule.needs
        for sentence in (here - 1, here, here + 1)
    )


def _likelier_beside_clients(
    found: list[tuple[Rule, Finding]], known: tuple[Finding, ...], sentences: Sentences
) -> Iterator[Finding]:
    spoken_of = _sentences_about_clients((*known, *(finding for _, finding in found)), sentences)
    for rule, finding in (*((None, finding) for finding in known), *found):
        likelier = finding.confidence
        if rule is not None:
            likelier = rule.confidence_beside_client or likelier
        elif finding.category is Category.CLIENT_NAME:
            likelier = Confidence.LIKELY
        if likelier > finding.confidence and _is_beside(spoken_of, sentences.number(finding.start)):
            yield replace(finding, confidence=likelier)
        else:
            yield finding


def _sentences_about_clients(findings: Iterable[Finding], sentences: Sentences) -> frozenset[int]:
    return frozenset(
        sentences.number(finding.start)
        for finding in findings
        if finding.category in ABOUT_CLIENTS and finding.confidence > Confidence.POSSIBLE
    )


def _is_beside(numbers: frozenset[int], number: int) -> bool:
    return not numbers.isdisjoint(range(number - 1, number + 2))


def settle(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each place and meaning: the surest, then the longest, wins.

    Identifiers compete with each other, and so do findings of one category; a client's name that is also part of
    an e-mail address keeps both, because the reasons differ. Who is a client is not also just somebody with a name.
    """
    kept: list[Finding] = []
    taken: dict[object, list[tuple[int, int]]] = {}
    for finding in sorted(findings, key=lambda f: (-f.confidence, -(f.end - f.start), f.start, f.category, f.rule)):
        rank: object = "identifier" if finding.category in IDENTIFIERS else finding.category
        spans = taken.setdefault(rank, [])
        if _meets(finding, spans):
            continue
        insort(spans, (finding.start, finding.end))
        kept.append(finding)
    if clients := taken.get(Category.CLIENT_NAME):
        kept = [finding for finding in kept if finding.category is not Category.NAME or not _meets(finding, clients)]
    return tuple(sorted(kept, key=lambda f: (f.start, f.end, f.category, f.rule)))


def _meets(finding: Finding, spans: list[tuple[int, int]]) -> bool:
    # INVARIANT: the spans never overlap each other, so only the two neighbours can.
    place = bisect_left(spans, (finding.start, finding.end))
    return any(finding.start < end and start < finding.end for start, end in spans[max(0, place - 1) : place + 1])


def beside_clients(text: str, findings: tuple[Finding, ...]) -> frozenset[Category]:
    """Categories of identifiers that stand in the same sentence as somebody who is served, or in the next one."""
    beside = beside_talk_of_clients(text, findings)
    return frozenset(
        finding.category
        for finding in findings
        if finding.category in IDENTIFIERS and finding.confidence > Confidence.POSSIBLE and beside(finding)
    )


def beside_talk_of_clients(text: str, findings: tuple[Finding, ...]) -> Callable[[Finding], bool]:
    """Whether a finding stands in the same sentence as somebody who is served, or in a sentence next to it."""
    sentences = split_sentences(text)
    about = _sentences_about_clients(findings, sentences)
    return lambda finding: _is_beside(about, sentences.number(finding.start))
