"""Makes the text of an export readable: Meta's broken letters, control and direction signs, lengths."""

from __future__ import annotations

import re
import unicodedata

from demur.core.content import MAX_TEXT_LENGTH

LONGEST_LINE = 300
"""Code points kept of a name or handle; nobody's is longer."""
_LOOKED_AT = 4_000
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""Signs that show nothing and turn or hide what stands beside them. Joiners stay: Persian names and emoji need them."""


def mended(text: str) -> str:
    """Text as it was before Meta wrote each byte of its UTF-8 as a letter of its own; unchanged where it wasn't so."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def line(value: object) -> str:
    """One clean line out of a value of an export; empty where it is no text. Markup stays what it is: letters."""
    if not isinstance(value, str):
        return ""
    return " ".join(_printable(value[:_LOOKED_AT]).split())[:LONGEST_LINE].rstrip()


def paragraphs(value: object) -> str:
    """The same for a message, whose lines are kept."""
    if not isinstance(value, str):
        return ""
    lines = _printable(value[:MAX_TEXT_LENGTH]).splitlines()
    return "\n".join(" ".join(written.split()) for written in lines).strip()


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(_plain(character) for character in _UNSEEN.sub("", text))


def _plain(character: str) -> str:
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category == "Cs":  # Half of a pair, which can't be stored.
        return "\ufffd"
    return " " if category == "Cc" else character
