"""Privacy settings of the networks, and what a person answered or an export told when they went through them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from demur.core.accounts import Network, Purpose
from demur.core.vocabulary import Word


class Standing(Word):
    """How well a setting is known.

    CONFIRMED: its name and effect stand in a source of the last years, or in a help page of the network. WEAK: only in
    texts of others that were copied or bear no date. OLD: only in an older source, or in one that shows a former menu.
    UNSOURCED: nothing was opened that says so.
    """

    CONFIRMED = "confirmed"
    WEAK = "weak"
    OLD = "old"
    UNSOURCED = "unsourced"


class Origin(Word):
    """Where the value of a setting is read, in place of asking for it."""

    EXPORT = "export"
    LIVE = "live"


class Inbox(Word):
    """Whether the policy lets people write to an account that is for work. A personal one is never an inbox."""

    OPEN = "open"
    CLOSED = "closed"


class StepAnswer(Word):
    """What a person says to one step of a check-up."""

    DONE = "done"
    NOT_NOW = "not-now"
    DOES_NOT_APPLY = "does-not-apply"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return {"later": "not-now", "no": "not-now", "yes": "done", "n/a": "does-not-apply"}


@dataclass(frozen=True, slots=True)
class SettingSource:
    """Who says how a setting is called and what it does. `url` is empty where `no_url` says why; `date` is theirs."""

    id: str
    words: str
    date: str
    url: str = ""
    no_url: str = ""


@dataclass(frozen=True, slots=True)
class ReadFrom:
    """One place that tells the value of a setting, so that nobody is asked.

    `member` is the file of the export or the address of the API; `field` is what the value is called in it. `values`
    leads from what stands there, in lower case, to the words on screen; what it doesn't hold is not understood.
    `within`: what stands there is a sentence, and its words lead to them. `part` names what it tells of, where a
    setting has several parts; two places with the same part tell the same.
    """

    origin: Origin
    member: str
    field: str
    values: Mapping[str, str]
    within: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: what it is for, what to choose, where it is, and what it leaves open.

    `recommended` has no entry for a purpose where the setting doesn't exist; `when_closed` are the values that change
    where people may not write to an account for work. Of `path`, `possible_path` and `no_path` one is filled, and of
    `links` and `no_link`, of `reads` and `not_read`, of `sources` and `no_source`. In a link, SERVER is the person's
    own Mastodon server and HANDLE their own handle. `fits` are the words on screen that are as good as recommended;
    they are there for what is read. `checked_on` is the day on which the sources were read last: nothing was tried.
    """

    key: str
    network: Network
    name: str
    why: str
    recommended: Mapping[Purpose, str]
    when_closed: Mapping[Purpose, str]
    leaves_open: str
    path: str
    possible_path: str
    no_path: str
    links: tuple[str, ...]
    no_link: str
    reads: tuple[ReadFrom, ...]
    not_read: str
    fits: Mapping[Purpose, tuple[str, ...]]
    checked_on: date
    standing: Standing
    sources: tuple[SettingSource, ...]
    no_source: str

    def choice(self, purpose: Purpose, inbox: Inbox = Inbox.OPEN) -> str | None:
        """What to choose for an account of that purpose; None where the setting doesn't exist there."""
        chosen = self.recommended.get(purpose)
        return self.when_closed.get(purpose, chosen) if inbox is Inbox.CLOSED else chosen

    @property
    def where(self) -> str:
        """The menu in words, with what is not known of it."""
        if self.possible_path:
            return f"Possibly {self.possible_path}. We found no source for this menu."
        return self.path or self.no_path


@dataclass(frozen=True, slots=True)
class SettingsCatalogue:
    """The settings of one network, in the file's order, and which come first for each purpose.

    `digest` names this edition: the first 12 hexadecimal digits of a SHA-256 over all that it says.
    """

    network: Network
    settings: tuple[Setting, ...]
    first: Mapping[Purpose, tuple[str, ...]]
    cautions: tuple[str, ...]
    digest: str

    def setting(self, key: str) -> Setting | None:
        """The setting of that key; None where this edition has none, as a check-up of another edition may ask."""
        return next((setting for setting in self.settings if setting.key == key), None)

    def in_order(self, purpose: Purpose) -> tuple[Setting, ...]:
        """What exists for a purpose, what matters most first."""
        rank = {key: place for place, key in enumerate(self.first[purpose])}
        there = [setting for setting in self.settings if purpose in setting.recommended]
        return tuple(sorted(there, key=lambda setting: rank.get(setting.key, len(rank))))


@dataclass(frozen=True, slots=True)
class Observed:
    """The value of a setting as an export or a network told it on a day.

    `value` are words on screen, or what stood there where it is not understood; `fits` says whether it is as good as
    recommended, and is None where that can't be told. `part` is that of `ReadFrom`.
    """

    key: str
    part: str
    value: str
    origin: Origin
    as_of: date
    fits: bool | None


@dataclass(frozen=True, slots=True)
class Noted:
    """What a check-up knows of one setting: what was recommended, what was said to it and when, and what was read.

    `carried` is true for what an earlier check-up left, until this one has an answer of its own; `doubted` where
    something was read after the answer that shows another value than the recommended one.
    """

    key: str
    recommended: str
    answer: StepAnswer | None = None
    answered_on: date | None = None
    observed: tuple[Observed, ...] = ()
    carried: bool = False
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class CheckUp:
    """One walk through the settings of one account, begun on `day`; it holds no name, handle or word of a client.

    `catalogue` is the digest of the edition that was used.
    """

    network: Network
    purpose: Purpose
    inbox: Inbox
    day: date
    catalogue: str
    notes: tuple[Noted, ...] = ()

    def noted(self, key: str) -> Noted | None:
        """What is known of one setting."""
        return next((note for note in self.notes if note.key == key), None)


@dataclass(frozen=True, slots=True)
class CheckUpStep:
    """One thing to look at: the setting, what to choose, and what was read, said now or said last time."""

    setting: Setting
    recommended: str
    observed: tuple[Observed, ...] = ()
    answer: StepAnswer | None = None
    last_answer: StepAnswer | None = None

    @property
    def read_otherwise(self) -> bool:
        """Whether an export or the network shows another value than the recommended one."""
        return any(found.fits is False for found in self.observed)


class ChangeKind(Word):
    """What is different between two check-ups of one account.

    OPENED and CLOSED are about a value that was read; MOVED is another value that can't be judged, or is as good.
    RECOMMENDED is about what we say, not about the account; GONE is no longer in the catalogue.
    """

    OPENED = "opened"
    CLOSED = "closed"
    MOVED = "moved"
    ANSWERED = "answered"
    RECOMMENDED = "recommended"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One difference, with what was before and what is now, in words on screen; either may be empty."""

    key: str
    kind: ChangeKind
    before: str
    now: str
