"""Clients named in every way that people write them: what Demur and lists of forbidden words find of it."""

from __future__ import annotations

from collections.abc import Callable

from bench.report import Report, Table, share
from bench.scoring import Score, Span, total
from bench.systems import CLIENT, System, demur, installed, presidio, scrubadub
from demur.core.findings import Category, Confidence, Finding
from demur.core.people import Client
from tests.caseload.writings import KINDS, people, texts

NAMES = 60
"""Clients for each kind, evenly taken from all whose name can be written so; a peer that tries one name after the other
would take many minutes over all."""

Finds = Callable[[str, Span], bool]


def measure(report: Report) -> None:
    clients = people()
    own = demur(clients)
    systems: dict[str, Finds] = {}
    for name, peer in _peers(clients).items():
        systems[name] = _finds_client(peer)
    table = Table(
        f"Clients on the caseload, {len(KINDS)} kinds of writing, up to {NAMES} of {len(clients)} people each: recall",
        ["kind", "as", "texts", "Demur", "Demur, as sure as it should be", *systems],
        "Found where a finding that says “on your list” overlaps the writing. Peers were given the same people, who are"
        " invented, as a deny list: their whole names, or every entry of the record: given, preferred and family name,"
        " address, number and handle, each by itself as well. The kinds and how sure each should be:"
        " tests/caseload/writings.py.",
    )
    scores: dict[str, list[Score]] = {}
    for kind in report.track(KINDS, "Clients, however written"):
        all_texts = texts(kind)
        chosen = all_texts[:: max(1, -(-len(all_texts) // NAMES))]
        found = {name: Score() for name in ("Demur", "sure enough", *systems)}
        for _, text, start, end in chosen:
            place = Span(start, end)
            level = _level(own, text, place)
            _count(found["Demur"], level > 0)
            _count(found["sure enough"], level >= kind.least)
            for name, finds in systems.items():
                _count(found[name], finds(text, place))
        table.add(kind.id, kind.says, str(len(chosen)), *[share(one.recall) for one in found.values()])
        for name, one in found.items():
            scores.setdefault(name, []).append(one)
    overall = {name: total(ones) for name, ones in scores.items()}
    table.rows.insert(0, ["all", "", str(overall["Demur"].there), *[share(one.recall) for one in overall.values()]])
    report.show(table)
    for name, one in overall.items():
        report.figures[f"caseload.{name}.recall"] = one.recall or 0.0
    report.figures["caseload.kinds"] = len(KINDS)
    report.figures["caseload.kinds missed in part"] = sum(one.recalled < one.there for one in scores["Demur"])
    _twins(report)


def _peers(clients: tuple[Client, ...]) -> dict[str, System]:
    whole = sorted({client.full_name for client in clients})
    parts = {
        entry
        for client in clients
        for entry in (
            *(client.given_name, client.preferred_name, client.family_name, *client.other_names),
            *(client.email, client.phone, *client.handles),
        )
        if entry
    }
    every = sorted({*whole, *parts})
    found = {}
    if installed("presidio-analyzer"):
        found["Presidio, whole names"] = presidio(whole, entities=[CLIENT])
        found["Presidio, every entry"] = presidio(every, entities=[CLIENT])
    if installed("scrubadub"):
        found["scrubadub, whole names"] = scrubadub(whole, only_deny=True)
    return found


def _finds_client(system: System) -> Finds:
    def finds(text: str, place: Span) -> bool:
        return any(CLIENT in found.types and found.span.overlaps(place) for found in system.find(text))

    return finds


def _level(own: System, text: str, place: Span) -> int:
    """How sure Demur is that a client is named at a place; 0 where it says nothing."""
    found = own.run(text)
    assert isinstance(found, tuple)
    return max((int(one.confidence) for one in found if _names_client(one, place)), default=0)


def _names_client(finding: Finding, place: Span) -> bool:
    return finding.category is Category.CLIENT_NAME and place.overlaps(Span(finding.start, finding.end))


def _count(score: Score, recalled: bool) -> None:
    score.there += 1
    score.recalled += recalled


def _twins(report: Report) -> None:
    """Texts of the same shapes in which nobody on the list is named."""
    table = Table(
        "Innocent twins: texts of the same shape that name nobody on the list",
        ["kind", "client", "text", "Demur"],
        "A dash is right; “possible” asks one question. Lists of forbidden words have one level.",
    )
    wrong = 0
    for kind in KINDS:
        if not kind.twin or kind.twin_of is None:
            continue
        client = kind.twin_of
        place = Span(0, len(kind.twin))
        level = _level(demur([client]), kind.twin, place)
        wrong += level > Confidence.POSSIBLE
        flagged = {
            name: _finds_client(peer)(kind.twin, place)
            for name, peer in _peers((client,)).items()
            if name in ("Presidio, every entry", "scrubadub, whole names")
        }
        table.columns = ["kind", "client", "text", "Demur", *flagged]
        words = ["flagged" if found else "–" for found in flagged.values()]
        table.add(kind.id, client.full_name, kind.twin, Confidence(level).word if level else "–", *words)
    report.figures["caseload.twins above possible"] = wrong
    report.show(table)
