"""Lists of people, photos and texts as Meta writes them, in the three shapes that Facebook and Instagram have used.

- `{"friends_v2": [{"name", "timestamp"}]}`: Facebook.
- `{"relationships_…": [{"title", "string_list_data": [{"href", "value", "timestamp"}]}]}`, or the bare list: Instagram;
  since 2025 the name may stand in `title` alone, with `/_u/` in the address.
- `[{"timestamp", "label_values": [{"label", "value" | "href" | "timestamp_value" | "dict" | "vec"}], "fbid"}]`: both,
  since about 2024. The labels are in the account's language, so a value is known by what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from demur.core.accounts import Network
from demur.core.posted import Connected, Item, Posted, PostedKind, TieKind
from demur.networks.exports.days import day
from demur.networks.exports.kinds import File
from demur.networks.exports.pieces import Person, coordinates, keyed, listed, plain
from demur.networks.exports.repair import line, mended, paragraphs
from demur.networks.exports.streams import Entry

_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.)?(?P<site>instagram|facebook|threads)\.(?:com|net)/(?:_u/|@)?(?P<who>[^/?#\s]*)",
    re.IGNORECASE,
)
_NO_HANDLE = frozenset({"profile.php", "people", "pages", "groups", "p", "reel", "stories", "friends"})
_USERNAME = re.compile(r"[A-Za-z0-9._]{1,30}")
_NAME_LABELS = frozenset(
    {"name", "full name", "display name", "nombre", "nombre completo", "nom", "nome", "naam", "imie i nazwisko",
     "vollstandiger name", "anzeigename", "nombre para mostrar"}
)  # fmt: skip
_USERNAME_LABELS = frozenset(
    {"username", "user name", "benutzername", "nombre de usuario", "usuario", "nom d'utilisateur", "nome utente",
     "nome de usuario", "gebruikersnaam", "nazwa uzytkownika"}
)  # fmt: skip
_TEXT_LABELS = frozenset(
    map(
        plain,
        ("text", "caption", "comment", "message", "post", "description", "beschriftung", "bildunterschrift",
         "kommentar", "beitrag", "nachricht", "texto", "leyenda", "pie de foto", "comentario", "publicacion", "legende",
         "commentaire", "texte", "didascalia", "commento", "testo", "legenda", "bijschrift", "opmerking", "podpis",
         "komentarz", "캡션", "댓글"),
    )
)  # fmt: skip
_OTHER_LABELS = _NAME_LABELS | _USERNAME_LABELS
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{5,24}")
_URL = re.compile(r"https?://\S+\Z")
_PICTURES = frozenset({"jpg", "jpeg", "png", "webp", "heic", "heif", "gif"})
_TEXT_KEYS = ("value", "href", "uri", "url")
_MOST_VALUES = 200
"""Values looked at in one entry; real ones hold about five."""


def is_list(content: object, key: str) -> bool:
    """Whether a file holds a list under that key, in any of its versions (`friends`, `friends_v2`)."""
    return isinstance(content, dict) and any(_is_version(name, key) for name in content)


def people(content: object, key: str, today: date) -> Iterator[Person | None]:
    """Everybody in a list, None for an entry in which nobody can be made out."""
    for record in _records(content, key):
        if not isinstance(record, dict):
            yield None
            continue
        found = [person for person in _read(record, today) if person.name or person.handle]
        if found:
            yield from found
        else:
            yield None


def connected(entry: Entry, file: File, kind: TieKind) -> Iterator[Item | None]:
    """The people in one entry of a list."""
    record = entry.value
    if not isinstance(record, dict):
        yield None
        return
    found = [person for person in _read(record, file.today) if person.name or person.handle]
    for person in found:
        since = file.when(_moment_in(record))
        yield Connected(file.network, kind, file.place(entry.index), person.name, person.handle, since=since)
    if not found:
        yield None


def _moment_in(record: Mapping[str, object]) -> object:
    inner = listed(record.get("string_list_data"))
    first = keyed(inner[0]) if inner else {}
    return first.get("timestamp") or record.get("timestamp")


def text(value: object) -> str:
    """A text of Meta's, mended, with its lines."""
    return paragraphs(mended(value)) if isinstance(value, str) else ""


def words(value: object) -> str:
    """The same as one line."""
    return _line(value)


def is_picture(name: str) -> bool:
    """Whether a file is a photo, by its ending."""
    return name.lower().rpartition(".")[2] in _PICTURES


def caption(media: Mapping[str, object], network: Network) -> str:
    """What its owner wrote under a photo. Facebook's `title` is the album's ("Mobile uploads"), but for videos."""
    if network is Network.FACEBOOK and photo_name(media):
        return text(media.get("description"))
    return text(media.get("description")) or text(media.get("title"))


def photo_name(media: Mapping[str, object]) -> str:
    """The member of the export that a photo is; empty for a video, and for what lies elsewhere."""
    name = media.get("uri")
    if not isinstance(name, str) or "://" in name or not is_picture(name):
        return ""
    return words(name)


def photo_place(media: Mapping[str, object]) -> tuple[float, float] | None:
    """Where a photo or video was taken, in degrees, as its own data said before Meta took them out."""
    about = keyed(media.get("media_metadata"))
    for key in ("photo_metadata", "video_metadata"):
        inner = keyed(about.get(key))
        for data in (*listed(inner.get("exif_data")), inner):
            found = coordinates(keyed(data).get("latitude"), keyed(data).get("longitude"))
            if found is not None:
                return found
    return None


def photo(media: Mapping[str, object], file: File, entry: Entry) -> Posted:
    """A photo or video by itself, with its caption, if it has one."""
    name = photo_name(media)
    return Posted(
        file.network,
        PostedKind.CAPTION,
        caption(media, file.network),
        file.place(entry.index),
        file.when(media.get("creation_timestamp")),
        photos=(name,) if name else (),
        coordinates=photo_place(media),
    )


def contact(values: Sequence[str], file: File, entry: Entry) -> Connected | None:
    """Somebody of an address book that was uploaded, by values whose labels may be in any language."""
    emails = [value for value in values if _EMAIL.fullmatch(value)]
    phones = [value for value in values if _PHONE.fullmatch(value)]
    names = [value for value in values if value not in emails and value not in phones]
    if not values:
        return None
    return Connected(
        file.network,
        TieKind.CONTACT,
        file.place(entry.index),
        name=line(" ".join(names[:3])),
        email=next(iter(emails), ""),
        phone=next(iter(phones), ""),
    )


def labelled(record: Mapping[str, object]) -> list[tuple[str, str]]:
    """The texts of a record with labels, each with its label, folded; those that are numbers or addresses are not."""
    found = []
    for label, value in _flat([*listed(record.get("label_values"))]):
        written = text(value)
        if written and not _URL.match(written):
            found.append((label, written))
    return found


def said(record: Mapping[str, object]) -> str:
    """What somebody wrote in a record with labels: what stands under a label for it, or else the longest text."""
    values = labelled(record)
    for label, written in values:
        if label in _TEXT_LABELS:
            return written
    return max((written for label, written in values if label not in _OTHER_LABELS), key=len, default="")


def posted(entry: Entry, file: File, kind: PostedKind = PostedKind.POST) -> Iterator[Item | None]:
    """A post in the shape with labels: its text, and its photos."""
    record = keyed(entry.value)
    media = [keyed(one) for one in _media_of(record)]
    written = said(record)
    names = tuple(name for one in media if (name := photo_name(one)))
    if not (written or media):
        yield None
        return
    moment = file.when(record.get("timestamp")) or next(
        (found for one in media if (found := file.when(one.get("creation_timestamp")))), None
    )
    places = (photo_place(one) for one in media)
    yield Posted(
        file.network,
        kind,
        written,
        file.place(entry.index),
        moment,
        photos=names,
        coordinates=next((found for found in places if found), None),
    )
    yield from captioned(media, file, entry, written)


def captioned(media: Iterable[Mapping[str, object]], file: File, entry: Entry, already: str) -> Iterator[Posted]:
    """The photos and videos of a post that have a caption of their own, which isn't what the post says."""
    for one in media:
        if caption(one, file.network) not in ("", already):
            yield photo(one, file, entry)


def _media_of(record: Mapping[str, object]) -> Iterator[object]:
    """The media of a record, beside its labels and in them."""
    waiting: list[object] = [*reversed(listed(record.get("label_values"))), *reversed(listed(record.get("media")))]
    looked_at = 0
    while waiting and looked_at < _MOST_VALUES:
        looked_at += 1
        one = keyed(waiting.pop())
        if "uri" in one:
            yield one
        for key in ("media", "dict", "vec"):
            inner = one.get(key)
            waiting += reversed(listed(inner)) if isinstance(inner, list) else [inner] if inner else []


def _records(content: object, key: str) -> list[object]:
    if isinstance(content, list):
        return content
    if not isinstance(content, dict):
        return []
    lists = {name: value for name, value in content.items() if isinstance(value, list)}
    wanted = [value for name, value in lists.items() if _is_version(name, key)]
    if wanted:
        return [record for value in wanted for record in value]
    if "label_values" in content or "string_list_data" in content or "name" in content:
        return [content]
    # The name of the file has said what it holds; the key was renamed once more.
    return [record for value in lists.values() for record in value]


def _is_version(name: object, key: str) -> bool:
    return isinstance(name, str) and re.fullmatch(rf"{re.escape(key)}(?:_v[0-9]+)?", mended(name)) is not None


def _read(record: dict[str, object], today: date) -> Iterator[Person]:
    title = _line(record.get("title"))
    at = day(record.get("timestamp"), today)
    if isinstance(entries := record.get("string_list_data"), list) and entries:
        for entry in entries:
            if isinstance(entry, dict):
                handle = _handle(entry.get("href")) or _line(entry.get("value")) or title
                yield Person(handle=handle, day=day(entry.get("timestamp"), today) or at)
    elif isinstance(values := record.get("label_values"), list) and values:
        yield _of_values(values, at, today)
    else:
        name = _line(record.get("name"))
        yield Person(name=name or title, handle=_handle(record.get("href")), day=at)


def _of_values(values: list[object], at: date | None, today: date) -> Person:
    handle, name, texts = "", "", []
    for label, text in _flat(values):
        if isinstance(text, str) and _ADDRESS.match(text):
            handle = handle or _handle(text)
        elif isinstance(text, str) and (written := _line(text)):
            if label in _USERNAME_LABELS and _USERNAME.fullmatch(written):
                handle = written
            elif label in _NAME_LABELS:
                name = name or written
            elif any(character.isalpha() for character in written):
                texts.append(written)
        elif at is None:
            at = day(text, today)
    others = [text for text in texts if plain(text) != plain(handle)]
    if not handle and not name and others and all(_USERNAME.fullmatch(text) for text in others):
        # Without an address: the name comes before the username, and what stands alone is the username.
        handle = others.pop()
    return Person(name=name or next(iter(others), ""), handle=handle, day=at)


def _flat(values: list[object]) -> list[tuple[str, object]]:
    """Labels with their values in the order of the file, those inside `dict` and `vec` among them."""
    found: list[tuple[str, object]] = []
    waiting: list[object] = list(reversed(values))
    while waiting and len(found) < _MOST_VALUES:
        entry = waiting.pop()
        if not isinstance(entry, dict):
            continue
        label = plain(_line(entry.get("label")))
        for key in _TEXT_KEYS:
            if isinstance(entry.get(key), str):
                found.append((label, entry[key]))
        if "timestamp_value" in entry:
            found.append((label, entry["timestamp_value"]))
        for key in ("vec", "dict"):
            inner = entry.get(key)
            if isinstance(inner, list):
                waiting.extend(reversed(inner[:_MOST_VALUES]))
            elif isinstance(inner, dict):
                waiting.append(inner)
    return found


def _handle(address: object) -> str:
    match = _ADDRESS.match(_line(address))
    if match is None or match["who"].lower() in _NO_HANDLE:
        return ""
    return match["who"]


def _line(value: object) -> str:
    return line(mended(value)) if isinstance(value, str) else ""
