"""The evidence of a match as a small picture, for pages, printed sheets and files, with its strongest reasons in words.

The picture stands alone: no script, no style sheet, no font of its own. Ink is `currentColor`, so it follows the page,
dark or light; the classes (`for`, `against`, `sum`, `axis`) are there for a style sheet. It names nobody. What it can't
show, the sentences, belongs beside it as text.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from string import Template

from demur.core.matches import Comparison, Match

_WIDTH, _ROW, _LEFT, _RIGHT = 304.0, 24.0, 112.0, 258.0
"""Units of the picture: about pixels, so that letters can be read on the smallest phone. Bars stand between labels on
the left and figures on the right."""
_MOST_ROWS = 12
"""More rows than anybody reads; what is smaller is added up in one."""

_LABELS = {
    "prior": "to begin with",
    "email": "e-mail",
    "birth date": "birthday",
    "name": "other names",
    "bio": "about them",
}
"""Where a field of the evidence is called otherwise by people."""
_DOUBTS = ("other client", "namesakes")
"""Evidence without weight that is still the best reason to doubt."""

_PICTURE = Template(
    """<svg class="waterfall" xmlns="http://www.w3.org/2000/svg" role="img" width="19em" viewBox="0 0 304 $height" \
font-family="system-ui, sans-serif" font-size="14"><title>Evidence, added up</title><desc>$told</desc>\
<line class="axis" x1="$zero" x2="$zero" y1="0" y2="$height" stroke="currentColor" stroke-opacity="0.5"/>$rows</svg>"""
)
_BAR = Template(
    """<text x="0" y="$text" fill="currentColor">$label</text>$bar\
<text x="304" y="$text" text-anchor="end" fill="currentColor">$figure</text>"""
)
_FOR = Template("""<rect class="for" x="$x" y="$y" width="$width" height="14" fill="currentColor"/>""")
_AGAINST = Template(
    """<rect class="against" x="$x" y="$y" width="$width" height="12" fill="none" stroke="currentColor" \
stroke-width="2"/>"""
)
_SUM = Template(
    """<rect class="sum" x="$x" y="$y" width="$width" height="14" fill="currentColor" fill-opacity="0.6"/>"""
)


def waterfall(match: Match) -> str:
    """The evidence as SVG: each piece begins where the one before it ends. All text in it is escaped."""
    weighed = [comparison for comparison in match.comparisons if comparison.bits]
    rows = [(_LABELS.get(one.field, one.field), one.bits) for one in weighed[:_MOST_ROWS]]
    if rest := weighed[_MOST_ROWS:]:
        rows.append(("smaller things", sum(one.bits for one in rest)))
    totals = [0.0]
    for _, bits in rows:
        totals.append(totals[-1] + bits)
    low, high = min(totals), max(totals)
    scale = (_RIGHT - _LEFT) / max(high - low, 0.1)

    def place(bits: float) -> float:
        return _LEFT + (bits - low) * scale

    steps = list(pairwise(totals))
    drawn = [
        _row(number, label, bits, place(min(step)), place(max(step)), _FOR if bits > 0 else _AGAINST)
        for number, ((label, bits), step) in enumerate(zip(rows, steps, strict=True))
    ]
    total = totals[-1]
    drawn.append(_row(len(rows), "together", total, place(min(0.0, total)), place(max(0.0, total)), _SUM))
    told = " ".join(f"{label.capitalize()} {figure(bits)}." for label, bits in [*rows, ("together", total)])
    return _PICTURE.substitute(
        height=_number(_ROW * len(drawn)), zero=_number(place(0.0)), told=escape(told), rows="".join(drawn)
    )


def strongest(match: Match) -> tuple[Comparison | None, Comparison | None]:
    """The strongest evidence for and against; None where there is none.

    That most requests come from others is true of everybody, so it is no reason against anybody. Where nothing weighs
    against a match, a doubt that has no weight counts: another client who fits, namesakes around here.
    """
    own = [comparison for comparison in match.comparisons if comparison.field != "prior"]
    speaks_for = max((one for one in own if one.bits > 0), key=lambda one: one.bits, default=None)
    against = min((one for one in own if one.bits < 0), key=lambda one: one.bits, default=None)
    return speaks_for, against or next((one for field in _DOUBTS for one in own if one.field == field), None)


def strongest_in_words(match: Match) -> str:
    """The strongest reasons as two sentences, to stand above the picture."""
    speaks_for, against = strongest(match)
    said = f"Most for it: {_inside(speaks_for.says)}" if speaks_for else "Little speaks for it."
    doubt = f"Most against it: {_inside(against.says)}" if against else "Nothing in the profile speaks against it."
    return f"{said} {doubt}"


def figure(bits: float) -> str:
    """A weight with its sign, as people write it."""
    return f"{bits:+.1f}".replace("-", "−").replace("+0.0", "0").replace("−0.0", "0")


def _inside(says: str) -> str:
    """A sentence after a colon: names and abbreviations keep their capital."""
    first = says.partition(" ")[0]
    return says[:1].lower() + says[1:] if first in _USUAL_BEGINNINGS else says


_USUAL_BEGINNINGS = frozenset(
    {"A", "About", "Another", "Birth", "Family", "Given", "Junior", "Middle", "Names", "One", "Other", "Somebody",
     "The", "This"}
)  # fmt: skip


def _row(number: int, label: str, bits: float, start: float, end: float, bar: Template) -> str:
    top = _ROW * number
    inset = 1.0 if bar is _AGAINST else 0.0  # a line is drawn half outside
    shape = bar.substitute(
        x=_number(start + inset), y=_number(top + 5 + inset), width=_number(max(end - start - 2 * inset, 0.5))
    )
    return _BAR.substitute(text=_number(top + 16.5), label=escape(label), figure=figure(bits), bar=shape)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
