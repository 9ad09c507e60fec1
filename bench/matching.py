"""Requests held against a caseload: who is found, who is wrongly taken for somebody, beside string comparison."""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec

from rapidfuzz import fuzz, process, utils

from bench.caseloads import draw
from bench.report import Report, Table, percent, share
from corpus.requests import LabelledRequest, read_caseload_of, read_requests
from demur.caseload.fitting import fit_words
from demur.caseload.index import CaseloadIndex
from demur.caseload.matcher import match_profile
from demur.caseload.names import names_of
from demur.caseload.profiles import read_profile
from demur.core.accounts import Profile
from demur.core.matches import Level
from demur.core.people import Client

TODAY = date(2026, 11, 22)
STRANGERS = 5_000
_NAMESAKES = ("contradicted", "common-other-city", "other-year", "other-age", "other-town", "trade", "generation")
"""Beginnings of the kinds in which somebody has a client's name and is contradicted by something."""

Answer = tuple[Level, tuple[str, ...]]
"""How well the best candidate fits, and the ids of those who fit, best first."""
Asks = Callable[[LabelledRequest], Answer]


@dataclass(slots=True)
class Tally:
    """Counts over requests, and the figures that the goals name."""

    asked: int = 0
    right_level: int = 0
    meant: int = 0
    among_three: int = 0
    matches: int = 0
    right_matches: int = 0
    match_expected: int = 0
    wrong_client: int = 0
    namesakes: int = 0
    namesakes_flagged: int = 0
    others: int = 0
    others_flagged: int = 0
    missed_kinds: Counter[str] = field(default_factory=Counter)

    def add(self, request: LabelledRequest, answer: Answer) -> None:
        level, clients = answer
        self.asked += 1
        self.right_level += level is request.level
        if level is not request.level:
            self.missed_kinds[request.kind] += 1
        self.match_expected += request.level is Level.MATCH
        if request.clients:
            self.meant += 1
            self.among_three += bool(request.clients & set(clients[:3]))
        if level is Level.MATCH:
            self.matches += 1
            right = clients[0] in request.clients
            self.right_matches += right and request.level is Level.MATCH
            self.wrong_client += not right
        if request.level is Level.NONE:
            flagged = level is not Level.NONE
            if request.kind.startswith(_NAMESAKES):
                self.namesakes += 1
                self.namesakes_flagged += flagged
            else:
                self.others += 1
                self.others_flagged += flagged

    def figures(self) -> dict[str, float | None]:
        """Each figure by its name; None where nothing of its kind was asked."""
        return {
            "right client among the first three": _part(self.among_three, self.meant),
            "three-way accuracy": _part(self.right_level, self.asked),
            "precision of match": _part(self.right_matches, self.matches),
            "recall of match": _part(self.right_matches, self.match_expected),
            "wrong client": float(self.wrong_client),
            "contradicted namesakes flagged": _part(self.namesakes_flagged, self.namesakes),
            "relatives and strangers flagged": _part(self.others_flagged, self.others),
        }


def measure(report: Report) -> None:
    """Development and test writers, peers beside them, and strangers drawn by chance."""
    development = read_requests(test=False)
    # Test writers had the same lists before them, and a bare common name is soon written twice.
    known = {(request.caseload, request.profile, request.message) for request in development}
    test = [
        request
        for request in read_requests(test=True)
        if (request.caseload, request.profile, request.message) not in known
    ]
    if find_spec("nomenklatura") is None:
        report.miss(
            "nomenklatura is not installed: it needs ICU and a compiler, so `make bench` leaves it to you"
            " (.venv-bench/bin/pip install nomenklatura)"
        )
    systems = {"Demur": demur_answers(), **_peers(development)}
    for name, requests in (("development", development), ("test", test)):
        if requests:
            _requests(report, name, requests, systems)
        else:
            report.miss(f"matching, {name}: there are no such requests")
    _strangers(report)
    _name_pairs(report)


def demur_answers() -> Asks:
    """The matcher, with an index for each caseload."""
    indexes: dict[str, CaseloadIndex] = {}

    def ask(request: LabelledRequest) -> Answer:
        if request.caseload not in indexes:
            indexes[request.caseload] = CaseloadIndex.build(read_caseload_of(request.caseload))
        matches = match_profile(indexes[request.caseload], request.profile, request.message, TODAY)
        level = matches[0].level if matches else Level.NONE
        return level, tuple(match.client.client_id for match in matches)

    return ask


def _requests(report: Report, name: str, requests: Sequence[LabelledRequest], systems: dict[str, Asks]) -> None:
    tallies = {system: Tally() for system in systems}
    writers: dict[str, Tally] = defaultdict(Tally)
    for request in report.track(requests, f"Requests, {name}"):
        for system, asks in systems.items():
            answer = asks(request)
            tallies[system].add(request, answer)
            if system == "Demur":
                writers[request.writer].add(request, answer)
    figures = list(Tally().figures())
    note = (
        "A contradicted namesake has a client's name and another year, age, suffix, trade, given name, or for a common"
        " name another town. The peers compare the display name (or handle) with every client's names; their two"
        " thresholds are those with the best three-way accuracy on the development requests."
    )
    table = Table(f"Requests, {name} writers ({len(requests):,})", ["system", *figures], note)
    for system, tally in tallies.items():
        shown = tally.figures()
        table.add(system, *[_said(one, shown[one]) for one in figures])
        for one, value in shown.items():
            report.figures[f"matching.{name}.{system}.{one}"] = value or 0.0
    for writer, tally in sorted(writers.items()):
        shown = tally.figures()
        table.add(f"Demur, writer {writer}", *[_said(one, shown[one]) for one in figures])
    report.show(table)
    missed = tallies["Demur"].missed_kinds
    worst = Table(f"Requests, {name} writers: kinds with the most wrong levels", ["kind", "wrong", "of"])
    kinds = Counter(request.kind for request in requests)
    for kind, count in missed.most_common(12):
        worst.add(kind, str(count), str(kinds[kind]))
    report.show(worst)


def _strangers(report: Report) -> None:
    """People drawn by how common names are, half of them from a client's town: nobody's client, so nobody to flag."""
    people = draw(STRANGERS, seed=77)
    chance = random.Random(77)
    table = Table(
        f"Random strangers ({STRANGERS:,}, half of them in a client's town)",
        ["caseload of 120", "flagged", "as a match"],
        "Names by their frequency in the public tables. Somebody with a client's very name is flagged rightly, as far"
        " as anybody can see; none are taken out.",
    )
    worst = 0.0
    for name in sorted({request.caseload for request in read_requests(test=False) + read_requests(test=True)}):
        caseload = read_caseload_of(name)
        index = CaseloadIndex.build(caseload)
        towns = [client.city for client in caseload.clients if client.city]
        levels: Counter[Level] = Counter()
        for person in people:
            town = chance.choice(towns) if chance.random() < 0.5 else ""
            matches = match_profile(index, Profile(display_name=person.full_name, city=town), "", TODAY)
            levels[matches[0].level if matches else Level.NONE] += 1
        flagged = 1 - levels[Level.NONE] / len(people)
        worst = max(worst, flagged)
        table.add(name, percent(flagged), percent(levels[Level.MATCH] / len(people)))
    report.show(table)
    report.figures["matching.strangers flagged"] = worst


def _name_pairs(report: Report) -> None:
    """Pairs of names that a peer collected for itself: does a record with one name fit a profile with the other?"""
    path = report.file("names", "nomenklatura_contrib_name_bench_cases.csv")
    if path is None:
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["schema"] == "Person"]
    pairs = [(row["name1"], row["name2"]) for row in rows]
    same = [row["is_match"] == "true" for row in rows]
    table = Table(
        f"Pairs of names, a peer's own set (Person, {len(rows)} pairs, {sum(same)} the same)",
        ["system", "precision", "recall", "F1"],
        "A regression figure. The set is about names that officials screen; two people with one name count as the same."
        " Demur takes either name as the record (last word the family name) and the other as a profile: the same where"
        " given and family name fit and at most one word is left over. rapidfuzz is cut where its F1 on these very"
        " pairs is best, nomenklatura at 0.7, its own threshold.",
    )
    answers = {
        "Demur": [_names_fit(one, other) or _names_fit(other, one) for one, other in report.track(pairs, "Pairs")]
    }
    for name in ("token_set_ratio", "token_sort_ratio", "WRatio"):
        scorer = getattr(fuzz, name)
        scores = [scorer(*pair, processor=utils.default_process) for pair in pairs]
        cut = max(range(40, 102), key=lambda cut: _pairs_scored(same, [score >= cut for score in scores]).f1)
        answers[f"rapidfuzz, {name}, from {cut}"] = [score >= cut for score in scores]
    if find_spec("nomenklatura") is not None:
        compare = _nomenklatura()
        answers["nomenklatura, logic-v2"] = [compare(one, [other])[0] >= 70 for one, other in pairs]
    for name, found in answers.items():
        result = _pairs_scored(same, found)
        table.add(name, share(result.precision), share(result.recall), share(result.f1))
        report.figures[f"matching.name pairs.{name.partition(', from')[0]}.F1"] = result.f1
    report.show(table)


def _names_fit(record: str, shown: str) -> bool:
    given, _, family = record.strip().rpartition(" ")
    names = names_of(Client("", given_name=given, family_name=family) if given else Client("", given_name=family))
    read = read_profile(Profile(display_name=shown), "", TODAY)
    for words in read.readings:
        fit = fit_words(words, names, read.script)
        if {"given", "family"} <= fit.roles.keys() or (not given and "given" in fit.roles):
            return len(fit.rest) <= 1
    return False


@dataclass(frozen=True, slots=True)
class _Pairs:
    precision: float
    recall: float
    f1: float


def _pairs_scored(same: Sequence[bool], found: Sequence[bool]) -> _Pairs:
    right = sum(one and other for one, other in zip(same, found, strict=True))
    precision, recall = right / max(sum(found), 1), right / max(sum(same), 1)
    return _Pairs(precision, recall, 2 * right / max(sum(found) + sum(same), 1))


# --- peers: how alike two strings are, and where to cut -------------------------------------------------------------

Scorer = Callable[[str, Sequence[str]], Sequence[float]]


def _peers(development: Sequence[LabelledRequest]) -> dict[str, Asks]:
    scorers: dict[str, Scorer] = {
        f"rapidfuzz, {name}": _rapidfuzz(name) for name in ("token_set_ratio", "token_sort_ratio", "WRatio")
    }
    if find_spec("nomenklatura") is not None:
        scorers["nomenklatura, logic-v2"] = _nomenklatura()
    return {name: _cut(scorer, development) for name, scorer in scorers.items()}


def _rapidfuzz(name: str) -> Scorer:
    scorer = getattr(fuzz, name)

    def score(shown: str, names: Sequence[str]) -> Sequence[float]:
        row: Sequence[float] = process.cdist([shown], names, scorer=scorer, processor=utils.default_process)[0]
        return row

    return score


def _nomenklatura() -> Scorer:
    from followthemoney import model
    from nomenklatura.matching import LogicV2

    config = LogicV2.default_config()

    def person(name: str):  # type: ignore[no-untyped-def]
        entity = model.make_entity("Person")
        entity.id = name
        entity.add("name", name)
        return entity

    entities: dict[str, object] = {}

    def score(shown: str, names: Sequence[str]) -> Sequence[float]:
        asked = person(shown)
        for name in names:
            if name not in entities:
                entities[name] = person(name)
        return [100 * LogicV2.compare(asked, entities[name], config).score for name in names]

    return score


def _names_of(client: Client) -> list[str]:
    last = client.family_name
    spoken = [f"{first} {last}".strip() for first in (client.given_name, client.preferred_name) if first]
    return list(dict.fromkeys([*spoken, *client.other_names, *client.handles]))


def _cut(scorer: Scorer, development: Sequence[LabelledRequest]) -> Asks:
    """A scorer with the two thresholds that fit the development requests best."""
    known: dict[str, tuple[list[str], list[str]]] = {}
    scores: dict[str, tuple[float, tuple[str, ...]]] = {}

    def best(request: LabelledRequest) -> tuple[float, tuple[str, ...]]:
        if request.request_id not in scores:
            if request.caseload not in known:
                pairs = [
                    (name, one.client_id)
                    for one in read_caseload_of(request.caseload).clients
                    for name in _names_of(one)
                ]
                known[request.caseload] = ([name for name, _ in pairs], [one for _, one in pairs])
            names, ids = known[request.caseload]
            shown = request.profile.display_name or request.profile.handle
            ranked = sorted(zip(scorer(shown, names), ids, strict=True), key=lambda pair: -pair[0])
            scores[request.request_id] = (ranked[0][0], tuple(dict.fromkeys(one for _, one in ranked[:12]))[:3])
        return scores[request.request_id]

    seen = [(best(request)[0], request.level) for request in development]
    cuts = range(40, 102, 2)
    low, high = max(
        ((low, high) for low in cuts for high in cuts if low <= high),
        key=lambda pair: sum(_level(score, *pair) is level for score, level in seen),
    )

    def ask(request: LabelledRequest) -> Answer:
        score, clients = best(request)
        return _level(score, low, high), clients

    return ask


def _level(score: float, low: float, high: float) -> Level:
    return Level.MATCH if score >= high else Level.POSSIBLE if score >= low else Level.NONE


def _part(count: int, whole: int) -> float | None:
    return count / whole if whole else None


def _said(name: str, value: float | None) -> str:
    return "–" if value is None else str(int(value)) if name == "wrong client" else share(value)
