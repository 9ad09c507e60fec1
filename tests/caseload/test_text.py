from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.caseload.index import CaseloadIndex
from demur.caseload.text import RULES, find_mentions
from demur.core.citations import citations
from demur.core.findings import Category, Confidence, Finding
from demur.core.people import Caseload, Client

CLIENTS = (
    Client(
        "1",
        "Maria",
        "Guadalupe",
        "Lopez",
        date_of_birth=date(1984, 7, 31),
        email="maria.lopez84@example.org",
        phone="(555) 555-0123",
        handles=("@maria.l", "mlo_84"),
    ),
    Client("2", "Sean", family_name="O'Neil"),
    Client("3", "Rose", family_name="Grant"),
    Client("4", "Xochitl", family_name="Núñez-Ortiz"),
    Client("5", "Нина"),
    Client("6", "نور", family_name="حسن"),
    Client("7", "小明", family_name="王"),
    Client("8", "Robert", family_name="Smith", preferred_name="Bobby"),
    Client("9", "April", family_name="Will"),
    Client("10", "Jürgen", family_name="Müller"),
    Client("11", "Văn An", family_name="Nguyễn"),
    Client("12", "Thandiwe", family_name="Okonkwo", other_names=("Thandi Eze",)),
)
INDEX = CaseloadIndex.build(Caseload(CLIENTS))


def found(text: str) -> list[tuple[str, str, str]]:
    return [(hit.rule.removeprefix("caseload-"), hit.text, hit.confidence.word) for hit in find_mentions(INDEX, text)]


@pytest.mark.parametrize(
    ("text", "rule", "marked", "confidence"),
    [
        # the 21 ways of writing a client
        ("I saw Maria Lopez today", "full-name", "Maria Lopez", "sure"),
        ("i saw maria lopez today", "full-name", "maria lopez", "sure"),
        ("Maria Lopez's mother called", "full-name", "Maria Lopez", "sure"),
        ("Maria was late", "given-name", "Maria", "possible"),
        ("Lopez, Maria", "full-name", "Lopez, Maria", "sure"),
        ("Maria L. was late", "name-and-initial", "Maria L", "likely"),
        ("M.L. was late", "initials", "M.L.", "possible"),
        ("#MariaLopez", "name-run-together", "MariaLopez", "sure"),
        ("@marialopez22 hi", "name-run-together", "marialopez", "sure"),
        ("Maria  Lopez", "full-name", "Maria  Lopez", "sure"),
        ("Maria\nLopez", "full-name", "Maria\nLopez", "sure"),
        ("Marai Lopez", "full-name", "Marai Lopez", "likely"),
        ("María López", "full-name", "María López", "sure"),
        ("Mari Lopez", "full-name", "Mari Lopez", "likely"),
        ("M4ria L0pez", "full-name", "M4ria L0pez", "likely"),
        ("M a r i a  L o p e z", "full-name", "M a r i a  L o p e z", "likely"),
        ("Sean O’Neil", "full-name", "Sean O’Neil", "sure"),
        ("Maria Guadalupe Lopez", "full-name", "Maria Guadalupe Lopez", "sure"),
        ("M*ria called", "masked-name", "M*ria", "likely"),
        ("Ma\u200bria Lo\u2060pez", "full-name", "Ma\u200bria Lo\u2060pez", "sure"),
        ("Maria 🌹 Lopez", "full-name", "Maria 🌹 Lopez", "sure"),
        # and others
        ("MARIA LOPEZ IS HERE AGAIN", "full-name", "MARIA LOPEZ", "sure"),
        ("maria’s lopez".replace("’s", ""), "full-name", "maria lopez", "sure"),
        ("Mari\u0301a Lo\u0301pez", "full-name", "Mari\u0301a Lo\u0301pez", "sure"),
        ("𝓜𝓪𝓻𝓲𝓪 𝓛𝓸𝓹𝓮𝔃", "full-name", "𝓜𝓪𝓻𝓲𝓪 𝓛𝓸𝓹𝓮𝔃", "sure"),
        ("Маria Lopez", "full-name", "Маria Lopez", "sure"),
        ("Mariaaaa Lopez", "full-name", "Mariaaaa Lopez", "likely"),
        ("Maria Lopze", "full-name", "Maria Lopze", "likely"),
        ("Maria G. Lopez", "full-name", "Maria G. Lopez", "sure"),
        ("maria_lopez", "full-name", "maria_lopez", "sure"),
        ("MariaLopez84", "name-run-together", "MariaLopez", "sure"),
        ("#PrayForMariaLopez", "full-name", "MariaLopez", "likely"),
        ("#prayformarialopez", "name-run-together", "marialopez", "likely"),
        ("WE WILL MISS YOU Maria and so on", "given-name", "Maria", "possible"),
        ("Today My Client Maria Graduated", "given-name", "Maria", "possible"),
        ("#TeamXochitl", "given-name", "Xochitl", "possible"),
        ("Mrs. Lopez cried", "title-and-family-name", "Mrs. Lopez", "likely"),
        ("M. Lopez cried", "name-and-initial", "M. Lopez", "likely"),
        ("Xochitl is back", "given-name", "Xochitl", "possible"),
        ("xochitl is back", "given-name", "xochitl", "possible"),
        ("Xochitl Ortiz", "full-name", "Xochitl Ortiz", "sure"),
        ("xochitl nunez ortiz", "full-name", "xochitl nunez ortiz", "sure"),
        ("sean oneil", "full-name", "sean oneil", "sure"),
        ("sean o'neil", "full-name", "sean o'neil", "sure"),
        ("Juergen Mueller", "full-name", "Juergen Mueller", "sure"),
        ("Bobby Smith", "full-name", "Bobby Smith", "sure"),
        ("Bob Smith", "full-name", "Bob Smith", "likely"),
        ("Nina came", "given-name", "Nina", "possible"),
        ("Нина пришла", "given-name", "Нина", "possible"),
        ("نور حسن جاءت", "full-name", "نور حسن", "sure"),
        ("今天王小明来了", "full-name", "王小明", "sure"),
        ("Nguyen Van An", "full-name", "Nguyen Van An", "likely"),
        ("Thandi Eze", "full-name", "Thandi Eze", "sure"),
        ("the Okonkwo family", "family-name", "Okonkwo", "possible"),
        ("write to MARIA.LOPEZ84@example.org.", "email", "MARIA.LOPEZ84@example.org", "sure"),
        ("maria.lopez84 (at) example (dot) org", "email", "maria.lopez84 (at) example (dot) org", "sure"),
        ("call +1 (555) 555 0123", "phone", "+1 (555) 555 0123", "sure"),
        ("call 5555550123", "phone", "5555550123", "sure"),
        ("call 555-0123", "phone", "555-0123", "likely"),
        ("ask @maria.l about it", "handle", "maria.l", "sure"),
        ("mlo_84 liked it", "handle", "mlo_84", "sure"),
        ("Rose told me", "given-name", "Rose", "possible"),
        ("so i met rose today", "given-name", "rose", "possible"),
        ("rose told me", "given-name", "rose", "possible"),
        ("then April called", "given-name", "April", "possible"),
    ],
)
def test_a_client_is_found(text: str, rule: str, marked: str, confidence: str) -> None:
    assert found(text) == [(rule, marked, confidence)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rosemary is growing",
        "a rose is a rose",
        "Rose petals everywhere",
        "We got the grant!",
        "In April I will rest",
        "April 3 is free",
        "I will be there",
        "I Will be there",
        "will april be warm",
        "Mariana and Lopezito",
        "The U.S. is large",
        "roberta flack",
        "555-0124 or 555 555 0199",
        "maria.lopez84@example.orgs".replace("maria.lopez84", "someone"),
        "xmlo_84 and mlo_845",
        "grant applications are due",
        "Maria Sharapova won",
        "Anna Maria Island",
        "#AprilShowers and #rosegarden",
        "WE WILL BE back",
        "Nothing to see here, just a rough session.",
    ],
)
def test_innocent_twins_pass(text: str) -> None:
    assert found(text) == []


def test_names_of_two_people_are_not_one_name() -> None:
    assert ("full-name", "Maria and Jose Lopez", "sure") not in found("Maria and Jose Lopez")
    assert all(rule != "full-name" for rule, _, _ in found("I like Rose. Grant came later."))
    assert all(rule != "full-name" for rule, _, _ in found("Xochitl Smith"))


def test_everyday_words_need_capitals_to_be_a_whole_name() -> None:
    assert found("rose grant") == [("full-name", "rose grant", "possible")]
    assert found("Rose Grant") == [("full-name", "Rose Grant", "sure")]


def test_every_finding_is_complete() -> None:
    seen: set[str] = set()
    text = (
        "Maria Lopez, maria.lopez84@example.org, 555-555-0123, @mlo_84. Maria L. and M*ria. #marialopez Mrs. Lopez. "
        "M.L. met Nina and Thandi Eze and the Okonkwo family."
    )
    for hit in find_mentions(INDEX, text):
        seen.add(hit.rule)
        assert hit.category is Category.CLIENT_NAME
        assert hit.rule in RULES
        assert hit.says.endswith((".", "?"))
        assert set(hit.cites) <= citations().keys()
    assert len(seen) >= 9


def test_an_empty_caseload_finds_nothing() -> None:
    assert find_mentions(CaseloadIndex.build(Caseload()), "Maria Lopez") == ()


def test_a_client_without_usable_names_does_no_harm() -> None:
    index = CaseloadIndex.build(
        Caseload((Client("1", "-", family_name="🌹", email="@", phone="x", handles=("@", "")),))
    )
    assert find_mentions(index, "- 🌹 @ x") == ()


def check(hits: tuple[Finding, ...], text: str) -> None:
    end = 0
    for hit in hits:
        assert end <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.text
        assert isinstance(hit.confidence, Confidence)
        end = hit.end


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_is_read(text: str) -> None:
    check(find_mentions(INDEX, text), text)


PIECES = st.sampled_from(
    ["Maria", "Lopez", "maria", "lopez", "L.", "#", "@", " ", "  ", "\n", ",", ".", "'s", "’", "*", "4", "\u200b",
     "\u0301", "é", "王", "小明", "🌹", "\ud800", "\0", "Xochitl", "Nunez",
     "-", "(", "555", "0123", "@example.org", "M",
     "a", "ria", "İ"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30))
def test_spans_hold_on_tangled_names(pieces: list[str]) -> None:
    text = "".join(pieces)
    check(find_mentions(INDEX, text), text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_whole_name_is_found_in_any_surroundings(before: str, after: str) -> None:
    text = f"{before} \n Maria Lopez \n {after}"
    at = len(before) + 3
    assert any(hit.start <= at and hit.end >= at + 11 for hit in find_mentions(INDEX, text))


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "maria lopez " * 3_000, "m a r i a " * 3_000, "a*a" * 10_000, "1(" * 30_000, "\ud800" * 50_000,
     "aB" * 30_000, "王" * 20_000, "a." * 20_000,
     "🌹 " * 20_000, "M*ria " * 8_000, "m***a " * 8_000, "Mariaaa Loopez " * 3_000, "mraia lpoez " * 4_000,
     "will april " * 4_000, "M.... L.... " * 4_000, "#prayformaria " * 4_000, "client ML " * 5_000, "M4ria " * 8_000],
)  # fmt: skip
def test_hostile_length_is_read(text: str) -> None:
    check(find_mentions(INDEX, text), text)


@given(
    st.builds(
        Client,
        client_id=st.just("x"),
        given_name=st.text(max_size=12),
        family_name=st.text(max_size=12),
        other_names=st.tuples(st.text(max_size=12)),
        handles=st.tuples(st.text(max_size=12)),
        email=st.text(max_size=12),
        phone=st.text(max_size=12),
    ),
    st.text(max_size=40),
)
def test_any_client_can_be_indexed(client: Client, text: str) -> None:
    index = CaseloadIndex.build(Caseload((client,)))
    whole = f"{text} {client.full_name} {client.email} {client.handles[0]} {client.phone}"
    check(find_mentions(index, whole), whole)
