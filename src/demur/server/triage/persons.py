"""Whom a request shows, so that the same person is known again and nobody else is taken for them."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from datetime import date

from demur.core.folding import fold
from demur.server.database import vault


@dataclass(frozen=True, slots=True)
class Shown:
    """Name and handle in one spelling, each empty where nothing of it can be seen, and their keyed digests.

    `person` is of the handle, else of the name; `named` of the name. Both say something on one network alone.
    """

    name: str
    handle: str
    person: str
    named: str

    @property
    def somebody(self) -> bool:
        """Whether anything is shown by which a person could be known again."""
        return bool(self.name or self.handle)


def shown(network: str, display_name: str, handle: str) -> Shown:
    """What a profile shows of who it is. Raises VaultLocked."""
    name, known_as = spelled(display_name), plain_handle(handle)
    person = f"{network}\nhandle\n{known_as}" if known_as else f"{network}\nname\n{name}"
    return Shown(name, known_as, digest(person), digest(f"{network}\n{name}"))


def told_line(who: Shown, source: str, day: date, number: int = 1) -> str:
    """A digest of one line of a source that shows no handle: the same name, told in the same way of the same day.

    `number` counts the lines of one list that say the very same: they may be of two people.
    """
    line = f"told\n{who.named}\n{source}\n{day.isoformat()}"
    return digest(line if number == 1 else f"{line}\n{number}")[:16]


def plain_handle(handle: str) -> str:
    """A handle in one spelling, without its sign; empty where there is none."""
    return spelled(handle).removeprefix("@").strip()


def spelled(text: str) -> str:
    """A name in one spelling: letter forms, case and spaces are evened out, and no sign is lost.

    INVARIANT: no accent, vowel sign or invisible sign is dropped, as the matcher does: it looks for whom somebody may
    be, and here two people would become one. What shows nothing at all is no name.
    """
    if not fold(text).text.strip():
        return ""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split())


def digest(text: str) -> str:
    """A keyed digest: names are few enough to be guessed from a bare hash. Raises VaultLocked."""
    return hmac.new(vault.derive("inbox"), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
