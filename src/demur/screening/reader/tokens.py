"""A draft as the model takes it: pieces of words, each with its place in the text, after who speaks where to whom."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tokenizers import Encoding, Tokenizer

from demur.core.content import Post
from demur.core.folding import fold
from demur.screening.sentences import split_sentences

MOST_TOKENS = 256
"""The longest input of the model, in tokens; a longer draft is read in parts that overlap by a sentence or so."""
_MOST_THREAD = 72
"""How many tokens of the thread are read: its last ones, because they are what is answered."""

_MOST_WORDED = 200_000
"""Characters read, after signs became words; twice the longest draft."""

_CLS, _SEP = 101, 102

_HASHTAG = re.compile(r"#\w+")
_SYMBOLS = frozenset({"So", "Sk", "Sm"})
_SKIN_TONES = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True, slots=True)
class Tokens:
    """One input of the model. `places` are the spans in the text of each token from `first` on."""

    ids: list[int]
    first: int
    places: list[tuple[int, int]]

    @property
    def kinds(self) -> list[int]:
        """0 for who speaks and for the thread, 1 for the draft."""
        return [0] * self.first + [1] * (len(self.ids) - self.first)


def tokens_of(post: Post, tokenizer: Tokenizer) -> Iterator[Tokens]:
    """A draft as one input, or as several where it is longer than the model reads at once."""
    before = [_CLS, *_setting(post, tokenizer), _SEP]
    worded, starts, ends = in_words(post.text)
    read: Encoding = tokenizer.encode(worded[:_MOST_WORDED], add_special_tokens=False)
    ids = read.ids  # a copy each time it is asked for
    places = [(starts[start], ends[end - 1]) for start, end in read.offsets]
    room = MOST_TOKENS - len(before) - 1
    for start, end in _parts(post.text, places, room):
        yield Tokens([*before, *ids[start:end], _SEP], len(before), places[start:end])


def in_words(text: str) -> tuple[str, list[int], list[int]]:
    """The text folded, emoji as their names, hashtags apart; and where each character of it began and ended.

    A sign that is repeated is read once.
    """
    folded = fold(text)
    starts = [*range(len(folded.text))] if folded.starts is None else folded.starts
    ends = [*range(1, len(folded.text) + 1)] if folded.ends is None else folded.ends
    if folded.text.isascii() and "#" not in text:
        return folded.text, starts, ends
    breaks = {
        place
        for tag in _HASHTAG.finditer(text)
        for place in range(tag.start() + 2, tag.end())
        if text[place].isupper() and not text[place - 1].isupper()
    }
    words: list[str] = []
    begins: list[int] = []
    stops: list[int] = []
    before = ""
    for character, start, end in zip(folded.text, starts, ends, strict=True):
        word = _name(character)
        if ord(character) in _SKIN_TONES or (len(word) > 1 and character == before):
            if words:
                stops[-len(words[-1]) :] = [end] * len(words[-1])
            continue
        before = character
        if start in breaks:
            breaks.discard(start)
            word = f" {word}"
        words.append(word)
        begins += [start] * len(word)
        stops += [end] * len(word)
    return "".join(words), begins, stops


@lru_cache(maxsize=4096)
def _name(character: str) -> str:
    if character.isascii() or unicodedata.category(character) not in _SYMBOLS:
        return character
    return f" {unicodedata.name(character, 'emoji').lower()} "


def _setting(post: Post, tokenizer: Tokenizer) -> list[int]:
    role, purpose = post.role.value.replace("-", " "), post.account.purpose.value
    audience, network = post.audience.value.replace("_", " "), post.account.network.value
    said = f"{role}, {purpose} account, {audience}, {network}"
    ids: list[int] = list(_setting_ids(tokenizer, said))
    if post.reply_to is not None:
        thread = tokenizer.encode(in_words(post.reply_to[-1000:])[0], add_special_tokens=False).ids
        ids += [_SEP, *thread[-_MOST_THREAD:]]
    return ids


@lru_cache(maxsize=1024)
def _setting_ids(tokenizer: Tokenizer, said: str) -> tuple[int, ...]:
    return tuple(tokenizer.encode(said, add_special_tokens=False).ids)


def _parts(text: str, places: list[tuple[int, int]], room: int) -> Iterator[tuple[int, int]]:
    """Ranges of tokens, each at most `room` long, that begin with a sentence where there is one to begin with."""
    if len(places) <= room:
        yield 0, len(places)
        return
    sentences = split_sentences(text)
    begins = [
        index
        for index, (start, _) in enumerate(places)
        if index == 0 or sentences.number(start) != sentences.number(places[index - 1][0])
    ]
    start = 0
    while True:
        end = min(start + room, len(places))
        yield start, end
        if end == len(places):
            return
        following = begins[bisect_right(begins, start + room // 2) : bisect_right(begins, end)]
        start = following[len(following) // 2] if following else end - room // 4
