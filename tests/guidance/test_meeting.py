"""The sheet for the next meeting: nobody's is empty, plain to read, and right for whoever hears it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.core.accounts import Purpose
from demur.core.content import Direction, RequestKind
from demur.core.meetings import Age, MeetingCase, MeetingSheet, Said, Turn
from demur.core.people import PROTECTED, SERVED, Relationship, Role
from demur.core.verdicts import HelpKind, Outcome
from demur.guidance import help_for, prepare
from demur.guidance.entries import KEYS, Entry, book
from demur.guidance.meeting import ADVICE, ENGLISH, SPANISH
from tests.guidance.reading_level import fernandez_huerta, flesch_kincaid_grade

DAY = date(2026, 11, 24)
BOOKS = (ADVICE, ENGLISH, SPANISH)
FLAGS = ("mandated", "group", "knew_before", "small_community", "accepted", "already_met", "hurt")
FAMILIAR = frozenset({Relationship.COLLEAGUE, Relationship.NONE})
"""Grown-ups whom one says "tú" to."""

BLAME = re.compile(
    r"(?i)violat|\berror|inappropriate|your fault|should(n't| not) have|you must|you crossed|disappoint|warn(ed|ing)"
    r"|no debi[óo]|inapropiad|su culpa|tu culpa|infracci[óo]n|decepcion"
)
CONFIRMS = re.compile(
    r"(?i)\b(work|worked|working) with (you|him|her|them)|\bI(['’]ve)? (work|worked|support|serve)\b"
    r"|our work\b|our meeting|next (visit|meeting)|served him|serve (him|her|them|your)"
    r"|\bclients?\b|your case|your report|your (son|daughter|mother|father|brother)"
    r"|con quien(es)? (trabajo|he trabajado|acompaño)|nuestro trabajo|pr[óo]xima cita|nuestras citas|\bclientes?\b"
    r"|su caso|su reporte|su (hijo|hija|mam[áa]|pap[áa]|hermano|hermana)"
)
TU = re.compile(r"(?i)\b(te|ti|tu|tus|contigo|tú|tuyo|tuya|puedes|quieres|mandaste|querías|llama a|piénsalo)\b")
USTED = re.compile(r"(?i)\b(usted|su|sus|suyo|suya|le (pudo|cayó|da)|llámeme|escríbame|piénselo|si quiere)\b")


def meeting(relationship: Relationship = Relationship.CURRENT_CLIENT, **said: Any) -> MeetingCase:
    said.setdefault("outcome", Outcome.DECLINE)
    return MeetingCase(relationship, network_name="Facebook", request_called="friend request", **said)


def sheet(relationship: Relationship = Relationship.CURRENT_CLIENT, **said: Any) -> MeetingSheet:
    return prepare(meeting(relationship, **said), DAY)


@cache
def alike(key: str) -> tuple[str, ...]:
    """One word for each group of words that every entry of every book treats alike."""
    met = {
        word: frozenset(
            number
            for number, entry in enumerate(entry for folder in BOOKS for entry in book(folder).entries())
            if word in entry.when.get(key, ())
        )
        for word in KEYS[key]
    }
    return tuple(sorted({asked: word for word, asked in sorted(met.items(), reverse=True)}.values()))


def words(vocabulary: Any, key: str) -> list[Any]:
    return [vocabulary.read(word) for word in alike(key)]


def cases() -> Iterator[MeetingCase]:
    """Every combination of what any text depends on, but for pairs of circumstances: the flags come one by one, with
    none and with all, and for three roles in every combination."""
    outcomes = words(Outcome, "outcome")
    kinds, roles = words(RequestKind, "kind"), words(Role, "role")
    none: dict[str, bool] = {}
    singly = [none, *({flag: True} for flag in FLAGS), dict.fromkeys(FLAGS, True)]
    for relationship, role, kind, direction, outcome in product(Relationship, roles, kinds, Direction, outcomes):
        yield meeting(relationship, role=role, kind=kind, direction=direction, outcome=outcome)
    for relationship, age, kind, direction, outcome, flags in product(
        Relationship, Age, kinds, Direction, outcomes, singly
    ):
        yield meeting(relationship, age=age, kind=kind, direction=direction, outcome=outcome, **flags)
    for relationship, kind, age in product(Relationship, kinds, Age):
        for purpose in (Purpose.PROFESSIONAL, Purpose.AGENCY):
            yield meeting(relationship, kind=kind, age=age, purpose=purpose, outcome=Outcome.ALLOW)
    everything = [dict(zip(FLAGS, chosen, strict=True)) for chosen in product((False, True), repeat=len(FLAGS))]
    for relationship, role, age, flags in product(
        PROTECTED, (Role.CPS_WORKER, Role.PEER_SUPPORT, Role.SCHOOL_COUNSELOR), Age, everything
    ):
        yield meeting(relationship, role=role, age=age, **flags)


@pytest.fixture(scope="module")
def sheets() -> list[tuple[MeetingCase, MeetingSheet]]:
    seen: dict[MeetingSheet, MeetingCase] = {}
    for case in cases():
        seen.setdefault(prepare(case, DAY), case)
    assert len(seen) > 2000
    return [(case, made) for made, case in seen.items()]


def spoken(made: MeetingSheet) -> Iterator[Said]:
    """Whole texts, as they would be said to somebody."""
    yield made.one_breath
    yield made.few_sentences
    yield together(made.conversation)
    yield together(made.if_offended)
    yield made.leave_script.ask
    yield from (said for said in (made.guardian, made.group) if said)


def together(turns: tuple[Turn, ...]) -> Said:
    said = [turn.say for turn in turns if turn.say]
    return Said(" ".join(one.english for one in said), " ".join(one.spanish for one in said))


def advice(made: MeetingSheet) -> Iterator[str]:
    yield from made.when
    yield from (turn.do for turn in (*made.conversation, *made.if_offended))
    for phrase in made.not_to_say:
        yield from (phrase.words.english, phrase.words.spanish, phrase.reason)
    yield from (*made.leave_script.signs, *made.leave_script.do)
    yield from (made.note, made.tell_supervisor, *made.ask_yourself)


def to_the_person(made: MeetingSheet) -> Iterator[Said]:
    yield from (made.one_breath, made.few_sentences, together(made.conversation), together(made.if_offended))


def test_nobody_gets_an_empty_sheet(sheets: list[tuple[MeetingCase, MeetingSheet]]) -> None:
    for case, made in sheets:
        assert 4 <= len(made.when) <= 9, case
        assert len(made.conversation) == 7, case
        assert [bool(turn.say) for turn in made.conversation] == [True] * 6 + [False], case
        assert len(made.if_offended) >= 3, case
        assert made.if_offended[0].say, case
        assert len(made.not_to_say) >= 6, case
        assert len(made.leave_script.signs) >= 5, case
        assert len(made.leave_script.do) >= 5, case
        assert made.note.startswith("2026-11-24: "), case
        assert made.tell_supervisor, case
        assert len(made.ask_yourself) == 2, case
        assert all(question.endswith("?") for question in made.ask_yourself), case
        for said in spoken(made):
            assert said.english, case
            assert said.spanish, case


def test_nothing_is_left_to_fill_in_and_nobody_is_blamed(sheets: list[tuple[MeetingCase, MeetingSheet]]) -> None:
    texts = {text for _, made in sheets for text in advice(made)}
    texts |= {text for _, made in sheets for said in spoken(made) for text in (said.english, said.spanish)}
    for text in texts:
        assert not re.search(r"[{}\[\]]|  |\bTODO\b|!", text), text
        assert not BLAME.search(text), text
        assert re.search(r"[.?”»]$", text), text


def test_each_length_is_longer_than_the_one_before(sheets: list[tuple[MeetingCase, MeetingSheet]]) -> None:
    for case, made in sheets:
        for language in ("english", "spanish"):
            breath = getattr(made.one_breath, language).split()
            few = getattr(made.few_sentences, language).split()
            talk = getattr(together(made.conversation), language).split()
            assert len(breath) < len(few) < len(talk), case
            assert len(breath) <= 80, (case, breath)


def test_the_words_are_easy_to_understand(sheets: list[tuple[MeetingCase, MeetingSheet]]) -> None:
    english = {said.english for _, made in sheets for said in spoken(made)}
    spanish = {said.spanish for _, made in sheets for said in spoken(made)}
    for text in english:
        assert flesch_kincaid_grade(text) <= 7, (flesch_kincaid_grade(text), text)
    for text in spanish:
        assert fernandez_huerta(text) >= 70, (fernandez_huerta(text), text)


def test_the_measures_tell_easy_from_hard() -> None:
    hard = "Notwithstanding institutional considerations, professional confidentiality obligations necessitate refusal."
    assert flesch_kincaid_grade("We can talk when we meet. I am glad you came.") < 2
    assert flesch_kincaid_grade(hard) > 15
    assert fernandez_huerta("Ya te lo digo. No es nada malo.") > 90
    assert (
        fernandez_huerta("La confidencialidad profesional imposibilita institucionalmente cualquier comunicación.") < 30
    )


def test_neither_the_family_nor_a_stranger_hears_that_anyone_is_served(
    sheets: list[tuple[MeetingCase, MeetingSheet]],
) -> None:
    assert CONFIRMS.search(sheet().one_breath.english)
    assert CONFIRMS.search(sheet().one_breath.spanish)
    for case, made in sheets:
        if case.relationship not in (Relationship.CLIENT_FAMILY, Relationship.UNKNOWN):
            continue
        for said in (*to_the_person(made), *([made.guardian] if made.guardian else [])):
            for text in (said.english, said.spanish):
                assert not CONFIRMS.search(text), (case, CONFIRMS.search(text), text)
        if case.relationship is Relationship.CLIENT_FAMILY:
            for said in (made.one_breath, made.few_sentences, together(made.conversation)):
                assert "whether anyone is served here" in said.english, case
                assert "si aquí se atiende o no a alguien" in said.spanish, case


def test_young_people_are_spoken_to_as_such(sheets: list[tuple[MeetingCase, MeetingSheet]]) -> None:
    for case, made in sheets:
        young = case.age is not Age.ADULT and case.relationship in SERVED
        assert bool(made.guardian) is young, case
        wrong = USTED if young or case.relationship in FAMILIAR else TU
        for said in (*to_the_person(made), made.leave_script.ask):
            if said is made.leave_script.ask and not young:
                continue
            assert not wrong.search(said.spanish), (case, wrong.search(said.spanish), said.spanish)


def test_a_group_is_reminded_and_nobody_else(sheets: list[tuple[MeetingCase, MeetingSheet]]) -> None:
    clients = (Relationship.CURRENT_CLIENT, Relationship.FORMER_CLIENT)
    for case, made in sheets:
        assert bool(made.group) is (case.group and case.relationship in clients), case


@given(
    st.sampled_from(RequestKind),
    st.sampled_from(Direction),
    st.sampled_from(Role),
    st.sampled_from(Purpose),
    st.sampled_from(Outcome),
    st.sampled_from(Age),
    st.lists(st.booleans(), min_size=len(FLAGS), max_size=len(FLAGS)),
)
def test_unknown_is_no_oracle(
    kind: RequestKind,
    direction: Direction,
    role: Role,
    purpose: Purpose,
    outcome: Outcome,
    age: Age,
    flags: list[bool],
) -> None:
    unknown = Relationship.UNKNOWN
    plain = meeting(unknown, kind=kind, direction=direction, role=role, purpose=purpose, outcome=outcome)
    known = replace(plain, age=age, **dict(zip(FLAGS, flags, strict=True)))
    # What the professional did is theirs to know.
    assert prepare(known, DAY) == prepare(replace(plain, accepted=known.accepted), DAY)


@settings(max_examples=300)
@given(
    st.sampled_from(Relationship),
    st.sampled_from(RequestKind),
    st.sampled_from(Direction),
    st.sampled_from(Role),
    st.sampled_from(Purpose),
    st.sampled_from(Outcome),
    st.sampled_from(Age),
    st.lists(st.booleans(), min_size=len(FLAGS), max_size=len(FLAGS)),
    st.sampled_from(["", "Snapchat"]),
)
def test_whatever_the_case_the_sheet_is_whole(
    relationship: Relationship,
    kind: RequestKind,
    direction: Direction,
    role: Role,
    purpose: Purpose,
    outcome: Outcome,
    age: Age,
    flags: list[bool],
    network: str,
) -> None:
    case = MeetingCase(
        relationship, outcome, role, kind, direction, purpose, network, "invitation to connect", age,
        **dict(zip(FLAGS, flags, strict=True)),
    )  # fmt: skip
    made = prepare(case, DAY)
    assert len(made.conversation) == 7
    for said in spoken(made):
        assert said.english
        assert said.spanish
        assert not re.search("[{}]", said.english + said.spanish)
        assert flesch_kincaid_grade(said.english) <= 7, said.english
        assert fernandez_huerta(said.spanish) >= 70, said.spanish


def test_the_books_speak_of_the_same_slots() -> None:
    # A phrase without its reason, or a step without its words in one language, would be left out without a sound.
    slots: dict[str, dict[str, set[str]]] = {
        folder: {
            part: {entry.slot for entry in book(folder).entries() if entry.part == part}
            for part in {entry.part for entry in book(folder).entries()}
        }
        for folder in BOOKS
    }
    assert slots[ENGLISH] == slots[SPANISH]
    assert slots[ENGLISH]["not_to_say"] == slots[ADVICE]["not_to_say"]
    assert slots[ENGLISH]["if_offended"] <= slots[ADVICE]["if_offended"]
    assert slots[ENGLISH]["more"] - slots[ENGLISH]["sentences"] == {"opening"}


def test_what_is_said_in_one_language_is_said_in_the_other(sheets: list[tuple[MeetingCase, MeetingSheet]]) -> None:
    # The same facts chose both, so one is never much longer than the other.
    for case, made in sheets:
        for said in spoken(made):
            ratio = len(said.spanish) / len(said.english)
            assert 0.5 < ratio < 1.8, (case, ratio, said)


@pytest.mark.parametrize("folder", BOOKS)
def test_every_entry_can_be_reached(folder: str) -> None:
    plain = {key: frozenset({"no"}) for key in FLAGS} | {"age": frozenset({"adult"})}
    for entry in book(folder).entries():
        assert any(entry in book(folder).choose(entry.part, plain | one) for one in singles(entry)), entry


def singles(entry: Entry) -> Iterator[dict[str, frozenset[str]]]:
    """The cases that meet an entry, one word a key."""
    for chosen in product(*entry.when.values()):
        yield {key: frozenset({word}) for key, word in zip(entry.when, chosen, strict=True)}


def english(made: MeetingSheet) -> str:
    return " ".join((made.few_sentences.english, together(made.conversation).english))


def test_roles_and_circumstances_change_the_words() -> None:
    assert "counts as contact" in english(sheet(role=Role.CPS_WORKER))
    assert "office number" in english(sheet(role=Role.CPS_WORKER))
    assert "same road" in english(sheet(role=Role.PEER_SUPPORT))
    assert "no effect on your report" in sheet(mandated=True).one_breath.english
    assert "let my office know" in english(sheet(mandated=True, role=Role.PROBATION_OFFICER))
    assert "school's own messages" in english(sheet(role=Role.SCHOOL_COUNSELOR, age=Age.TEEN))
    assert "two of us read along" in english(sheet(role=Role.YOUTH_WORKER, age=Age.TEEN))
    assert "even after the work has ended" in english(sheet(Relationship.FORMER_CLIENT))
    assert "the office is there for you" in english(sheet(Relationship.FORMER_CLIENT))
    assert "stays there" in english(sheet(Relationship.FORMER_CO_CLIENT))
    assert "whose work I evaluate" in english(sheet(Relationship.SUPERVISEE))
    assert "around town" in english(sheet(small_community=True))
    assert "knew each other before" in english(sheet(knew_before=True))
    assert "taken it back" in english(sheet(accepted=True))
    assert "How has it been" in english(sheet(already_met=True))
    assert sheet(hurt=True).when[0].startswith("Make room for the hurt")


@pytest.mark.parametrize("relationship", [Relationship.CURRENT_CLIENT, Relationship.FORMER_CLIENT])
@pytest.mark.parametrize("age", Age)
def test_whoever_is_hurt_hears_that_first_and_the_rule_once_at_the_end(relationship: Relationship, age: Age) -> None:
    made = sheet(relationship, age=age, hurt=True)
    for said in (made.one_breath, made.few_sentences):
        assert re.search(r"hurt|sorry", said.english.split(".")[0])
        assert re.search(r"dolió", said.spanish.split(".")[0])
        assert "same for everybody" in said.english.split(".")[-2]
        assert said.english.count("everybody") == 1
        assert "igual para todos" in said.spanish.split(".")[-2]
    heard = [turn.say.english if turn.say else "" for turn in made.conversation]
    assert [number for number, said in enumerate(heard) if "everybody" in said] == [4]
    assert "hurt" in heard[1]


def test_an_undecided_request_is_not_spoken_of_as_declined() -> None:
    for outcome, relationship in product((Outcome.ASK, Outcome.REFER, Outcome.ALLOW), Relationship):
        made = sheet(relationship, outcome=outcome)
        assert not re.search(
            r"(?i)didn't accept|declin|no la acepté", english(made) + together(made.conversation).spanish
        )
        assert "Not accepted" not in made.note
        assert "didn't accept" not in made.tell_supervisor


def test_the_family_is_told_nothing_unasked() -> None:
    for role in Role:
        assert sheet(Relationship.CLIENT_FAMILY, role=role).when[0].startswith("Don't bring it up")
        assert sheet(Relationship.UNKNOWN, role=role).when[0].startswith("Don't bring it up")


def test_neither_note_nor_sentence_says_more_of_somebody_than_needed(
    sheets: list[tuple[MeetingCase, MeetingSheet]],
) -> None:
    for case, made in sheets:
        for text in (made.note, made.tell_supervisor):
            assert not re.search(r"(?i)\bprofile|\bpicture|\bhandle\b|@", text), (case, text)
    assert "For my own log only" in sheet(Relationship.UNKNOWN).note
    assert "nothing of the group belongs here" in sheet(Relationship.FORMER_CO_CLIENT).note


def test_the_crisis_has_the_numbers_that_stand_before_everything_else() -> None:
    for role, age in product(Role, Age):
        script = sheet(role=role, age=age).leave_script
        assert script.english == help_for(HelpKind.DESPAIR, False, role).contacts
        assert script.spanish == help_for(HelpKind.DESPAIR, True, role).contacts
        assert {"tel:988", "tel:911"} <= {contact.link for contact in script.english}
        assert "field instructor" in " ".join(script.do) or role is not Role.STUDENT


def test_a_network_without_a_name_is_called_what_it_is() -> None:
    made = prepare(MeetingCase(Relationship.CURRENT_CLIENT, Outcome.DECLINE), DAY)
    assert "a request from you on social media" in made.one_breath.english
    assert "una solicitud en redes sociales" in made.one_breath.spanish
