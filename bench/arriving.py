"""Messages that reach a professional: how many of those that speak of danger are heard, and how many others are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from bench.report import Report, Table, share
from corpus.arriving import LabelledMessage, read_messages
from demur.screening.arriving import sounds_like_danger

_WORDS = re.compile(
    r"\b(?:suicid\w*|kill|die|dying|dead|death|hurt\w*|gun|knife|pills?|overdose\w*|od|cut|cutting|hit|hits|beat|beats|"
    r"rape\w*|abuse\w*|blood|help|goodbye|morir|matar\w*|muert\w*|pastillas|golpe\w*|pega|pistola|ayuda|adios)\b"
)
"""A list of words, as other tools have one: what anybody would write down first."""

_LANGUAGES = {"en": "English", "es": "Spanish", "mixed": "mixed"}

Hears = Callable[[str], bool]
SYSTEMS: tuple[tuple[str, Hears], ...] = (
    ("Demur", sounds_like_danger),
    ("a list of words", lambda text: _WORDS.search(text.lower().replace("ó", "o")) is not None),
)


def measure(report: Report) -> None:
    """Recall, precision and false alarms by the writers' labels; then recall by topic and by language."""
    for test, who in ((False, "development writers"), (True, "test writers")):
        messages = read_messages(test)
        table = Table(
            f"Messages that arrive, {who} ({len(messages):,})",
            ("system", "danger heard", "precision", "others flagged"),
            "Danger: somebody may be about to die, be hurt, or hurt somebody. What is flagged gets a panel with whom to"
            " call, and is left out when several requests are declined at once.",
        )
        for name, hears in SYSTEMS:
            heard, precision, flagged = _figures(messages, hears)
            table.add(name, share(heard), share(precision), share(flagged))
            if test and name == "Demur":
                report.figures["arriving.heard"] = heard
                report.figures["arriving.flagged"] = flagged
        report.show(table)
    _by_part(report, [message for message in messages if message.danger])


def _figures(messages: list[LabelledMessage], hears: Hears) -> tuple[float, float, float]:
    """Share of the grave ones that are heard, precision, and share of the others that are flagged."""
    found = [(message.danger, hears(message.text)) for message in messages]
    grave = sum(danger for danger, _ in found)
    right = sum(danger and said for danger, said in found)
    said_so = sum(said for _, said in found)
    return right / grave, right / said_so, (said_so - right) / (len(found) - grave)


def _by_part(report: Report, grave: list[LabelledMessage]) -> None:
    table = Table("Messages that arrive, test writers: danger heard by topic and language", ("part", "heard", "of"))
    heard: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for message in grave:
        for part in (message.about.replace("-", " "), _LANGUAGES[message.language]):
            there[part] += 1
            heard[part] += sounds_like_danger(message.text)
    for part, count in sorted(there.items(), key=lambda item: (heard[item[0]] / item[1], item[0])):
        table.add(part, str(heard[part]), str(count))
    report.show(table)
