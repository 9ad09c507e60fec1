"""A draft in doubt that rests on no model and no rule: a stand-in for the reader that always marks the same words."""

from __future__ import annotations

from demur.core.content import Post
from demur.core.findings import READER, Category, Confidence, Finding
from demur.screening.reader.reader import Reader

WORDS = "the way out the door"
DOUBTFUL = f"That smile on {WORDS}."


def doubt(text: str, confidence: Confidence = Confidence.POSSIBLE) -> Finding:
    """The doubt about `WORDS` in a text."""
    start = text.index(WORDS)
    return Finding(
        category=Category.INDIRECT_CLIENT_REFERENCE,
        rule=READER,
        start=start,
        end=start + len(WORDS),
        text=WORDS,
        confidence=confidence,
        says=f"“{WORDS}” could point at people you serve.",
        asks=f"Does “{WORDS}” speak of somebody you serve or served, or of their family?",
    )


class Doubting(Reader):
    """Doubts `WORDS` wherever they stand, and reads nothing else."""

    def weigh(self, post: Post, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return (*found, doubt(post.text)) if WORDS in post.text else found
