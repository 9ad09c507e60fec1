"""Reads a draft whole, weighs what the rules found in it, and says which words carried the decision."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demur.core.content import Post
from demur.core.findings import IDENTIFIERS, READER, Category, Confidence, Finding
from demur.screening.reader.first import features, score
from demur.screening.reader.tokens import Tokens, tokens_of
from demur.screening.reader.words import says, words_to_ask
from demur.screening.sentences import split_sentences

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

CUES = frozenset(
    {
        Category.CLIENT_REFERENCE,
        Category.INDIRECT_CLIENT_REFERENCE,
        Category.SESSION_OR_CASE_DETAIL,
        Category.CLIENT_FAMILY,
        Category.CLIENT_PHOTO,
        Category.CONFIRMS_RELATIONSHIP,
        Category.WORK_FRUSTRATION,
    }
)
"""What the rules tell by cue words and the reader by reading: of these, the reader has the last word."""

CATEGORIES: dict[str, Category] = {
    "client_reference": Category.CLIENT_REFERENCE,
    "indirect_client_reference": Category.INDIRECT_CLIENT_REFERENCE,
    "session_or_case_detail": Category.SESSION_OR_CASE_DETAIL,
    "family_of_client": Category.CLIENT_FAMILY,
    "photo_of_client": Category.CLIENT_PHOTO,
    "confirms_relationship": Category.CONFIRMS_RELATIONSHIP,
    "work_frustration": Category.WORK_FRUSTRATION,
    "colleague_or_agency": Category.COLLEAGUE_OR_AGENCY,
    "self_exposure": Category.SELF_EXPOSURE,
    "protected_concerted": Category.PROTECTED_CONCERTED,
    "crisis": Category.CRISIS,
}
"""The category for each of the corpus's reasons that the reader knows; the others are left to rules."""

_OWN = frozenset({Category.SELF_EXPOSURE, Category.COLLEAGUE_OR_AGENCY})
_MOST_PARTS = 24
"""Parts of a very long draft that the network reads, the likeliest first: some 20,000 characters, a second of work."""
_MOST_MARKS = 2
_LONGEST_MARK = 12
"""How many tokens a mark spans at most; a whole paragraph underlined tells nothing."""
_LONGEST_SENTENCE = 300
"""Characters marked at most where no words stand out."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns scores into answers; fitted on writers that the scores came from models which never saw them.

    `weights` are those of the log odds, one for each of `evidence`; from `ask` on a draft is a question, from `refer`
    on it goes to supervision, in log odds; below `skip`, in the first stage's log odds, the network isn't asked.
    `revise` is the log odds from which something of the author's own, or a colleague's, is spoken of.
    """

    weights: dict[str, float]
    bias: float
    first_bias: float
    skip: float
    ask: float
    refer: float
    revise: float
    verdicts: tuple[str, ...]
    reasons: dict[str, str]
    """The model's reasons in order, and the category of each; empty for what is no finding."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a draft. `hold` and `revise` are log odds; `reasons` by category, as probabilities.

    `telling` are the spans of the draft that carried it, the most telling first. `network` is what the network alone
    says, before it is weighed with the rest.
    """

    hold: float
    network: float
    revise: float
    reasons: dict[Category, float]
    telling: tuple[tuple[int, int], ...]


class Reader:
    """The model that Demur comes with, loaded when the first draft needs it. The same draft is read the same way."""

    @cached_property
    def calibration(self) -> Calibration:
        """The cut-offs and weights that the answers come from."""
        values = json.loads(_folder().joinpath("calibration.json").read_text("utf-8"))
        return Calibration(**{**values, "verdicts": tuple(values["verdicts"])})

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """WordPiece, as the encoder was trained with."""
        from tokenizers import Tokenizer

        return Tokenizer.from_str(_folder().joinpath("tokenizer.json").read_text("utf-8"))

    @cached_property
    def first(self) -> NDArray[np.float32]:
        """The weights of the first stage."""
        with as_file(_folder().joinpath("first.npz")) as path, np.load(path, allow_pickle=False) as stored:
            whole: NDArray[np.int8] = stored["weights"]
            return whole.astype(np.float32) * np.float32(stored["scale"])

    @cached_property
    def _network(self) -> InferenceSession:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = 1  # more would wait for each other longer than they work, on texts so short
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        with as_file(_folder().joinpath("reader.onnx")) as path:
            return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def read(self, post: Post, found: Sequence[Finding] = (), always: bool = False) -> Reading | None:
        """What the reader makes of a draft beside what was `found` in it; None where the first stage sees nothing.

        With `always` the network reads it in any case.
        """
        best: Reading | None = None
        for tokens, linear, evidence in self._worth_reading(post, found, always):
            reading = self._read(post, tokens, linear, evidence)
            if best is None or (reading.hold, reading.revise) > (best.hold, best.revise):
                best = reading
        return best

    def _worth_reading(
        self, post: Post, found: Sequence[Finding], always: bool
    ) -> list[tuple[Tokens, float, dict[str, float]]]:
        """The parts of a draft for the network: those with a cue in them or that the first stage points to."""
        parts = []
        for tokens in tokens_of(post, self.tokenizer):
            linear = score(self.first, features(tokens.ids, tokens.first), self.calibration.first_bias)
            start, end = (tokens.places[0][0], tokens.places[-1][1]) if tokens.places else (0, 0)
            evidence = evidence_of([finding for finding in found if finding.start < end and start < finding.end])
            if always or linear >= self.calibration.skip or any(evidence.values()):
                parts.append((tokens, linear, evidence))
        if len(parts) <= _MOST_PARTS:
            return parts
        return sorted(parts, key=lambda part: (not any(part[2].values()), -part[1]))[:_MOST_PARTS]

    def weigh(self, post: Post, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings after reading: cue words that mean nothing here are gone, and what they miss is there.

        What the caseload knows, identifiers, danger, and whatever a rule is sure of stay as they are.
        """
        if not post.text.strip():
            return found
        reading = self.read(post, found)
        cut = self.calibration
        protected = _holds(found, Category.PROTECTED_CONCERTED) or (
            reading is not None and reading.reasons[Category.PROTECTED_CONCERTED] >= 0.5
        )
        harmless = reading is None or reading.hold < 0
        if protected and harmless:
            # INVARIANT: talk among employees is never held for a cue word; at most there is a question.
            found = tuple(_doubted(finding) if finding.category in CUES else finding for finding in found)
        firm = _beside_what_is_sure(post.text, found)
        kept = tuple(
            left
            for finding in found
            if (left := finding if finding in firm else self._left(finding, reading)) is not None
        )
        if reading is None or reading.hold < cut.ask:
            amiss = reading is not None and reading.revise >= cut.revise and not protected
            if reading is not None and amiss and not any(map(_weighed, kept)):
                kept += tuple(self._own(post, reading, kept))
            return _in_order(kept)
        level = Confidence.LIKELY if reading.hold >= cut.refer else Confidence.POSSIBLE
        if any(finding.category in CUES and finding.confidence >= level for finding in kept):
            return kept
        if protected:  # nor on the reader's word alone
            level = Confidence.POSSIBLE
        return _in_order((*kept, *self._telling(post, reading, level)))

    def _left(self, finding: Finding, reading: Reading | None) -> Finding | None:
        """What is left of a rule's finding after reading; None for a cue that means nothing here."""
        cut = self.calibration
        hold = reading.hold if reading is not None else -math.inf
        if not _weighed(finding) or hold >= cut.refer:
            return finding
        if finding.rule in _IN_GENERAL and finding.confidence is Confidence.LIKELY:
            return _doubted(finding)
        if finding.category is Category.CLIENT_REFERENCE and finding.confidence is Confidence.LIKELY:
            # "My client" is a question at least, whatever the rest sounds like.
            amiss = reading is not None and max(reading.hold, reading.revise) >= 0
            return finding if amiss else _doubted(finding)
        return _doubted(finding) if hold >= cut.ask else None

    def _read(self, post: Post, tokens: Tokens, linear: float, evidence: dict[str, float]) -> Reading:
        cut = self.calibration
        ids = np.array([tokens.ids], dtype=np.int64)
        kinds = np.array([tokens.kinds], dtype=np.int64)
        verdict, reasons, telling = self._network.run(None, {"ids": ids, "kinds": kinds})
        odds = {word: _odds(verdict[0], index) for index, word in enumerate(cut.verdicts)}
        seen = {"network": odds["hold"], "linear": linear, **evidence}
        return Reading(
            hold=cut.bias + sum(weight * seen[name] for name, weight in cut.weights.items()),
            network=odds["hold"],
            revise=odds["revise"],
            reasons={
                Category(category): 1 / (1 + math.exp(-float(value)))
                for category, value in zip(cut.reasons.values(), reasons[0], strict=True)
                if category
            },
            telling=_marks(post.text, tokens, telling[0]),
        )

    def _telling(self, post: Post, reading: Reading, level: Confidence) -> Iterator[Finding]:
        category = max(CUES, key=lambda each: (reading.reasons[each], each))
        for number, (start, end) in enumerate(reading.telling or (_sentence(post.text),)):
            words = post.text[start:end]
            yield Finding(
                category=category,
                rule=READER,
                start=start,
                end=end,
                text=words,
                confidence=level,
                says=says(category, words, level),
                cites=_CITES[category],
                asks=words_to_ask(words) if number == 0 else "",
            )

    def _own(self, post: Post, reading: Reading, found: tuple[Finding, ...]) -> Iterator[Finding]:
        """What the author says of themselves or a colleague, where words tell it and no rule has said so."""
        if any(finding.category in _OWN for finding in found):
            return
        category = max(_OWN, key=lambda each: (reading.reasons[each], each))
        for start, end in reading.telling[:1]:
            words = post.text[start:end]
            said = says(category, words, Confidence.LIKELY)
            yield Finding(category, READER, start, end, words, Confidence.LIKELY, said)


_IN_GENERAL = frozenset({"some-parents", "those-people", "frustration-at-people"})
"""Rules for talk of people in general. They speak on 4 of 11,586 ordinary tweets, so what they hear stays a question:
the network, which reads “some parents” now one way and now another, may not let it go."""

_CITES: dict[Category, tuple[str, ...]] = {
    category: ("NASW-1.12", "NOHS-28") if category is Category.WORK_FRUSTRATION else ("NASW-1.07r", "NOHS-28")
    for category in CUES
}


def evidence_of(found: Sequence[Finding]) -> dict[str, float]:
    """What the rules and the caseload found, as numbers for weighing: how sure each kind is, from 0 to 3."""

    def strongest(*categories: Category) -> float:
        return float(max((finding.confidence for finding in found if finding.category in categories), default=0))

    return {
        "reference": strongest(
            Category.CLIENT_REFERENCE, Category.CLIENT_FAMILY, Category.CLIENT_PHOTO, Category.CONFIRMS_RELATIONSHIP
        ),
        "indirect": strongest(Category.INDIRECT_CLIENT_REFERENCE),
        "detail": strongest(Category.SESSION_OR_CASE_DETAIL),
        "frustration": strongest(Category.WORK_FRUSTRATION),
        "protected": strongest(Category.PROTECTED_CONCERTED),
    }


def _holds(found: Sequence[Finding], category: Category) -> bool:
    return any(finding.category is category for finding in found)


def _beside_what_is_sure(text: str, found: Sequence[Finding]) -> frozenset[Finding]:
    """Likely cues in the same sentence as a client's name or a sure identifier, or next to it.

    INVARIANT: what leads to one person beside talk of a client is held, however harmless the draft reads.
    """
    sentences = split_sentences(text)
    sure = {
        sentences.number(finding.start)
        for finding in found
        if (finding.category is Category.CLIENT_NAME and finding.confidence > Confidence.POSSIBLE)
        or (finding.category in IDENTIFIERS and finding.confidence is Confidence.SURE)
    }
    return frozenset(
        finding
        for finding in found
        if _weighed(finding)
        and finding.confidence is Confidence.LIKELY
        and not sure.isdisjoint(range(sentences.number(finding.start) - 1, sentences.number(finding.start) + 2))
    )


def _doubted(finding: Finding) -> Finding:
    return replace(finding, confidence=Confidence.POSSIBLE, asks=words_to_ask(finding.text))


def _weighed(finding: Finding) -> bool:
    return finding.category in CUES and finding.confidence < Confidence.SURE


def _in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.start, finding.end, finding.category, finding.rule)))


def _odds(logits: NDArray[np.float32], index: int) -> float:
    others = np.delete(logits.astype(np.float64), index)
    return float(logits[index]) - float(np.logaddexp.reduce(others))


def _marks(text: str, tokens: Tokens, telling: NDArray[np.float32]) -> tuple[tuple[int, int], ...]:
    """The runs of telling words, whole words each, the most telling first."""
    own = telling[tokens.first : tokens.first + len(tokens.places)]
    runs: list[tuple[float, int, int]] = []
    index = 0
    while index < len(own):
        if own[index] <= 0:
            index += 1
            continue
        end = index + 1
        while end < len(own) and (own[end : end + 2] > 0).any():
            end += 1
        while own[end - 1] <= 0:
            end -= 1
        runs.append((float(own[index:end].max()), index, min(end, index + _LONGEST_MARK)))
        index = end
    runs.sort(reverse=True)
    places = [(tokens.places[start][0], tokens.places[end - 1][1]) for _, start, end in runs[:_MOST_MARKS]]
    return tuple(_whole_words(text, start, end) for start, end in places)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the rest of the words that it cuts into; an apostrophe or hyphen doesn't end a word."""
    while start > 0 and _in_word(text[start - 1]) and _in_word(text[start]):
        start -= 1
    while end < len(text) and _in_word(text[end]) and _in_word(text[end - 1]):
        end += 1
    return start, end


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "'’-"


def _sentence(text: str) -> tuple[int, int]:
    """The first sentence that says anything, where no words stand out."""
    sentences = split_sentences(text)
    start, end = sentences.bounds(len(text) - len(text.lstrip()))
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = min(end, start + _LONGEST_SENTENCE)
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=1)
def _folder() -> Any:
    return files("demur.screening").joinpath("models", "reader")
