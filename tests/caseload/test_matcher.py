from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.caseload.index import CaseloadIndex
from demur.caseload.matcher import match_profile
from demur.caseload.profiles import Place, place_of
from demur.core.accounts import Profile
from demur.core.matches import Level, Match
from demur.core.people import Caseload, Client

TODAY = date(2026, 11, 22)
MARIA = Client(
    "maria",
    "Maria",
    "Guadalupe",
    "Lopez",
    date_of_birth=date(1984, 7, 31),
    city="Springfield",
    email="maria.lopez84@example.org",
    phone="(555) 555-0123",
    handles=("@maria.l", "mlo_84"),
)
ASTRID = Client("astrid", "Astrid", family_name="Lindqvist", date_of_birth=date(1991, 2, 3), city="Springfield")
JAMES = Client("james", "James", family_name="Smith Jr", date_of_birth=date(1970, 1, 5))
XOCHITL = Client("xochitl", "Xóchitl", family_name="Núñez-Ortiz")
NINA = Client("nina", "Нина", family_name="Соколова")
BOBBY = Client(
    "bobby",
    "Robert",
    "Alan",
    "Quackenbush",
    preferred_name="Bobby",
    other_names=("Robert Vandersloot",),
    date_of_birth=date(1971, 6, 2),
    handles=("ig:quackattack7",),
)
AHMED = Client("ahmed", "Mohamed", family_name="Abdirizak")
NOOR = Client("noor", "نور")
MIN = Client("min", "Min", family_name="Park", date_of_birth=date(2001, 4, 9), city="St. Paul, MN")
SEUNGWOO = Client("seungwoo", "Seung-woo", family_name="Pyo")
BAHRAM = Client("bahram", "Bahram", family_name="Teymourzadeh")
INDEX = CaseloadIndex.build(Caseload((MARIA, ASTRID, JAMES, XOCHITL, NINA, BOBBY, AHMED, NOOR, MIN, SEUNGWOO, BAHRAM)))


def best(profile: Profile, message: str = "") -> tuple[str, str]:
    matches = match_profile(INDEX, profile, message, TODAY)
    return (matches[0].level.value, matches[0].client.client_id) if matches else ("none", "")


def shown(
    name: str = "", handle: str = "", *, bio: str = "", city: str = "", email: str = "", phone: str = ""
) -> Profile:
    return Profile(display_name=name, handle=handle, bio=bio, city=city, email=email, phone=phone)


@pytest.mark.parametrize(
    ("profile", "client"),
    [
        (shown("Astrid Lindqvist"), "astrid"),
        (shown("lindqvist, astrid"), "astrid"),
        (shown("Astrid Lindquist"), "astrid"),
        (shown("AstridLindqvist"), "astrid"),
        (shown("A s t r i d  L i n d q v i s t"), "astrid"),
        (shown("🌹 Ａｓｔｒｉｄ Lindqvist 🌹"), "astrid"),
        (shown("", "astrid.lindqvist"), "astrid"),
        (shown("astrid", "alindqvist"), "astrid"),
        (shown("", "itsastridlindqvist"), "astrid"),
        (shown("𝓧𝓸𝓬𝓱𝓲𝓽𝓵 Nunez"), "xochitl"),
        (shown("Xochitl Ortiz"), "xochitl"),
        (shown("Nina Sokolova"), "nina"),
        (shown("Нина Соколова"), "nina"),
        (shown("Bob Quackenbush"), "bobby"),
        (shown("Bobby Vandersloot"), "bobby"),
        (shown("Muhammad Abdirizak"), "ahmed"),
        (shown("Maria Guadalupe Lopez"), "maria"),
        (shown("Maria Lopez", "marialopez84"), "maria"),
        (shown("", "marialopez84"), "maria"),
        (shown("", "maria.lopez1984"), "maria"),
        (shown("Maria Lopez", bio="born in 1984, Springfield"), "maria"),
        (shown("Maria Lopez", bio="7/31/1984"), "maria"),
        (shown("James Smith", "jsmith1970"), "james"),
        (shown("Maria", email="MARIA.LOPEZ84@example.org"), "maria"),
        (shown("M Lopez", phone="+1 555 555 0123"), "maria"),
        (shown("", email="maria.lopez84@example.org"), "maria"),
        (shown("Sunny 🌻", "maria.l"), "maria"),
        (shown("Sunny 🌻", "@Maria.L"), "maria"),
        (shown("", "mlo_84"), "maria"),
        (shown("Sunny 🌻", "quackattack7"), "bobby"),
        (shown("Ortiz Nuñez Xochitl"), "xochitl"),
        (shown("Bob Quacken Bush"), "bobby"),
        (shown("표승우"), "seungwoo"),
        (shown("بهرام تیمورزاده"), "bahram"),
        (shown("Min Park", bio="est. 2001"), "min"),
        (shown("Astrid Lindqvist, Surgeon"), "astrid"),
    ],
)
def test_match(profile: Profile, client: str) -> None:
    assert best(profile) == ("match", client)


@pytest.mark.parametrize(
    ("profile", "client"),
    [
        (shown("Maria Lopez"), "maria"),
        (shown("Xochitl Ortiz Villalobos"), "xochitl"),
        (shown("James Smith"), "james"),
        (shown("Maria Lopez", "mlopez62"), "maria"),
        (shown("Maria", city="Springfield"), "maria"),
        (shown("Mari", city="Springfield, IL"), "maria"),
        (shown("Maria", "maria1984"), "maria"),
        (shown("Jose Lopez", phone="555-555-0123"), "maria"),
        (shown("Jessica Moore", email="maria.lopez84@example.org"), "maria"),
        (shown("Sunny", "maria_l"), "maria"),
        (shown("A. Lindqvist"), "astrid"),
        (shown("The Lindqvist Family"), "astrid"),
        (shown("Astrid Lindqvist", city="Denver"), "astrid"),
        (shown("Astrid Lindqvist III"), "astrid"),
        (shown("Astrid Lindqvist's mom"), "astrid"),
        (shown("Sunny", "notquackattack7"), "bobby"),
        (shown("quackattack7 (backup)", "x9"), "bobby"),
        (shown("Min Park"), "min"),
        (shown("B. Q.", bio="born 1971"), "bobby"),
        (shown("Bobby Q.", "bobby71"), "bobby"),
        (shown("Mia", bio="Maria Lopez, mother of two"), "maria"),
        (shown("نور"), "noor"),
    ],
)
def test_possible(profile: Profile, client: str) -> None:
    assert best(profile) == ("possible", client)


@pytest.mark.parametrize(
    "profile",
    [
        Profile(),
        shown("Maria"),
        shown("Mari"),
        shown("Astrid"),
        shown("Bob"),
        shown("Lopez"),
        shown("Maria", city="Denver"),
        shown("Maria Gonzalez", city="Springfield"),
        shown("Mario Lopez", city="Springfield"),
        shown("Jose Lopez", city="Springfield"),
        shown("Erik Lindqvist", city="Springfield"),
        shown("Maria Lopez", bio="born 1962"),
        shown("Maria Lopez", "marialopez1962"),
        shown("James Smith", bio="22 yo"),
        shown("James Smith Sr."),
        shown("Nina Simone"),
        shown("Jennifer Moore", "sunshine22"),
        shown("🌹✨", "xx_420_xx"),
        shown(bio="Springfield, born 1984, 42 years old"),
        # a birth year, an age or a stage of life settles it, however rare the name
        shown("Astrid Lindqvist", bio="born 1950"),
        shown("Astrid Lindqvist", bio="class of 1968"),
        shown("Astrid Lindqvist", bio="U.S. Army, 1988-1995"),
        shown("Maria Lopez", city="Springfield", bio="freshman at State"),
        shown("Min Park", bio="abuela de tres"),
        # one of several with a common name, who lives or works elsewhere, or has another middle name
        shown("Maria Lopez", city="Denver"),
        shown("Min Park", city="Minneapolis"),
        shown("Maria Lopez", bio="Denver, CO 🌲"),
        shown("Maria Lopez, DDS"),
        shown("Maria Isabel Lopez"),
        shown("Maria L."),
        shown("B. Q."),
        shown("Robin Quackenbush"),
    ],
)
def test_none(profile: Profile) -> None:
    assert match_profile(INDEX, profile, "", TODAY) == ()


def test_a_message_can_bring_the_evidence() -> None:
    assert best(shown("sunflower"), "hi, text me at 555-555-0123")[1] == "maria"
    assert best(shown("", "sunflower99"), "Hey it's Astrid Lindqvist from group") == ("match", "astrid")
    assert best(shown("", "sunflower99"), "Hey it's Astrid from group") == ("none", "")


def test_mutual_connections_weigh_nothing() -> None:
    profile = shown("Maria Lopez")
    with_friends = replace(profile, mutual_connections=99)
    assert match_profile(INDEX, profile, "", TODAY) == match_profile(INDEX, with_friends, "", TODAY)


def comparisons(match: Match) -> dict[str, float]:
    return {comparison.field: comparison.bits for comparison in match.comparisons}


def test_evidence_adds_up_and_names_both_sides() -> None:
    (match,) = match_profile(INDEX, shown("Astrid Lindqvist", "alindqvist62", city="Denver"), "", TODAY)
    assert match.bits == pytest.approx(sum(comparison.bits for comparison in match.comparisons))
    weights = comparisons(match)
    assert weights["family name"] > 0 > weights["birth year"]
    assert weights["city"] < 0
    sentences = [comparison.says for comparison in match.comparisons]
    assert all(sentence.endswith(".") and not any(sign in sentence for sign in "%") for sentence in sentences)
    assert "The handle ends in 62; born 1991." in sentences


def test_weights_do_not_depend_on_the_caseload() -> None:
    alone = match_profile(Caseload((ASTRID,)), shown("Astrid Lindqvist"), "", TODAY)
    among = match_profile(INDEX, shown("Astrid Lindqvist"), "", TODAY)
    assert alone == among


def test_two_who_fit_alike_are_both_possible() -> None:
    twin = replace(ASTRID, client_id="other", date_of_birth=date(1970, 1, 1))
    caseload = Caseload((ASTRID, twin))
    matches = match_profile(caseload, shown("Astrid Lindqvist"), "", TODAY)
    assert {match.client.client_id for match in matches} == {"astrid", "other"}
    assert {match.level for match in matches} == {Level.POSSIBLE}
    settled = match_profile(caseload, shown("Astrid Lindqvist", "astrid91"), "", TODAY)
    assert (settled[0].client.client_id, settled[0].level) == ("astrid", Level.MATCH)


def test_a_smaller_place_has_fewer_namesakes() -> None:
    profile = shown("Maria Lopez")
    (city,) = match_profile(INDEX, profile, "", TODAY)
    (village,) = match_profile(INDEX, profile, "", TODAY, regional_population=2_000)
    assert (city.level, village.level) == (Level.POSSIBLE, Level.MATCH)


def test_a_short_form_of_another_formal_name_is_another_person() -> None:
    samantha = Client("sam", "Samantha", family_name="Quackenbush", preferred_name="Sam")
    caseload = Caseload((samantha,))
    assert match_profile(caseload, shown("Samuel Quackenbush"), "", TODAY) == ()
    assert match_profile(caseload, shown("Sam Quackenbush"), "", TODAY)[0].level is Level.MATCH


def test_short_forms_are_as_common_as_what_they_are_short_for() -> None:
    kevin = Client("kevin", "Kevin", family_name="Brown", preferred_name="KB")
    katherine = Client("kate", "Katherine", family_name="Miller", preferred_name="Kate")
    for client, name in ((kevin, "KB Brown"), (katherine, "Kate Miller")):
        (match,) = match_profile(Caseload((client,)), shown(name), "", TODAY)
        assert match.level is Level.POSSIBLE


@pytest.mark.parametrize(
    ("written", "town", "state"),
    [
        ("St Paul", "saint paul", ""),
        ("Saint Paul, MN", "saint paul", "minnesota"),
        ("St. Paul MN", "saint paul", "minnesota"),
        ("mpls", "minneapolis", ""),
        ("New York", "new york", ""),
        ("West Virginia", "west virginia", ""),
        ("Miami, Florida, USA", "miami", "florida"),
        ("", "", ""),
    ],
)
def test_places_are_read_as_people_type_them(written: str, town: str, state: str) -> None:
    assert place_of(written) == Place(town, state)


def test_two_towns_of_one_name_differ_by_state() -> None:
    assert not place_of("Springfield, IL").same_as(place_of("Springfield, MA"))
    assert place_of("Springfield").same_as(place_of("Springfield, MA"))


def test_at_most_three_are_named_best_first() -> None:
    clients = tuple(replace(MARIA, client_id=str(number), handles=(), email="", phone="") for number in range(6))
    matches = match_profile(Caseload(clients), shown("Maria Lopez"), "", TODAY)
    assert len(matches) == 3
    assert [match.bits for match in matches] == sorted((match.bits for match in matches), reverse=True)


WILD = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
NEAR = st.lists(
    st.sampled_from(["Maria", "Lopez", "maria.l", " ", "84", "1984", "@", "Jr", "born ", "42 yo", "|", "\n", "\ud800",
                     "\0", "é", "نور", "‮", "555-555-0123", "maria.lopez84@example.org", "it's ", "M", "L", "."]),
    max_size=12,
).map("".join)  # fmt: skip


@given(st.builds(Profile, *[WILD | NEAR] * 6, st.integers()), WILD | NEAR)
def test_any_profile_is_weighed(profile: Profile, message: str) -> None:
    matches = match_profile(INDEX, profile, message, TODAY)
    assert len(matches) <= 3
    for match in matches:
        assert match.level in (Level.MATCH, Level.POSSIBLE)
        assert match.bits == pytest.approx(sum(comparison.bits for comparison in match.comparisons), abs=0.051)


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "Maria Lopez " * 5_000, "\ud800\0" * 20_000, "\u202e\u05d0" * 20_000, "1|" * 30_000],
)
def test_hostile_length_is_weighed(text: str) -> None:
    assert len(match_profile(INDEX, Profile(*[text] * 6), text, TODAY)) <= 3


@given(st.text(max_size=30), st.sampled_from([MARIA, ASTRID, XOCHITL]))
def test_the_own_handle_is_always_a_match(name: str, client: Client) -> None:
    known = replace(client, handles=("@own.handle_7",))
    matches = match_profile(Caseload((known,)), shown(name, "own.handle_7"), "", TODAY)
    assert [match.level for match in matches] == [Level.MATCH]
