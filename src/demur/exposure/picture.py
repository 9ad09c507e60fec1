"""The accounts and what ties them as a small picture: personal on the left, work on the right, a line for each pair.

The picture stands alone: no script, no style sheet, no font of its own, and ink is `currentColor`. How sure a tie is
shows in the line (full and thick, dashed, dotted), never in color. Numbers on the lines lead to `told`, which belongs
beside it as a list. It names nobody but by the handles that the person typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import hypot
from string import Template

from demur.core.findings import Confidence
from demur.core.owned import AccountTie, OwnedAccount, TiedPair
from demur.exposure.sayings import called, network_facts, shown
from demur.exposure.ties import tied_pairs

_WIDTH, _BOX, _HIGH, _STEP, _TOP = 304.0, 112.0, 42.0, 60.0, 24.0
"""Units of the picture: about pixels, so that letters can be read on the smallest phone."""
_LEGEND = 24.0
_ROOM = 94.0
"""For a handle within its box. Letters of system fonts are about 0.6 of their height wide, some far more or less."""
_LETTER, _NARROW, _WIDE, _SIGN = 7.2, 3.8, 11.5, 13.5
_MOST = 12
"""Accounts on each side: more make no picture that anybody reads. The list has them, too."""
_MOST_TOLD = 100
"""Pairs in the list."""

_PLACES = (0.5, 0.3, 0.7, 0.15, 0.85, 0.4, 0.6, 0.22, 0.78, 0.1, 0.9)
"""Where on a line its number may stand, the best place first, as shares of its length."""
_APART = 20.0

_LINES = {
    Confidence.SURE: 'stroke-width="4"',
    Confidence.LIKELY: 'stroke-width="2.5" stroke-dasharray="9 5"',
    Confidence.POSSIBLE: 'stroke-width="2" stroke-dasharray="1 5" stroke-linecap="round"',
}
_PICTURE = Template(
    """<svg class="accounts" xmlns="http://www.w3.org/2000/svg" role="img" width="22em" viewBox="0 0 304 $height" \
font-family="system-ui, sans-serif" font-size="13" fill="currentColor" stroke="none"><title>$title</title>\
<desc>$told</desc>$drawn</svg>"""
)
_ACCOUNT = Template(
    """<g class="$side"><rect x="$x" y="$y" width="110" height="42" rx="$round" fill="none" stroke="currentColor" \
stroke-width="1.5"/><text x="$text" y="$first">$network</text>\
<text x="$text" y="$second" font-size="12">$handle</text></g>"""
)
_LINE = Template("""<line class="tie $strength" x1="$x1" y1="$y1" x2="$x2" y2="$y2" stroke="currentColor" $style/>""")
_NUMBER = Template(
    """<g class="number"><circle cx="$x" cy="$y" r="9" fill="Canvas" stroke="currentColor" stroke-width="1.5"/>\
<text x="$x" y="$base" text-anchor="middle" font-size="12">$number</text></g>"""
)
_REACHED = Template(
    """<path class="reached" d="M$x $top v-8 m-4 4 l4 4 l4 -4" fill="none" stroke="currentColor" stroke-width="1.5"/>"""
)
_LABEL = Template("""<text x="$x" y="14" font-weight="bold">$words</text>""")


def picture(accounts: Sequence[OwnedAccount], ties: Sequence[AccountTie]) -> str:
    """The accounts and ties as SVG; all text in it is escaped. A tie of an account that isn't there is left out.

    An arrow on a personal account says that the network itself leads people there.
    """
    left = [account for account in accounts if not account.is_work][:_MOST]
    right = [account for account in accounts if account.is_work][:_MOST]
    pairs = tied_pairs(ties)
    places = {id(account): row for side in (left, right) for row, account in enumerate(side)}
    led = {id(tie.personal) for tie in ties if tie.work is None}
    rows = max(len(left), len(right), 1)
    lines: list[str] = []
    numbers: list[str] = []
    taken: list[tuple[float, float]] = []
    for number, pair in enumerate(pairs, 1):
        if id(pair.personal) in places and id(pair.work) in places:
            y1, y2 = (_middle(places[id(one)]) for one in (pair.personal, pair.work))
            lines.append(_line(_BOX, y1, _WIDTH - _BOX, y2, pair.strength))
            x, y = _free_place(y1, y2, taken)
            taken.append((x, y))
            numbers.append(_NUMBER.substitute(x=_number(x), y=_number(y), base=_number(y + 4), number=number))
    drawn = [_LABEL.substitute(x="0", words="Personal"), _LABEL.substitute(x=_number(_WIDTH - _BOX), words="Work")]
    drawn += lines
    drawn += [_account(row, account, 0.0, "personal", id(account) in led) for row, account in enumerate(left)]
    drawn += [_account(row, account, _WIDTH - _BOX, "work", False) for row, account in enumerate(right)]
    drawn += numbers
    bottom = _TOP + _STEP * rows
    reached = any(id(account) in led for account in left)
    drawn += _legend(bottom, reached)
    return _PICTURE.substitute(
        height=_number(bottom + _LEGEND * (2 if reached else 1)),
        title="Your accounts and what ties them",
        told=escape(" ".join(told(accounts, ties))),
        drawn="".join(drawn),
    )


def told(accounts: Sequence[OwnedAccount], ties: Sequence[AccountTie]) -> tuple[str, ...]:
    """The picture in words: a line for each numbered pair, then what a network does, then what is apart."""
    pairs = tied_pairs(ties)
    lines = [f"{number}. {_pair_told(pair)}" for number, pair in enumerate(pairs[:_MOST_TOLD], 1)]
    if len(pairs) > _MOST_TOLD:
        lines.append(f"{len(pairs) - _MOST_TOLD} more pairs are tied, none of them more surely.")
    led = {id(tie.personal): tie.personal for tie in ties if tie.work is None}
    lines += [f"{called(account)}: the network itself leads people there." for account in led.values()]
    tied = {id(account) for tie in ties for account in (tie.personal, tie.work) if tie.work} | led.keys()
    lines += [f"{called(account)}: we found nothing that ties it." for account in accounts if id(account) not in tied]
    return tuple(lines) if accounts else ("No accounts yet.",)


def _pair_told(pair: TiedPair) -> str:
    kinds = list(dict.fromkeys(_BY[tie.by] for tie in pair.ties))
    strength = {Confidence.SURE: "surely", Confidence.LIKELY: "likely", Confidence.POSSIBLE: "possibly"}[pair.strength]
    return f"{called(pair.personal)} and {called(pair.work)}: {strength} tied by {_listed(kinds)}."


_BY = {
    "link": "a link",
    "handle": "the handle",
    "name": "the name",
    "photo": "the photo",
    "email": "e-mail",
    "phone": "phone",
    "bio": "the profile's words",
    "friends": "shared friends",
    "cross-posts": "the same posts",
    "contact-upload": "uploaded contacts",
    "suggestions": "suggestions",
}


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1])] * (len(words) > 1) + [words[-1]])


def _account(row: int, account: OwnedAccount, x: float, side: str, is_led: bool) -> str:
    y = _TOP + _STEP * row
    box = _ACCOUNT.substitute(
        side=side,
        x=_number(x + 1),
        y=_number(y),
        round=12 if side == "personal" else 0,
        text=_number(x + 9),
        first=_number(y + 17),
        second=_number(y + 34),
        network=escape(network_facts()[account.network].called),
        handle=escape(_cut(shown(account.handle))),
    )
    return box + (_REACHED.substitute(x=_number(x + _BOX - 18), top=_number(y)) if is_led else "")


def _cut(handle: str) -> str:
    """As much of a handle as fits into its box."""
    if sum(map(_wide, handle)) <= _ROOM:
        return handle
    width, kept = _WIDE, ""
    for sign in handle:
        width += _wide(sign)
        if width > _ROOM:
            break
        kept += sign
    return kept + "…"


def _wide(sign: str) -> float:
    if not sign.isascii():
        return _SIGN
    if sign in "mwMW@%<>=+~#&":
        return _WIDE
    return _NARROW if sign in "fijlrtI.,:;|!'()[]-" else _LETTER + 1.5 * sign.isupper()


def _line(x1: float, y1: float, x2: float, y2: float, strength: Confidence) -> str:
    return _LINE.substitute(
        x1=_number(x1), y1=_number(y1), x2=_number(x2), y2=_number(y2), strength=strength.word, style=_LINES[strength]
    )


def _free_place(y1: float, y2: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Where on a line its number stands: as near its middle as the numbers before it leave room."""
    places = []
    for share in _PLACES:
        x = _BOX + share * (_WIDTH - 2 * _BOX)
        y = y1 + share * (y2 - y1)
        room = min((hypot(x - other_x, y - other_y) for other_x, other_y in taken), default=_WIDTH)
        if room >= _APART:
            return x, y
        places.append((room, x, y))
    _, x, y = max(places)
    return x, y


def _legend(top: float, with_reached: bool) -> list[str]:
    drawn = []
    for number, strength in enumerate(sorted(_LINES, reverse=True)):
        x = number * 102.0
        drawn.append(_line(x + 2, top + 8, x + 30, top + 8, strength))
        drawn.append(f'<text x="{_number(x + 38)}" y="{_number(top + 12)}">{strength.word}</text>')
    if with_reached:
        drawn.append(_REACHED.substitute(x="8", top=_number(top + _LEGEND + 12)))
        drawn.append(f'<text x="20" y="{_number(top + _LEGEND + 12)}">the network leads people there</text>')
    return drawn


def _middle(row: int) -> float:
    return _TOP + _STEP * row + _HIGH / 2


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
