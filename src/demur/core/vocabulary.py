"""How the closed vocabularies are read from what people type."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A closed vocabulary whose members are written as on the wire (`current-client`)."""

    @classmethod
    def aliases(cls) -> dict[str, str]:
        """Other spellings that people use for a member, as {what they type: the member's value}."""
        return {}

    @classmethod
    def read(cls, typed: str) -> Self:
        """The member for what somebody typed: any case; spaces, hyphens and underscores alike.

        Raises ValueError naming the vocabulary and its members, never the text that was typed.
        """
        key = "-".join(typed.strip().lower().replace("_", " ").replace("-", " ").split())
        aliases = {k.replace(" ", "-").replace("_", "-"): v for k, v in cls.aliases().items()}
        for member in cls:
            if key == member.value.replace("_", "-"):
                return member
        if key in aliases:
            return cls(aliases[key])
        allowed = ", ".join(member.value for member in cls)
        raise ValueError(f"{cls.__name__.lower()} must be one of: {allowed}")
