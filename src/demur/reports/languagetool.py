"""A verdict as LanguageTool's HTTP answer, so that the add-ons and editors that speak it can show Demur's marks."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any

import demur
from demur.core.citations import citations
from demur.core.findings import ABOUT_CLIENTS, IDENTIFIERS, Category, Finding
from demur.core.folding import fold
from demur.core.verdicts import Help, Outcome, Reason, Verdict
from demur.reports.utf16 import Utf16

_CONTEXT = 40
"""Code points of context on each side of a match, as LanguageTool gives."""

_LONGEST_SENTENCE = 500
"""Code points of a sentence on each side of a match. Posts seldom punctuate, and an answer must not grow with the
square of the text."""

_FIRST_STEP = {
    Outcome.ASK: "One question first.",
    Outcome.REVISE: "Change this first.",
    Outcome.REFER: "Take it to supervision.",
    Outcome.DECLINE: "Don't post this; supervision is the place for it.",
}
_WORD = re.compile(r"\w{2,}")
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


class UnreadableText(ValueError):
    """Annotations or a language code that can't be read; the message never repeats them."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language as LanguageTool lists it."""

    name: str
    code: str
    long_code: str

    def listed(self) -> dict[str, str]:
        """One entry of `/v2/languages`."""
        return {"name": self.name, "code": self.code, "longCode": self.long_code}


LANGUAGES = (
    Language("English", "en", "en"),
    Language("English (US)", "en", "en-US"),
    Language("English (GB)", "en", "en-GB"),
    Language("English (Canadian)", "en", "en-CA"),
    Language("English (Australian)", "en", "en-AU"),
    Language("English (New Zealand)", "en", "en-NZ"),
    Language("English (South African)", "en", "en-ZA"),
    Language("Spanish", "es", "es"),
    Language("Spanish (Spain)", "es", "es-ES"),
    Language("Spanish (Mexico)", "es", "es-MX"),
    Language("Spanish (US)", "es", "es-US"),
    Language("Spanish (voseo)", "es", "es-AR"),
)
"""What the rules are written for. Names on the caseload are found in every language."""

_BY_CODE = {language.long_code.lower(): language for language in LANGUAGES}


def read_language(code: str) -> Language:
    """The language for a code; `auto` gives English (US), because Demur reads every text with all of its rules.

    A well-formed code that is not listed is taken as it is: names and numbers are found in any language.
    Raises UnreadableText.
    """
    code = code.strip()
    if code.lower() == "auto":
        return _BY_CODE["en-us"]
    if not _LANGUAGE_CODE.fullmatch(code):
        raise UnreadableText("'language' is not a language code. Use one of /v2/languages, or auto.")
    code = code.replace("_", "-")
    return _BY_CODE.get(code.lower()) or Language(code, code.partition("-")[0].lower(), code)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text to check, and where each part of it stands in the text that the client holds, markup included.

    `starts` and `ends` are parallel, one entry a part that is read: where it begins in `text`, and its span in
    `original`. `verbatim` tells text from markup that stands for something else (`<p>` for a line break).
    """

    text: str
    original: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    verbatim: tuple[bool, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in `original` of a span in `text`, both in code points, `end` exclusive and greater."""
        if not self.starts:
            return start, end
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        begin, finish = self.spans[first][0], self.spans[last][1]
        if self.verbatim[first]:
            begin += start - self.starts[first]
        if self.verbatim[last]:
            finish = self.spans[last][0] + end - self.starts[last]
        return begin, finish


def plain_text(text: str) -> Annotated:
    """A text without markup."""
    return Annotated(text, text, (), (), ())


def read_annotations(data: object) -> Annotated:
    """The text of LanguageTool's `data`: a JSON string or object with `annotation` (or with `text` alone).

    Each annotation has `text`, or `markup` with an optional `interpretAs`. Raises UnreadableText.
    """
    if isinstance(data, str):
        try:
            data = json.loads(data)
        except (ValueError, RecursionError):
            raise UnreadableText("'data' is not valid JSON.") from None
    if not isinstance(data, dict):
        raise UnreadableText("'data' must be a JSON object.")
    whole, annotations = data.get("text"), data.get("annotation")
    if isinstance(whole, str) and annotations is None:
        return plain_text(whole)
    if whole is not None or not isinstance(annotations, list):
        raise UnreadableText("'data' must have a list called 'annotation', or a string called 'text'.")
    return _joined(annotations)


def response(
    verdict: Verdict | None, text: Annotated, language: Language, sentence_starts: Sequence[int]
) -> dict[str, Any]:
    """The answer of `/v2/check`. Offsets and lengths are UTF-16 code units of the text with its markup.

    `verdict` is None where the client asks only for checks that Demur doesn't have. `sentence_starts` are positions
    in `text.text`, in code points, the first 0.
    """
    units = Utf16.of(text.original)
    sentences = _sentences(text.text, sentence_starts)
    ranges = [_offsets(units, text, sentence) for sentence in sentences]
    return {
        "software": software(),
        "warnings": {"incompleteResults": False},
        "language": {
            "name": language.name,
            "code": language.long_code,
            "detectedLanguage": {
                "name": language.name,
                "code": language.long_code,
                "confidence": 1.0,
                "source": "request",
            },
        },
        "matches": _matches(verdict, text, units, sentence_starts) if verdict is not None else [],
        "sentenceRanges": [list(each) for each in ranges],
        "extendedSentenceRanges": [
            {"from": begin, "to": end, "detectedLanguages": [{"language": language.code, "rate": 1.0}]}
            for begin, end in ranges
        ],
    }


def software() -> dict[str, Any]:
    """Who answers, as `/v2/info` and every check say it. No build date is kept, so that builds can be repeated."""
    return {
        "name": "Demur",
        "version": demur.__version__,
        "buildDate": "",
        "apiVersion": 1,
        "premium": False,
        "premiumHint": "",
        "status": "",
    }


def _joined(annotations: list[object]) -> Annotated:
    read: list[str] = []
    held: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    verbatim: list[bool] = []
    read_length = held_length = 0
    for annotation in annotations:
        shown, kept, is_text = _annotation(annotation)
        if shown:
            starts.append(read_length)
            spans.append((held_length, held_length + len(kept)))
            verbatim.append(is_text)
        read.append(shown)
        held.append(kept)
        read_length += len(shown)
        held_length += len(kept)
    return Annotated("".join(read), "".join(held), tuple(starts), tuple(spans), tuple(verbatim))


def _annotation(annotation: object) -> tuple[str, str, bool]:
    """What is read, what the client holds, and whether the two are the same."""
    if not isinstance(annotation, dict):
        raise UnreadableText("Each annotation must be a JSON object.")
    words, markup, meant = annotation.get("text"), annotation.get("markup"), annotation.get("interpretAs")
    if isinstance(words, str) and markup is None and meant is None:
        return words, words, True
    if isinstance(markup, str) and words is None and (meant is None or isinstance(meant, str)):
        return meant or "", markup, False
    raise UnreadableText("Each annotation has either 'text', or 'markup' and perhaps 'interpretAs', as strings.")


def _held(verdict: Verdict) -> Iterator[tuple[Reason, Finding]]:
    """Each marked finding once, in order of the text, with the strictest reason that it stands behind."""
    strictest: dict[Finding, Reason] = {}
    for reason in verdict.reasons:
        if reason.outcome is Outcome.ALLOW:
            continue
        for finding in reason.findings:
            if finding.category is Category.CRISIS:
                continue  # an agency's own clause may hold it; it has its mark already, and that one helps
            if finding.end > finding.start and (
                finding not in strictest or strictest[finding].outcome < reason.outcome
            ):
                strictest[finding] = reason
    for finding in sorted(strictest, key=lambda finding: (finding.start, finding.end, finding.category, finding.rule)):
        yield strictest[finding], finding


def _matches(verdict: Verdict, text: Annotated, units: Utf16, sentence_starts: Sequence[int]) -> list[dict[str, Any]]:
    names = {
        word
        for finding in verdict.findings
        if finding.category in (Category.NAME, Category.CLIENT_NAME, Category.CLIENT_FAMILY)
        for word in _words(finding.text)
    }

    def located(finding: Finding, message: str) -> dict[str, Any]:
        start, end = text.span(finding.start, finding.end)
        offset, length = units.span(start, end)
        return {
            "message": message,
            "offset": offset,
            "length": length,
            "context": _context(text.original, start, end),
            "sentence": _sentence_around(text.text, finding, sentence_starts),
        }

    # Warmth and a number come before anything else, wherever in the text they belong.
    first = [
        located(finding, _help_message(verdict.help)) | _first_of_all(verdict.help, finding)
        for finding in _heard(verdict)
        if verdict.help is not None
    ]
    held = [
        located(finding, _message(verdict, reason, finding)) | _judged(reason, finding, names)
        for reason, finding in _held(verdict)
    ]
    return first + held


def _heard(verdict: Verdict) -> list[Finding]:
    """The words that help is for: one mark is enough, the surest and the first of them."""
    heard = [f for f in verdict.findings if f.category is Category.CRISIS and f.end > f.start]
    return [max(heard, key=lambda finding: (finding.confidence, -finding.start))] if heard else []


def _help_message(offered: Help) -> str:
    """What fits a bubble beside the words."""
    if not offered.title:
        return offered.words
    return f"{offered.title} {'. '.join(contact.do for contact in offered.contacts[:2])}. {offered.words}"


def _first_of_all(offered: Help, finding: Finding) -> dict[str, Any]:
    return {
        "shortMessage": offered.title or "988, day and night",
        "replacements": [],
        "type": {"typeName": "Hint"},
        "rule": {
            "id": "DEMUR_CRISIS",
            "subId": finding.rule,
            "sourceFile": "",
            "description": "Somebody to talk to",
            "issueType": "style",
            "urls": [{"value": contact.link} for contact in offered.contacts if contact.link.startswith("https:")],
            "category": {"id": "DEMUR_OWN_PRIVACY", "name": "You and your work"},
            "isPremium": False,
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": -1,
    }


def _message(verdict: Verdict, reason: Reason, finding: Finding) -> str:
    """What was noticed and what to do first, short enough for a bubble beside the words."""
    if reason.outcome is Outcome.ASK and verdict.question:
        return f"{finding.says} {verdict.question}"
    return f"{finding.says} {_FIRST_STEP[reason.outcome]}"


def _judged(reason: Reason, finding: Finding, names: Set[str]) -> dict[str, Any]:
    # Replacements may be kept by an add-on, so none of them holds a word of a name that is found in the text.
    safe = [value for value in finding.suggestions if names.isdisjoint(_words(value))]
    return {
        "shortMessage": reason.title,
        "replacements": [{"value": value} for value in safe],
        # INVARIANT: never "UnknownWord" here nor "misspelling" below. Add-ons may keep the words of what they take
        # for a typo, and so would keep the name of somebody who is served.
        "type": {"typeName": "Other" if reason.outcome >= Outcome.REFER else "Hint"},
        "rule": _rule(reason, finding),
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0 if finding.category in IDENTIFIERS else -1,
    }


def _rule(reason: Reason, finding: Finding) -> dict[str, Any]:
    # Add-ons may keep rule ids beside the marked words: whether a name stands on the caseload must not be among them.
    is_name = finding.category is Category.CLIENT_NAME
    category = Category.NAME if is_name else finding.category
    if category in IDENTIFIERS:
        group, name, says = "IDENTIFIERS", "Identifying details", "A detail that can identify a person"
    elif category in ABOUT_CLIENTS or category in (Category.MOSAIC, Category.WORK_FRUSTRATION):
        group, name, says = "CONFIDENTIALITY", "Confidentiality", "Words that may point to somebody"
    else:
        group, name, says = "OWN_PRIVACY", "You and your work", "Words that say something about you or your work"
    urls = dict.fromkeys(citations()[cited].url for cited in reason.cites if cited in citations())
    return {
        "id": f"DEMUR_{category.value.upper().replace('-', '_')}",
        "subId": "name" if is_name else finding.rule,
        "sourceFile": "",
        "description": says,
        "issueType": "style",
        "urls": [{"value": url} for url in urls if url],
        "category": {"id": f"DEMUR_{group}", "name": name},
        "isPremium": False,
    }


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).text)


def _context(original: str, start: int, end: int) -> dict[str, Any]:
    """The words around a match, one line, cut with dots as LanguageTool does; offset and length in code units.

    It begins after the last wide character before the match: some clients, language_tool_python among them, count
    code points here although they count code units in the text, and so both counts agree.
    """
    first, last = max(0, start - _CONTEXT), min(len(original), end + _CONTEXT)
    first += max(Utf16.of(original[first:start]).wide, default=-1) + 1
    before = ("..." if first else "") + original[first:start]
    context = before + original[start:last] + ("..." if last < len(original) else "")
    offset, length = Utf16.of(context).span(len(before), len(before) + end - start)
    return {"text": re.sub(r"[\r\n\t]", " ", context), "offset": offset, "length": length}


def _sentence_around(text: str, finding: Finding, starts: Sequence[int]) -> str:
    index = bisect_right(starts, finding.start) - 1
    following = bisect_right(starts, finding.end - 1)
    begin = max(starts[index], finding.start - _LONGEST_SENTENCE)
    end = min(starts[following] if following < len(starts) else len(text), finding.end + _LONGEST_SENTENCE)
    return text[begin:end].strip()


def _sentences(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence without the white space around it; empty ones are left out."""
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        sentence = text[start:end]
        bare = sentence.strip()
        if bare:
            begin = start + len(sentence) - len(sentence.lstrip())
            yield begin, begin + len(bare)


def _offsets(units: Utf16, text: Annotated, sentence: tuple[int, int]) -> tuple[int, int]:
    start, end = text.span(*sentence)
    return units.units(start), units.units(end)
