"""The next meeting: when to raise a request, what to say in three lengths and two languages, and when to stop.

The texts are data: advice in `meetings/`, the words themselves in `meetings/en/` and `meetings/es/`, chosen as
`entries` says. A step or a phrase has the same slot in each folder, and that is how they find each other. Terms in
braces are filled in:

    {network}     "Facebook"; "social media" and "redes sociales" where the network is not known by name
    {a_request}   "a friend request", "una solicitud"
    {supervisor}  who is asked, as in `guidance`; in advice only
    {day}         ISO date; in the note only
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from demur.core.content import RequestKind
from demur.core.meetings import Age, LeaveScript, MeetingCase, MeetingSheet, NotToSay, Said, Turn
from demur.core.people import PROTECTED, SERVED, Relationship
from demur.core.verdicts import HelpKind
from demur.guidance.entries import NO, YES, Case, book
from demur.guidance.guidance import help_for, supervisor_of

ADVICE, ENGLISH, SPANISH = "meetings", "meetings/en", "meetings/es"


@dataclass(frozen=True, slots=True)
class _Order:
    """What is said when: the slots of one breath, of a few sentences, and of each step of a conversation."""

    one_breath: tuple[str, ...]
    few_sentences: tuple[str, ...]
    steps: Mapping[str, tuple[str, ...]]


_PLAINLY = _Order(
    one_breath=("name", "path", "rule", "mandated", "contact", "ask"),
    few_sentences=("name", "path", "before", "rule", "reason", "mandated", "contact", "open", "town", "ask"),
    steps={
        "place": ("opening",),
        "name": ("name", "path", "before"),
        "rule": ("rule",),
        "reason": ("reason", "mandated"),
        "open": ("contact", "open", "town"),
        "ask": ("ask",),
        "record": (),
    },
)
_HURT_FIRST = _Order(
    one_breath=("hurt", "not_about_them", "mandated", "contact", "rule_at_last"),
    few_sentences=("hurt", "path", "before", "not_about_them", "mandated", "contact", "open", "town", "rule_at_last"),
    steps={
        "place": ("opening",),
        "name": ("hurt",),
        "reason": ("path", "before", "not_about_them", "mandated"),
        "open": ("contact", "open", "town"),
        "rule": ("rule_at_last",),
        "ask": ("ask",),
        "record": (),
    },
)
"""For somebody who is hurt already: they know the rule, and hear it once, at the end."""

_ENGLISH_REQUESTS = {
    RequestKind.MESSAGE: "a message",
    RequestKind.TAG: "a tag",
    RequestKind.LIKE: "a like or a comment",
    RequestKind.SEARCH: "a search",
    RequestKind.CONTACT_UPLOAD: "a suggestion",
}
_SPANISH_REQUESTS = {
    RequestKind.MESSAGE: "un mensaje",
    RequestKind.TAG: "una etiqueta",
    RequestKind.LIKE: "un comentario",
    RequestKind.INVITE: "una invitación",
    RequestKind.SEARCH: "una búsqueda",
    RequestKind.CONTACT_UPLOAD: "una sugerencia",
}

Texts = Mapping[str, str]
"""The texts of one part, by slot."""


def prepare(case: MeetingCase, day: date) -> MeetingSheet:
    """All that somebody needs to talk about a request; `day` is that of the note.

    Where the relationship is UNKNOWN, the sheet depends on nothing but outcome, kind, direction, network, role,
    purpose and what the professional did themselves: whoever it is, on a caseload or not, leads to the same words.
    """
    known = _known(case)
    advice_terms = _terms(case) | {"supervisor": supervisor_of(case.role), "day": day.isoformat()}

    def advice(part: str) -> Texts:
        return _filled(ADVICE, part, known, advice_terms)

    def said(part: str) -> tuple[Texts, Texts]:
        return _filled(ENGLISH, part, known, _terms(case)), _filled(SPANISH, part, known, _spanish_terms(case))

    english, spanish = said("sentences")
    more = said("more")
    order, steps = (_HURT_FIRST if "hurt" in english else _PLAINLY), advice("steps")
    offended, phrases, plainly = said("if_offended"), said("not_to_say"), said("leave")
    return MeetingSheet(
        when=tuple(advice("when").values()),
        one_breath=Said(_joined(order.one_breath, english), _joined(order.one_breath, spanish)),
        few_sentences=Said(_joined(order.few_sentences, english), _joined(order.few_sentences, spanish)),
        conversation=tuple(
            Turn(steps[step], _said(_joined(slots, english, more[0]), _joined(slots, spanish, more[1])))
            for step, slots in order.steps.items()
        ),
        if_offended=tuple(
            Turn(do, _said(offended[0].get(slot, ""), offended[1].get(slot, "")))
            for slot, do in advice("if_offended").items()
        ),
        not_to_say=tuple(
            NotToSay(Said(phrases[0][slot], phrases[1][slot]), reason) for slot, reason in advice("not_to_say").items()
        ),
        leave_script=LeaveScript(
            signs=tuple(advice("signs").values()),
            do=tuple(advice("leave").values()),
            ask=Said(plainly[0]["ask"], plainly[1]["ask"]),
            english=help_for(HelpKind.DESPAIR, False, case.role).contacts,
            spanish=help_for(HelpKind.DESPAIR, True, case.role).contacts,
        ),
        note=" ".join(advice("record_note").values()),
        tell_supervisor=" ".join(advice("tell_supervisor").values()),
        ask_yourself=tuple(advice("ask_yourself").values()),
        guardian=_said(*(" ".join(texts.values()) for texts in said("guardian"))),
        group=_said(*(" ".join(texts.values()) for texts in said("group"))),
    )


def _known(case: MeetingCase) -> Case:
    """What an entry may ask for: only what there is to know of somebody in that relationship."""
    known: dict[str, frozenset[str]] = {
        "outcome": frozenset({case.outcome.word}),
        "relationship": frozenset({case.relationship.value}),
        "kind": frozenset({case.kind.value}),
        "direction": frozenset({case.direction.value}),
        "role": frozenset({case.role.value}),
        "purpose": frozenset({case.purpose.value}),
        "accepted": _yes(case.accepted),
    }
    # INVARIANT: no oracle, as in `guidance.for_request`: for UNKNOWN the case holds nothing about a person.
    if case.relationship is not Relationship.UNKNOWN:
        client = case.relationship in (Relationship.CURRENT_CLIENT, Relationship.FORMER_CLIENT)
        served = case.relationship in SERVED
        known |= {
            "age": frozenset({(case.age if served else Age.ADULT).value}),
            "mandated": _yes(case.mandated and client),
            "group": _yes(case.group and client),
            "knew_before": _yes(case.knew_before and served),
            "small_community": _yes(case.small_community and case.relationship in PROTECTED),
            "already_met": _yes(case.already_met),
            "hurt": _yes(case.hurt),
        }
    return known


def _terms(case: MeetingCase) -> dict[str, str]:
    called = f"{'an' if case.request_called[:1].lower() in 'aeiou' else 'a'} {case.request_called}"
    return {
        "network": case.network_name or "social media",
        "a_request": _ENGLISH_REQUESTS.get(case.kind, called),
    }


def _spanish_terms(case: MeetingCase) -> dict[str, str]:
    return {
        "network": case.network_name or "redes sociales",
        "a_request": _SPANISH_REQUESTS.get(case.kind, "una solicitud"),
    }


def _filled(folder: str, part: str, known: Case, terms: Mapping[str, str]) -> dict[str, str]:
    return {entry.slot: _capital(entry.text.format_map(terms)) for entry in book(folder).choose(part, known)}


def _joined(slots: tuple[str, ...], *parts: Texts) -> str:
    return " ".join(texts[slot] for slot in slots for texts in parts if slot in texts)


def _said(english: str, spanish: str) -> Said | None:
    return Said(english, spanish) if english else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _yes(answer: bool) -> frozenset[str]:
    return frozenset({YES if answer else NO})
