"""Weighs one item of an export: which exposures it makes. Runs in any process; the same item gives the same answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from demur.audit.kinds import Kind, kind_called, kind_of, tells_work
from demur.audit.recipe import Recipe, engine_for
from demur.caseload.matcher import match_profile
from demur.core.accounts import Account, Audience, Network, Profile, Purpose
from demur.core.content import MAX_TEXT_LENGTH, Post
from demur.core.exposures import Exposure, ExposureKind, Remedy, Urgency
from demur.core.findings import ABOUT_CLIENTS, Category, Confidence, Finding
from demur.core.matches import Level, Match
from demur.core.photos import PhotoFacts, PhotoRefused
from demur.core.posted import (
    Connected,
    Item,
    OwnProfile,
    Place,
    Posted,
    PostedKind,
    SettingFound,
    TieKind,
    Whereabouts,
)
from demur.core.verdicts import Outcome, Verdict

_LONGEST_SHOWN = 300
_MOST_REASONS = 2
_NEVER_TOLD = frozenset({"birth year", "age"})
"""What a match may rest on and no report repeats: it tells of the caseload, not of the connection."""
_MAY_BE_CLIENT = "This connection may be somebody you serve: {reason}."
_ADDRESS_BOOK = "The network holds a copy of your address book, and somebody you serve is in it."
_ADDRESS_BOOK_PERHAPS = "The network holds a copy of your address book, and somebody in it may be somebody you serve."
_FACE = "A face can be recognised, and found again by its picture."
_PHOTO_PLACE = (
    "The photo's own file tells where it was taken, to about a house. Networks mostly take that out of what they show, "
    "so readers hardly ever get it; the file in your export has it still."
)
_PHOTO_PLACE_TOLD = (
    "The network keeps where this photo was taken, to about a house. Readers of the post mostly don't get to see it."
)
_POST_PLACE = "The post tells the network, and perhaps its readers, where you were."
_VENUE = "The post names the place where you were."
_QUESTION = "The words alone don't tell whether somebody you serve is meant. Only you know."
_CALLED_ALIKE = "Somebody on your list has a name like this. Only you know whether they are meant."
_ABOUT_CLIENTS = frozenset({ExposureKind.NAMED, ExposureKind.CLIENT})
_OF_THE_LIST = "caseload-"
_NAMED_PERHAPS = "It likely names somebody on your list."
_NAMED_BY_REACH = "It gives a number or an address of somebody on your list."
_REACH_OF_CLIENTS = frozenset({"caseload-phone", "caseload-email", "caseload-handle"})
_PROFILE_TELLS_WORK = "Your profile tells what you do, and so ties this account to your work."
_FINDABLE, _OF_CLIENTS, _TIES = ("NASW-1.06f",), ("NASW-1.07r",), ("NASW-1.06g", "ACA-H.6.a")
_META = frozenset({Network.FACEBOOK, Network.INSTAGRAM, Network.THREADS})
"""Whose exports tell with a post what the file of its photo told; a place that the owner chose has a name there."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the owner was once: latitude and longitude rounded to about 100 m, and when.

    `posted` tells what readers may see from what the network noted for itself.
    """

    coordinates: tuple[float, float]
    when: datetime | None
    network: Network
    place: Place
    posted: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """One post as somebody who may see it would: when, what it says (where its owner keeps words), how many photos."""

    network: Network
    kind: PostedKind
    audience: Audience | None
    when: datetime | None
    text: str
    photos: int
    place: Place


@dataclass(slots=True)
class Weighed:
    """What some items gave. `counts` is by what they are; the rest goes into the audit's state."""

    exposures: list[Exposure] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)
    settings: list[SettingFound] = field(default_factory=list)
    profiles: list[OwnProfile] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)

    def count(self, what: str, by: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + by


@dataclass(frozen=True, slots=True)
class Task:
    """An item, and the photos that go with it: looked at already, or their bytes."""

    item: Item
    photos: tuple[bytes, ...] = ()


def weigh(recipe: Recipe, tasks: Iterable[Task]) -> Weighed:
    """The exposures of some items, in their order. What an item holds never makes it fail."""
    weighed = Weighed()
    for task in tasks:
        item = task.item
        if isinstance(item, Posted):
            _weigh_posted(recipe, item, task.photos, weighed)
        elif isinstance(item, Connected):
            _weigh_connected(recipe, item, weighed)
        elif isinstance(item, OwnProfile):
            _weigh_profile(recipe, item, weighed)
        elif isinstance(item, SettingFound):
            weighed.count("settings")
            weighed.settings.append(item)
        elif isinstance(item, Whereabouts):
            weighed.count("whereabouts")
            if item.coordinates is not None:
                weighed.spots.append(Spot(_rounded(item.coordinates), item.when, item.network, item.place, False))
    return weighed


# --- what was published --------------------------------------------------------------------------------------------


def _weigh_posted(recipe: Recipe, item: Posted, photos: tuple[bytes, ...], weighed: Weighed) -> None:
    weighed.count(item.kind.value)
    if item.kind is PostedKind.REPOST:
        return
    if item.tagged:
        weighed.count("tagged")
    # A caption or a text for a picture stands with its post, which was shown already.
    if not (item.kind is PostedKind.CAPTION and weighed.shown and weighed.shown[-1].place == item.place):
        weighed.shown.append(
            Shown(
                item.network,
                item.kind,
                item.audience,
                item.when,
                item.text[:_LONGEST_SHOWN] if recipe.keep_text else "",
                len(item.photos),
                item.place,
            )
        )
    if item.text.strip():
        for kind, why, cites, urgency in _in_words(recipe, item, weighed):
            remedy = Remedy.ASK if why in (_QUESTION, _CALLED_ALIKE) else _remedy(kind.remedy, item)
            weighed.exposures.append(_exposure(recipe, item, kind.kind, urgency, remedy, why, cites))
    if item.coordinates is not None:
        of_photo = item.network in _META and not item.venue
        spot = _rounded(item.coordinates)
        weighed.spots.append(Spot(spot, item.when, item.network, item.place, not of_photo))
        urgency = Urgency.LATER if of_photo or _few_see(item.audience) else Urgency.SOON
        remedy = Remedy.CAMERA if of_photo else _remedy(Remedy.LIMIT, item)
        why = _PHOTO_PLACE_TOLD if of_photo else _VENUE if item.venue else _POST_PLACE
        weighed.exposures.append(
            _exposure(recipe, item, ExposureKind.PLACE, urgency, remedy, why, _FINDABLE, marker="coordinates")
        )
    elif item.venue:
        weighed.exposures.append(
            _exposure(
                recipe,
                item,
                ExposureKind.PLACE,
                Urgency.LATER,
                _remedy(Remedy.LIMIT, item),
                _VENUE,
                _FINDABLE,
                marker="venue",
            )
        )
    _weigh_photos(recipe, item, photos, weighed)


def _in_words(recipe: Recipe, item: Posted, weighed: Weighed) -> list[tuple[Kind, str, tuple[str, ...], Urgency]]:
    """The kinds of exposure in the words of a post, each once, with why and how soon."""
    audience = item.audience if item.audience is not None else Audience.PUBLIC
    engine = engine_for(recipe)
    verdict = engine.check(
        Post(
            item.text[:MAX_TEXT_LENGTH],
            Account(item.network, recipe.purpose),
            audience,
            recipe.role,
            reply_to=item.answers or None,
            photos=len(item.photos),
            work_area=recipe.work_area,
        ),
        reword=False,
        ask_second=False,
    )
    kinds: dict[ExposureKind, tuple[Kind, list[Finding]]] = {}
    for finding in verdict.findings:
        # INVARIANT: talk of despair is nobody's exposure to be listed; it stays the person's own.
        if finding.category is Category.CRISIS or (kind := kind_of(finding)) is None:
            continue
        if kind.kind is ExposureKind.WORK and recipe.purpose is not Purpose.PERSONAL:
            continue
        kinds.setdefault(kind.kind, (kind, []))[1].append(finding)
    if ExposureKind.NAMED in kinds:
        kinds.pop(ExposureKind.CLIENT, None)  # one post about somebody who is named is one thing to see to
    if verdict.outcome >= Outcome.REFER and not kinds.keys().isdisjoint(_ABOUT_CLIENTS):
        # It is to be deleted: to limit it as well helps nobody, and whoever is named is no colleague.
        kinds.pop(ExposureKind.WORK, None)
        kinds.pop(ExposureKind.PLACE, None)
    told = []
    asked = _asks_about_client(verdict)
    alike = any(one.rule.startswith(_OF_THE_LIST) for one in verdict.findings)
    question = _CALLED_ALIKE if alike else _QUESTION
    client = kind_called(ExposureKind.CLIENT)
    for kind, findings in kinds.values():
        urgency = kind.urgency(item.audience)
        if kind.kind in _ABOUT_CLIENTS:
            if verdict.outcome < Outcome.REFER:
                if not asked:
                    continue  # a word that on its own holds nothing back
                urgency = Urgency.SOON
            if verdict.outcome is Outcome.ASK:
                told.append((client, question, client.cites, urgency))
            else:
                why = _names(kind, findings) if kind.kind is ExposureKind.NAMED else kind.why
                told.append((kind, why, kind.cites, urgency))
            asked = False
            continue
        told.append((kind, kind.why, kind.cites, urgency))
    if asked:
        weighed.count("questions")
        told.append((client, question, client.cites, Urgency.SOON))
    return told


def _names(kind: Kind, findings: list[Finding]) -> str:
    """How surely a post names somebody on the caseload, or that it gives how to reach them."""
    names = [one for one in findings if one.rule not in _REACH_OF_CLIENTS]
    if not names:
        return _NAMED_BY_REACH
    sure = any(one.confidence is Confidence.SURE for one in names)
    return kind.why if sure else _NAMED_PERHAPS


def _asks_about_client(verdict: Verdict) -> bool:
    return verdict.outcome is Outcome.ASK and any(
        finding.category in ABOUT_CLIENTS | {Category.MOSAIC, Category.WORK_FRUSTRATION}
        for reason in verdict.reasons
        for finding in reason.findings
    )


def _weigh_photos(recipe: Recipe, item: Posted, photos: tuple[bytes, ...], weighed: Weighed) -> None:
    if not recipe.look_at_photos or not photos:
        return
    from demur.photos.looking import look_at  # OpenCV is large, and audits without photos never need it

    faces = 0
    for number, data in enumerate(photos):
        try:
            facts: PhotoFacts = look_at(data)
        except PhotoRefused:
            weighed.count("photos not opened")
            continue
        weighed.count("photos")
        faces += facts.faces
        if facts.place is not None:
            weighed.spots.append(Spot(facts.place, facts.taken or item.when, item.network, item.place, False))
            if item.coordinates is not None:
                continue  # told already, out of the same file
            weighed.exposures.append(
                _exposure(
                    recipe,
                    item,
                    ExposureKind.PLACE,
                    Urgency.LATER,
                    Remedy.CAMERA,
                    _PHOTO_PLACE,
                    _FINDABLE,
                    marker=f"gps {number}",
                )
            )
    if faces:
        weighed.count("faces", faces)
        urgency = Urgency.LATER if _few_see(item.audience) else Urgency.SOON
        weighed.exposures.append(
            _exposure(
                recipe,
                item,
                ExposureKind.FACE,
                urgency,
                _remedy(Remedy.LIMIT, item),
                _FACE,
                _OF_CLIENTS,
                marker="faces",
                count=faces,
            )
        )


def _remedy(remedy: Remedy, item: Posted) -> Remedy:
    """What can be done about this one: nobody limits a comment, and a tag shows a post to more people than chosen."""
    if item.kind is PostedKind.BIO:
        return Remedy.PROFILE if remedy in (Remedy.DELETE, Remedy.EDIT, Remedy.LIMIT) else remedy
    if item.kind in (PostedKind.COMMENT, PostedKind.REPLY):
        return Remedy.DELETE if remedy in (Remedy.EDIT, Remedy.LIMIT) else remedy
    return Remedy.UNTAG if remedy is Remedy.LIMIT and item.tagged and item.network in _TAGS_SHOW else remedy


_TAGS_SHOW = frozenset({Network.FACEBOOK})
"""Where friends of somebody tagged may see the post, too."""


def _few_see(audience: Audience | None) -> bool:
    return audience in (Audience.FRIENDS, Audience.CLOSE_FRIENDS)


def _exposure(
    recipe: Recipe,
    item: Posted,
    kind: ExposureKind,
    urgency: Urgency,
    remedy: Remedy,
    why: str,
    cites: tuple[str, ...] = (),
    marker: str = "",
    count: int = 1,
) -> Exposure:
    # The same post must be known again in the next export, where it stands elsewhere.
    when = item.when.isoformat() if item.when is not None else ""
    # Networks move their folders from one year to the next, so of a photo only the name counts; and a photo is the
    # same one in its post and in its album.
    photos = " ".join(name.rpartition("/")[2] for name in item.photos)
    own = item.link or f"{item.kind.value}\x1f{when}\x1f{item.text or photos}"
    if kind is ExposureKind.FACE and photos:
        own = photos
    return Exposure(
        kind=kind,
        urgency=urgency,
        remedy=remedy,
        network=item.network,
        place=item.place,
        why=why,
        fingerprint=recipe.fingerprint(item.network, kind.value, marker, own),
        when=item.when.date() if item.when is not None else None,
        audience=item.audience,
        text=item.text if recipe.keep_text else "",
        link=item.link,
        cites=cites,
        count=count,
        posted=item.kind,
        post=recipe.fingerprint(
            item.network,
            "post",
            item.place.part,
            item.place.member,
            str(item.place.entry),
            # A file may hold several lists, each of which counts from its own beginning.
            when or own,
        ),
    )


def _rounded(coordinates: tuple[float, float]) -> tuple[float, float]:
    return round(coordinates[0], 3), round(coordinates[1], 3)


# --- who is tied to the account --------------------------------------------------------------------------------------


def _weigh_connected(recipe: Recipe, item: Connected, weighed: Weighed) -> None:
    weighed.count(item.kind.value)
    profile = Profile(display_name=item.name, handle=item.handle, email=item.email, phone=item.phone)
    matches = match_profile(engine_for(recipe).caseload, profile, "", recipe.today)
    if not matches:
        return
    best: Match = matches[0]
    sure = best.level is Level.MATCH
    told = sorted(
        (one for one in best.comparisons if one.bits > 0 and one.field not in _NEVER_TOLD), key=lambda one: -one.bits
    )
    reason = ", ".join(one.says[:1].lower() + one.says[1:].removesuffix(".") for one in told[:_MOST_REASONS])
    book = item.kind is TieKind.CONTACT
    weighed.exposures.append(
        Exposure(
            kind=ExposureKind.CONTACTS if book else ExposureKind.CONNECTION,
            urgency=Urgency.FIRST if sure else Urgency.SOON,
            remedy=Remedy.CLEAR if book else Remedy.UNFRIEND if sure else Remedy.ASK,
            network=item.network,
            place=item.place,
            why=(_ADDRESS_BOOK if sure else _ADDRESS_BOOK_PERHAPS) if book else _MAY_BE_CLIENT.format(reason=reason),
            fingerprint=recipe.fingerprint(
                item.network, item.kind.value, item.handle or item.name or item.phone, item.email
            ),
            when=item.since.date() if item.since is not None else None,
            text=(item.name or item.handle) if recipe.keep_text else "",
            client=best.client.client_id,
        )
    )


def _weigh_profile(recipe: Recipe, item: OwnProfile, weighed: Weighed) -> None:
    weighed.count("profile")
    # What a stranger would see of it, and no way to reach anybody; what it says is words, too.
    bio = item.bio if recipe.keep_text else ""
    weighed.profiles.append(replace(item, bio=bio, emails=(), phones=(), links=(), photo=""))
    if item.bio.strip():
        told = Posted(item.network, PostedKind.BIO, item.bio, item.place, audience=Audience.PUBLIC)
        before = len(weighed.exposures)
        _weigh_posted(recipe, told, (), weighed)
        tied = any(one.kind is ExposureKind.WORK for one in weighed.exposures[before:])
        # On LinkedIn, telling one's work is what a profile is for.
        private = recipe.purpose is Purpose.PERSONAL and item.network is not Network.LINKEDIN
        if private and not tied and tells_work(item.bio):
            weighed.exposures.append(
                _exposure(recipe, told, ExposureKind.WORK, Urgency.SOON, Remedy.PROFILE, _PROFILE_TELLS_WORK, _TIES)
            )
