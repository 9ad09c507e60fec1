"""What Demur did, line by line, and whether anybody changed that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from demur.core.accounts import Network
from demur.reports.phrases import POST_OUTCOMES
from demur.server.ledger import queries
from demur.server.ledger.models import Entry
from demur.server.ledger.verbs import Verb
from demur.server.web.pages import page, show
from demur.server.web.words import ASKED, AUDIENCES, CATEGORIES, NETWORKS, PURPOSES

_KEYS = {
    "keyring": "with the key from the system keyring",
    "passphrase": "with the passphrase",
    "key-file": "with the key file",
    "named-key-file": "with the key file that was named",
}
_WHY = {"asked": "because you asked for it", "idle": "because nobody had used it for a while"}
_VOCABULARIES: dict[str, dict[str, str]] = {
    "network": {word.value: says for word, says in NETWORKS.items() if word is not Network.OTHER},
    "purpose": {word.value: says for word, says in PURPOSES.items()},
    "audience": {word.value: says for word, says in AUDIENCES.items()},
    "key_source": _KEYS,
    "why": _WHY,
}
_COUNTS = {
    "added": "new",
    "updated": "updated",
    "unchanged": "unchanged",
    "left_out": "left out",
    "seen": "seen",
    "removed": "removed",
    "called_fine": "left out because you called it fine",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log in words. `outcome` is how the answer was put, if there was one."""

    number: int
    at: datetime
    says: str
    outcome: str
    details: str


@page
def log(request: HttpRequest) -> HttpResponse:
    """A page of the log; its button reads the whole log and checks each line."""
    verification = queries.verify() if request.method == "POST" else None
    number = request.GET.get("page", "1")
    # isdecimal and short: int() reads other digits too, and takes long for long ones.
    entries = queries.entries(int(number) if number.isdecimal() and len(number) < 10 else 1)
    try:
        lines = [_line(entry) for entry in entries]
    except (AttributeError, TypeError, ValueError):
        # Demur writes no line that it can't read, so this page was tampered with: it says so instead of failing.
        lines, verification = [], verification or queries.verify()
    context = {
        "entries": entries,
        "lines": lines,
        "verification": verification,
        "here": "log",
    }
    return show(request, "demur/log.html", context)


def _line(entry: Entry) -> Line:
    details = entry.details
    # INVARIANT: of a request only that it was answered. Read one after the other, the answers would be a list of hits.
    told = details.get("outcome") if entry.verb == Verb.DRAFT_CHECKED else None
    outcome = next((says for word, says in POST_OUTCOMES.items() if word.word == told), "")
    return Line(entry.sequence, entry.at, entry.says, outcome, "; ".join(_words(details)))


def _words(details: dict[str, object]) -> list[str]:
    """The closed words and counts of a line, as people say them. What a newer Demur wrote is left out."""
    words = [says[str(details[key])] for key, says in _VOCABULARIES.items() if str(details.get(key)) in says]
    asked = (str(details.get("kind")), str(details.get("direction")))
    words += [says for (kind, direction), says in ASKED.items() if (kind.value, direction.value) == asked]
    categories = details.get("categories")
    if isinstance(categories, list):
        words += [says for category, says in CATEGORIES.items() if category.value in categories]
    words += [f"{details[key]} {says}" for key, says in _COUNTS.items() if details.get(key)]
    return words
