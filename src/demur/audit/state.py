"""How far an audit has come and what it found: enough to go on after a stop, and to compare with the last one."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from demur.audit.weighing import Shown, Spot, Weighed
from demur.core.accounts import Audience, Network
from demur.core.exposures import Exposure, ExposureKind, Remedy, Urgency
from demur.core.posted import OwnProfile, Place, PostedKind, SettingFound, Skipped

FORMAT = 1
NEWEST = 20
"""Posts of each network and audience that are kept, to show a profile as others see it."""
_MOST_SPOTS = 50_000
_MOST_EXPOSURES = 30_000


class UnreadableState(ValueError):
    """A kept state that is none, or of another Demur."""


@dataclass(slots=True)
class State:
    """What is known after `consumed` items of the exports that `given` is the digest of.

    `complete` is set when the last item was weighed; `partial` says what could not be read.
    """

    given: str
    today: date
    consumed: int = 0
    complete: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    years: Counter[tuple[ExposureKind, int]] = field(default_factory=Counter)
    exposures: dict[str, Exposure] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)
    settings: list[SettingFound] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    profiles: list[OwnProfile] = field(default_factory=list)
    audiences: Counter[tuple[Network, Audience | None]] = field(default_factory=Counter)
    newest: dict[tuple[Network, Audience | None], list[Shown]] = field(default_factory=dict)
    _by_urgency: dict[Urgency, list[str]] = field(default_factory=lambda: {one: [] for one in Urgency}, repr=False)

    @property
    def partial(self) -> bool:
        return bool(self.skipped) or not self.complete

    def take(self, weighed: Weighed, items: int) -> None:
        """Adds what the next `items` items gave."""
        self.consumed += items
        self.counts.update(weighed.counts)
        for exposure in weighed.exposures:
            self.add(exposure)
        if len(self.spots) < _MOST_SPOTS:
            self.spots += weighed.spots[: _MOST_SPOTS - len(self.spots)]
        self.settings += weighed.settings
        self.profiles += weighed.profiles
        for shown in weighed.shown:
            if shown.kind not in (PostedKind.BIO, PostedKind.COMMENT):  # those stand on no profile, among its posts
                self._show(shown)

    def _show(self, shown: Shown) -> None:
        """Counts a post by who may see it, and keeps the newest ones."""
        who = shown.network, shown.audience
        self.audiences[who] += 1
        held = self.newest.setdefault(who, [])
        held.append(shown)
        if len(held) > 2 * NEWEST:
            held.sort(key=_moment_of, reverse=True)
            del held[NEWEST:]

    def add(self, exposure: Exposure) -> None:
        """Adds one exposure. The same thing in two exports, or in two lists of one, counts once.

        Beyond the limit a milder one makes room for a more urgent one; all are counted.
        """
        if exposure.fingerprint in self.exposures:
            return
        if len(self.exposures) >= _MOST_EXPOSURES:
            self.counts["exposures beyond the limit"] += 1
            milder = next(
                (self._by_urgency[one] for one in Urgency if one < exposure.urgency and self._by_urgency[one]), None
            )
            if milder is None:
                return
            del self.exposures[milder.pop()]
        self.exposures[exposure.fingerprint] = exposure
        self._by_urgency[exposure.urgency].append(exposure.fingerprint)
        if exposure.when is not None:
            self.years[exposure.kind, exposure.when.year] += 1

    @property
    def networks(self) -> frozenset[Network]:
        """The networks of which there was anything in the exports."""
        return frozenset(
            {one.network for one in self.exposures.values()}
            | {one.network for one in self.spots}
            | {one.network for one in self.settings}
            | {one.network for one in self.profiles}
            | {network for network, _ in self.audiences}
        )

    def keeping(self, earlier: State) -> State:
        """The same with what an earlier audit found on networks that this one had no export of.

        Counts of what was looked at are by all networks together: they are added where no network is in both.
        """
        here = self.networks
        found = replace(
            self,
            exposures=dict(self.exposures),
            years=Counter(self.years),
            counts=Counter(self.counts),
            audiences=Counter(self.audiences),
            newest=dict(self.newest),
        )
        for exposure in earlier.exposures.values():
            if exposure.network not in here:
                found.add(exposure)
        found.spots = [*self.spots, *(one for one in earlier.spots if one.network not in here)][:_MOST_SPOTS]
        found.settings = [*self.settings, *(one for one in earlier.settings if one.network not in here)]
        found.profiles = [*self.profiles, *(one for one in earlier.profiles if one.network not in here)]
        for (network, audience), count in earlier.audiences.items():
            if network not in here:
                found.audiences[network, audience] += count
        for (network, audience), shown in earlier.newest.items():
            if network not in here:
                found.newest[network, audience] = shown
        if here.isdisjoint(earlier.networks):
            found.counts.update(earlier.counts)
            found.skipped = [*self.skipped, *earlier.skipped]
        return found

    def without_texts(self) -> State:
        """The same without any word of a post."""
        bare = {key: replace(exposure, text="") for key, exposure in self.exposures.items()}
        newest = {who: [replace(shown, text="") for shown in posts] for who, posts in self.newest.items()}
        profiles = [replace(profile, bio="") for profile in self.profiles]
        return replace(self, exposures=bare, newest=newest, profiles=profiles)


_COMPLETE = '"complete":true'
_HEAD = 300
"""Characters at the beginning of a written state in which it says whether it is complete."""


def is_complete(written: str) -> bool:
    """Whether a written state is that of a whole audit, without reading all of it."""
    return _COMPLETE in written[:_HEAD]


def fingerprints_in(written: str) -> list[str]:
    """The fingerprints of all exposures in a written state, without reading all of it, which would cost memory."""
    # INVARIANT: within what somebody wrote, each quotation mark has a backslash before it, so none of that fits.
    return _FINGERPRINT.findall(written)


_FINGERPRINT = re.compile(r'"fingerprint":"([0-9a-f]{32})"')


def has_spots(written: str) -> bool:
    """Whether a written state holds places, out of which habits are read."""
    return '"spots":[]' not in written


def dumps(state: State) -> str:
    """The state as JSON. It holds what was found, so it belongs into the encrypted store or nowhere."""
    return json.dumps(
        {
            "format": FORMAT,
            # INVARIANT: `complete` stands near the beginning, before anything that somebody wrote: see `is_complete`.
            "complete": state.complete,
            "given": state.given,
            "today": state.today.isoformat(),
            "consumed": state.consumed,
            "counts": dict(state.counts),
            "exposures": [_exposure_row(exposure) for exposure in state.exposures.values()],
            "spots": [
                [*spot.coordinates, _stamp(spot.when), spot.network.value, _place_row(spot.place), spot.posted]
                for spot in state.spots
            ],
            "settings": [[one.network.value, _place_row(one.place), one.name, one.value] for one in state.settings],
            "skipped": [[_place_row(one.place), one.why] for one in state.skipped],
            "profiles": [
                {**asdict(profile), "network": profile.network.value, "place": _place_row(profile.place)}
                for profile in state.profiles
            ],
            "audiences": [
                [network.value, _audience_word(audience), count]
                for (network, audience), count in state.audiences.items()
            ],
            "newest": [_shown_row(shown) for posts in state.newest.values() for shown in posts],
        },
        ensure_ascii=True,
        separators=(",", ":"),
    )


def loads(text: str) -> State:
    """The state that was written. Raises UnreadableState."""
    try:
        row = json.loads(text)
        if row["format"] != FORMAT:
            raise UnreadableState("This audit was kept by another version of Demur. Start it anew.")
        state = State(
            given=str(row["given"]),
            today=date.fromisoformat(row["today"]),
            consumed=int(row["consumed"]),
            complete=bool(row["complete"]),
            counts=Counter({str(key): int(value) for key, value in row["counts"].items()}),
        )
        for one in row["exposures"]:
            state.add(_exposure(one))
        state.spots = [
            # What was kept before `posted` was told apart counts as posted.
            Spot((float(latitude), float(longitude)), _moment(when), Network(network), _place(place), all(posted))
            for latitude, longitude, when, network, place, *posted in row["spots"]
        ]
        state.settings = [
            SettingFound(Network(network), _place(place), name, value)
            for network, place, name, value in row["settings"]
        ]
        state.skipped = [Skipped(_place(place), str(why)) for place, why in row["skipped"]]
        state.profiles = [_profile(one) for one in row["profiles"]]
        state.audiences = Counter(
            {(Network(network), _audience(word)): int(count) for network, word, count in row["audiences"]}
        )
        for one in row["newest"]:
            shown = _shown(one)
            state.newest.setdefault((shown.network, shown.audience), []).append(shown)
    except UnreadableState:
        raise
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableState("What was kept of this audit can't be read. Start it anew.") from None
    return state


def _exposure_row(exposure: Exposure) -> dict[str, Any]:
    return {
        "kind": exposure.kind.value,
        "urgency": exposure.urgency.value,
        "remedy": exposure.remedy.value,
        "network": exposure.network.value,
        "place": _place_row(exposure.place),
        "why": exposure.why,
        "fingerprint": exposure.fingerprint,
        "when": exposure.when.isoformat() if exposure.when is not None else None,
        "audience": _audience_word(exposure.audience),
        "text": exposure.text,
        "link": exposure.link,
        "cites": list(exposure.cites),
        "count": exposure.count,
        "client": exposure.client,
        "posted": exposure.posted.value if exposure.posted is not None else None,
        "post": exposure.post,
    }


def _exposure(row: Mapping[str, Any]) -> Exposure:
    return Exposure(
        kind=ExposureKind(row["kind"]),
        urgency=Urgency(row["urgency"]),
        remedy=Remedy(row["remedy"]),
        network=Network(row["network"]),
        place=_place(row["place"]),
        why=str(row["why"]),
        fingerprint=str(row["fingerprint"]),
        when=date.fromisoformat(row["when"]) if row["when"] else None,
        audience=_audience(row["audience"]),
        text=str(row["text"]),
        link=str(row["link"]),
        cites=tuple(str(cite) for cite in row["cites"]),
        count=int(row["count"]),
        client=str(row["client"]),
        # What was kept before these two were told has neither.
        posted=PostedKind(row["posted"]) if row.get("posted") else None,
        post=str(row.get("post", "")),
    )


def _profile(row: Mapping[str, Any]) -> OwnProfile:
    return OwnProfile(
        network=Network(row["network"]),
        place=_place(row["place"]),
        handle=str(row["handle"]),
        name=str(row["name"]),
        bio=str(row["bio"]),
        city=str(row["city"]),
        emails=tuple(str(one) for one in row["emails"]),
        phones=tuple(str(one) for one in row["phones"]),
        links=tuple(str(one) for one in row["links"]),
        photo=str(row["photo"]),
    )


def _shown_row(shown: Shown) -> list[Any]:
    audience, when = _audience_word(shown.audience), _stamp(shown.when)
    return [shown.network.value, shown.kind.value, audience, when, shown.text, shown.photos, _place_row(shown.place)]


def _shown(row: list[Any]) -> Shown:
    network, kind, audience, when, text, photos, place = row
    return Shown(
        Network(network), PostedKind(kind), _audience(audience), _moment(when), str(text), int(photos), _place(place)
    )


def _audience_word(audience: Audience | None) -> str | None:
    return audience.value if audience is not None else None


def _audience(word: str | None) -> Audience | None:
    return Audience(word) if word else None


def _moment_of(shown: Shown) -> str:
    return _stamp(shown.when) or ""


def _place_row(place: Place) -> list[Any]:
    return [place.part, place.member, place.entry]


def _place(row: list[Any]) -> Place:
    part, member, entry = row
    return Place(str(part), str(member), int(entry))


def _stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
