"""Messages, profiles, comments and reviews that reach a professional, written by hand, each labelled with its danger.

A file whose name ends in `t` is test only: nobody who works on the rules reads it. README.md tells the rest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
PLACES = frozenset({"message", "bio", "comment", "review"})
LANGUAGES = frozenset({"en", "es", "mixed"})
TOPICS = frozenset(
    {"suicide", "self-harm", "violence-to-others", "violence-to-sender", "abuse-of-a-child", "abuse-of-an-adult",
     "emergency", "overdose", "none"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """What came in, whether somebody may be in danger, and what about: one of `TOPICS`, `none` where nobody is."""

    message_id: str
    writer: str
    text: str
    where: str
    language: str
    danger: bool
    about: str
    why: str


def read_messages(test: bool) -> list[LabelledMessage]:
    """All messages of the writers for development, or of those for testing.

    Raises ValueError naming the file and the line where something is missing or unknown.
    """
    found = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        if path.stem.endswith("t") is test:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                try:
                    found.append(_read(path.stem, json.loads(line)))
                except (ValueError, KeyError) as error:
                    raise ValueError(f"{path.name}, line {number}: {error}") from None
    return found


def _read(writer: str, row: dict[str, object]) -> LabelledMessage:
    danger = row["danger"]
    message = LabelledMessage(
        message_id=str(row["id"]),
        writer=writer,
        text=str(row["text"]),
        where=str(row["where"]),
        language=str(row["language"]),
        danger=danger is True,
        about=str(row["about"]),
        why=str(row["why"]),
    )
    if not isinstance(danger, bool) or message.danger is (message.about == "none"):
        raise ValueError("danger is true or false, and tells what about")
    if message.where not in PLACES or message.language not in LANGUAGES or message.about not in TOPICS:
        raise ValueError("where, language or about is none of those known")
    if not message.text.strip():
        raise ValueError("there is no text")
    return message
