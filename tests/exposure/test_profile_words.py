"""Names and wording of profiles: rare ones lead from one to the other, common ones never do."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.core.findings import Confidence
from demur.exposure.profile_words import bios_alike, name_in_handle, names_alike, says
from tests.exposure.people import COMMON

USUAL_BIOS = (
    "Coffee lover. Dog mom. She/her.",
    "coffee lover ☕ dog mom 🐶 she/her",
    "Licensed clinical social worker | Views are my own | she/her",
    "LCSW in private practice. Trauma-informed. Accepting new clients.",
    "Wife, mother of two, and coffee lover ☕",
    "Wife and mom of two boys. Jesus follower. Love to read, bake and garden.",
    "Helping people heal since 2009. Not monitored 24/7, in crisis call or text 988.",
    "This account is not monitored. If you are in crisis call 988.",
    "Dog mom | plant lady | bookworm | she/her | opinions are my own",
    "Mental health advocate. Lover of dogs, coffee and good books.",
    "Trabajadora social. Amante del café y los libros. Mamá de dos.",
    "Psicóloga clínica. Amante de la música y los viajes. Las opiniones son mías.",
    "Amante del café, mamá de dos, trabajadora social. Dios es bueno.",
    "Runner, reader, aspiring gardener. Tweets are my own.",
    "Marathon runner, dog dad, amateur photographer, proud dad of three",
    "Living my best life one day at a time 🌻",
    "Therapist by day, baker by night. He/him.",
    "Here for the memes",
    "Minnesota born, Wisconsin raised. Love my kids.",
    "Social worker, feminist, cat lady, tea drinker. All opinions are my own.",
    "I help people find their way back to themselves. EMDR, CBT, DBT.",
    "Proud parent of two beautiful children. Hiking, camping and fishing.",
    "Licensed marriage and family therapist helping couples communicate better",
    "Certified peer support specialist in long-term recovery. One day at a time.",
)


@pytest.mark.parametrize(
    ("first", "second", "how", "strength"),
    [
        ("Rosa Quill", "Rosa Quill, LCSW", "same", Confidence.SURE),
        ("rosa quill 🌿", "Dr. Rosa Quill | Therapist", "same", Confidence.SURE),
        ("Rosa M. Quill", "Rosa Quill", "inside", Confidence.SURE),
        ("Rosa Quill", "Counseling with Rosa Quill", "inside", Confidence.SURE),
        ("Wren Abernathy-Osei", "Wren Abernathy Osei", "same", Confidence.SURE),
        ("Danielle Hutchins", "Danielle Hutchins, PhD", "uncommon", Confidence.LIKELY),
        ("Emily Carter", "Emily Carter LMFT", "many", Confidence.POSSIBLE),
        ("R. Quill", "Rosa Quill", "initial", Confidence.POSSIBLE),
        ("Liz Hutchins", "Elizabeth Hutchins", "short", Confidence.LIKELY),
        ("Liz Quillfeather", "Elizabeth Quillfeather", "short", Confidence.LIKELY),
    ],
)
def test_a_rare_name_ties(first: str, second: str, how: str, strength: Confidence) -> None:
    alike = names_alike(first, second, COMMON)
    assert alike is not None
    assert (alike.how, alike.strength) == (how, strength)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Maria Garcia", "Maria Garcia, LCSW"),
        ("John Smith", "John Smith"),
        ("J. Smith", "John Smith"),
        ("Karen Miller", "Karen Miller Counseling"),
        ("Rosa", "Rosa"),
        ("Happy Life", "Happy Life"),
        ("Rosa Quill", "Ana Quill"),
        ("Liz Smith", "Elizabeth Smith"),
        ("Liz Hutchins", "Margaret Hutchins"),
        ("Rosa Quill", "Harbor & Pine Counseling"),
        ("Rosa Quill", ""),
        ("LCSW", "LCSW"),
        ("", ""),
    ],
)
def test_a_common_name_or_none_does_not(first: str, second: str) -> None:
    assert names_alike(first, second, COMMON) is None
    assert names_alike(second, first, COMMON) is None


@pytest.mark.parametrize(
    ("name", "handle", "strength"),
    [
        ("Rosa Quill, LCSW", "rosa.quill84", Confidence.LIKELY),
        ("Rosa Quill, LCSW", "the_rosaquill_garden", Confidence.LIKELY),
        ("Emily Carter", "emilycarter", Confidence.POSSIBLE),
        ("Maria Garcia", "mariagarcia", None),
        ("Rosa Quill", "rosagarden", None),
        ("Rosa", "rosa", None),
        ("", "rosa", None),
    ],
)
def test_a_name_that_is_a_handle(name: str, handle: str, strength: Confidence | None) -> None:
    alike = name_in_handle(name, handle, COMMON)
    assert (alike and alike.strength) is strength


@pytest.mark.parametrize(("first", "second"), [*combinations(USUAL_BIOS, 2), *((bio, bio) for bio in USUAL_BIOS[:2])])
def test_what_many_profiles_say_ties_nobody(first: str, second: str) -> None:
    assert bios_alike(first, second, (), COMMON) is None


@pytest.mark.parametrize(
    ("first", "second", "shared", "strength"),
    [
        ("Peregrine falconer, mom", "LCSW. Peregrine falconer.", "peregrine falconer", Confidence.POSSIBLE),
        (
            "Peregrine falconer. Hurdygurdy tinkerer.",
            "Tinkerer? Hurdygurdy tinkerer! Peregrine falconer.",
            "peregrine falconer",
            Confidence.LIKELY,
        ),
        (
            "I restore brass sextants and Welsh dressers. Coffee lover.",
            "Therapist. I restore brass sextants and Welsh dressers.",
            "i restore brass sextants and welsh dressers",
            Confidence.LIKELY,
        ),
        (
            "I walk the same six miles of shore every morning before work",
            "Therapist; I walk the same six miles of shore every morning before work.",
            "i walk the same six miles of shore every morning before work",
            Confidence.POSSIBLE,
        ),
    ],
)
def test_rare_wording_ties(first: str, second: str, shared: str, strength: Confidence) -> None:
    alike = bios_alike(first, second, (), COMMON)
    assert alike is not None
    assert (alike.shared, alike.strength) == (shared, strength)


def test_names_and_towns_are_weighed_elsewhere() -> None:
    first, second = "Quill Abernathy of Ponchatoula", "Quill Abernathy of Ponchatoula"
    assert bios_alike(first, second, (), COMMON) is not None
    assert bios_alike(first, second, ("Quill Abernathy", "Ponchatoula, LA"), COMMON) is None


def test_a_phrase_is_found_as_whole_words_in_a_row() -> None:
    assert says("Case manager at Harbor & Pine, since 2019", "harbor pine")
    assert not says("The harbor has a pine", "harbor pine")
    assert not says("Harborside pines", "harbor pine")
    assert not says("anything", "")


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_have_an_answer(first: str, second: str) -> None:
    one, other = bios_alike(first, second, (), COMMON), bios_alike(second, first, (), COMMON)
    assert (one is None) == (other is None)
    names_alike(first, second, COMMON)
