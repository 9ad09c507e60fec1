"""The conversation after a request: what is known of it, and the sheet that prepares somebody for it."""

from __future__ import annotations

from dataclasses import dataclass

from demur.core.accounts import Purpose
from demur.core.content import Direction, RequestKind
from demur.core.people import Relationship, Role
from demur.core.verdicts import Contact, Outcome
from demur.core.vocabulary import Word


class Age(Word):
    """Whom the words are for. A TEEN is old enough to have accounts of their own; a CHILD is younger."""

    ADULT = "adult"
    TEEN = "teen"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class MeetingCase:
    """What the words of a meeting depend on. It never holds a name or a word of the request.

    `network_name` is as people say it ("Facebook"), empty where the network is not known by name; `request_called` is
    what the network calls a request, without an article. `accepted`: it was accepted before anybody thought of this.
    `already_met`: the person was told already. `hurt`: they are offended by the answer.
    """

    relationship: Relationship
    outcome: Outcome
    role: Role = Role.OTHER
    kind: RequestKind = RequestKind.FRIEND
    direction: Direction = Direction.INCOMING
    purpose: Purpose = Purpose.PERSONAL
    network_name: str = ""
    request_called: str = "request"
    age: Age = Age.ADULT
    mandated: bool = False
    group: bool = False
    knew_before: bool = False
    small_community: bool = False
    accepted: bool = False
    already_met: bool = False
    hurt: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The same words in both languages."""

    english: str
    spanish: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of a conversation: what the professional does, and the words for it, where there are any."""

    do: str
    say: Said | None = None


@dataclass(frozen=True, slots=True)
class NotToSay:
    """Words that come easily and do harm, and why."""

    words: Said
    reason: str


@dataclass(frozen=True, slots=True)
class LeaveScript:
    """When all of this is put aside: the signs, what to do, the question to ask, and whom to call.

    The contacts are those of the help that stands before everything else, in English and in Spanish.
    """

    signs: tuple[str, ...]
    do: tuple[str, ...]
    ask: Said
    english: tuple[Contact, ...]
    spanish: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """All that somebody needs for the conversation, in the order in which they need it.

    The three lengths say the same: in one breath, in a few sentences, in a conversation of seven steps. `guardian` is
    there for minors alone, `group` for groups alone; nothing else is ever empty. `note` is a draft for the chart, in
    English, and `tell_supervisor` a sentence; neither says who it was.
    """

    when: tuple[str, ...]
    one_breath: Said
    few_sentences: Said
    conversation: tuple[Turn, ...]
    if_offended: tuple[Turn, ...]
    not_to_say: tuple[NotToSay, ...]
    leave_script: LeaveScript
    note: str
    tell_supervisor: str
    ask_yourself: tuple[str, ...]
    guardian: Said | None = None
    group: Said | None = None
