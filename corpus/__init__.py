"""Demur's own corpus of drafts: posts in the words of many writers, labelled by what each deserves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from demur.core.accounts import Account, Audience, Network, Purpose
from demur.core.content import Post
from demur.core.people import Role

HERE = Path(__file__).parent
POSTS = HERE / "posts"
SECOND_LABELS = HERE / "second_labels.tsv"

VERDICTS = ("hold", "revise", "clear")
REASONS = {
    "id": "identifier",
    "cr": "client_reference",
    "ir": "indirect_client_reference",
    "sc": "session_or_case_detail",
    "fc": "family_of_client",
    "pc": "photo_of_client",
    "cf": "confirms_relationship",
    "wf": "work_frustration",
    "mo": "mosaic",
    "lt": "location_or_time",
    "cx": "crisis",
    "co": "colleague_or_agency",
    "se": "self_exposure",
    "pr": "protected_concerted",
    "no": "none",
}
ACCOUNTS = ("personal", "professional", "agency")
AUDIENCES = ("public", "friends", "group", "direct")
NETWORKS = (
    "facebook",
    "instagram",
    "x",
    "linkedin",
    "tiktok",
    "snapchat",
    "threads",
    "mastodon",
    "bluesky",
    "reddit",
    "tumblr",
    "google",
    "nextdoor",
    "whatsapp",
    "youtube",
)
LANGUAGES = ("en", "es", "mixed")
FORMS = (
    "complaint",
    "meme",
    "lyric",
    "question",
    "humblebrag",
    "subtweet",
    "countdown",
    "gallows",
    "hint",
    "checkin",
    "pride",
    "grief",
    "contempt",
    "reply",
    "metaphor",
    "pronoun",
    "emoji",
    "disclaimer",
    "caption",
    "fundraiser",
    "advice",
    "review",
    "like",
    "friendship",
    "self-joke",
    "psychoed",
    "awareness",
    "own-life",
    "hiring",
    "event",
    "advocacy",
    "pay",
    "books",
    "other-trade",
    "public",
    "published",
    "self-care",
    "fiction",
    "hotline",
    "despair",
    "vague",
    "thanks",
    "plain",
)

_AUDIENCES = {"group": Audience.FRIENDS, "direct": Audience.CLOSE_FRIENDS}

_HEAD = re.compile(r"@ (hold|revise|clear) *\|")
_SHORT = re.compile(
    r"\+ (?P<verdict>[hrc]) (?P<codes>[^|]*)\|(?P<form>[^|]*)\|(?P<role>[^|]*)\|"
    r"(?:\s*<(?P<thread>[^|]*)\|)?(?P<text>.*)"
)
_VERDICTS = {"h": "hold", "r": "revise", "c": "clear"}
_MARK = re.compile(r"\[\[|\]\]|\{\{(?:([a-z0-9-]+)\|)?|\}\}")


class CorpusError(ValueError):
    """An item of the corpus that can't be read: the message says where, and what to do."""


@dataclass(frozen=True, slots=True)
class Span:
    """Marked words: `evidence` (what carries the decision) or a category of identifier. Code points."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Item:
    """One post with its label. `number` counts from 1 in the writer's file; `doubt` marks a disputed label."""

    writer: str
    number: int
    text: str
    verdict: str
    reasons: tuple[str, ...]
    role: str
    account: str
    audience: str
    network: str
    language: str
    form: str
    reply_to: str
    spans: tuple[Span, ...]
    doubt: bool = False

    @property
    def test(self) -> bool:
        """Whether its writer is test-only: nobody who trains, writes rules or tunes a threshold reads it."""
        return self.writer.endswith("t")


def post_of(item: Item) -> Post:
    """The item as Demur would be given it."""
    return Post(
        text=item.text,
        account=Account(Network.guess(item.network), Purpose.read(item.account)),
        audience=_AUDIENCES.get(item.audience) or Audience.read(item.audience),
        role=Role.guess(item.role),
        reply_to=item.reply_to or None,
    )


def read_writer(path: Path) -> list[Item]:
    """All items of one writer's file.

    Raises:
        CorpusError: an item's first line, a mark or a word of the vocabulary is not right.
    """
    items: list[Item] = []
    head = ""
    body: list[str] = []
    line_of_head = 0

    def finish() -> None:
        if head:
            items.append(_item(path.stem, len(items) + 1, head, body, f"{path.name} line {line_of_head}"))

    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if short := _SHORT.match(line):
            finish()
            head, body, line_of_head = _written_out(short), [], number
            body += [f"< {short['thread'].strip()}"] if short["thread"] else []
            body.append(short["text"].strip())
        elif _HEAD.match(line):
            finish()
            head, body, line_of_head = line, [], number
        elif head:
            body.append(line)
        elif line.strip() and not line.startswith("#"):
            raise CorpusError(f"{path.name} line {number}: text before the first item. Start it with '@ hold | …'.")
    finish()
    return items


def read_all(*, test: bool) -> Iterator[Item]:
    """Every item of the test-only writers, or of all the others; where a second reader disagreed, `doubt` is set."""
    second = second_labels()
    for path in sorted(POSTS.glob("*.txt")):
        if path.stem.endswith("t") == test:
            for item in read_writer(path):
                disputed = second.get((item.writer, item.number), item.verdict) != item.verdict
                yield replace(item, doubt=item.doubt or disputed)


def second_labels() -> dict[tuple[str, int], str]:
    """Verdicts by somebody who saw the draft and its setting, and no label: by writer and number."""
    rows = (line.split("\t") for line in SECOND_LABELS.read_text("utf-8").splitlines()[1:])
    return {(writer, int(number)): verdict for writer, number, verdict in rows}


def _written_out(short: re.Match[str]) -> str:
    """The first line of an item that its writer wrote in one line: a personal Facebook post for friends."""
    codes = short["codes"].split()
    language = "es" if "es" in codes else "mixed" if "mx" in codes else "en"
    reasons = " ".join(code for code in codes if code not in ("es", "mx", "doubt"))
    doubt = " | doubt" if "doubt" in codes else ""
    what = f"{_VERDICTS[short['verdict']]} | {reasons} | {short['role']}"
    return f"@ {what} | personal friends facebook | {language} | {short['form']}{doubt}"


def _item(writer: str, number: int, head: str, body: list[str], where: str) -> Item:
    fields = [field.strip() for field in head[2:].split("|")]
    if len(fields) not in (6, 7):
        raise CorpusError(f"{where}: {len(fields)} fields in the first line; it has six, or seven with 'doubt'.")
    verdict, codes, role, setting, language, form = fields[:6]
    if fields[6:] not in ([], ["doubt"]):
        raise CorpusError(f"{where}: the seventh field can only be 'doubt'.")
    words = setting.split()
    if len(words) != 3 or words[0] not in ACCOUNTS or words[1] not in AUDIENCES or words[2] not in NETWORKS:
        raise CorpusError(f"{where}: '{setting}' is not account, audience and network.")
    reasons = codes.split()
    if not reasons or any(code not in REASONS for code in reasons):
        raise CorpusError(f"{where}: reasons '{codes}' are not known.")
    if verdict not in VERDICTS or language not in LANGUAGES or form not in FORMS or not role:
        raise CorpusError(
            f"{where}: verdict, role, language or form is not known ('{verdict}', '{language}', '{form}')."
        )
    thread = [line[2:].strip() for line in body if line.startswith("< ")]
    marked = "\n".join(line for line in body if not line.startswith("< ")).strip()
    text, spans = _unmark(marked, where)
    if not text:
        raise CorpusError(f"{where}: no text.")
    return Item(
        writer,
        number,
        text,
        verdict,
        tuple(REASONS[code] for code in reasons),
        role,
        *words,
        language=language,
        form=form,
        reply_to="\n".join(thread),
        spans=spans,
        doubt=len(fields) == 7,
    )


def _unmark(marked: str, where: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its marks, and what they marked; marks may stand inside one another."""
    text: list[str] = []
    length = 0
    last = 0
    opened: list[tuple[str, int]] = []
    spans: list[Span] = []
    for mark in _MARK.finditer(marked):
        piece = marked[last : mark.start()]
        text.append(piece)
        length += len(piece)
        last = mark.end()
        sign = mark.group()
        if sign == "[[":
            opened.append(("evidence", length))
        elif sign.startswith("{{"):
            if not mark.group(1):
                raise CorpusError(f"{where}: '{{{{' without a category and '|'.")
            opened.append((mark.group(1), length))
        else:
            if not opened or (opened[-1][0] == "evidence") != (sign == "]]"):
                raise CorpusError(f"{where}: '{sign}' closes nothing.")
            kind, start = opened.pop()
            spans.append(Span(start, length, kind))
    if opened:
        raise CorpusError(f"{where}: a mark is not closed.")
    text.append(marked[last:])
    return "".join(text), tuple(sorted(spans, key=lambda span: (span.start, -span.end)))
