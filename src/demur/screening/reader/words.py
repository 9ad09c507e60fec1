"""What the reader says about the words that it marks, and what it asks when it can't tell."""

from __future__ import annotations

from demur.core.findings import Category, Confidence
from demur.core.folding import fold

_SAYS: dict[Category, tuple[str, str]] = {
    # category: (where it is likely, where it is only possible)
    Category.CLIENT_REFERENCE: (
        "Read as a whole, “{words}” likely speaks of somebody you serve. They could know themselves in it.",
        "“{words}” could be somebody you serve.",
    ),
    Category.INDIRECT_CLIENT_REFERENCE: (
        "No one is named, but “{words}” likely points at people you serve. They, or somebody close to them, could "
        "see it.",
        "“{words}” could point at people you serve.",
    ),
    Category.SESSION_OR_CASE_DETAIL: (
        "“{words}” likely tells of a session, a visit or a case. It belongs where privacy is part of the room.",
        "“{words}” could tell of a session, a visit or a case.",
    ),
    Category.CLIENT_FAMILY: (
        "“{words}” likely means the family of somebody you serve.",
        "“{words}” could be the family of somebody you serve.",
    ),
    Category.CLIENT_PHOTO: (
        "“{words}” likely goes with a picture of somebody you serve, or of something of theirs.",
        "“{words}” could go with a picture of somebody you serve.",
    ),
    Category.CONFIRMS_RELATIONSHIP: (
        "“{words}” likely tells readers that somebody is, or was, served by you.",
        "“{words}” could tell readers that somebody is served by you.",
    ),
    Category.WORK_FRUSTRATION: (
        "A hard day is allowed. Here “{words}” likely lands on the people you serve, and they could read it.",
        "“{words}” may be only about your day, or about people you serve.",
    ),
    Category.SELF_EXPOSURE: (
        "“{words}” likely tells clients and strangers more of your own life than you may want.",
        "",
    ),
    Category.COLLEAGUE_OR_AGENCY: (
        "“{words}” likely speaks of a colleague or your agency in a way that could come back to you.",
        "",
    ),
}
_ONE_PERSON = frozenset(
    {"he", "him", "she", "her", "they", "them", "someone", "somebody", "kid", "kiddo"}
    | {"el", "ella", "ellos", "ellas", "alguien"}
)
_LONGEST_ASKED = 80
"""Characters of the words that a question repeats."""


_LONGEST_SAID = 120
"""Characters of marked words that a sentence repeats."""


def says(category: Category, words: str, confidence: Confidence) -> str:
    """A plain sentence for the author about marked words."""
    quoted = " ".join(words.split())
    quoted = quoted if len(quoted) <= _LONGEST_SAID else quoted[:_LONGEST_SAID].rstrip() + "…"
    return _SAYS[category][confidence is Confidence.POSSIBLE].replace("{words}", quoted)


def words_to_ask(words: str) -> str:
    """The one question that settles a doubt, put about the very words that raise it; none where they are many."""
    if len(words) > _LONGEST_ASKED:
        return ""
    if fold(words).text in _ONE_PERSON:
        return f"Is “{words}” somebody you serve or served, or their family?"
    return f"Does “{words}” speak of somebody you serve or served, or of their family?"
