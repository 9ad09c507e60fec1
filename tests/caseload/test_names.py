from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.caseload.names import CONSONANTS, HANGUL, fold, names_of, script_key, script_of, sound_key, words_of
from demur.caseload.tables import family_share, given_share, nicknames_of
from demur.core.people import Client


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("María  José", ("maria", "jose")),
        ("Mari\u0301a", ("maria",)),
        ("𝓜𝓪𝓻𝓲𝓪", ("maria",)),
        ("Ｍａｒｉａ", ("maria",)),
        ("🅼🅰🆁🅸🅰", ("maria",)),
        ("Ma\u200bri\u202ea", ("maria",)),
        ("Маria", ("maria",)),
        ("Нина", ("nina",)),
        ("O’Neil", ("o", "neil")),
        ("🌹 Rose 🌹", ("rose",)),
        ("Nguyễn Đức", ("nguyen", "duc")),
        ("Łukasz Weiß", ("lukasz", "weiss")),
        ("marialopez84", ("marialopez", "84")),
        ("王小明", ("wang", "xiao", "ming")),
        ("", ()),
        ("\ud800\0", ()),
    ],
)
def test_words_look_through_styling_and_script(written: str, words: tuple[str, ...]) -> None:
    assert words_of(written) == words


@given(st.text())
def test_folding_is_ascii_and_every_span_leads_back(text: str) -> None:
    folded = fold(text)
    assert folded.text.isascii()
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)


def test_titles_and_suffixes_are_no_names() -> None:
    names = names_of(Client("1", "Mr. John", family_name="Smith Jr."))
    assert ("john",) in names.given
    assert ("smith",) in names.family
    assert names.suffix == "jr"


def test_umlauts_are_also_spelled_out() -> None:
    assert {("muller",), ("mueller",)} <= names_of(Client("1", "A", family_name="Müller")).family


def test_compound_names_have_parts_but_particles_are_none() -> None:
    names = names_of(Client("1", "María José", family_name="de la Cruz-Vega"))
    assert names.family_parts == {"cruz", "vega"}
    assert names.given_parts == {"maria"}
    assert ("delacruzvega",) in names.family


@pytest.mark.parametrize(
    ("formal", "short"),
    [("guadalupe", "lupita"), ("robert", "bob"), ("jose", "pepe"), ("jesus", "chuy"), ("elizabeth", "liz")],
)
def test_nicknames_go_both_ways(formal: str, short: str) -> None:
    assert short in nicknames_of(formal)
    assert formal in nicknames_of(short)


def test_short_forms_of_one_name_are_not_each_other() -> None:
    assert "bill" not in nicknames_of("liam")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sara", "sarah"),
        ("gonzales", "gonzalez"),
        ("yesenia", "jesenia"),
        ("mohamed", "muhammad"),
        ("steven", "stephen"),
        ("cabdiraxmaan", "abdirahman"),
        ("xasan", "hassan"),
        ("etxarri", "echarri"),
    ],
)
def test_names_that_sound_alike(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("maria", "mario"), ("carlos", "carla"), ("ana", "anna marie"), ("erik", "erika"), ("carmen", "armen")],
)
def test_names_of_two_people_do_not_sound_alike(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)


def test_shares_come_from_public_tables() -> None:
    assert family_share("smith") > 100 * family_share("lindqvist")
    assert given_share("james") > 100 * given_share("xochitl")


@pytest.mark.parametrize(
    ("raw", "script", "latin"),
    [("حسن", CONSONANTS, "hassan"), ("یوسف", CONSONANTS, "yusuf"), ("דוד", CONSONANTS, "david"), ("정", HANGUL, "jung"),
     ("승우", HANGUL, "seungwoo"), ("박", HANGUL, "park"), ("이", HANGUL, "lee")],
)  # fmt: skip
def test_names_in_other_scripts_meet_their_latin_forms(raw: str, script: str, latin: str) -> None:
    assert script_of(raw) == script
    assert script_key(script, "".join(words_of(raw))) == script_key(script, latin)


@given(st.text())
def test_any_word_has_a_script_and_keys(raw: str) -> None:
    assert script_of(raw) in ("", CONSONANTS, HANGUL)
    for word in words_of(raw):
        assert isinstance(script_key(HANGUL, word) + script_key(CONSONANTS, word) + sound_key(word), str)
