"""Finds what leads from a work account to a personal one: apart means apart.

Two personal accounts may be tied as they like, and two work accounts too; only a work account and a personal one are
compared. What many share (a common name, a saying, a stock photo) ties nobody.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from demur.core.accounts import Audience
from demur.core.findings import Confidence
from demur.core.owned import (
    AccountTie,
    OwnedAccount,
    PhotoFingerprint,
    PostFingerprint,
    Switch,
    TieBy,
    TiedPair,
    ToLookAt,
)
from demur.exposure.addresses import Addresses, Link, addresses_of, points_at
from demur.exposure.filling import MOST_POSTS
from demur.exposure.handles import handles_alike
from demur.exposure.profile_words import bios_alike, name_in_handle, names_alike, says
from demur.exposure.sayings import called, network_facts, shown, tie_words
from demur.exposure.usual import Commonness, usual, words_of

SAME_PHOTO, ALIKE_PHOTO = 6, 10
"""Bits of 64 up to which two photos are one, and up to which they look alike; see decision 30."""
DAYS_APART = 7
"""Days between two posts that are still one post on two accounts."""
AROUND = 100_000
"""People whom a person may meet at all, for what chance alone would share: a county, or a part of a large city."""
_SAME_NAMES = 2e-6
"""Chance that two people anywhere have the same given and family name: 0.8 in a million by the Census's tables of 2020
were the two independent, and more because they go together."""
_FEWEST_FRIENDS, _MANY_FRIENDS, _LARGE_SHARE = 3, 10, 0.1
_BEYOND_CHANCE = 3.0
_TWO_POSTS, _MANY_POSTS = 2, 4
_MOST_POST_PHOTOS = 2_000
_BANDS = tuple((start, min(10, 64 - start)) for start in range(0, 64, 10))
"""Seven parts of a fingerprint: two that differ in six bits agree in one of them."""
_LONGEST_PHRASE = 90
_DEEP = 3
"""Parts of an address from which a page on a large site, such as a directory, is about one person."""
_WEIGHED_TOGETHER = 3
"""Ties of different kinds that together say more than each alone."""


def find_ties(accounts: Sequence[OwnedAccount], commonness: Commonness, region: str = "US") -> tuple[AccountTie, ...]:
    """All that leads from a work account to a personal one, the surest first.

    `region` (ISO 3166) is where phone numbers without a country code are from.
    """
    personal = [account for account in accounts if not account.is_work]
    work = [_read(account, region) for account in accounts if account.is_work]
    commonness = commonness.remembered()
    found: list[AccountTie] = []
    for account in personal if work else ():
        one = _read(account, region)
        for other in work:
            found += _between(one, other, commonness)
        found += _by_the_network(account, [other.account for other in work])
    kinds = list(TieBy)
    return tuple(sorted(found, key=lambda tie: (-tie.strength, kinds.index(tie.by))))


def tied_pairs(ties: Iterable[AccountTie]) -> tuple[TiedPair, ...]:
    """The pairs that are tied, the surest first.

    Three ties of different kinds that are each possible make one that is likely, and three likely ones a sure one.
    """
    # By identity: two entries that say the same are two accounts all the same.
    together: dict[tuple[int, int], list[AccountTie]] = defaultdict(list)
    for tie in ties:
        if tie.work is not None:
            together[id(tie.personal), id(tie.work)].append(tie)
    pairs = [
        TiedPair(tie.personal, tie.work, _weighed(found), tuple(found))
        for found in together.values()
        if (tie := found[0]).work is not None
    ]
    return tuple(sorted(pairs, key=lambda pair: -pair.strength))


def to_look_at(accounts: Sequence[OwnedAccount]) -> tuple[ToLookAt, ...]:
    """What nobody has looked at yet on personal accounts, where a setting tells; nothing without a work account."""
    if not any(account.is_work for account in accounts):
        return ()
    found: list[ToLookAt] = []
    for account in accounts:
        if account.is_work:
            continue
        facts = network_facts()[account.network]
        asked = [
            (account.contact_upload, TieBy.CONTACT_UPLOAD, "takes the contacts from your phone"),
            (account.found_by_email, TieBy.EMAIL, "can be found by its e-mail address"),
            (account.found_by_phone, TieBy.PHONE, "can be found by its phone number"),
            (account.suggested, TieBy.SUGGESTIONS, "is suggested to people who may know you"),
        ]
        for switch, by, words in asked:
            if switch is Switch.UNKNOWN and facts.settings[by] and by not in facts.no_switch:
                says_so = f"Look whether {called(account)} {words}."
                found.append(ToLookAt(account, by, says_so, facts.settings[by]))
    return tuple(found)


def _weighed(ties: Sequence[AccountTie]) -> Confidence:
    strongest = max(tie.strength for tie in ties)
    # Uploaded contacts and suggestions are one and the same way.
    kinds = {tie.by for tie in ties if tie.strength is strongest and tie.by is not TieBy.CONTACT_UPLOAD}
    if len(kinds) >= _WEIGHED_TOGETHER and strongest is not Confidence.SURE:
        return Confidence(strongest + 1)
    return strongest


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """An account with what is read of it once, however many others it is compared with."""

    account: OwnedAccount
    addresses: Addresses
    posts: _Posts


@dataclass(frozen=True, slots=True, eq=False)
class _Posts:
    """The newest posts, and where among them a text or a photo stands; photos with their days as ordinal numbers."""

    newest: Sequence[PostFingerprint]
    by_text: Mapping[str, Sequence[int]]
    photos: Sequence[tuple[int, int]]
    by_band: Mapping[tuple[int, int], Sequence[int]]


def _read(account: OwnedAccount, region: str) -> _Read:
    newest = sorted(account.posts, key=lambda post: post.day, reverse=True)[:MOST_POSTS]
    by_text: dict[str, list[int]] = defaultdict(list)
    for post in reversed(newest):
        if post.text:
            by_text[post.text].append(post.day.toordinal())
    photos = [(photo.hashes[0], post.day.toordinal()) for post in newest for photo in post.photos if _is_own(photo)][
        :_MOST_POST_PHOTOS
    ]
    return _Read(account, addresses_of(account, region), _Posts(newest, by_text, photos, _bands(photos)))


def _between(one: _Read, other: _Read, commonness: Commonness) -> Iterator[AccountTie]:
    personal, work = one.account, other.account
    yield from _by_links(one, other)
    yield from _by_handles(personal, work, commonness)
    yield from _by_names(personal, work, commonness)
    yield from _by_photos(personal, work)
    yield from _by_emails(one, other)
    yield from _by_phones(one, other)
    yield from _by_bios(personal, work, commonness)
    yield from _by_friends(personal, work)
    yield from _by_posts(one, other)
    yield from _by_one_company(personal, work)


def _tie(
    by: TieBy,
    how: str,
    strength: Confidence,
    personal: OwnedAccount,
    work: OwnedAccount | None,
    words: Mapping[str, object] | None = None,
    settings_of: OwnedAccount | None = None,
) -> AccountTie:
    told = tie_words()[by]
    evidence = told.evidence[how].format_map({key: str(value) for key, value in (words or {}).items()})
    settings = network_facts()[(settings_of or personal).network].settings[by]
    return AccountTie(by, strength, personal, work, evidence, told.change, told.stays, settings)


def _by_links(mine: _Read, works: _Read) -> Iterator[AccountTie]:
    personal, work = mine.account, works.account
    for one, other in ((mine, works), (works, mine)):
        if points_at(one.account, one.addresses, other.account):
            words = {"one": called(one.account), "other": called(other.account)}
            yield _tie(TieBy.LINK, "points", Confidence.SURE, personal, work, words)
            return
    here, there = ([link for link in one.addresses.links if not _is_everybodys(link)] for one in (mine, works))
    theirs = set(there)
    pages = [link for link in here if link in theirs and link.path]
    if pages:
        # A page of somebody else, such as an article, may stand in any profile; on some sites it is one's own.
        own = any(link.host in usual().profiles and link.path.count("/") == 1 for link in pages)
        strength = Confidence.SURE if own else Confidence.LIKELY
        yield _tie(TieBy.LINK, "same_page", strength, personal, work, {"page": shown(pages[0].words)})
        return
    for link in here:
        same = [other for other in there if other.host == link.host]
        if same and link.host not in usual().sites and not (link.path and all(other.path for other in same)):
            whole = not link.path and not all(other.path for other in same)
            strength = Confidence.LIKELY if whole else Confidence.POSSIBLE
            yield _tie(TieBy.LINK, "same_site", strength, personal, work, {"page": shown(link.host)})
            return


def _is_everybodys(link: Link) -> bool:
    """Whether a page may stand in anybody's profile: on a site that many link to, but that gives nobody a page."""
    if link.host in usual().profiles:
        return False
    deep = link.path.count("/") >= _DEEP
    return link.host in usual().everybodys or (link.host in usual().sites and bool(link.path) and not deep)


def _by_handles(personal: OwnedAccount, work: OwnedAccount, commonness: Commonness) -> Iterator[AccountTie]:
    alike = handles_alike(personal.handle, work.handle, commonness)
    if alike:
        yield _tie(
            TieBy.HANDLE,
            alike.how,
            alike.strength,
            personal,
            work,
            {
                "shared": shown(alike.shared),
                "first": f"“{shown(personal.handle)}”",
                "second": f"“{shown(work.handle)}”",
            },
        )


def _by_names(personal: OwnedAccount, work: OwnedAccount, commonness: Commonness) -> Iterator[AccountTie]:
    alike = names_alike(personal.display_name, work.display_name, commonness)
    if alike:
        words = {"first": shown(personal.display_name), "second": shown(work.display_name)}
        words["shared"] = shown(alike.shared)
        yield _tie(TieBy.NAME, alike.how, alike.strength, personal, work, words)
        return
    for one, other in ((work, personal), (personal, work)):
        alike = name_in_handle(one.display_name, other.handle, commonness)
        if alike:
            words = {"shared": shown(alike.shared), "other": called(other), "one": called(one)}
            words["name"] = shown(one.display_name)
            yield _tie(TieBy.NAME, alike.how, alike.strength, personal, work, words)
            return


def _by_photos(personal: OwnedAccount, work: OwnedAccount) -> Iterator[AccountTie]:
    pairs = [
        (one.distance(other), one, other)
        for one in personal.photos
        for other in work.photos
        if _is_own(one) and _is_own(other)
    ]
    if not pairs:
        return
    distance, one, other = min(pairs, key=lambda pair: pair[0])
    has_face = bool(one.faces or other.faces)
    if distance <= SAME_PHOTO:
        strength = Confidence.SURE if has_face else Confidence.LIKELY
        yield _tie(TieBy.PHOTO, "face" if has_face else "same", strength, personal, work)
    elif distance <= ALIKE_PHOTO:
        yield _tie(TieBy.PHOTO, "alike", Confidence.POSSIBLE, personal, work)


def _is_own(photo: PhotoFingerprint) -> bool:
    return not photo.flat and not photo.widely_used


def _by_emails(one: _Read, other: _Read) -> Iterator[AccountTie]:
    personal, here, there = one.account, one.addresses, other.addresses
    for email in here.emails:
        if email in there.emails:
            is_shown = email in here.shown_emails or email in there.shown_emails
            how, strength = _findable(is_shown, personal.found_by_email, personal, TieBy.EMAIL)
            words = _told_of(personal, shown(here.emails[email]))
            yield _tie(TieBy.EMAIL, how, strength, personal, other.account, words)
            return


def _by_phones(one: _Read, other: _Read) -> Iterator[AccountTie]:
    personal, here, there = one.account, one.addresses, other.addresses
    shared = here.phones & there.phones
    seen = shared & (here.shown_phones | there.shown_phones)
    for number in sorted(seen or shared)[:1]:
        how, strength = _findable(bool(seen), personal.found_by_phone, personal, TieBy.PHONE)
        yield _tie(TieBy.PHONE, how, strength, personal, other.account, _told_of(personal, number[-4:]))


def _findable(is_shown: bool, switch: Switch, personal: OwnedAccount, by: TieBy) -> tuple[str, Confidence]:
    if is_shown:
        return "shown", Confidence.SURE
    if switch is Switch.UNKNOWN and not network_facts()[personal.network].settings[by]:
        return "plain", Confidence.POSSIBLE
    ways = {
        Switch.ON: ("found", Confidence.SURE),
        Switch.UNKNOWN: ("known", Confidence.LIKELY),
        Switch.OFF: ("hidden", Confidence.POSSIBLE),
    }
    return ways[switch]


def _told_of(personal: OwnedAccount, shared: str) -> dict[str, str]:
    return {
        "shared": shared,
        "personal": called(personal),
        "called": network_facts()[personal.network].called,
    }


def _by_bios(personal: OwnedAccount, work: OwnedAccount, commonness: Commonness) -> Iterator[AccountTie]:
    employer = _shared_employer(personal, work)
    town = _shared_town(personal, work)
    if employer and town:
        words = {"shared": shown(employer), "town": shown(town)}
        yield _tie(TieBy.BIO, "place", Confidence.LIKELY, personal, work, words)
    elif employer:
        yield _tie(TieBy.BIO, "employer", Confidence.POSSIBLE, personal, work, {"shared": shown(employer)})
    weighed_elsewhere = (
        *(personal.display_name, work.display_name, personal.handle, work.handle),
        *(personal.employer, work.employer, personal.town, work.town),
    )
    alike = bios_alike(personal.bio, work.bio, weighed_elsewhere, commonness)
    if alike:
        yield _tie(
            TieBy.BIO, alike.how, alike.strength, personal, work, {"shared": shown(alike.shared, _LONGEST_PHRASE)}
        )


def _shared_employer(personal: OwnedAccount, work: OwnedAccount) -> str:
    """The employer that the work account stands for, where the personal profile names it."""
    same_person = set(words_of(personal.display_name))
    for employer in (work.employer, work.display_name):
        own_name = same_person and same_person <= set(words_of(employer))
        if len(words_of(employer)) >= 2 and not own_name:
            told = (personal.employer, personal.bio, personal.display_name)
            if any(says(text, employer) for text in told):
                return employer
    return ""


def _shared_town(personal: OwnedAccount, work: OwnedAccount) -> str:
    for town in (work.town.partition(",")[0], personal.town.partition(",")[0]):
        if all(any(says(text, town) for text in (one.town, one.bio, one.display_name)) for one in (personal, work)):
            return town
    return ""


def _by_friends(personal: OwnedAccount, work: OwnedAccount) -> Iterator[AccountTie]:
    smaller = min(len(personal.connections), len(work.connections))
    shared = len(personal.connections & work.connections)
    expected = expected_by_chance(len(personal.connections), len(work.connections))
    if shared < _FEWEST_FRIENDS or shared <= _BEYOND_CHANCE * expected:
        return
    percent = max(1, round(100 * shared / smaller))
    many = shared >= _MANY_FRIENDS and shared >= _LARGE_SHARE * smaller
    strength, only = _where_seen(personal, Confidence.LIKELY if many else Confidence.POSSIBLE)
    said = tie_words()[TieBy.FRIENDS].evidence
    chance = said["chance_none"] if expected < 1 else said["chance_some"].format(expected=round(expected))
    yield _tie(
        TieBy.FRIENDS,
        "shared",
        strength,
        personal,
        work,
        {
            "count": shared,
            "smaller": smaller,
            "percent": percent,
            "chance": chance + only,
        },
    )


def expected_by_chance(first: int, second: int) -> float:
    """How many friends two strangers share: each is one of those AROUND, or has the name of another's friend."""
    return first * second * (1 / AROUND + _SAME_NAMES)


def _by_posts(one: _Read, other: _Read) -> Iterator[AccountTie]:
    personal, work = one.account, other.account
    gaps = _posts_on_both(one.posts.newest, other.posts)
    if not gaps:
        return
    count, days = len(gaps), gaps[0]
    strength = Confidence.POSSIBLE
    if count >= _TWO_POSTS:
        strength = Confidence.SURE if count >= _MANY_POSTS else Confidence.LIKELY
    said = tie_words()[TieBy.CROSS_POSTS].evidence
    apart = said["same_day"] if not days else said["next_day"] if days == 1 else said["days"].format(days=days)
    how = "one" if count == 1 else "several"
    strength, only = _where_seen(personal, strength)
    yield _tie(TieBy.CROSS_POSTS, how, strength, personal, work, {"count": count, "apart": apart, "only": only})


def _where_seen(personal: OwnedAccount, strength: Confidence) -> tuple[Confidence, str]:
    """How surely something inside an account ties it, and a sentence where only those who may look in can notice."""
    if personal.visibility in (None, Audience.PUBLIC):
        return strength, ""
    return Confidence(max(strength - 1, Confidence.POSSIBLE)), " Only people who see both can notice."


def _posts_on_both(first: Sequence[PostFingerprint], second: _Posts) -> list[int]:
    """For each post of the first that stands on the second, too, how many days lie between."""
    if not second.newest:
        return []
    gaps: list[int] = []
    looked_at = 0
    for post in first:
        day = post.day.toordinal()
        near = _nearest(second.by_text.get(post.text, ()), day)
        for photo in post.photos if second.photos else ():
            if near is None and _is_own(photo) and looked_at < _MOST_POST_PHOTOS:
                looked_at += 1
                near = _nearest_photo(photo.hashes[0], day, second.photos, second.by_band)
        if near is not None:
            gaps.append(near)
    return gaps


def _nearest(days: Sequence[int], day: int) -> int | None:
    """Days between a day and the nearest of some that are in order, where they are near enough."""
    begin, end = bisect_left(days, day - DAYS_APART), bisect_right(days, day + DAYS_APART)
    return min((abs(one - day) for one in days[begin:end]), default=None)


def _bands(photos: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (photo, _) in enumerate(photos):
        for band in _bands_of(photo):
            found[band].append(number)
    return found


def _bands_of(photo: int) -> Iterator[tuple[int, int]]:
    for start, width in _BANDS:
        yield start, (photo >> start) & ((1 << width) - 1)


def _nearest_photo(
    photo: int, day: int, photos: Sequence[tuple[int, int]], by_band: Mapping[tuple[int, int], Sequence[int]]
) -> int | None:
    candidates = {number for band in _bands_of(photo) for number in by_band.get(band, ())}
    gaps = (
        abs(photos[number][1] - day) for number in candidates if (photos[number][0] ^ photo).bit_count() <= SAME_PHOTO
    )
    return min((gap for gap in gaps if gap <= DAYS_APART), default=None)


def _by_one_company(personal: OwnedAccount, work: OwnedAccount) -> Iterator[AccountTie]:
    """What the company that runs both networks can do with what it knows of each."""
    company = _shared_company(personal, work)
    if not company:
        return
    words = {"company": company, "personal": called(personal), "work": called(work)}
    if work.contact_upload is Switch.ON:
        yield _tie(TieBy.CONTACT_UPLOAD, "work", Confidence.LIKELY, personal, work, words, settings_of=work)
    if _is_suggested(personal):
        strength = Confidence.LIKELY if personal.suggested is Switch.ON else Confidence.POSSIBLE
        yield _tie(TieBy.SUGGESTIONS, "same_company", strength, personal, work, words)


def _shared_company(one: OwnedAccount, other: OwnedAccount) -> str:
    company = network_facts()[one.network].company
    return company if company == network_facts()[other.network].company else ""


def _is_suggested(account: OwnedAccount) -> bool:
    return account.suggested is Switch.ON or TieBy.SUGGESTIONS in network_facts()[account.network].no_switch


def _by_the_network(personal: OwnedAccount, work: Sequence[OwnedAccount]) -> Iterator[AccountTie]:
    """What leads there whoever has the person in their phone, whichever the work account is."""
    facts = network_facts()[personal.network]
    words = {"personal": called(personal), "called": facts.called}
    if personal.contact_upload is Switch.ON:
        yield _tie(TieBy.CONTACT_UPLOAD, "personal", Confidence.LIKELY, personal, None, words)
    if personal.found_by_phone is Switch.ON:
        yield _tie(TieBy.SUGGESTIONS, "phone", Confidence.LIKELY, personal, None, words)
    if personal.found_by_email is Switch.ON:
        yield _tie(TieBy.SUGGESTIONS, "email", Confidence.POSSIBLE, personal, None, words)
    if _is_suggested(personal) and not any(_shared_company(personal, other) for other in work):
        how = "no_switch" if TieBy.SUGGESTIONS in facts.no_switch else "switched_on"
        yield _tie(TieBy.SUGGESTIONS, how, Confidence.POSSIBLE, personal, None, words)
