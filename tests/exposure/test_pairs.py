"""Pairs of accounts as people have them: some that nothing ties, and some where one leads to the other.

Nobody here is real. What many people share (a name, a saying, a charity, a town) is in the first list; in the second
each kind of tie is there at least once.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from demur.core.accounts import Network, Purpose
from demur.core.findings import Confidence
from demur.core.owned import OwnedAccount, PostFingerprint, Switch, TieBy
from demur.exposure.ties import find_ties
from tests.exposure.people import COMMON, personal, photo, work

N = Network
FACE = 0x0F1E2D3C4B5A6978
QUOTE = "The wound is the place where the light enters you"


def people(first: int, last: int) -> frozenset[str]:
    return frozenset(map(str, range(first, last)))


def posts(*days: int) -> tuple[PostFingerprint, ...]:
    begin = date(2026, 3, 4)
    return tuple(PostFingerprint(begin + timedelta(day), f"post {number}") for number, day in enumerate(days))


def page(address: str) -> dict[str, object]:
    return {"links": (address,)}


APART: list[tuple[str, OwnedAccount, OwnedAccount]] = [
    (
        "many are called so",
        personal(N.INSTAGRAM, "maria_garcia94", display_name="Maria Garcia"),
        work(N.LINKEDIN, "mariagarcialcsw", display_name="Maria Garcia, LCSW"),
    ),
    (
        "many are called so, in a page's name",
        personal(N.X, "jsmith88", display_name="John Smith", bio="Dad. Coffee. Cubs fan."),
        work(N.FACEBOOK, "John Smith Counseling", display_name="John Smith Counseling"),
    ),
    (
        "many are called so, as a handle",
        personal(handle="davidjohnson"),
        work(handle="davidjohnson_lpc", display_name="David Johnson"),
    ),
    (
        "a name of a language",
        personal(handle="linhn", display_name="Linh Nguyen"),
        work(handle="linh-nguyen-msw", display_name="Linh Nguyen, MSW"),
    ),
    (
        "one town",
        personal(handle="trailmix_tess", display_name="Tess", town="Duluth, MN", bio="Hiking around Duluth"),
        work(handle="rosa-quill", display_name="Rosa Quill", town="Duluth, MN", bio="Therapist in Duluth"),
    ),
    (
        "words of the trade",
        personal(N.TIKTOK, "sunnyday_lu", bio="Social worker by day, runner by night. Opinions are my own."),
        work(N.X, "rosaquill", bio="Licensed clinical social worker. Opinions are my own. Coffee lover."),
    ),
    (
        "a title and a town",
        personal(handle="bluefinch", bio="Case manager at heart. Living in Tulsa Oklahoma"),
        work(handle="quillwell", bio="Case manager serving Tulsa Oklahoma families"),
    ),
    (
        "a saying",
        personal(N.X, "kbee", bio="Be the change you wish to see in the world"),
        work(N.X, "pinepractice", bio="Be the change you wish to see in the world. Trauma therapist"),
    ),
    ("a poet's line", personal(bio=f"{QUOTE}. - Rumi"), work(bio=f"“{QUOTE}.” EMDR, Duluth")),
    (
        "a disclaimer",
        personal(N.X, "aa", bio="Posts do not constitute medical advice, do not establish a therapeutic relationship"),
        work(N.X, "bb", bio="Posts here do not establish a therapeutic relationship. Not monitored for emergencies"),
    ),
    (
        "pronouns, a state and a dog",
        personal(N.X, "bluefinch", bio="she/her | class of 2012 | Minnesota | dog mom"),
        work(N.X, "quillwell", bio="she/her | LICSW | Minnesota | EMDR"),
    ),
    ("everyday words as handles", personal(handle="coffeelover22"), work(N.THREADS, "coffeelover")),
    ("everyday words and a trade", personal(handle="mindfulmama"), work(N.INSTAGRAM, "mindfulmamatherapy")),
    ("a name within another word", personal(N.X, "marion"), work(N.X, "marionettetheatre")),
    ("two pages on one large site", personal(**page("linktr.ee/mojazz")), work(**page("linktr.ee/quillwell"))),
    ("a crisis line", personal(**page("https://988lifeline.org/chat")), work(**page("988lifeline.org/chat/"))),
    ("a charity's page", personal(**page("https://www.nami.org/Get-Involved")), work(**page("nami.org/get-involved"))),
    (
        "a newspaper's article",
        personal(**page("nytimes.com/2026/01/05/x.html")),
        work(**page("nytimes.com/2026/01/05/x.html")),
    ),
    ("a part of a directory", personal(**page("psychologytoday.com/us")), work(**page("psychologytoday.com/us"))),
    ("two articles of one blog", personal(**page("pages.example/moss")), work(**page("pages.example/grief"))),
    ("friends by chance", personal(connections=people(0, 300)), work(connections=people(298, 700))),
    ("the network's gray head", personal(photos=(photo(0, flat=True),)), work(photos=(photo(0, flat=True),))),
    ("another mailbox", personal(emails=("info@example.org",)), work(emails=("info@example.com",))),
    ("the next number", personal(phones=("505-555-0142",)), work(phones=("505-555-0143",))),
    ("both mention an organization", personal(bio="supporter of @namicommunicate"), work(bio="with @namicommunicate")),
]

TIED: list[tuple[str, TieBy, OwnedAccount, OwnedAccount]] = [
    ("one handle", TieBy.HANDLE, personal(handle="mossybanjo"), work(handle="mossybanjo")),
    (
        "a handle with letters after it",
        TieBy.HANDLE,
        personal(handle="ileana.quintanar"),
        work(handle="ileanaquintanar_lcsw"),
    ),
    ("a handle with a year", TieBy.HANDLE, personal(handle="quintanarileana87"), work(handle="quintanarileana")),
    ("digits for letters", TieBy.HANDLE, personal(handle="m0ssyb4njo"), work(handle="mossybanjo")),
    ("a handle and another word", TieBy.HANDLE, personal(handle="quintanarmoss"), work(handle="quintanarmossdesigns")),
    ("Bluesky's ending", TieBy.HANDLE, personal(N.BLUESKY, "mossybanjo.bsky.social"), work(N.X, "mossybanjo")),
    ("one name", TieBy.NAME, personal(display_name="Ileana Quintanar"), work(display_name="Ileana Quintanar, LCSW")),
    (
        "a middle name",
        TieBy.NAME,
        personal(display_name="Ileana Sofia Quintanar"),
        work(display_name="Ileana Quintanar"),
    ),
    ("a short form", TieBy.NAME, personal(display_name="Bill Quackenbush"), work(display_name="William Quackenbush")),
    ("family name first", TieBy.NAME, personal(display_name="Quintanar Ileana"), work(display_name="Ileana Quintanar")),
    ("other letters", TieBy.NAME, personal(display_name="𝓘𝓵𝓮𝓪𝓷𝓪 𝓠𝓾𝓲𝓷𝓽𝓪𝓷𝓪𝓻"), work(display_name="Ileana Quintanar")),
    (
        "a second family name",
        TieBy.NAME,
        personal(display_name="Ileana Quintanar-Bell"),
        work(display_name="Ileana Quintanar"),
    ),
    (
        "a name turned round as a handle",
        TieBy.NAME,
        personal(handle="quintanar.ileana"),
        work(display_name="Ileana Quintanar"),
    ),
    ("an initial and a family name", TieBy.NAME, personal(handle="iquintanar"), work(display_name="Ileana Quintanar")),
    (
        "a former name",
        TieBy.NAME,
        personal(display_name="Ileana (Quintanar) Bell"),
        work(display_name="Ileana Quintanar"),
    ),
    (
        "an address in words",
        TieBy.EMAIL,
        personal(emails=("i@q.example",)),
        work(bio="write to i [at] q (dot) example"),
    ),
    ("one photo", TieBy.PHOTO, personal(photos=(photo(FACE, faces=1),)), work(photos=(photo(FACE ^ 3, faces=1),))),
    ("one address", TieBy.EMAIL, personal(emails=("i.q@example.org",)), work(emails=("I.Q@example.org",))),
    (
        "an address in a profile",
        TieBy.EMAIL,
        personal(emails=("i.q@example.org",)),
        work(bio="Write to i.q@example.org"),
    ),
    (
        "an address as a link",
        TieBy.EMAIL,
        personal(emails=("i.q@example.org",)),
        work(**page("mailto:i.q@example.org")),
    ),
    ("one number", TieBy.PHONE, personal(N.FACEBOOK, phones=("505-555-0142",)), work(phones=("+15055550142",))),
    ("a number in a profile", TieBy.PHONE, personal(phones=("505-555-0142",)), work(bio="Call me: (505) 555-0142")),
    ("a number as a link", TieBy.PHONE, personal(phones=("505-555-0142",)), work(**page("https://wa.me/15055550142"))),
    ("a number to press", TieBy.PHONE, personal(phones=("505-555-0142",)), work(**page("tel:+1-505-555-0142"))),
    ("a link", TieBy.LINK, personal(**page("https://www.linkedin.com/in/ileana-q")), work(handle="ileana-q")),
    ("a link from work", TieBy.LINK, personal(handle="moss.banjo"), work(**page("instagram.com/moss.banjo?igshid=1"))),
    (
        "a mention",
        TieBy.LINK,
        personal(N.MASTODON, "@moss@social.example"),
        work(bio="off hours: @moss@social.example"),
    ),
    (
        "a handle that is a site",
        TieBy.LINK,
        personal(N.BLUESKY, "quintanar.example"),
        work(**page("quintanar.example")),
    ),
    (
        "a site of one's own",
        TieBy.LINK,
        personal(**page("quintanar.example")),
        work(**page("quintanar.example/contact")),
    ),
    ("a page of links", TieBy.LINK, personal(**page("linktr.ee/ileq")), work(**page("https://linktr.ee/ileq"))),
    (
        "a listing",
        TieBy.LINK,
        personal(**page("https://psychologytoday.com/us/therapists/ileana-q/1042")),
        work(**page("psychologytoday.com/us/therapists/ileana-q/1042")),
    ),
    (
        "wording of one's own",
        TieBy.BIO,
        personal(bio="Collects moss, banjos and sourdough disasters"),
        work(bio="LCSW. Collects moss, banjos and sourdough disasters."),
    ),
    (
        "employer and town",
        TieBy.BIO,
        personal(bio="I work at Harbor Pine Counseling in Duluth"),
        work(employer="Harbor Pine Counseling", town="Duluth, MN"),
    ),
    (
        "the agency's page",
        TieBy.BIO,
        personal(employer="Bright Harbor Family Services", town="Tulsa"),
        work(display_name="Bright Harbor Family Services", town="Tulsa", purpose=Purpose.AGENCY),
    ),
    ("friends", TieBy.FRIENDS, personal(connections=people(0, 200)), work(connections=people(150, 400))),
    ("the same posts", TieBy.CROSS_POSTS, personal(posts=posts(0, 9, 20)), work(posts=posts(0, 9, 21))),
    ("uploaded contacts", TieBy.CONTACT_UPLOAD, personal(N.SNAPCHAT, contact_upload=Switch.ON), work()),
    ("no switch for suggestions", TieBy.SUGGESTIONS, personal(N.FACEBOOK, "moss"), work()),
    ("suggestions switched on", TieBy.SUGGESTIONS, personal(N.TIKTOK, "moss", suggested=Switch.ON), work()),
]


@pytest.mark.parametrize(("mine", "works"), [pair[1:] for pair in APART], ids=[pair[0] for pair in APART])
def test_what_many_share_ties_nobody(mine: OwnedAccount, works: OwnedAccount) -> None:
    assert find_ties([mine, works], COMMON) == ()


@pytest.mark.parametrize(("by", "mine", "works"), [pair[1:] for pair in TIED], ids=[pair[0] for pair in TIED])
def test_what_leads_over_is_found(by: TieBy, mine: OwnedAccount, works: OwnedAccount) -> None:
    found = [tie for tie in find_ties([mine, works], COMMON) if tie.by is by]
    assert found
    assert found[0].evidence
    assert found[0].change
    assert found[0].stays


def test_each_kind_of_tie_is_among_them() -> None:
    assert {by for _, by, _, _ in TIED} == set(TieBy)


@pytest.mark.parametrize("name", ["Ana López", "Emily Davis"])
def test_a_name_that_some_thousands_have_is_no_more_than_possible(name: str) -> None:
    mine, works = personal(handle="moss", display_name=name), work(display_name=f"{name}, LMFT")
    assert {tie.strength for tie in find_ties([mine, works], COMMON)} == {Confidence.POSSIBLE}


def test_a_shown_number_is_told_where_another_is_shared_too() -> None:
    mine = personal(phones=("505-555-0100", "505-555-0142"))
    works = work(phones=("505-555-0100",), bio="505-555-0142")
    (found,) = (tie for tie in find_ties([mine, works], COMMON) if tie.by is TieBy.PHONE)
    assert (found.strength, "0142" in found.evidence) == (Confidence.SURE, True)
