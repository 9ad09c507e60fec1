"""Text as it comes in from files and programs: read as what it is, or refused; never with letters replaced."""

from __future__ import annotations

import codecs

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""How a file in UTF-16 begins."""


class UnreadableText(ValueError):
    """Bytes that are not text in UTF-8 or marked UTF-16; the message says so without any of them."""


def read_text(data: bytes) -> str:
    """The text of a whole file, without the mark at its beginning. Raises UnreadableText."""
    return _read(data, "utf-16" if data.startswith(UTF16_MARKS) else "utf-8-sig")


def read_text_line(line: bytes) -> str:
    """The text of a line of a file in UTF-8. Raises UnreadableText."""
    return _read(line, "utf-8-sig")


def _read(data: bytes, encoding: str) -> str:
    # INVARIANT: nothing is replaced. A name with a letter lost would not be found, and the text would look clean.
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableText("not UTF-8 text") from None
    if "\0" in text:
        raise UnreadableText("no text, or not UTF-8: it has NUL characters")
    return text
