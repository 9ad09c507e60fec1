"""A rule is data, its kind is code; a rule without examples both ways is refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import re2

from demur.core.citations import citations
from demur.core.content import Post
from demur.core.findings import Category, Confidence
from demur.core.folding import Folded
from demur.core.people import Role
from demur.core.vocabulary import Word


class Kind(Word):
    """How a rule finds: fixed phrases, patterns (RE2 syntax), or a recognizer in code behind a trigger pattern."""

    PHRASE = "phrase"
    PATTERN = "pattern"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule's kind found, in code points of the original text.

    A recognizer may know better than its rule how sure it is, what to write instead and what to say; None means as
    the rule says. `fits` is about how many people it could be, where a recognizer estimates that.
    """

    start: int
    end: int
    confidence: Confidence | None = None
    suggestions: tuple[str, ...] | None = None
    says: str | None = None
    fits: int | None = None


Recognizer = Callable[[Folded, Post], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the spans that the rule must mark in it; none for a text that it must pass."""

    text: str
    spans: tuple[tuple[int, int], ...]
    reply_to: str | None = None
    role: Role = Role.OTHER
    work_area: str = ""


@dataclass(frozen=True)
class Rule:
    """What to look for, what to say about it, and what to write instead.

    `needs`: it counts only where evidence of one of these categories stands in the same sentence or next to it.
    `also`: patterns that must all be found within two sentences. `unless`: patterns that, in the same sentence, give
    the words another meaning; `unless_post`: the same, anywhere in the draft. `in_reply`: replies only.
    `roles`: it counts only for authors in one of these roles; empty means everybody. `confidence_beside_client`: how
    sure it is in the same sentence as talk of a client or next to it, where that is surer than `confidence`.
    """

    id: str
    kind: Kind
    category: Category
    confidence: Confidence
    confidence_beside_client: Confidence | None
    title: str
    says: str
    cites: tuple[str, ...]
    suggestions: tuple[str, ...]
    phrases: tuple[str, ...]
    patterns: tuple[str, ...]
    recognizer: Recognizer | None
    needs: frozenset[Category]
    also: tuple[str, ...]
    unless: tuple[str, ...]
    unless_post: tuple[str, ...]
    in_reply: bool
    roles: frozenset[Role]
    file_text: str

    @cached_property
    def flags(self) -> tuple[Example, ...]:
        """Texts with the words that the rule must mark."""
        return tuple(_example(row, marked=True) for row in self._examples.get("flags", ()))

    @cached_property
    def passes(self) -> tuple[Example, ...]:
        """Texts in which the rule must mark nothing."""
        return tuple(_example(row, marked=False) for row in self._examples.get("passes", ()))

    @cached_property
    def _examples(self) -> Mapping[str, Any]:
        return tomllib.loads(self.file_text)  # thousands of examples are read only where somebody asks for them


class InvalidRule(ValueError):
    """A rule file that is refused; the message names file, and what is wrong."""


_MARK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_WORDS = re.compile(r"<<([a-z-]+)>>")
_FIRST_EXAMPLE = re.compile(r"^\[\[(?:flags|passes)\]\]", re.MULTILINE)
_FIELDS = frozenset(
    {"id", "kind", "category", "confidence", "title", "says", "cites", "suggestions", "phrases", "patterns"}
    | {"confidence_beside_client"}
    | {"recognizer", "trigger", "needs", "also", "unless", "unless_post", "in_reply", "roles", "flags", "passes"}
)


def default_rules() -> Traversable:
    """The folder of the rules that Demur comes with."""
    return files("demur.screening").joinpath("rules")


@cache
def load_default_rules() -> tuple[Rule, ...]:
    """Demur's own rules, by id."""
    return _load(default_rules())


def load_rules(folder: Traversable | Path) -> tuple[Rule, ...]:
    """Every `*.toml` of a folder as a rule, sorted by id.

    Raises InvalidRule for the first file that is not a complete rule with good examples.
    """
    rules = _load(folder)
    for rule in rules:
        try:
            if not rule.flags or not rule.passes:
                raise ValueError("a rule needs examples both ways: [[flags]] and [[passes]]")
            for pattern in (*rule.patterns, *rule.also, *rule.unless, *rule.unless_post):
                re2.compile(pattern)
            if isinstance(rule.recognizer, partial):
                _find(*rule.recognizer.args)
        except (ValueError, KeyError, TypeError, ImportError, AttributeError, re2.error) as error:
            raise _refused(rule.id, error) from error
    return rules


def _load(folder: Traversable | Path) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        name = file.name.removesuffix(".toml")
        try:
            rules[name] = _read_rule(name, file.read_text("utf-8"))
        except (ValueError, KeyError, TypeError) as error:
            raise _refused(name, error) from error
    return tuple(rules.values())


def _refused(name: str, error: Exception) -> InvalidRule:
    what = f"'{error.args[0]}' is missing" if isinstance(error, KeyError) else str(error)
    return InvalidRule(f"{name}.toml: {what}")


def _read_rule(name: str, text: str) -> Rule:
    if not (_FIRST_EXAMPLE.search(text) and "[[flags]]" in text and "[[passes]]" in text):
        raise ValueError("a rule needs examples both ways: [[flags]] and [[passes]]")
    data = tomllib.loads(_FIRST_EXAMPLE.split(text, maxsplit=1)[0])
    unknown = data.keys() - _FIELDS
    if unknown:
        raise ValueError(f"'{sorted(unknown)[0]}' is not a part of a rule")
    if data["id"] != name:
        raise ValueError("the id must be the file's name")
    kind = Kind.read(data["kind"])
    own = {Kind.PHRASE: {"phrases"}, Kind.PATTERN: {"patterns"}, Kind.CODE: {"recognizer", "trigger"}}
    for other_kind, names in own.items():
        for field in names:
            if (field in data) is not (other_kind is kind):
                raise ValueError(f"a rule of kind {other_kind.value} has {field}, and no other kind has")
    for cited in data.get("cites", ()):
        if cited not in citations():
            raise ValueError(f"'{cited}' is not among the checked citations")
    patterns = with_words(data.get("patterns", ())) or (with_words([data["trigger"]]) if kind is Kind.CODE else ())
    also, unless, unless_post = (with_words(data.get(field, ())) for field in ("also", "unless", "unless_post"))
    recognizer: Recognizer | None = None
    if kind is Kind.CODE:
        recognizer = partial(_recognize, str(data["recognizer"]))
    return Rule(
        id=data["id"],
        kind=kind,
        category=Category.read(data["category"]),
        confidence=_confidence(data["confidence"]),
        confidence_beside_client=(
            _confidence(data["confidence_beside_client"]) if "confidence_beside_client" in data else None
        ),
        title=data["title"],
        says=data["says"],
        cites=tuple(data.get("cites", ())),
        suggestions=tuple(data.get("suggestions", ())),
        phrases=tuple(data.get("phrases", ())),
        patterns=patterns,
        recognizer=recognizer,
        needs=frozenset(Category.read(word) for word in data.get("needs", ())),
        also=also,
        unless=unless,
        unless_post=unless_post,
        in_reply=bool(data.get("in_reply", False)),
        roles=frozenset(Role.read(word) for word in data.get("roles", ())),
        file_text=text,
    )


def _recognize(name: str, folded: Folded, post: Post) -> Iterator[Hit]:
    return _find(name)(folded, post)


@cache
def _find(name: str) -> Recognizer:
    """What a recognizer finds: `find` of its module, or what follows the dot; loaded when a text first needs it."""
    module, _, what = name.partition(".")
    find: Recognizer = getattr(import_module(f"demur.screening.recognizers.{module}"), what or "find")
    return find


@cache
def _words() -> Mapping[str, str]:
    with files("demur.screening").joinpath("words.toml").open("rb") as file:
        return {name: "|".join(words) for name, words in tomllib.load(file).items()}


def with_words(patterns: Iterable[str]) -> tuple[str, ...]:
    """Patterns with each `<<name>>` written out as that list of words, so that rules share what a client is called.

    Raises ValueError for a list that `words.toml` does not have.
    """

    def written_out(found: re.Match[str]) -> str:
        if found[1] not in _words():
            raise ValueError(f"'{found[1]}' is not a list of words.toml")
        return "(?:" + _WORDS.sub(written_out, _words()[found[1]]) + ")"

    return tuple(_WORDS.sub(written_out, pattern) for pattern in patterns)


def _confidence(word: str) -> Confidence:
    for confidence in Confidence:
        if confidence.word == word:
            return confidence
    raise ValueError("confidence must be one of: " + ", ".join(confidence.word for confidence in Confidence))


def _example(row: Mapping[str, Any], marked: bool) -> Example:
    unknown = row.keys() - {"text", "reply_to", "role", "work_area"}
    if unknown:
        raise ValueError(f"'{sorted(unknown)[0]}' is not a part of an example")
    text, spans = read_marks(row["text"])
    if marked is not bool(spans):
        raise ValueError("in [[flags]] the flagged words stand in [[double brackets]]; in [[passes]] nothing does")
    role = Role.read(row["role"]) if "role" in row else Role.OTHER
    return Example(text, spans, row.get("reply_to"), role, row.get("work_area", ""))


def read_marks(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text without its [[double brackets]], and the spans that stood in them, in code points."""
    text, spans, position = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[position : found.start()]
        spans.append((len(text), len(text) + len(found[1])))
        text += found[1]
        position = found.end()
    return text + marked[position:], tuple(spans)
