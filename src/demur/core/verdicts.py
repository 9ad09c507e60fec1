"""The answer that every surface renders: an outcome, its reasons, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from demur.core.findings import Finding
from demur.core.matches import Level, Match
from demur.core.vocabulary import Word


class Outcome(IntEnum):
    """Ordered from mildest to strictest; combining several is `max`."""

    ALLOW = 0
    ASK = 1
    REVISE = 2
    REFER = 3
    DECLINE = 4

    @property
    def word(self) -> str:
        """As written on the wire and in clauses: `allow`, `ask`, `revise`, `refer`, `decline`."""
        return self.name.lower()

    @classmethod
    def read(cls, word: str) -> Outcome:
        """The outcome for its word. Raises ValueError naming the five."""
        try:
            return cls[word.strip().upper()]
        except KeyError:
            raise ValueError("outcome must be one of: allow, ask, revise, refer, decline") from None


TELL_BY = ("the same or the next work day", "at once")
"""By when a supervisor is told, as it ends a sentence; the later ones are stricter, and the strictest wins."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A clause that decided, with the evidence that met it. `cites` are ids of `core.citations`."""

    clause: str
    title: str
    says: str
    outcome: Outcome
    cites: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to press or to do, and what the other side can notice (empty where nothing is known)."""

    do: str
    notice: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words to say or to copy: when they fit, and the text."""

    title: str
    text: str


class HelpKind(Word):
    """Why help is there: the author can't go on, somebody is in danger, or it may be only a manner of speaking.

    MESSAGE is about what somebody wrote to the professional.
    """

    DESPAIR = "despair"
    DANGER = "danger"
    OFFER = "offer"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to reach: what to do, and the address that a page makes of it (`tel:`, `sms:` or `https:`)."""

    do: str
    link: str


@dataclass(frozen=True, slots=True)
class Help:
    """Help for an author in danger or despair: no part of any judgement, and shown before one.

    `language` is that of the words, after the draft ("en" or "es"); `other` is one line in the other language.
    `person` is about somebody whom the author trusts. `nothing_held` and `before_posting` stand where it would else say
    that the draft is clear to post, and `when_ready` over any other answer. An offer is one quiet line, and of these
    it has `words`, `contacts` and `other`.
    """

    kind: HelpKind
    language: str
    title: str
    words: str
    contacts: tuple[Contact, ...]
    other: str
    person: str = ""
    nothing_held: str = ""
    before_posting: str = ""
    when_ready: str = ""

    @property
    def other_language(self) -> str:
        return "en" if self.language == "es" else "es"


@dataclass(frozen=True, slots=True)
class Guidance:
    """What to do next, and what to say. Everything may be empty but `next`.

    `supervision` says what supervision is for, where a draft has its place there; `instead` are texts that may be
    posted in its place, and speak of no client and no work. `account` says on which other account of the author's a
    draft belongs.
    """

    next: str
    steps: tuple[Step, ...] = ()
    words: tuple[Words, ...] = ()
    if_offended: tuple[str, ...] = ()
    record_note: str = ""
    cautions: tuple[str, ...] = ()
    safer: str = ""
    supervision: str = ""
    instead: tuple[Words, ...] = ()
    account: str = ""


@dataclass(frozen=True, slots=True)
class Rewording:
    """The draft with every safe wording in it at once.

    `outcome` is what Demur says to that draft; `left` is what is held against it still and has no safe wording, with
    places in `text`. `replaced` counts the findings whose words are gone.
    """

    text: str
    outcome: Outcome
    replaced: int
    left: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the engine answers. The same inputs, policy, caseload, version and day give the same verdict.

    `question` is set where one answer settles the matter, and `settled_by` is then the field of the draft or request
    that takes the answer: `about_client` and `served` are yes or no, `purpose_of_search` is a reason. `policy` is the
    digest of the policy that judged; `looked_at` says in words what was looked at, because nothing found is not the
    same as safe. `called_fine` counts what was found and left out because somebody called it fine. `help` depends on
    nothing that judges: every surface shows it before the rest. `tell_supervisor` is one of `TELL_BY`, or empty;
    `may_ask_exception` is true where it would be allowed if a supervisor agreed to an exception.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    guidance: Guidance
    policy: str
    version: str
    question: str | None = None
    findings: tuple[Finding, ...] = ()
    matches: tuple[Match, ...] = ()
    level: Level = Level.NONE
    looked_at: str = ""
    called_fine: int = 0
    rewording: Rewording | None = None
    help: Help | None = None
    settled_by: str = ""
    tell_supervisor: str = ""
    may_ask_exception: bool = False

    @property
    def in_crisis(self) -> bool:
        """Whether the author sounds in danger or despair: then warmth and a number come before anything else."""
        return self.help is not None and self.help.kind is not HelpKind.OFFER
