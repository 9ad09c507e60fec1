"""Fills the register's entry of an account from its own export and from check-ups, so that little has to be typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from demur.core.allowances import fingerprint, normalised
from demur.core.folding import fold
from demur.core.owned import OwnedAccount, PhotoFingerprint, PostFingerprint, Switch
from demur.core.posted import Connected, Item, OwnProfile, Posted, PostedKind, TieKind
from demur.core.settings import CheckUp, Noted, StepAnswer
from demur.exposure.handles import handle_core, plain_handle
from demur.exposure.usual import usual, words_of

MOST_POSTS = 5_000
"""Posts that are kept, the newest ones."""
SHORTEST_POST = 10
"""Words of a post that are somebody's own; below, many people write the same."""
_LONGEST_POST = 20_000
_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|[#@]\S+")
OWN_POSTS = frozenset({PostedKind.POST, PostedKind.CAPTION})
"""What a post on both accounts may be: comments and replies stand under somebody else's."""
_FRIENDS = frozenset({TieKind.FRIEND, TieKind.FOLLOWER, TieKind.FOLLOWING})
_SWITCHES = {
    "contact_upload": ("fb-contacts-off", "ig-contacts-off", "x-contacts", "li-contacts", "tt-contacts", "sc-contacts",
                       "bs-contacts"),
    "found_by_email": ("fb-lookup-email", "x-find-email", "li-find-email"),
    "found_by_phone": ("fb-lookup-phone", "x-find-phone", "li-find-phone", "tt-suggest-contacts", "sc-number"),
    "suggested": ("ig-suggest", "th-ig-suggest", "tt-suggest-mutual", "sc-find-friends", "ma-discoverable"),
}  # fmt: skip
"""For each switch of an account, the settings of the catalogue that say how it stands."""


def fill_from_export(
    account: OwnedAccount, items: Iterable[Item], key: bytes, photos_of: dict[str, tuple[PhotoFingerprint, ...]]
) -> OwnedAccount:
    """The entry with what an export of that account tells; what was there already stays.

    `key` is for the fingerprints of connections and posts, and has to be the same for all accounts of a person.
    `photos_of` are fingerprints by the member of the export in which a photo lies, for whoever made them. Items of
    other networks are passed over. Connections whose name the export doesn't tell go by their handle.
    """
    connections = set(account.connections)
    posts = {_known_by(post): post for post in account.posts}
    contact_upload = account.contact_upload
    for item in items:
        if item.network is not account.network:
            continue
        if isinstance(item, OwnProfile):
            account = _with_profile(account, item, photos_of.get(item.photo, ()))
        elif isinstance(item, Connected):
            if item.kind in _FRIENDS:
                connections |= connection_fingerprints(item.name, item.handle, key)
            elif contact_upload is Switch.UNKNOWN:
                contact_upload = Switch.ON  # whatever the switch says: the address book lies there
        elif isinstance(item, Posted) and item.kind in OWN_POSTS and item.when is not None:
            photos = tuple(one for member in item.photos for one in photos_of.get(member, ()))
            text = post_fingerprint(item.text, key)
            if text or photos:
                post = PostFingerprint(item.when.date(), text, photos)
                posts[_known_by(post)] = post
    newest = sorted(posts.values(), key=lambda post: post.day)[-MOST_POSTS:]
    return replace(account, connections=frozenset(connections), posts=tuple(newest), contact_upload=contact_upload)


def is_of(account: OwnedAccount, profiles: Sequence[OwnProfile]) -> bool:
    """Whether an export with these profiles may be of an account; one without handles may be of any.

    A handle in the register may be a name, as on Facebook, and one in an export a number that nobody knows.
    """
    told = [one for one in profiles if one.network is account.network and one.handle and ":" not in one.handle]
    known = {*_spelled(account.handle), *_spelled(account.display_name)}
    return not told or any(known & {*_spelled(one.handle), *_spelled(one.name)} for one in told)


def _spelled(handle: str) -> Iterator[str]:
    yield from filter(None, (plain_handle(handle), "".join(words_of(handle)), handle_core(handle)))


def _known_by(post: PostFingerprint) -> tuple[date, str, tuple[PhotoFingerprint, ...]]:
    """What makes two readings of an export tell of one post."""
    return post.day, post.text, () if post.text else post.photos


def fill_from_check_up(account: OwnedAccount, check_up: CheckUp) -> OwnedAccount:
    """The entry with what a check-up of that account found out; what it didn't stays as it was.

    A work account is meant to be found, so of its switches only the upload of contacts is read.
    """
    found = {
        switch: standing
        for switch, keys in _SWITCHES.items()
        for key in keys
        if (switch == "contact_upload" or not account.is_work)
        and (note := check_up.noted(key))
        and (standing := _standing(note)) is not Switch.UNKNOWN
    }
    return replace(
        account,
        contact_upload=found.get("contact_upload", account.contact_upload),
        found_by_email=found.get("found_by_email", account.found_by_email),
        found_by_phone=found.get("found_by_phone", account.found_by_phone),
        suggested=found.get("suggested", account.suggested),
    )


def connection_fingerprints(name: str, handle: str, key: bytes) -> frozenset[str]:
    """A connection as a keyed fingerprint: by its name, and by its handle where there is no name."""
    if told := normalised(name):
        return frozenset({fingerprint(key, "connection", "name", told)})
    if plain := plain_handle(handle):
        return frozenset({fingerprint(key, "connection", "handle", plain)})
    return frozenset()


def post_fingerprint(text: str, key: bytes) -> str:
    """A post as a keyed fingerprint, without what people change from network to network: tags, links, punctuation.

    Empty where what remains is short, or a greeting that everybody writes.
    """
    words = words_of(_NOT_WORDS.sub(" ", fold(text[:_LONGEST_POST]).text), _LONGEST_POST)
    own = usual().greetings.sub(" ", " ".join(words)).split()
    return fingerprint(key, "post", " ".join(words)) if len(own) >= SHORTEST_POST else ""


def _with_profile(account: OwnedAccount, told: OwnProfile, photos: tuple[PhotoFingerprint, ...]) -> OwnedAccount:
    return replace(
        account,
        handle=account.handle or told.handle,
        display_name=account.display_name or told.name,
        bio=account.bio or told.bio,
        town=account.town or told.city,
        emails=tuple(dict.fromkeys((*account.emails, *told.emails))),
        phones=tuple(dict.fromkeys((*account.phones, *told.phones))),
        links=tuple(dict.fromkeys((*account.links, *told.links))),
        photos=tuple(dict.fromkeys((*account.photos, *photos))),
    )


def _standing(note: Noted) -> Switch:
    """How a switch stands: what was read comes before what was said. OFF is what is recommended for all of these."""
    read = [found.fits for found in note.observed if found.fits is not None]
    if read and (note.answer is not StepAnswer.DONE or note.doubted):
        return Switch.OFF if all(read) else Switch.ON
    return Switch.OFF if note.answer is StepAnswer.DONE and not note.doubted else Switch.UNKNOWN
