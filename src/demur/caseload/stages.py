"""Stages of life in the words of many languages and scripts: grandmother, pensioner, pupil, judge.

The words stand in data/life_stages.toml. Those in Latin letters are looked for in folded text, the others as they are
written: spelled in our letters, a grandmother and a given name could be one word.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from demur.caseload.names import fold


class Stage(NamedTuple):
    """How old somebody is who says so, at the youngest and the oldest, and whether it is a trade that a namesake has.

    `topic` is what it speaks of: school, work, family or trade.
    """

    youngest: int
    oldest: int
    topic: str
    calling: bool


_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u065f\u0670\u0900-\u0963\u0970-\u0d7f\u135d-\u135f"
_TOKEN = re.compile(rf"(?:[^\W_]|['{_MARKS}])+|[|\n,;:!?()。、，・।/]")
_OTHER_SCRIPT = re.compile("[\u0370-\u1cff\u2d00-\u2dff\u3040-\ud7ff\uf900-\ufdff\ufe70-\ufefc]")
_CLOSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_HANGUL_ENDS = re.compile("(?<=[가-힣]{2})(?:입니다|이에요|예요|에요|이예요|랍니다|임)$")
_LONGEST, _WINDOW = 5, 3
_CHINESE = {sign: number for number, sign in enumerate("〇一二三四五六七八九")}
_CHINESE_NUMBER = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)(?=[岁歲歳年多])")
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民国": 1911, "民國": 1911}
_ERA = re.compile(f"({'|'.join(_ERAS)}) ?([0-9]{{1,3}}|元) ?年")
_BUDDHIST = re.compile(r"(?<![0-9])2[45][0-9]{2}(?![0-9])")
_THAI_OR_LAO = re.compile("[\u0e00-\u0eff]")
_PERSIAN_YEAR = re.compile(r"(?<![0-9])1[34][0-9]{2}(?![0-9])")
_PERSIAN = re.compile("[\u0600-\u06ff]")
_ETHIOPIAN_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?= ?ዓ[./ ]?\s?ም)")


def as_written(text: str) -> str:
    """Lower case in its own letters; digits ours, and the years of other calendars ours to within one.

    Empty where all of it is in Latin letters: then the folded text tells as much.
    """
    if not _OTHER_SCRIPT.search(text):
        return ""
    plain = "".join(map(_plain, unicodedata.normalize("NFC", text))).casefold()
    plain = _CHINESE_NUMBER.sub(
        lambda found: str(10 * (_CHINESE[found[1]] if found[1] else 1) + (_CHINESE[found[2]] if found[2] else 0)), plain
    )
    plain = _ERA.sub(lambda found: f"{_ERAS[found[1]] + (1 if found[2] == '元' else int(found[2]))}年", plain)
    if _THAI_OR_LAO.search(plain):
        plain = _BUDDHIST.sub(lambda found: str(int(found[0]) - 543), plain)
    if _PERSIAN.search(plain):
        plain = _PERSIAN_YEAR.sub(lambda found: str(int(found[0]) + 621), plain)
    return _ETHIOPIAN_YEAR.sub(lambda found: str(int(found[1]) + 8), plain)


@lru_cache(maxsize=20_000)
def _plain_of(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf":
        return " " if character == "\u200c" else ""
    if category == "So" or character in "•·▪◦｜":
        return "|"
    return "е" if character in "ёЁ" else unicodedata.normalize("NFKC", character)


def _plain(character: str) -> str:
    return character if character < "\x80" else _plain_of(character)


@cache
def _table() -> tuple[dict[tuple[str, ...], Stage], dict[str, Stage], re.Pattern[str]]:
    """Words that stand apart, words that don't, and a pattern for these."""
    apart: dict[tuple[str, ...], Stage] = {}
    close: dict[str, Stage] = {}
    rows = tomllib.loads(files("demur.caseload").joinpath("data", "life_stages.toml").read_text("utf-8"))
    others = rows.pop("of_others")
    for row in rows.values():
        stage = Stage(row["youngest"], row["oldest"], row["topic"], row.get("calling", False))
        for words in row["words"].values():
            for word in words:
                if _CLOSE.search(word):
                    close.setdefault(as_written(word), stage)
                else:
                    apart.setdefault(_tokens_of(word), stage)
    before = "".join(f"(?<!{re.escape(as_written(word))})" for word in others["close_before"])
    after = "|".join(re.escape(as_written(word)) for word in others["close_after"])
    any_word = "|".join(re.escape(word) for word in sorted(close, key=len, reverse=True))
    return apart, close, re.compile(f"{before}({any_word})(?!{after})")


@cache
def _others(side: str) -> frozenset[str]:
    rows = tomllib.loads(files("demur.caseload").joinpath("data", "life_stages.toml").read_text("utf-8"))
    return frozenset(" ".join(_tokens_of(word)) for word in rows["of_others"][side])


def _tokens_of(word: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(as_written(word) or fold(word).text))


def stages_in(folded: str, written: str) -> Iterator[Stage]:
    """The stages of life that a text tells of whoever shows it; `written` is its `as_written`. Linear in its length."""
    apart, close, pattern = _table()
    for text in (folded, written):
        tokens = [_HANGUL_ENDS.sub("", token) for token in _TOKEN.findall(text)]
        at = 0
        while at < len(tokens):
            for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
                stage = apart.get(tuple(tokens[at : at + length]))
                if stage is not None and not _is_of_others(tokens, at, at + length):
                    yield stage
                    at += length - 1
                    break
            at += 1
    for found in pattern.finditer(written):
        stage = close[found[1]]
        if stage.topic != "school" or not _CLOSE.match(written[found.start() - 1 : found.start()]):
            yield stage


def _is_of_others(tokens: list[str], start: int, end: int) -> bool:
    """Whether a word shortly before it in the same breath, or just behind it, makes it somebody else's."""
    if any(token in _others("after") for token in tokens[end : end + 2]):
        return True
    for token in reversed(tokens[max(0, start - _WINDOW) : start]):
        if not token[0].isalnum() and token[0] != "'":
            return False
        if token in _others("before"):
            return True
    return False
