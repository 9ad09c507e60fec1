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
match_profile(INDEX, Profile("Maria Lopez"), "", TODAY)  # reads the tables once, outside of what hypothesis times


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
        shown("Maria Lopez", "mlopez62"),
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
    (match,) = match_profile(INDEX, shown("Astrid Lindqvist", "alindqvist44", city="Denver"), "", TODAY)
    assert match.bits == pytest.approx(sum(comparison.bits for comparison in match.comparisons))
    weights = comparisons(match)
    assert weights["family name"] > 0 > weights["birth year"]
    assert weights["city"] < 0
    sentences = [comparison.says for comparison in match.comparisons]
    assert all(sentence.endswith(".") and not any(sign in sentence for sign in "%") for sentence in sentences)
    assert "The handle ends in 44; born 1991." in sentences


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
    profile = shown("Min Park")
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


PEOPLE = {
    "hmong": Client("hmong", "Pa Houa", family_name="Lor", date_of_birth=date(1988, 1, 24)),
    "kongmeng": Client("kongmeng", "Kong Meng", family_name="Khang"),
    "somali": Client("somali", "Nasteexo", "Guuleed", "Diiriye", date_of_birth=date(1994, 2, 2)),
    "slavic": Client("slavic", "Yevheniia", family_name="Burdeina", city="Nashua"),
    "chinese": Client("chinese", "Xiulan", family_name="Ouyang"),
    "armenian": Client("armenian", "Garabed", family_name="Chorbajian"),
    "arabic": Client("arabic", "Abdul Rahman", family_name="Al-Gahmi"),
    "punjabi": Client("punjabi", "Manroop", "Kaur", "Purewal", other_names=("ਮਨਰੂਪ ਕੌਰ ਪੁਰੇਵਾਲ",)),
    "vietnamese": Client("vietnamese", "Bich Ngoc", family_name="Quach", other_names=("Quách Bích Ngọc",)),
    "korean": Client("korean", "Seung-hyun", family_name="Namgung"),
    "igbo": Client("igbo", "Chukwuemeka", family_name="Nwachukwu"),
    "married": Client("married", "Tammy", family_name="Crabtree", other_names=("Tammy Hargis",)),
    "former": Client("former", "Elliot", family_name="Rademacher", other_names=("Elizabeth Rademacher",)),
    "double": Client("double", "Nayeli", family_name="Camarillo Oropeza"),
    "junior": Client("junior", "Ramon", family_name="Villaseñor Jr.", date_of_birth=date(1986, 11, 19), city="Madera"),
    "mononym": Client("mononym", "Wahyuni", preferred_name="Yuni", email="yuni.w@example.org", city="Modesto",
                      date_of_birth=date(1979, 6, 6)),
    "minor": Client("minor", "Kevin", "Josué", "Umanzor", date_of_birth=date(2010, 5, 14), city="Fresno"),
    "handle": Client("handle", "Tegbir", family_name="Samra", handles=("teggy.s10",), city="Clovis"),
    "karen": Client("karen", "Paw Say Wah", date_of_birth=date(1990, 7, 7)),
    "french": Client("french", "Clovis", family_name="Thibodeaux"),
    "james": Client("james", "James", "Walter", "Wilson", date_of_birth=date(1970, 1, 5), city="Fresno",
                    email="jw@example.org"),
    "legal": Client("legal", "Ji Won", family_name="Park", preferred_name="Grace", city="Modesto"),
    "initial": Client("initial", "Dawit", "Bekele", "Woldemariam", city="Fresno"),
}  # fmt: skip


def level(who: str, profile: Profile, message: str = "") -> str:
    matches = match_profile(Caseload((PEOPLE[who],)), profile, message, TODAY)
    return str(matches[0].level) if matches else "none"


@pytest.mark.parametrize(
    ("who", "profile", "expected", "innocent"),
    [
        ("hmong", shown("Pahoua Lauj", "pahoua1988"), "match", shown("Pa Nhia Lor", "pnhia")),
        ("kongmeng", shown("Kongmeng Khaab"), "match", shown("Kong Pheng Khang")),
        ("somali", shown("Nasteho Guled Dirie"), "match", shown("Hodan Guled Dirie")),
        ("slavic", shown("Евгения Бурдейна"), "match", shown("Oksana Burdeina")),
        ("slavic", shown("Yevgeniya Burdein"), "match", shown("Yevgeny Burdein", bio="1951 г.р.")),
        ("chinese", shown("Au-Yeung Hsiulan"), "match", shown("Ouyang Wei")),
        ("armenian", shown("Karapet Chorbajyan"), "match", shown("Hagop Chorbajian")),
        ("arabic", shown("Abdelrahman Gahmi"), "match", shown("Khaled Al Gahmi")),
        ("arabic", shown("عبدالرحمن الجهمي"), "match", shown("خالد الجهمي")),
        ("punjabi", shown("ਮਨਰੂਪ ਪੁਰੇਵਾਲ"), "match", shown("ਹਰਪ੍ਰੀਤ ਪੁਰੇਵਾਲ")),
        ("punjabi", shown("Manroop Kaur"), "match", shown("Harpreet Kaur")),
        ("vietnamese", shown("Quách Bích Ngọc"), "match", shown("Quách Bích Thủy")),
        ("korean", shown("Sunghyun Namkoong"), "match", shown("Minho Namgung")),
        ("igbo", shown("Emeka Nwachukwu"), "match", shown("Ifeoma Nwachukwu")),
        ("married", shown("Tammy Hargis Crabtree"), "match", shown("Kelly Hargis Crabtree")),
        ("former", shown("Liz Rademacher"), "match", shown("Karl Rademacher")),
        ("double", shown("Nayely Oropeza"), "match", shown("Daniela Oropeza")),
        ("junior", shown("Ramon Villasenor Jr", city="Madera, CA"), "match", shown("Ramon Villasenor Sr")),
        ("mononym", shown("Wahyuni", "wahyuni1979"), "match", shown("Wahyuni", bio="born 1999")),
        ("mononym", shown("Yuni Wahyuni", email="yuni.w@example.org"), "match", shown("Rina Wahyuni")),
        ("mononym", shown("yuni", "yuni.modesto"), "possible", shown("yanti", "yanti.modesto")),
        ("minor", shown("kev umanzor", bio="fhs '28"), "match", shown("Kevin Umanzor", bio="Registered nurse")),
        ("minor", shown("KJU", "kju2010"), "possible", shown("KJU", "kju1991")),
        ("minor", shown("kevin u", bio="fresno 🍇"), "possible", shown("kevin u", bio="atlanta")),
        ("handle", shown("Tegbir S", "teggys10"), "match", shown("Jagbir S", "jaggys10")),
        ("karen", shown("PawSay Wah"), "match", shown("Paw Eh Wah")),
        ("french", shown("Clovis Thibodo"), "match", shown("Amos Thibodeau")),
        ("handle", shown("teggy", "teggyplays", bio="clovis kid"), "possible", shown("teddy", bio="clovis kid")),
        ("james", shown("James Walter Wilson"), "match", shown("James Edward Wilson")),
        ("james", shown("James & Linda Wilson", city="Fresno"), "possible", shown("Robert & Linda Wilson")),
        ("james", shown("James Wilson", bio="'70 baby"), "match", shown("James Wilson", bio="'88 baby")),
        (
            "james",
            shown("James Wilson", bio="January 5, 1970"),
            "match",
            shown("James Wilson", bio="Software since 1968"),
        ),
        (
            "legal",
            shown("Grace Park", bio="Ji Won Park. Piano lessons"),
            "match",
            shown("Hope Park", bio="Ji Hye Park. Piano lessons"),
        ),
        ("married", shown("Tammy Crabtree", bio="nee Hargis"), "match", shown("Kelly Crabtree", bio="nee Hargis")),
        ("mononym", shown("Y", "yuni.w"), "possible", shown("Y", "yanti.x")),
        ("initial", shown("Dawit B. Woldemariam"), "match", shown("Dawit Z. Woldemariam")),
        ("initial", shown("Dawit Woldemariam", city="Fresno"), "possible", shown("Dawit Lee", city="Fresno")),
        ("james", shown("Jimmy W", bio="Fresno"), "possible", shown("Jimmy W")),
        ("james", shown("Kids of James Wilson", email="jw@example.org"), "match", shown("James Wilson fan page")),
        ("james", shown("Jan", email="jw@example.org"), "possible", shown("Jan", email="jan@example.org")),
    ],
)
def test_each_way_of_naming_and_its_innocent_twin(who: str, profile: Profile, expected: str, innocent: Profile) -> None:
    assert level(who, profile) == expected
    assert level(who, innocent) in ("none", "possible" if "fan page" in innocent.display_name else "none")


def test_a_relative_who_spells_out_the_name_is_asked_about_and_one_who_does_not_is_left_alone() -> None:
    mother = shown("Reina Maldonado")
    assert level("minor", mother, "Hola soy la mamá de Kevin Josué Umanzor") == "possible"
    assert level("minor", mother, "Hola soy la mamá de un chico que usted ve") == "none"
    assert level("minor", shown("Reina Umanzor"), "Proud mama of Kevin Umanzor") == "possible"
    assert level("minor", shown("Reina Umanzor"), "Proud mama") == "none"


def test_a_page_in_memory_is_a_question_and_its_years_count() -> None:
    assert level("double", shown("In loving memory of Nayeli Oropeza")) == "possible"
    old = replace(PEOPLE["double"], date_of_birth=date(1995, 10, 27))
    page = shown("In loving memory of Nayeli Oropeza", bio="1931 - 2019")
    assert match_profile(Caseload((old,)), page, "", TODAY) == ()


def test_ties_name_the_other_client() -> None:
    one = Client("one", "Zabihullah", family_name="Noorzai")
    other = Client("other", "Zabiullah", family_name="Noorzai")
    first, second = match_profile(Caseload((one, other)), shown("Zabi Noorzai"), "", TODAY)
    assert {first.level, second.level} == {Level.POSSIBLE}
    assert "Zabiullah Noorzai on your caseload fits about as well." in sentences_of(first)
    assert "Zabihullah Noorzai on your caseload fits about as well." in sentences_of(second)
    twin = replace(one, client_id="twin")
    assert "Another Zabihullah Noorzai on your caseload fits about as well." in sentences_of(
        match_profile(Caseload((one, twin)), shown("Zabihullah Noorzai"), "", TODAY)[0]
    )


def test_what_was_undone_weighs_nothing_and_is_said_once_a_name_fits() -> None:
    (plain,) = match_profile(INDEX, shown("Astrid Lindqvist"), "", TODAY)
    (styled,) = match_profile(INDEX, shown("𝓐𝓼𝓽𝓻𝓲𝓭 𝓛𝓲𝓷𝓭𝓺𝓿𝓲𝓼𝓽"), "", TODAY)
    assert styled.bits == plain.bits
    assert set(sentences_of(styled)) - set(sentences_of(plain)) == {"Written in styled letters; read as plain ones."}


def test_a_name_that_is_commoner_where_its_family_lives_is_a_question() -> None:
    quebecker = Client("q", "Rachel", family_name="Ouellette")
    (match,) = match_profile(Caseload((quebecker,)), shown("Rachel Ouellette"), "", TODAY)
    assert match.level is Level.POSSIBLE
    assert "Somebody else around here may well have this name." in sentences_of(match)


def test_every_comparison_is_a_plain_sentence() -> None:
    profiles = [
        shown("M. Guadalupe López", "maria84", bio="born 1984 | Springfield | Dentist", city="Denver"),
        shown("Guadalupe Lopez", "guadalupelopez1984"), shown("Sr. James Smith Sr.", "jsmith70", bio="22 yo"),
        shown("𝓧𝓸chitl Villalobos Ortiz", "xochitl_o", bio="30 years in sales"), shown("Нина Соколов", bio="b. 1990"),
    ]  # fmt: skip
    for profile in profiles:
        for match in match_profile(INDEX, profile, "", TODAY):
            for sentence in sentences_of(match):
                assert sentence[0].isupper()
                assert sentence.endswith(".")
                assert not any(sign in sentence for sign in "%_{}")


def sentences_of(match: Match) -> list[str]:
    return [comparison.says for comparison in match.comparisons]


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


@pytest.mark.parametrize(
    ("bio", "level"),
    [
        ("c/o 2027 🏀", "none"),
        ("married since 1988", "none"),
        ("grandma of 6", "possible"),
        ("great-grandma of 2", "none"),
        ("turning 60 in May", "none"),
        ("RN for 30 years", "none"),
        ("turning 36 in May", "match"),
        ("RN for 10 years", "match"),
        ("class of '09", "match"),
        ("mom to a 15 year old", "match"),
        ("Isaiah 40:31 | sober since 2019", "match"),
        ("Springfield native, now in Boise, Idaho", "match"),
        ("(208)", "match"),
    ],
)
def test_what_a_profile_tells_of_a_life_contradicts_or_not(bio: str, level: str) -> None:
    assert best(shown("Astrid Lindqvist", bio=bio))[0] == level


def test_two_digits_beside_a_name_are_a_birth_year_only_where_they_are_hardly_anything_else() -> None:
    assert best(shown("Astrid Lindqvist", "alindqvist62"))[0] == "none"
    assert best(shown("Astrid Lindqvist", "alindqvist44"))[0] == "possible"
    assert best(shown("Astrid Lindqvist", "alindqvist09"))[0] == "match"
    assert best(shown("Astrid Lindqvist", "alindqvist23"))[0] == "match"


def test_a_list_with_the_family_name_first_is_read_as_one_with_it_last() -> None:
    first = Client("a", "Nguyễn", "Thị", "Thanh Hà", preferred_name="Hannah")
    last = Client("a", "Thanh Hà", "Thị", "Nguyễn", preferred_name="Hannah")
    for name, expected in (
        ("Hannah Nguyen", "possible"),
        ("Ha Nguyen", "possible"),
        ("Hannah Ha Nguyen", "match"),
        ("Nguyen Thi Thanh Ha", "match"),
        ("Hannah Tran", "none"),
        ("Linh Nguyen", "none"),
    ):
        found = [match_profile(Caseload((client,)), Profile(name), "", TODAY) for client in (first, last)]
        assert [str(one[0].level) if one else "none" for one in found] == [expected, expected], name


@pytest.mark.parametrize("given", ["Kim", "Grant", "Kelly", "Jordan", "Min"])
def test_a_given_name_that_is_a_family_name_too_stays_in_its_column(given: str) -> None:
    client = Client("a", given, family_name="Lindqvist")
    assert match_profile(Caseload((client,)), Profile(f"{given} Lindqvist"), "", TODAY)[0].level is Level.MATCH
    assert not match_profile(Caseload((client,)), Profile(f"Astrid {given}"), "", TODAY)


@pytest.mark.parametrize(
    ("client", "profile"),
    [
        (Client("c", "Luis", "Fernando", "Ochoa", city="Kent"), shown("luisfer", "ochoa.luisfer", city="Kent")),
        (Client("c", "María Fernanda", family_name="Quiroz", city="Kent"), shown("Marifer Quiroz", city="Kent")),
        (Client("c", "Layla", family_name="Al-Maflahi", city="Dearborn"), shown("", "layla.mflhi", city="Dearborn")),
        (Client("c", "Mohammed", "Abdul", "Rahim", city="Hamtramck"), shown("Abdur Rahim", city="Hamtramck")),
        (Client("c", "Cristian", family_name="Popescu"), shown("Cristi Popescu")),
    ],
)
def test_names_said_as_one_shortened_or_joined_are_asked_about(client: Client, profile: Profile) -> None:
    assert match_profile(Caseload((client,)), profile, "", TODAY)


@pytest.mark.parametrize(
    ("client", "profile"),
    [
        (Client("c", "Dragan", family_name="Radosavljević"), shown("Dragan R. Djordjevich")),
        (Client("c", "Juan", "Manuel", "Ochoa", city="Kent"), shown("Juana Ochoa", city="Kent")),
        (Client("c", "Layla", family_name="Marino", city="Dearborn"), shown("", "layla.moran", city="Dearborn")),
    ],
)
def test_another_name_is_not_read_as_a_short_one(client: Client, profile: Profile) -> None:
    assert not match_profile(Caseload((client,)), profile, "", TODAY)
