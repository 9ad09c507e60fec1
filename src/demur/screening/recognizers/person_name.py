"""People's names that are not on the caseload, by a small model that reads a word and two on either side of it.

It is a linear conditional random field, trained by `scripts/train_person_names.py`; its data, figures and limits are in
`models/person_name/README.md`. Each part of a score is looked up, so the time is linear in the text.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate, islice
from math import copysign, exp
from typing import Any, Final, NamedTuple

from demur.core.content import Post
from demur.core.folding import Folded, fold
from demur.screening.rule import Hit

TOKEN: Final = re.compile(
    r"(?:https?://|www\.)\S+|@\w+(?:\.\w+)*|#\w+"
    r"|[^\W\d_]+(?:(?:['’](?![sS]\b)|[\u0300-\u036f\u200b-\u200d\u2060]+)[^\W\d_]+)*"
    r"|['’][sS]\b|\d[\w.,:%]*|_+|\S"
)
"""Links, handles, hashtags, words (with what can't be seen inside), the ending 's, numbers, other marks."""

PARTICLES: Final = frozenset({"al", "bin", "da", "de", "del", "della", "der", "di", "du", "la", "le", "van", "von"})
"""Words that join the parts of a name: in lower case they count only before a part."""

SCALE: Final = 64
"""The files hold log odds as whole numbers of this part of one."""

_RUN_TOGETHER = re.compile(r"#([A-Z][a-z]+)([A-Z][a-z]+)")
_MARKS = frozenset(".,!?:;-\"'&|/()“”…")
OPENS: Final = frozenset({"^", ".", "!", "?", ":", '"', "“", "|", "@"})
"""What a sentence may begin after."""
_REMEMBERED = 10_000
"""So many words are kept read, and as many of those before: a draft's words never stay for long."""
_LONGEST = 30
_LINKED = 10
"""So many handles and hashtags of a post are compared with its words."""
_STEEP = 30 * SCALE
"""Beyond these scores nothing changes any more, and no exponential overflows."""


class Word(NamedTuple):
    """A token as the model reads it by itself; `score` is None where it can't be part of a name."""

    key: str
    shape: str
    kind: int
    score: int | None


EDGE: Final = Word("^", "^", 1, None)
"""What stands before the first word and after the last."""


@dataclass(slots=True)
class Lexicon:
    """What is known of words by themselves: sorted digests, each with the number of its record, and everyday words.

    A record is the number of a role and the scores of the word as Name, as NAME, as name and otherwise: None.
    """

    digests: array[int]
    numbers: array[int]
    records: Sequence[Sequence[int | None]]
    everyday: array[int]
    roles: str

    def look_up(self, word: str) -> Sequence[int | None]:
        """The record of a word in lower case; for one without, that of everyday words or that of unknown ones."""
        digest = zlib.crc32(word.encode("utf-8", "replace"))
        place = bisect_left(self.digests, digest)
        if place < len(self.digests) and self.digests[place] == digest:
            return self.records[self.numbers[place]]
        place = bisect_left(self.everyday, digest)
        return EVERYDAY if place < len(self.everyday) and self.everyday[place] == digest else UNKNOWN


EVERYDAY: Final = (0, None, None, None, None)
UNKNOWN: Final = (1, None, None, None, None)
"""Records of words that have none: roles D and U, the first two, and no score."""


@dataclass(slots=True)
class Model:
    """The lexicon, the weights of what stands around a word, and how a name begins, goes on and ends.

    Weights are in `SCALE`ths of log odds. The keys of `kind_before` and the like are kinds of words, eight bits each.
    """

    lexicon: Lexicon
    kinds: Mapping[str, int]
    affixes: Mapping[str, int]
    word_before: Mapping[str, int]
    word_after: Mapping[str, int]
    second_before: Mapping[str, int]
    second_after: Mapping[str, int]
    opening: Mapping[int, int]
    mode: Mapping[str, Mapping[int, int]]
    kind_before: Mapping[int, int]
    kind_after: Mapping[int, int]
    kinds_around: Mapping[int, int]
    kinds_before: Mapping[int, int]
    kinds_after: Mapping[int, int]
    in_handle: Mapping[str, int]
    also_lower: int
    least: Mapping[str, int]
    threshold: float
    enter: float
    leave: float
    stay: float
    known: dict[str, Word] = field(default_factory=dict)
    faded: dict[str, Word] = field(default_factory=dict)
    alike: dict[tuple[str, int], Word] = field(default_factory=dict)
    telling: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        tables = (self.word_before, self.word_after, self.second_before, self.second_after)
        self.telling = frozenset().union(*tables)

    def read(self, token: str) -> Word:
        """A token by itself. `known` is asked first, by the caller: most words are there."""
        word = self.faded.get(token) or self._read(token)
        if len(token) <= _LONGEST and word.shape not in _PASSING:
            if len(self.known) >= _REMEMBERED:
                self.faded, self.known = self.known, {}
            self.known[token] = word
        return word

    def _read(self, token: str) -> Word:
        shape = shape_of(token)
        if shape not in WRITTEN or len(token) > _LONGEST:
            return Word(shape, shape, self.kinds.get(shape, 0), None)
        key = token.lower() if token.isascii() else fold(token).text
        record = self.lexicon.look_up(key)
        score = record[_SCORED[shape]]
        if record is UNKNOWN and shape in self.least:
            score = self.affixes[shape] + sum(self.affixes.get(affix, 0) for affix in affixes_of(key))
            score = score if score >= self.least[shape] else None
        kind = self.kinds.get(kind_of(shape, self.lexicon.roles[record[0] or 0]), 0)
        if score is None and key not in self.telling:  # most words tell nothing but their kind: one for all of them
            return self.alike.setdefault((shape, kind), Word("", shape, kind, None))
        return Word(key, shape, kind, score)

    def score(self, words: Sequence[Word], place: int, mode: Mapping[int, int]) -> int:
        """How much speaks for a word's being part of a name, in `SCALE`ths of log odds, its neighbours considered."""
        far_left, left, word, right, far_right = words[place - 2 : place + 3]
        kind = word[2]
        before, after = left[2] << 8 | kind, kind << 8 | right[2]
        total = word[3] or 0
        total += self.word_before.get(left[0], 0) + self.word_after.get(right[0], 0)
        total += self.second_before.get(far_left[0], 0) + self.second_after.get(far_right[0], 0)
        total += mode.get(kind, 0) + self.kind_before.get(before, 0) + self.kind_after.get(after, 0)
        total += self.kinds_around.get(before << 8 | right[2], 0)
        total += self.kinds_before.get(far_left[2] << 16 | before, 0)
        total += self.kinds_after.get(after << 8 | far_right[2], 0)
        return total + self.opening.get(kind, 0) if left[1] in OPENS else total

    def names_in(self, hashtag: str) -> bool:
        """Whether a hashtag is a given and a family name run together, #LikeThis."""
        parts = _RUN_TOGETHER.fullmatch(hashtag)
        return parts is not None and self.role(parts[1]) in "BGMg12" and self.role(parts[2]) in "BFGMf123"

    def role(self, word: str) -> str:
        """What a word is among words, by one letter, as the training script tells."""
        return self.lexicon.roles[self.lexicon.look_up(fold(word).text)[0] or 0]


WRITTEN: Final = frozenset({"Xx", "X", "x", "xX", "I", "i"})
"""The shapes of words; all others are marks."""
_PASSING = frozenset({"@", "#", "U", "9"})
"""Marks that are seldom seen twice."""
_SCORED = {"Xx": 1, "X": 2, "I": 2, "x": 3, "xX": 4, "i": 4}
"""Where in a record the score of a word in that shape stands; the last is always None."""


def shape_of(token: str) -> str:
    """How a token is written: Xx, X, x, xX, one letter (I or i), or what sort of mark it is."""
    first = token[0]
    if first in "hw" and not token.isalpha() and token.startswith(("http://", "https://", "www.")):
        return "U"
    if first.isalpha():
        if len(token) == 1:
            return "I" if first.isupper() else "i"
        if token.islower():
            return "x"
        if token.isupper():
            return "X"
        return "Xx" if first.isupper() else "xX"
    if len(token) > 1 and first in "@#":
        return first
    if first.isdigit():
        return "9"
    if first in _MARKS:
        return "'s" if token[1:] in {"s", "S"} else first
    return "e" if first > "\u2000" else "o"


def kind_of(shape: str, role: str) -> str:
    """The class of a word: its shape, with its role among words where that tells something."""
    return shape if shape == "i" or (shape == "x" and role in "D23Ff") else shape + role


def affixes_of(key: str) -> Iterator[str]:
    """Beginnings, endings and length of a word, by which one that is not listed is judged."""
    for size in range(1, 5):
        yield f"{key[:size]}-"
        yield f"-{key[-size:]}"
    yield f"len{min(len(key), 9)}"


def mode_of(shapes: Sequence[str]) -> str:
    """Whether a post is all in capitals, titled, all in lower case, mixed, or without words, by the shapes of these."""
    lower, upper = shapes.count("x") + shapes.count("i"), shapes.count("X")
    titled = shapes.count("Xx") + shapes.count("xX") + shapes.count("I")
    if not lower + upper + titled:
        return "n"
    if upper > lower + titled:
        return "U"
    if titled > 2 and 2 * titled > 3 * lower:
        return "T"
    return "m" if upper + titled else "l"


_NUMBERED = ("opening", "kind_before", "kind_after", "kinds_around", "kinds_before", "kinds_after")
"""The tables that are written as a list of keys and a list of weights."""


@cache
def model() -> Model:
    """The trained model, read when the first post is."""
    folder = files("demur.screening").joinpath("models", "person_name")
    data = json.loads(folder.joinpath("weights.json").read_text("utf-8"))
    return assemble(data, folder.joinpath("words.bin").read_bytes())


def _whole_numbers(planes: bytes, size: int) -> array[int]:
    """Numbers whose first bytes stand together, then their second bytes, and so on: so they take less room packed."""
    together = bytearray(len(planes))
    for place in range(size):
        together[place::size] = planes[place * len(planes) // size : (place + 1) * len(planes) // size]
    numbers = array("I" if size == 4 else "H", bytes(together))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def assemble(data: dict[str, Any], raw: bytes) -> Model:
    """A model from what its two files hold; digests are written as steps from one to the next."""
    parts = dict(data)
    listed, plain = parts.pop("listed"), zlib.decompress(raw)
    digests = array("I", accumulate(_whole_numbers(plain[: 4 * listed], 4)))
    numbers = array("H", _whole_numbers(plain[4 * listed : 6 * listed], 2))
    everyday = array("I", accumulate(_whole_numbers(plain[6 * listed :], 4)))
    records = [(*record, None) for record in parts.pop("records")]
    lexicon = Lexicon(digests, numbers, records, everyday, parts.pop("roles"))
    for name in _NUMBERED:
        parts[name] = dict(zip(*parts[name], strict=True))
    parts["mode"] = {mode: dict(zip(*table, strict=True)) for mode, table in parts["mode"].items()}
    return Model(lexicon=lexicon, **parts)


def find(folded: Folded, post: Post) -> Iterator[Hit]:
    """Words that read like a name, those of one name together; handles and links are left to other rules."""
    return names(model(), folded.original)


def names(trained: Model, text: str) -> Iterator[Hit]:
    """What a model marks in a text."""
    known, read = trained.known, trained.read
    tokens = TOKEN.findall(text)
    words = [known.get(token) or read(token) for token in tokens]
    places = [place for place, word in enumerate(words) if word[3] is not None]
    named: set[int] = set()
    if places:
        threshold = trained.threshold
        odds = likely_parts(trained, tokens, words, places)
        named = {place for place, value in odds.items() if value >= threshold}
        for place in places:
            if place - 1 in named and _joins(words, place, named):
                named.add(place)
    if "#" in text:
        named.update(place for place, word in enumerate(words) if word[1] == "#" and trained.names_in(tokens[place]))
    if not named:
        return
    spans = [found.span() for found in islice(TOKEN.finditer(text), max(named) + 1)]
    begun = 0
    for place in sorted(named):
        if place - 1 not in named or words[place].shape == "#":
            begun = place
        if place + 1 not in named or words[place + 1].shape == "#":
            yield Hit(spans[begun][0], spans[place][1])


def likely_parts(
    trained: Model, tokens: Sequence[str], words: Sequence[Word], places: Sequence[int]
) -> dict[int, float]:
    """The odds that the words at these places are parts of names; a particle only where another part follows."""
    padded = [EDGE, EDGE, *words, EDGE, EDGE]
    shapes = [word[1] for word in words]
    mode = trained.mode[mode_of(shapes)]
    linked: list[str] = []
    if "@" in shapes or "#" in shapes:
        linked = [token[1:_LONGEST].lower() for token in tokens if token[0] in "@#" and len(token) > 3][:_LINKED]
    written = tokens if len(tokens) < 50 else frozenset(tokens)
    found: dict[int, float] = {}
    run: list[int] = []
    last = len(words) - 1
    for place in places:
        key, shape, _, _ = words[place]
        if shape == "x" and key in PARTICLES and _is_loose(words, place):
            continue
        score = trained.score(padded, place + 2, mode)
        if linked and len(key) > 2:
            score += trained.in_handle[_linked(key, linked)]
        if shape != "x" and key in written:
            score += trained.also_lower
        run.append(score)
        if place == last or words[place + 1][3] is None or _is_loose(words, place + 1):
            first = place - len(run) + 1
            found.update(enumerate(_odds(trained, run, first == 0, place == last), first))
            run = []
    return found


def _is_loose(words: Sequence[Word], place: int) -> bool:
    """Whether a word is a particle that no part of a name follows."""
    if words[place].shape != "x" or words[place].key not in PARTICLES:
        return False
    after = _after_particles(words, place)
    return after == len(words) or words[after].score is None or words[after].shape != "Xx"


def _joins(words: Sequence[Word], place: int, named: set[int]) -> bool:
    """Whether a word is a particle, and the name that it follows goes on after it."""
    return words[place].key in PARTICLES and _after_particles(words, place) in named


def _after_particles(words: Sequence[Word], place: int) -> int:
    """The place after one or two particles, as in Maria de la Cruz."""
    second = place + 1
    return second + (second < len(words) and words[second].shape == "x" and words[second].key in PARTICLES)


def _linked(key: str, linked: Sequence[str]) -> str:
    for handle in linked:
        if key in handle:
            return "begins" if handle.startswith(key) else "inside"
    return "not"


def _odds(trained: Model, scores: Sequence[int], opens: bool, closes: bool) -> list[float]:
    """Odds for each of a row of words that it is part of a name, those beside it considered: forward and backward."""
    enter, leave, stay = trained.enter, trained.leave, trained.stay
    evidence = [
        exp(score / SCALE) if -_STEEP < score < _STEEP else exp(copysign(_STEEP, score) / SCALE) for score in scores
    ]
    ratio = evidence[0] * (1.0 if opens else enter)
    if len(scores) == 1:
        return [ratio if closes else ratio * leave]
    forward = [ratio]
    for strength in evidence[1:]:
        ratio = strength * (enter + ratio * stay) / (1.0 + ratio * leave)
        forward.append(ratio)
    ratio = 1.0 if closes else leave
    odds = [forward[-1] * ratio]
    for place in range(len(scores) - 1, 0, -1):
        after = evidence[place] * ratio
        ratio = (leave + after * stay) / (1.0 + after * enter)
        odds.append(forward[place - 1] * ratio)
    odds.reverse()
    return odds
