"""A second reader for doubt: what a language model is asked, what counts as its answer, and what may follow."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from demur.core.content import Post
from demur.core.findings import READER, Category, Confidence, Finding
from demur.core.vocabulary import Word
from demur.screening.reader.addressed import addresses_a_model
from demur.screening.reader.reader import CUES
from demur.screening.reader.words import says

MOST_LETTERS = 4_000
"""The longest draft, with what it answers, that is put to a second reader, in code points.

Servers cut what is longer than the model's window without a word, and then half a draft would be judged.
"""
_MOST_QUOTED = 200
_MOST_SHOWN = 80


class Stance(Word):
    """What became of asking a second reader: its three answers, and the ways in which none counts."""

    HOLD = "hold"
    CLEAR = "clear"
    UNSURE = "unsure"
    LATE = "late"
    ABSENT = "absent"
    TOO_LONG = "too-long"
    ADDRESSED = "addressed"
    UNUSABLE = "unusable"


ANSWERS = frozenset({Stance.HOLD, Stance.CLEAR, Stance.UNSURE})
"""What a second reader may say itself; the others are said about it."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second reader says about a draft. `words` are the draft's own; `place` says where it runs, in words."""

    stance: Stance
    words: str = ""
    place: str = "on this computer"


SecondReader = Callable[[Post], Opinion | None]
"""Asks a language model about a draft; None, or an error, where it has nothing to say that counts."""

_SAYS: dict[Stance, str] = {
    Stance.HOLD: "it takes this to be about somebody you serve{quoted}.",
    Stance.CLEAR: "it sees nobody you serve in it.",
    Stance.UNSURE: "it could not tell either.",
    Stance.LATE: "it did not answer in time.",
    Stance.ABSENT: "it could not be reached.",
    Stance.TOO_LONG: "the draft is too long for it.",
    Stance.ADDRESSED: "its answer does not count, because the draft, or what it answers, speaks to language models.",
    Stance.UNUSABLE: "it gave no answer that could be used.",
}


def in_doubt(findings: Sequence[Finding]) -> bool:
    """Whether it is cue words or the reader that leave open whether a client is meant.

    Talk among employees is no such doubt: no second reader may hold it.
    """
    return any(map(_is_doubt, findings)) and not any(
        finding.category is Category.PROTECTED_CONCERTED and finding.confidence > Confidence.POSSIBLE
        for finding in findings
    )


def believed(post: Post, opinion: Opinion | None) -> Opinion:
    """What counts of an opinion about a draft.

    INVARIANT: words that aren't the draft's own make it void, and what speaks to models is never cleared by one.
    """
    if opinion is None:
        return Opinion(Stance.UNUSABLE)
    if opinion.stance not in ANSWERS:
        return replace(opinion, words="")
    if opinion.words not in post.text or (opinion.stance is Stance.HOLD and not opinion.words.strip()):
        return Opinion(Stance.UNUSABLE, place=opinion.place)
    if opinion.stance is Stance.CLEAR and (addresses_a_model(post.text) or addresses_a_model(post.reply_to or "")):
        return Opinion(Stance.ADDRESSED, place=opinion.place)
    return opinion


def settle(findings: tuple[Finding, ...], opinion: Opinion) -> tuple[Finding, ...]:
    """The findings after a believed opinion: possible cues become likely ones, or go; all others stay as they are."""
    if opinion.stance is Stance.HOLD:
        return tuple(_likely(finding) if _is_doubt(finding) else finding for finding in findings)
    if opinion.stance is Stance.CLEAR:
        return tuple(finding for finding in findings if not _is_doubt(finding))
    return findings


def said(opinion: Opinion) -> str:
    """One sentence for the author about what became of asking."""
    words = " ".join(opinion.words.split())
    if len(words) > _MOST_SHOWN:
        words = words[:_MOST_SHOWN].rstrip() + "…"
    quoted = f" (“{words}”)" if words and words.isprintable() else ""
    asked = "was not asked" if opinion.stance is Stance.TOO_LONG else "was asked too"
    return f"A second reader {opinion.place} {asked}: {_SAYS[opinion.stance].replace('{quoted}', quoted)}"


def too_long(post: Post) -> bool:
    """Whether a draft is longer than a second reader may be trusted to read whole."""
    return len(post.text) + len(post.reply_to or "") > MOST_LETTERS


def messages(post: Post) -> list[dict[str, str]]:
    """What a language model is asked about a draft: how to read it, and then the draft, fenced off as data."""
    thread = post.reply_to or ""
    # INVARIANT: nobody can write a text that holds its own digest, so no draft can end the fence around it.
    digest = hashlib.sha256(f"{len(thread)}\n{thread}\n{post.text}".encode("utf-8", "surrogatepass")).hexdigest()
    fence = f"draft-{digest[:24]}"
    parts = [
        f"The author's role: {post.role.value}",
        f"Account: {post.account.purpose.value}. Network: {post.account.network.value}.",
        f"Readers: {post.audience.value}.",
    ]
    if post.photos:
        parts.append("Pictures go with it that nobody has looked at.")
    if post.reply_to is not None:
        parts += ["What it answers, by somebody else:", f"<<{fence}>>", thread, f"<<end {fence}>>"]
    parts += ["The draft:", f"<<{fence}>>", post.text, f"<<end {fence}>>"]
    return [
        {"role": "system", "content": _prompt().replace("{fence}", fence)},
        {"role": "user", "content": "\n".join(parts)},
    ]


def read_answer(content: str, place: str) -> Opinion | None:
    """The opinion in a model's answer; None where it is anything but the one object that was asked for."""
    try:
        answer = json.loads(content, object_pairs_hook=list)
    except (ValueError, RecursionError):
        return None
    # As pairs, so that a key given twice is seen.
    if not isinstance(answer, list) or [type(pair) for pair in answer] != [tuple, tuple]:
        return None
    keys = dict(answer)
    if keys.keys() != {"verdict", "words"}:
        return None
    verdict, words = keys["verdict"], keys["words"]
    if not isinstance(verdict, str) or not isinstance(words, str) or verdict not in ANSWERS:
        return None
    return Opinion(Stance(verdict), words, place) if len(words) <= _MOST_QUOTED else None


def _is_doubt(finding: Finding) -> bool:
    return finding.category in CUES and finding.confidence is Confidence.POSSIBLE


def _likely(finding: Finding) -> Finding:
    words = says(finding.category, finding.text, Confidence.LIKELY) if finding.rule == READER else finding.says
    return replace(finding, confidence=Confidence.LIKELY, says=words)


@lru_cache(maxsize=1)
def _prompt() -> str:
    return files("demur.screening.reader").joinpath("second_reader_prompt.md").read_text("utf-8").strip()
