"""HTML that somebody else wrote, as lines of text: nothing in it is loaded or run, and the time is linear.

Python's `html.parser` takes quadratic time on some text that is no HTML. So it is given one tag at a time, and each
only up to a length.
"""

from __future__ import annotations

import contextlib
import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

LONGEST_TAG = 4000
"""Characters of a tag; links of networks' mails have about a thousand."""

_TAG = re.compile(rf"<[^<>]{{1,{LONGEST_TAG}}}>")
_UNSEEN = frozenset({"script", "style", "title", "template"})
_INLINE = frozenset({"a", "abbr", "b", "bdi", "bdo", "em", "font", "i", "img", "mark", "small", "span", "strong", "u"})


@dataclass(slots=True)
class Markup:
    """What a page or mail shows: its lines, the links in it, and the first words in an element of a class."""

    lines: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    by_class: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(self.lines)


def read_markup(source: str) -> Markup:
    """The text, links and classes of HTML, however broken."""
    reader = _Reader()
    end = 0
    source = _without_comments(source)
    for tag in _TAG.finditer(source):
        reader.words(source[end : tag.start()])
        reader.tag(tag[0])
        end = tag.end()
    reader.words(source[end:])
    reader.line()
    return reader.markup


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.markup = Markup()
        self._pieces: list[str] = []
        self._unseen = ""
        self._classes: list[str] = []

    def tag(self, source: str) -> None:
        """One tag. INVARIANT: nothing of it is left in the parser, so the next one starts afresh."""
        with contextlib.suppress(AssertionError):  # What the parser raises on odd declarations.
            self.feed(source)
        if self.rawdata or self.cdata_elem:
            self.reset()

    def words(self, source: str) -> None:
        """Text between two tags."""
        if self._unseen or not source:
            return
        text = html.unescape(source)
        self._pieces.append(text)
        if self._classes and text.strip():
            for name in self._classes:
                self.markup.by_class.setdefault(name, " ".join(text.split()))
            self._classes = []

    def line(self) -> None:
        """The line ends here."""
        said = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if said:
            self.markup.lines.append(said)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The beginning of an element: its link, its class, and whether a line ends."""
        if tag in _UNSEEN:
            self._unseen = self._unseen or tag
        if self._unseen:
            return
        if tag not in _INLINE:
            self.line()
        said = dict(attrs)
        if tag == "a" and said.get("href"):
            self.markup.links.append(str(said["href"]))
        if said.get("class"):
            self._classes = str(said["class"]).split()

    def handle_endtag(self, tag: str) -> None:
        """The end of an element."""
        if tag == self._unseen:
            self._unseen = ""
        elif tag not in _INLINE and not self._unseen:
            self.line()


def _without_comments(source: str) -> str:
    pieces = []
    end = 0
    while (start := source.find("<!--", end)) >= 0:
        pieces.append(source[end:start])
        close = source.find("-->", start)
        if close < 0:
            return "".join(pieces)
        end = close + 3
    return "".join([*pieces, source[end:]])
