"""Apart means apart: what leads from a work account to a personal one is found, and innocent twins are left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.core.accounts import Audience, Network, Purpose
from demur.core.findings import Confidence
from demur.core.owned import AccountTie, OwnedAccount, PostFingerprint, Switch, TieBy
from demur.exposure.ties import expected_by_chance, find_ties, tied_pairs, to_look_at
from tests.exposure.people import COMMON, personal, photo, work

DAY = date(2026, 3, 4)
FACE = 0x0F1E2D3C4B5A6978


def ties(*accounts: OwnedAccount) -> tuple[AccountTie, ...]:
    return find_ties(accounts, COMMON)


def only(*accounts: OwnedAccount) -> AccountTie:
    (found,) = ties(*accounts)
    return found


def people(first: int, last: int) -> frozenset[str]:
    return frozenset(str(number) for number in range(first, last))


def test_accounts_that_share_nothing_are_apart() -> None:
    mine = personal(handle="mossybanjo", display_name="Moss", bio="Peregrine falconer", photos=(photo(FACE),))
    works = work(handle="rosaquill", display_name="Rosa Quill, LCSW", bio="Therapist", photos=(photo(~FACE % 2**64),))
    assert ties(mine, works) == ()
    assert tied_pairs(()) == ()


def test_two_personal_accounts_may_be_tied() -> None:
    same = {"handle": "mossybanjo", "display_name": "Rosa Quill", "emails": ("rosa@example.org",)}
    assert ties(personal(Network.INSTAGRAM, **same), personal(Network.X, **same)) == ()
    assert ties(work(Network.LINKEDIN, **same), work(Network.X, purpose=Purpose.AGENCY, **same)) == ()
    assert ties(personal(**same, contact_upload=Switch.ON)) == ()


def test_an_agency_account_counts_as_work() -> None:
    found = only(personal(handle="mossybanjo"), work(handle="mossybanjo", purpose=Purpose.AGENCY))
    assert (found.by, found.strength) == (TieBy.HANDLE, Confidence.SURE)


def test_each_tie_says_what_to_change_and_what_stays() -> None:
    mine = personal(Network.X, "mossybanjo", display_name="Rosa Quill")
    found = ties(mine, work(Network.LINKEDIN, "mossybanjo"))
    assert [tie.by for tie in found] == [TieBy.HANDLE]
    assert found[0].evidence == "Both have the handle “mossybanjo”, so typing it on the other network leads there."
    assert found[0].change.startswith("Give the personal account a handle")
    assert found[0].stays
    assert found[0].settings == ("x-about",)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"links": ("https://linkedin.com/in/rosa-quill/",)}, {"handle": "rosa-quill"}),
        ({"bio": "By day: www.LinkedIn.com/in/rosa-quill?x=1"}, {"handle": "in/rosa-quill"}),
        ({"bio": "work: @rosa-quill."}, {"handle": "rosa-quill"}),
        ({"handle": "mossybanjo"}, {"handle": "rosaq", "bio": "Off duty at instagram.com/mossybanjo"}),
    ],
)
def test_a_profile_that_names_the_other(mine: dict[str, object], theirs: dict[str, object]) -> None:
    found = only(personal(**mine), work(**theirs))
    assert (found.by, found.strength) == (TieBy.LINK, Confidence.SURE)


def test_a_mastodon_address_is_known_on_any_server() -> None:
    mine = personal(Network.MASTODON, "@moss@social.example")
    found = only(mine, work(links=("https://social.example/@moss",)))
    assert found.by is TieBy.LINK


@pytest.mark.parametrize(
    ("mine", "theirs", "strength"),
    [
        ("linktr.ee/rosaq", "https://www.linktr.ee/rosaq/", Confidence.SURE),
        ("https://quill.example/about", "quill.example/about#top", Confidence.LIKELY),
        ("https://quill.example", "http://www.quill.example/", Confidence.LIKELY),
        ("https://quill.example/poems", "https://quill.example/contact", None),
        ("https://www.nami.org", "nami.org", None),
        ("https://youtube.com", "https://youtube.com/", None),
        ("https://linktr.ee/rosaq", "https://linktr.ee/harborpine", None),
    ],
)
def test_the_same_page_or_site(mine: str, theirs: str, strength: Confidence | None) -> None:
    found = ties(personal(links=(mine,)), work(links=(theirs,)))
    assert [tie.strength for tie in found] == ([] if strength is None else [strength])


@pytest.mark.parametrize(
    ("bits", "fields", "strength"),
    [
        (0, {"faces": 1}, Confidence.SURE),
        (6, {"faces": 1}, Confidence.SURE),
        (0, {"faces": 0}, Confidence.LIKELY),
        (0, {}, Confidence.LIKELY),
        (10, {"faces": 1}, Confidence.POSSIBLE),
        (11, {"faces": 1}, None),
        (0, {"faces": 1, "flat": True}, None),
        (0, {"faces": 1, "widely_used": True}, None),
    ],
)
def test_photos(bits: int, fields: dict[str, object], strength: Confidence | None) -> None:
    other = FACE ^ ((1 << bits) - 1)
    found = ties(personal(photos=(photo(FACE, **fields),)), work(photos=(photo(other),)))
    assert [(tie.by, tie.strength) for tie in found] == ([] if strength is None else [(TieBy.PHOTO, strength)])


@pytest.mark.parametrize(
    ("network", "switch", "bio", "strength"),
    [
        (Network.FACEBOOK, Switch.ON, "", Confidence.SURE),
        (Network.FACEBOOK, Switch.UNKNOWN, "", Confidence.LIKELY),
        (Network.FACEBOOK, Switch.OFF, "", Confidence.POSSIBLE),
        (Network.FACEBOOK, Switch.OFF, "Write to rosa.q+hello@gmail.com", Confidence.SURE),
        (Network.TIKTOK, Switch.UNKNOWN, "", Confidence.POSSIBLE),
    ],
)
def test_the_same_address(network: Network, switch: Switch, bio: str, strength: Confidence) -> None:
    mine = personal(network, emails=("Rosa.Q@gmail.com",), found_by_email=switch)
    found = [tie for tie in ties(mine, work(emails=("rosaq@gmail.com",), bio=bio)) if tie.by is TieBy.EMAIL]
    assert [tie.strength for tie in found] == [strength]


def test_another_address_is_no_tie() -> None:
    assert not ties(personal(emails=("rosa.q@example.org", "")), work(emails=("rosaq@example.org", "")))


@pytest.mark.parametrize(("written", "is_tie"), [("+1 218 555 0142", True), ("218.555.0142", True), ("0143", False)])
def test_the_same_number_however_it_is_written(written: str, is_tie: bool) -> None:
    mine = personal(Network.X, phones=("(218) 555-0142", "0143"), found_by_phone=Switch.UNKNOWN)
    found = ties(mine, work(phones=(written,)))
    assert [tie.by for tie in found] == [TieBy.PHONE] * is_tie
    assert not is_tie or "ends in 0142" in found[0].evidence
    assert not is_tie or "218" not in found[0].evidence


def test_employer_and_town_fit_few_people() -> None:
    works = work(employer="Harbor & Pine Counseling", town="Duluth, MN")
    both = only(personal(bio="Working at Harbor and Pine? No: Harbor Pine Counseling", town="Duluth"), works)
    assert (both.strength, both.by) == (Confidence.LIKELY, TieBy.BIO)
    assert both.evidence == "Both name Harbor & Pine Counseling and the town of Duluth: few people fit both."
    employer = only(personal(bio="I love my job at Harbor Pine Counseling"), works)
    assert employer.strength is Confidence.POSSIBLE
    assert ties(personal(bio="Duluth all my life", town="Duluth"), works) == ()
    agency = work(display_name="Harbor Pine Counseling", purpose=Purpose.AGENCY, town="Duluth")
    assert only(personal(employer="Harbor Pine Counseling", bio="Duluth"), agency).strength is Confidence.LIKELY


@pytest.mark.parametrize(
    ("shared", "size", "strength"),
    [(2, 100, None), (3, 100, Confidence.POSSIBLE), (10, 100, Confidence.LIKELY), (10, 200, Confidence.POSSIBLE)],
)
def test_shared_friends_beyond_chance(shared: int, size: int, strength: Confidence | None) -> None:
    mine, works = personal(connections=people(0, size)), work(connections=people(size - shared, 2 * size - shared))
    found = ties(mine, works)
    assert [tie.strength for tie in found] == ([] if strength is None else [strength])
    if found:
        assert f"{shared} of the {size} people" in found[0].evidence
        assert "would share fewer than one" in found[0].evidence


def test_what_chance_shares_ties_nobody() -> None:
    expected = expected_by_chance(5_000, 5_000)
    assert 200 < expected < 400
    most = int(3 * expected)
    mine = personal(connections=people(0, 5_000))
    assert ties(mine, work(connections=people(5_000 - most, 10_000 - most))) == ()
    (found,) = ties(mine, work(connections=people(4_000, 9_000)))
    assert f"would share about {round(expected)}." in found.evidence


def posts(*days: int, text: str = "") -> tuple[PostFingerprint, ...]:
    return tuple(PostFingerprint(DAY + timedelta(day), text or f"post {number}") for number, day in enumerate(days))


@pytest.mark.parametrize(
    ("mine", "theirs", "strength", "words"),
    [
        ((0,), (0,), Confidence.POSSIBLE, "One post stands on both, on the same day."),
        ((0,), (1,), Confidence.POSSIBLE, "a day apart"),
        ((0,), (-7,), Confidence.POSSIBLE, "7 days apart"),
        ((0,), (8,), None, ""),
        ((0, 20), (0, 20), Confidence.LIKELY, "2 posts stand on both"),
        ((0, 20, 40, 60), (0, 20, 40, 60), Confidence.SURE, "4 posts stand on both"),
    ],
)
def test_the_same_posts(
    mine: tuple[int, ...], theirs: tuple[int, ...], strength: Confidence | None, words: str
) -> None:
    found = ties(personal(posts=posts(*mine)), work(posts=posts(*theirs)))
    assert [tie.strength for tie in found] == ([] if strength is None else [strength])
    assert not found or words in found[0].evidence


def test_what_only_friends_see_weighs_less() -> None:
    mine, works = personal(posts=posts(0, 20, 40, 60)), work(posts=posts(0, 20, 40, 60))
    closed = only(replace(mine, visibility=Audience.FRIENDS), works)
    assert (only(mine, works).strength, closed.strength) == (Confidence.SURE, Confidence.LIKELY)
    assert closed.evidence.endswith("each other. Only people who see both can notice.")
    friends = replace(mine, posts=(), connections=people(0, 50), visibility=Audience.CLOSE_FRIENDS)
    assert only(friends, work(connections=people(0, 50))).strength is Confidence.POSSIBLE


def test_a_name_shown_at_work_is_found_in_a_private_handle() -> None:
    found = only(personal(Network.X, "rosaquill"), work(handle="harborpine", display_name="Rosa Quill, LCSW"))
    assert (found.by, found.strength) == (TieBy.NAME, Confidence.LIKELY)
    assert found.evidence == "The handle of X “rosaquill” is the name “Rosa Quill”, which LinkedIn “harborpine” shows."


def test_the_same_photo_in_posts() -> None:
    first = PostFingerprint(DAY, "", (photo(FACE),))
    again = replace(first, photos=(photo(FACE ^ 0b1001),))
    assert only(personal(posts=(first,)), work(posts=(again,))).by is TieBy.CROSS_POSTS
    flat = replace(first, photos=(photo(FACE, flat=True),))
    assert ties(personal(posts=(flat,)), work(posts=(flat,))) == ()
    empty = PostFingerprint(DAY)
    assert ties(personal(posts=(empty,)), work(posts=(empty,))) == ()


@settings(deadline=None)
@given(st.sets(st.integers(0, 63), max_size=6))
def test_no_photo_within_six_bits_is_missed(bits: set[int]) -> None:
    other = FACE ^ sum(1 << bit for bit in bits)
    mine, theirs = (PostFingerprint(DAY, "", (photo(one),)) for one in (FACE, other))
    assert ties(personal(posts=(mine,)), work(posts=(theirs,)))


def test_uploaded_contacts_lead_to_the_personal_account() -> None:
    found = only(personal(Network.SNAPCHAT, "moss", contact_upload=Switch.ON), work())
    assert (found.by, found.strength, found.work) == (TieBy.CONTACT_UPLOAD, Confidence.LIKELY, None)
    assert found.settings == ("sc-contacts",)
    assert ties(personal(Network.SNAPCHAT, "moss", contact_upload=Switch.OFF), work()) == ()
    assert ties(personal(Network.SNAPCHAT, "moss"), work(contact_upload=Switch.ON)) == ()


def test_one_company_knows_both() -> None:
    works = work(Network.FACEBOOK, "harborpine", contact_upload=Switch.ON)
    found = only(personal(Network.INSTAGRAM, "moss"), works)
    assert (found.by, found.work, found.settings) == (
        TieBy.CONTACT_UPLOAD,
        works,
        ("fb-contacts-off", "fb-contacts-delete"),
    )
    suggested = only(personal(Network.INSTAGRAM, "moss", suggested=Switch.ON), work(Network.THREADS, "harborpine"))
    assert (suggested.by, suggested.strength) == (TieBy.SUGGESTIONS, Confidence.LIKELY)
    assert "Meta runs both" in suggested.evidence
    anyway = only(personal(Network.FACEBOOK, "moss"), work(Network.THREADS, "harborpine"))
    assert (anyway.by, anyway.strength) == (TieBy.SUGGESTIONS, Confidence.POSSIBLE)


def test_where_there_is_no_switch_it_says_so() -> None:
    found = only(personal(Network.FACEBOOK, "moss", suggested=Switch.OFF), work(Network.LINKEDIN, "harborpine"))
    assert (found.by, found.strength) == (TieBy.SUGGESTIONS, Confidence.POSSIBLE)
    assert "there is no switch for that" in found.evidence


def test_what_nobody_looked_at_is_asked_once_and_not_called_a_tie() -> None:
    mine = personal(Network.X, "moss")
    assert ties(mine, work()) == ()
    asked = to_look_at([mine, work()])
    assert [ask.by for ask in asked] == [TieBy.CONTACT_UPLOAD, TieBy.EMAIL, TieBy.PHONE, TieBy.SUGGESTIONS]
    assert asked[0].says == "Look whether X “moss” takes the contacts from your phone."
    assert asked[0].settings == ("x-contacts",)
    looked = replace(
        mine,
        contact_upload=Switch.OFF,
        found_by_email=Switch.OFF,
        found_by_phone=Switch.OFF,
        suggested=Switch.OFF,
    )
    assert to_look_at([looked, work()]) == ()
    assert to_look_at([mine]) == ()


def test_several_ties_weigh_more_together() -> None:
    mine = personal(Network.X, "emilycarter", display_name="Emily Carter", bio="Harbor Pine Counseling", town="Duluth")
    works = work(Network.LINKEDIN, "emilycarter_lcsw", display_name="Emily Carter", employer="Harbor Pine Counseling")
    found = ties(mine, works)
    assert {tie.strength for tie in found} == {Confidence.POSSIBLE}
    (pair,) = tied_pairs(found)
    assert (len(pair.ties), pair.strength) == (3, Confidence.LIKELY)
    assert tied_pairs(found[:2])[0].strength is Confidence.POSSIBLE


def test_the_surest_stand_first() -> None:
    mine = personal(Network.X, "mossybanjo", display_name="Emily Carter", emails=("e@example.org",))
    works = work(Network.LINKEDIN, "mossybanjo", display_name="Emily Carter", emails=("e@example.org",))
    strengths = [tie.strength for tie in ties(mine, works)]
    assert strengths == sorted(strengths, reverse=True)
    assert len(set(strengths)) == 3


def test_a_hostile_handle_stays_inside_its_sentence() -> None:
    mine = personal(Network.SNAPCHAT, "moss\u202e\n{work}" + "y" * 500, contact_upload=Switch.ON)
    evidence = only(mine, work()).evidence
    assert "\u202e" not in evidence
    assert "\n" not in evidence
    assert "{work}" in evidence
    assert len(evidence) < 250


TEXT = st.text(max_size=60)


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            OwnedAccount,
            network=st.sampled_from(Network),
            handle=TEXT,
            purpose=st.sampled_from(Purpose),
            display_name=TEXT,
            bio=TEXT,
            town=TEXT,
            employer=TEXT,
            emails=st.tuples(TEXT),
            phones=st.tuples(TEXT),
            links=st.tuples(TEXT),
            contact_upload=st.sampled_from(Switch),
            suggested=st.sampled_from(Switch),
        ),
        max_size=4,
    )
)
def test_whatever_is_typed_has_an_answer(accounts: list[OwnedAccount]) -> None:
    for tie in find_ties(accounts, COMMON):
        assert not tie.personal.is_work
        assert tie.work is None or tie.work.is_work
        assert tie.evidence.endswith((".", "…"))
