"""What an audit found, put in order for its owner: the worst first, what is new, what to do, what to ask oneself."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from demur.audit.recipe import Recipe
from demur.audit.state import State
from demur.audit.weighing import Shown
from demur.audit.whereabouts import habits
from demur.core.accounts import Audience, Network
from demur.core.exposures import Exposure, ExposureKind, Remedy, Urgency
from demur.core.people import Role
from demur.core.posted import OwnProfile, PostedKind, Skipped
from demur.core.vocabulary import Word

MOST_LISTED = 50
"""Exposures of one kind on a page; the table (CSV) has all of them."""


class Viewer(Word):
    """Through whose eyes a profile is looked at."""

    STRANGER = "stranger"
    FRIEND_OF_FRIEND = "friend-of-friend"
    FRIEND = "friend"


_SEES = {
    Viewer.STRANGER: (Audience.PUBLIC,),
    Viewer.FRIEND_OF_FRIEND: (Audience.PUBLIC,),
    Viewer.FRIEND: (Audience.PUBLIC, Audience.FRIENDS),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about all exposures of one kind together, with the law that speaks of it (ids of `core.citations`)."""

    text: str
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """Where an exposure is found: on the network, by its own address if the export tells one, and in the export.

    It goes on from the network and the day, which stand before it.

    `on_network` and `link` are empty where nothing is known.
    """

    on_network: str
    link: str
    in_export: str


@dataclass(frozen=True, slots=True)
class OfKind:
    """The exposures of one kind: how many, how many of them new and not done, and the worst of them.

    `advice` holds for all of them together, and stands over them.
    """

    kind: ExposureKind
    title: str
    count: int
    new: int
    open: int
    worst: Urgency
    listed: tuple[Exposure, ...]
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question to oneself, with the codes that speak of it (ids of `core.citations`)."""

    kind: ExposureKind
    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One network as one viewer sees it. `unsure` counts posts whose audience the export doesn't tell.

    `closed` is set where the export says that only people whom its owner accepted see the account.
    """

    network: Network
    profile: OwnProfile | None
    posts: int
    unsure: int
    newest: tuple[Shown, ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """All networks through one viewer's eyes, and what nobody can know from exports."""

    viewer: Viewer
    title: str
    seen: tuple[Seen, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An audit in order. `years` maps each year to exposures by kind; `partial` says why something is missing.

    `words_kept` tells whether its owner chose to keep what posts and profiles say. `unread` says in sentences what was
    left unread on purpose.
    """

    as_of: date
    complete: bool
    partial: tuple[Skipped, ...]
    counts: tuple[tuple[str, int], ...]
    kinds: tuple[OfKind, ...]
    years: Mapping[int, Mapping[ExposureKind, int]]
    questions: tuple[Question, ...]
    views: tuple[View, ...]
    everything: tuple[Exposure, ...]
    new: frozenset[str]
    done: frozenset[str]
    words_kept: bool = False
    unread: tuple[str, ...] = ()

    @property
    def open(self) -> int:
        return sum(kind.open for kind in self.kinds)


def make_report(recipe: Recipe, state: State, known: Collection[str] = (), done: Collection[str] = ()) -> Report:
    """The report of a state. `known` are fingerprints of the last audit, `done` those that its owner ticked."""
    exposures = [*state.exposures.values(), *habits(recipe, state.spots)]
    exposures.sort(
        key=lambda one: (-one.urgency, _RANK[one.kind], -(one.when or date.min).toordinal(), one.fingerprint)
    )
    known, done = frozenset(known), frozenset(done)
    new = frozenset(one.fingerprint for one in exposures) - known
    kinds = []
    for kind in ExposureKind:
        those = [one for one in exposures if one.kind is kind]
        if those:
            kinds.append(
                OfKind(
                    kind,
                    title_of(kind),
                    len(those),
                    sum(one.fingerprint in new for one in those),
                    sum(one.fingerprint not in done for one in those),
                    those[0].urgency,
                    tuple(those[:MOST_LISTED]),
                    tuple(_advice(kind, recipe.role)),
                )
            )
    kinds.sort(key=lambda one: (-one.worst, _RANK[one.kind]))
    years: dict[int, Counter[ExposureKind]] = {}
    for one in exposures:
        if one.when is not None:
            years.setdefault(one.when.year, Counter())[one.kind] += 1
    return Report(
        as_of=state.today,
        complete=state.complete,
        partial=tuple(state.skipped),
        counts=tuple(
            (says[state.counts[what] != 1], state.counts[what])
            for what, says in _words()["counts"].items()
            if state.counts[what]
        ),
        kinds=tuple(kinds),
        years=dict(sorted(years.items())),
        questions=tuple(_questions(kinds, recipe.role)),
        views=tuple(_view(state, viewer) for viewer in Viewer),
        everything=tuple(exposures),
        new=new,
        done=done & frozenset(one.fingerprint for one in exposures),
        words_kept=recipe.keep_text,
        unread=tuple(
            says[state.counts[what] != 1].format(count=f"{state.counts[what]:,}")
            for what, says in _words()["unread"].items()
            if state.counts[what]
        ),
    )


_RANK = {kind: rank for rank, kind in enumerate(ExposureKind)}


def title_of(kind: ExposureKind) -> str:
    """What a kind of exposure is called."""
    return str(_words()["kinds"][kind.value])


def short_title_of(kind: ExposureKind) -> str:
    """The same in a word or two, for pictures."""
    return str(_words()["short"][kind.value])


def remedy_of(exposure: Exposure) -> str:
    """What to do about an exposure, in a sentence that is true on its network and for who sees it."""
    words, remedy = _words(), exposure.remedy.value
    if exposure.posted is PostedKind.COMMENT and exposure.remedy is Remedy.DELETE:
        remedy = "comment"
    among_friends = exposure.audience in (Audience.FRIENDS, Audience.CLOSE_FRIENDS)
    of_kind, on_network = words["remedies_of_kind"], words["remedies_on"]
    said = (words["remedies_among_friends"].get(remedy) if among_friends else None) or (
        of_kind.get(exposure.kind.value, {}).get(remedy)
        or on_network.get(exposure.network.value, {}).get(remedy)
        or words["remedies"][remedy]
    )
    return str(said)


def named(network: Network) -> str:
    """What a network is called, where a sentence begins with it."""
    return _NETWORKS.get(network, network.value.capitalize())


_NETWORKS = {
    Network.LINKEDIN: "LinkedIn",
    Network.TIKTOK: "TikTok",
    Network.OTHER: "Another network",
}


def day_of(when: date | None) -> str:
    """A day as a sentence has it."""
    return f"{when:%B} {when.day}, {when.year}" if when is not None else "no day"


def where_of(exposure: Exposure) -> Where:
    """Where its owner finds an exposure: first where it can be mended, then in the export."""
    found = " → ".join(part for part in (exposure.place.part, exposure.place.member) if part)
    in_export = f"In your export: {found}, entry {exposure.place.entry + 1}."
    link = exposure.link if exposure.link.startswith("https://") else ""
    # INVARIANT: nobody is sent to type the name of somebody they serve into a search: networks learn ties from that.
    names = exposure.kind is ExposureKind.NAMED or exposure.remedy is Remedy.ASK
    words = "" if names else _first_words(exposure.text)
    if exposure.posted is PostedKind.BIO:
        return Where("It stands in your profile there.", link, f"In your export: {found}.")
    if exposure.kind is ExposureKind.CONTACTS:
        there = "Look at the contacts that the network keeps."
    elif exposure.kind is ExposureKind.CONNECTION:
        there = f"Look for “{exposure.text}” among your connections there." if exposure.text else ""
    elif exposure.posted is None:
        there = "That is the first of them." if exposure.when is not None else ""
    elif words:
        there = f"Search there for “{words}”" + (", or go to that day." if exposure.when is not None else ".")
    else:
        there = "Go to that day there." if exposure.when is not None else ""
    return Where(there, link, in_export)


_MOST_WORDS, _LONGEST_SEARCH = 5, 50


def _first_words(text: str) -> str:
    """The first words of a post, as one types them into a search; names of accounts and addresses find nothing."""
    words = [word for word in text[:500].split() if not word.startswith(("@", "http")) and '"' not in word]
    return " ".join(words[:_MOST_WORDS])[:_LONGEST_SEARCH].strip(" ,.;:!?")


def same_posts(report: Report) -> Mapping[str, tuple[ExposureKind, ...]]:
    """By the key of each post that stands under several kinds: those kinds."""
    kinds: dict[str, dict[ExposureKind, None]] = {}
    for one in report.everything:
        if one.post:
            kinds.setdefault(one.post, {})[one.kind] = None
    return {post: tuple(those) for post, those in kinds.items() if len(those) > 1}


def _advice(kind: ExposureKind, role: Role) -> Iterable[Advice]:
    """The steps for a kind, each in the words for that role, or for anybody."""
    rows = [row for row in _words()["advice"] if row["kind"] == kind.value]
    for step in dict.fromkeys(row["step"] for row in rows):
        fitting = [row for row in rows if row["step"] == step and role.value in row.get("roles", (role.value,))]
        row = max(fitting, key=lambda row: "roles" in row)
        yield Advice(row["text"], tuple(row["cites"]))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("demur.audit").joinpath("words.toml").read_text("utf-8"))


@cache
def _asked() -> tuple[tuple[ExposureKind, frozenset[Role], str, tuple[str, ...]], ...]:
    rows = tomllib.loads(files("demur.audit").joinpath("questions.toml").read_text("utf-8"))["question"]
    return tuple(
        (
            ExposureKind(row["kind"]),
            frozenset(Role(role) for role in row.get("roles", ())),
            row["text"],
            tuple(row["cites"]),
        )
        for row in rows
    )


def _questions(kinds: Iterable[OfKind], role: Role) -> Iterable[Question]:
    for one in kinds:
        fitting = [row for row in _asked() if row[0] is one.kind and (not row[1] or role in row[1])]
        if fitting:
            _, _, text, cites = max(fitting, key=lambda row: bool(row[1]))
            yield Question(
                one.kind,
                text.format(
                    posts=_counted(one.count, "post"),
                    connections=_counted(one.count, "connection"),
                    worst=f"{one.listed[0].why.partition('. ')[0]}.",
                ),
                cites,
            )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _view(state: State, viewer: Viewer) -> View:
    seen = []
    networks = {network for network, _ in state.audiences} | {profile.network for profile in state.profiles}
    for network in sorted(networks, key=list(Network).index):
        closed = _is_closed(state, network)
        sure: tuple[Audience | None, ...] = _SEES[viewer]
        perhaps: tuple[Audience | None, ...] = (None,)
        if closed:  # then whoever isn't accepted sees no post, and whoever is sees those of which nothing is said
            sure, perhaps = ((*sure, None) if viewer is Viewer.FRIEND else ()), ()
        newest = sorted(
            (shown for who in (*sure, *perhaps) for shown in state.newest.get((network, who), ())),
            key=lambda shown: shown.when.isoformat() if shown.when is not None else "",
            reverse=True,
        )
        seen.append(
            Seen(
                network,
                _whole_profile([profile for profile in state.profiles if profile.network is network]),
                sum(state.audiences[network, who] for who in sure),
                sum(state.audiences[network, who] for who in perhaps),
                tuple(newest[:5]),
                closed,
            )
        )
    unknown = tuple(row["text"] for row in _words()["unknown"] if viewer.value in row["viewers"])
    return View(viewer, _words()["viewers"][viewer.value], tuple(seen), unknown)


def _is_closed(state: State, network: Network) -> bool:
    """Whether the export says last that only people whom its owner accepted see the account."""
    told = _words()["closed"].get(network.value)
    if told is None:
        return False
    said = [one.value.strip().lower() for one in state.settings if one.network is network and one.name in told["names"]]
    return bool(said) and said[-1] in told["values"]


def _whole_profile(parts: list[OwnProfile]) -> OwnProfile | None:
    """One profile of what several files of an export tell of it; the first word counts."""
    if not parts:
        return None
    first = parts[0]
    return replace(
        first,
        handle=next((one.handle for one in parts if one.handle), ""),
        name=next((one.name for one in parts if one.name), ""),
        bio=next((one.bio for one in parts if one.bio), ""),
        city=next((one.city for one in parts if one.city), ""),
    )


def as_csv(report: Report) -> str:
    """Every exposure as a line of a table, the worst first.

    INVARIANT: no client's name or id, and no word of a post, unless its owner keeps words.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(
        ["how soon", "what", "network", "day", "seen by", "file", "place", "entry", "why", "what to do", "new", "done",
         "text", "link"]
    )  # fmt: skip
    for one in report.everything:
        table.writerow(
            [
                one.urgency.word,
                title_of(one.kind),
                one.network.value,
                one.when.isoformat() if one.when is not None else "",
                one.audience.value if one.audience is not None else "not known",
                _cell(one.place.part),
                _cell(one.place.member),
                one.place.entry + 1,
                _cell(one.why),
                remedy_of(one),
                "new" if one.fingerprint in report.new else "",
                "done" if one.fingerprint in report.done else "",
                _cell(one.text),
                where_of(one).link,
            ]
        )
    return out.getvalue()


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
