"""A verdict as a page shows it: words, places and figures, worked out here so that templates only print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.safestring import mark_safe

from demur.core.allowances import fingerprint, normalised
from demur.core.citations import citations
from demur.core.findings import Category, Confidence, Finding
from demur.core.matches import Level, Match
from demur.core.people import Client
from demur.core.verdicts import Guidance, Help, Outcome, Reason, Rewording, Verdict
from demur.engine import KNOWN_FROM_WORK
from demur.reports.phrases import AFTER_REWORDING, POST_OUTCOMES, REQUEST_OUTCOMES, post_outcome
from demur.reports.utf16 import Utf16
from demur.reports.waterfall import figure, strongest_in_words, waterfall
from demur.screening.allowlist import open_to_allowing
from demur.server.casework.queries import CallingFine
from demur.server.web.words import MARKS

MOST_MARKS = 60
"""How many marks one page lists; more would bury the answer, and the strictest are kept."""

NO_CLAUSES = frozenset({"default", "unapplied"})
"""What the engine names as a reason where no clause decided."""

_CERTAINTY = {Confidence.SURE: "sure", Confidence.LIKELY: "likely", Confidence.POSSIBLE: "possible"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is written: how it is printed, the issuer's page, and the day on which that was checked."""

    label: str
    url: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class ShownReason:
    """A clause that decided. `page` is empty where the reason is no clause of the policy."""

    title: str
    says: str
    outcome: str
    page: str
    sources: tuple[Source, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words. `start` and `end` count UTF-16 units, as browsers do; `rank` orders kinds from mild to strict.

    `fine` names them where they may be called fine: a keyed fingerprint, so that a page that is sent twice never
    means other words.
    """

    number: int
    kind: str
    label: str
    rank: int
    start: int
    end: int
    words: str
    certainty: str
    says: tuple[str, ...]
    suggestions: tuple[str, ...]
    fine: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the draft under at most one mark; `first` is true for the piece with which that mark begins."""

    text: str
    mark: Mark | None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on the caseload who may be meant: the strongest reasons, a picture, and each piece with its figure.

    `short` may stand open on a page, where somebody may look over a shoulder: first letters, never the whole name.
    """

    name: str
    short: str
    says: str
    strongest: str
    picture: str
    pieces: tuple[tuple[str, str], ...]
    total: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page says to a draft or a request. `said` is the same in one line, for a screen reader.

    `asks_who` is true where the other side says that they know the professional from work, and nobody said who it is.

    `help` stands before everything; with `crisis` the rest is folded away until the person is ready for it.
    """

    outcome: str
    held: bool
    title: str
    why: str
    question: str
    guidance: Guidance
    reasons: tuple[ShownReason, ...]
    looked_at: str
    said: str
    marks: tuple[Mark, ...] = ()
    unlisted: int = 0
    pieces: tuple[Piece, ...] = ()
    rewording: Rewording | None = None
    after_rewording: str = ""
    candidates: tuple[Candidate, ...] = ()
    help: Help | None = None
    crisis: bool = False
    settled_by: str = ""
    tell_supervisor: str = ""
    may_ask_exception: bool = False
    asks_who: bool = False


def answer_to_post(text: str, verdict: Verdict, calling: CallingFine | None = None) -> Answer:
    """The answer to "may I post this?", with the draft cut at its marks.

    With `calling`, the marks that may be called fine say by which name.
    """
    spans = _marked_spans(verdict)
    positions = Utf16.of(text)
    marks = tuple(_mark(number, span, positions) for number, span in enumerate(spans, start=1))
    if calling is not None:
        names = _fine_names(text, verdict, spans, calling)
        marks = tuple(replace(mark, fine=name) for mark, name in zip(marks, names, strict=True))
    places = f" {len(marks)} {'place is' if len(marks) == 1 else 'places are'} marked." if marks else ""
    answer = _answer(verdict, POST_OUTCOMES)
    # The reason of the only mark stands right above it already.
    marks = _each_said_once(marks, already=answer.why if len(marks) == 1 else "")
    title = post_outcome(verdict)
    said = f"{title}.{places}"
    if verdict.help is not None:
        contact = verdict.help.contacts[0].do
        said = f"{verdict.help.title} {contact}." if verdict.in_crisis else f"{said} {verdict.help.words}"
    return replace(
        answer,
        title=title,
        # Where nothing is held the next step says that already.
        why="" if verdict.outcome is Outcome.ALLOW else answer.why,
        said=said,
        help=verdict.help,
        crisis=verdict.in_crisis,
        marks=marks,
        unlisted=len({(f.start, f.end) for _, f in _told(verdict)}) - len(marks),
        pieces=tuple(_pieces(text, spans, marks)),
        rewording=verdict.rewording,
        after_rewording=AFTER_REWORDING[verdict.rewording.outcome] if verdict.rewording is not None else "",
    )


def answer_to_request(verdict: Verdict) -> Answer:
    """The answer to "may I accept this?", with the people on the caseload who could be meant."""
    answer = _answer(verdict, REQUEST_OUTCOMES)
    # Asked in sight, so not among what is folded away.
    cautions = tuple(caution for caution in verdict.guidance.cautions if caution != KNOWN_FROM_WORK)
    return replace(
        answer,
        guidance=replace(verdict.guidance, cautions=cautions),
        asks_who=cautions != verdict.guidance.cautions,
        candidates=tuple(_candidate(match) for match in verdict.matches[:3]),
        settled_by=verdict.settled_by,
        tell_supervisor=verdict.tell_supervisor,
        may_ask_exception=verdict.may_ask_exception,
        help=verdict.help,
        crisis=verdict.in_crisis,
    )


def with_suggestion(text: str, verdict: Verdict, chosen: str) -> str | None:
    """The draft after somebody pressed a suggestion; None where there is none.

    It is named `<mark>.<suggestion>`, or `safer` or `all` for the draft with all of them. The same draft gets the
    same marks, so the numbers on the page still hold when it comes back.
    """
    if chosen == "safer":
        return verdict.guidance.safer or None
    if chosen == "all":
        return verdict.rewording.text if verdict.rewording is not None else None
    for number, span in enumerate(_marked_spans(verdict), start=1):
        for choice, words in enumerate(_suggestions(span), start=1):
            if chosen == f"{number}.{choice}":
                finding = span[0][1]
                return text[: finding.start] + words + text[finding.end :]
    return None


def findings_to_call_fine(text: str, verdict: Verdict, calling: CallingFine, chosen: str) -> tuple[Finding, ...]:
    """The findings of the mark that has this name; none where no mark has it (any more)."""
    spans = _marked_spans(verdict)
    for span, name in zip(spans, _fine_names(text, verdict, spans, calling), strict=True):
        if name and name == chosen:
            return tuple(finding for _, finding in span)
    return ()


def _fine_names(text: str, verdict: Verdict, spans: tuple[Span, ...], calling: CallingFine) -> list[str]:
    """For each place the fingerprint of its strictest finding; empty where one of its findings is never fine."""
    may_be = frozenset(open_to_allowing(text, verdict.findings, calling.names))
    names = []
    for span in spans:
        outcome, strictest = span[0]
        fine = outcome > Outcome.ALLOW and all(finding in may_be for _, finding in span)
        names.append(fingerprint(calling.key, strictest.rule, normalised(strictest.text)) if fine else "")
    return names


def asked_about(verdict: Verdict) -> frozenset[str]:
    """The words that the one question is about, or the clause that asks it where no words do."""
    asking = [reason for reason in verdict.reasons if reason.outcome is Outcome.ASK]
    words = {" ".join(found.text.casefold().split()) for reason in asking for found in reason.findings}
    return frozenset(words | {reason.clause for reason in asking if not reason.findings})


def sources(cites: tuple[str, ...]) -> tuple[Source, ...]:
    """The checked citations with these ids."""
    rows = (citations()[cited] for cited in cites)
    return tuple(Source(row.label, row.url, date.fromisoformat(row.checked_on)) for row in rows)


def clause_page(clause: str) -> str:
    """The path of a clause's page."""
    return reverse("clause", args=[clause])


def shown_reason(reason: Reason, phrases: dict[Outcome, str]) -> ShownReason:
    """A reason with its sources and, where it is a clause, its page."""
    return ShownReason(
        title=reason.title,
        says=reason.says,
        outcome=phrases[reason.outcome],
        page="" if reason.clause in NO_CLAUSES else clause_page(reason.clause),
        sources=sources(reason.cites),
        words=tuple(dict.fromkeys(f.text for f in reason.findings if f.category is not Category.CRISIS))[:5],
    )


def _answer(verdict: Verdict, phrases: dict[Outcome, str]) -> Answer:
    """What the answers to drafts and to requests have in common."""
    return Answer(
        outcome=verdict.outcome.word,
        held=verdict.outcome >= Outcome.REFER,
        title=phrases[verdict.outcome],
        why=_why(verdict),
        question=verdict.question or "",
        guidance=verdict.guidance,
        reasons=tuple(shown_reason(reason, phrases) for reason in verdict.reasons),
        looked_at=verdict.looked_at,
        said=f"{phrases[verdict.outcome]}.",
    )


def _why(verdict: Verdict) -> str:
    """One sentence or two: what was seen, in the words of the surest finding, else what the clause says."""
    reason = next(iter(verdict.reasons), None)
    if reason is None:
        return ""
    if verdict.outcome is Outcome.ALLOW or not reason.findings:
        return reason.says
    surest = max(reason.findings, key=lambda finding: (finding.confidence, -finding.start))
    # "Write 'recently'" would promise that a draft which must stay offline can be mended.
    return reason.says if verdict.outcome >= Outcome.REFER and surest.suggestions else surest.says


def _told(verdict: Verdict) -> Iterator[tuple[Outcome, Finding]]:
    """Every finding that met a clause, with what that clause makes of it; what met none is not worth a mark.

    Words of despair are answered, never marked.
    """
    for reason in verdict.reasons:
        for finding in reason.findings:
            if finding.category is not Category.CRISIS:
                yield reason.outcome, finding


Span = tuple[tuple[Outcome, Finding], ...]
"""The findings on the same words, strictest first."""


def _marked_spans(verdict: Verdict) -> tuple[Span, ...]:
    by_place: dict[tuple[int, int], dict[Finding, Outcome]] = {}
    for outcome, finding in _told(verdict):
        here = by_place.setdefault((finding.start, finding.end), {})
        here[finding] = max(outcome, here.get(finding, Outcome.ALLOW))
    spans = [
        tuple(sorted(((o, f) for f, o in here.items()), key=lambda pair: (-pair[0], -pair[1].confidence)))
        for here in by_place.values()
    ]
    spans.sort(key=lambda span: (-span[0][0], span[0][1].start))
    return tuple(sorted(spans[:MOST_MARKS], key=lambda span: (span[0][1].start, span[0][1].end)))


def _mark(number: int, span: Span, positions: Utf16) -> Mark:
    outcome, finding = span[0]
    kind, label = MARKS[outcome]
    return Mark(
        number=number,
        kind=kind,
        label=label,
        rank=int(outcome),
        start=positions.units(finding.start),
        end=positions.units(finding.end),
        words=finding.text,
        certainty=_CERTAINTY[max(f.confidence for _, f in span)],
        says=tuple(dict.fromkeys(f.says for _, f in span)),
        suggestions=_suggestions(span),
    )


def _each_said_once(marks: tuple[Mark, ...], already: str) -> tuple[Mark, ...]:
    """The marks, where a sentence that was said already, or by an earlier one, is not repeated."""
    said = {already}
    shorter = []
    for mark in marks:
        shorter.append(replace(mark, says=tuple(says for says in mark.says if says not in said)))
        said.update(mark.says)
    return tuple(shorter)


def _suggestions(span: Span) -> tuple[str, ...]:
    # Where one finding has no safe rewording, another's would only hide it.
    if not all(finding.suggestions for outcome, finding in span if outcome > Outcome.ALLOW):
        return ()
    return span[0][1].suggestions[:3]


def _pieces(text: str, spans: tuple[Span, ...], marks: tuple[Mark, ...]) -> Iterator[Piece]:
    """The text cut wherever a mark begins or ends; where marks overlap, the strictest shows. Linear but for sorting."""
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for index, span in enumerate(spans):
        starts.setdefault(span[0][1].start, []).append(index)
        ends.setdefault(span[0][1].end, []).append(index)
    open_marks: set[int] = set()
    begun: set[int] = set()
    position = 0
    for cut in sorted({*starts, *ends, len(text)}):
        if cut > position:
            strictest = max(open_marks, key=lambda index: (marks[index].rank, -index), default=None)
            yield Piece(
                text[position:cut],
                None if strictest is None else marks[strictest],
                strictest is not None and strictest not in begun,
            )
            if strictest is not None:
                begun.add(strictest)
            position = cut
        open_marks.difference_update(ends.get(cut, ()))
        open_marks.update(starts.get(cut, ()))


def _candidate(match: Match) -> Candidate:
    likely = match.level is Level.MATCH
    return Candidate(
        name=match.client.full_name,
        short=_in_short(match.client),
        says="This is likely" if likely else "This could be",
        strongest=strongest_in_words(match),
        picture=mark_safe(waterfall(match)),  # noqa: S308 - its text is escaped where it is made
        pieces=tuple((one.says, figure(one.bits) if one.bits else "") for one in match.comparisons if one.says),
        total=figure(match.bits),
    )


def _in_short(client: Client) -> str:
    """First letters, as somebody is remembered by; the client's id where a letter would be a whole name."""
    words = ["".join(filter(str.isalnum, word)) for word in client.full_name.split()]
    words = [word for word in words if word]
    if not words or any(len(word) == 1 for word in words):
        return client.client_id
    return " ".join(f"{word[0]}." for word in words)
