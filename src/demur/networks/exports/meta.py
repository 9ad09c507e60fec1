"""Lists of people as Meta writes them, in the three shapes that Facebook and Instagram have used.

- `{"friends_v2": [{"name", "timestamp"}]}`: Facebook.
- `{"relationships_…": [{"title", "string_list_data": [{"href", "value", "timestamp"}]}]}`, or the bare list: Instagram;
  since 2025 the name may stand in `title` alone, with `/_u/` in the address.
- `[{"timestamp", "label_values": [{"label", "value" | "href" | "timestamp_value" | "dict" | "vec"}], "fbid"}]`: both,
  since about 2024. The labels are in the account's language, so a value is known by what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from demur.networks.exports.days import day
from demur.networks.exports.pieces import Person, plain
from demur.networks.exports.repair import line, mended

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
