"""A Bluesky account: what of its settings its own server tells, and the two that the person can set from here.

It signs in with an app password, never with the main one, and out again after each visit: no session is kept. Nobody's
name is read but the account's own handle; of posts it counts who may reply, and of followers how many there are.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from demur.server.connectors.errors import BUSY, STRANGE, TROUBLE, ConnectorError
from demur.server.connectors.hosts import is_host, web_address

if TYPE_CHECKING:
    from demur.server.connectors.bounded import BoundedSession

Place = tuple[str, str]
"""Where a value stands: member and field, as in the `reads` of the catalogue of settings."""
Values = Mapping[Place, str]

LOGGED_OUT: Place = ("app.bsky.actor.profile", "labels !no-unauthenticated")
CHAT: Place = ("chat.bsky.actor.declaration", "allowIncoming")
REPLIES: Place = ("app.bsky.actor.getPreferences", "threadgateAllowRules")
QUOTES: Place = ("app.bsky.actor.getPreferences", "postgateEmbeddingRules")

CAN_SET: Mapping[Place, tuple[str, ...]] = {LOGGED_OUT: ("true", "false"), CHAT: ("all", "following", "none")}
"""What can be set from here, and to what."""

USUAL_SERVER = "https://bsky.social"
"""Where almost all accounts are. It passes questions on to the server that really keeps them."""

MOST_BYTES = 4_000_000
"""The largest answer that is read; a page of a hundred long posts has about a tenth of it."""
WAIT = 20.0
"""Seconds of silence."""
WAIT_IN_ALL = 60.0
"""Seconds for a whole visit: signing in, all questions, and signing out."""
RECENT = 100
"""How many of the newest posts are looked at, replies included: one page, the largest that a server gives."""

_MOST_PAGES = 5
_LABEL = "!no-unauthenticated"
_LABELS = "com.atproto.label.defs#selfLabels"
_DID = re.compile(r"did:[a-z]{1,20}:[A-Za-z0-9._:%-]{1,500}")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{8,8000}")
_CID = re.compile(r"[A-Za-z0-9+=/]{8,256}")
_APP_PASSWORD = re.compile(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}")
_COPIED_ALONG = "@\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_RULES = {
    "app.bsky.feed.threadgate#followingRule": "followed",
    "app.bsky.feed.threadgate#followerRule": "followers",
    "app.bsky.feed.threadgate#listRule": "listed",
    "app.bsky.feed.threadgate#mentionRule": "mentioned",
}
_NO_QUOTES = "app.bsky.feed.postgate#disableRule"
_PREFERENCE = "app.bsky.actor.defs#postInteractionSettingsPref"
_NOT_ACTIVE = ("AccountTakedown", "AccountDeactivated", "RepoTakendown", "RepoDeactivated", "RepoSuspended")

NO_HANDLE = "Write your whole handle, such as dana.bsky.social."
MAIN_ONE = (
    "This is no app password: those look like abcd-efgh-ijkl-mnop. Make one on Bluesky under Settings → Privacy and"
    " security → App passwords. Your main password is never needed here."
)
NOT_ENCRYPTED = "Demur speaks to Bluesky over https only. Write the server's name alone, such as bsky.social."
NOT_SIGNED_IN = (
    "Bluesky did not take this handle and app password. Make a new app password there, and connect the account again."
)
NOT_ALLOWED = "Bluesky doesn't allow this with the app password. Make a new one there, and connect the account again."
NOT_ACTIVE = "Bluesky says that this account is not active right now. Sign in there and look what it waits for."
NO_BLUESKY = "There is a server of this name, but nothing of Bluesky answers there. Is this its name?"
CHANGED_MEANWHILE = "This was changed somewhere else in the same moment, so Demur left it alone. Look at it again."
NOT_TAKEN = "Bluesky did not take the change, so all stands as before. Change it in Bluesky itself."
NOT_CONFIRMED = "Bluesky did not confirm the change. Look there whether it is done."


@dataclass(frozen=True, slots=True)
class BlueskySettings:
    """One account: its handle, an app password, and the server where it signs in."""

    handle: str = field(repr=False)
    app_password: str = field(repr=False)
    server: str = USUAL_SERVER


@dataclass(frozen=True, slots=True)
class Gates:
    """Who may reply to the newest posts that began a thread, and how many of them can't be quoted; numbers alone.

    `posts` are those that were looked at; `all_looked_at` is false where the account has older ones.
    """

    posts: int
    nobody_replies: int
    some_reply: int
    not_quoted: int
    all_looked_at: bool


@dataclass(frozen=True, slots=True)
class Stands:
    """What an account's own server tells of it. `followers` is None where nobody could count them just now."""

    values: Values
    gates: Gates
    followers: int | None


class _RefusedError(Exception):
    """The server answered with an error; `code` is its short name for it, to be compared and never shown."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__()
        self.status = status
        self.code = code

    def says(self, *, pressed: bool = False) -> str:
        """The sentence for it; `pressed` where the question was to change something."""
        if self.status == 429:
            return BUSY
        if self.status >= 500:
            return NOT_CONFIRMED if pressed else TROUBLE
        if self.code in _NOT_ACTIVE:
            return NOT_ACTIVE
        if self.status in (401, 403) or self.code in ("ExpiredToken", "InvalidToken"):
            return NOT_ALLOWED
        if self.code == "InvalidSwap":
            return CHANGED_MEANWHILE
        return NOT_TAKEN if pressed else STRANGE


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of the account, and the fingerprint of the edition that was read."""

    value: Mapping[str, Any]
    cid: str


def server_address(typed: str) -> str:
    """The address of a server as somebody types it, https where nothing is said. Raises ConnectorError."""
    return web_address(typed.strip() or USUAL_SERVER, NOT_ENCRYPTED)


def whole_handle(typed: str) -> str:
    """A handle as somebody types or copies it. Raises ConnectorError where it is none."""
    handle = typed.strip().strip(_COPIED_ALONG).lower()
    if "." not in handle or not is_host(handle):
        raise ConnectorError(NO_HANDLE)
    return handle


def app_password(typed: str) -> str:
    """An app password as somebody types it.

    INVARIANT: what doesn't look like one raises ConnectorError, so that no main password is ever kept or sent.
    """
    password = typed.strip().lower()
    if not _APP_PASSWORD.fullmatch(password):
        raise ConnectorError(MAIN_ONE)
    return password


def check(settings: BlueskySettings) -> None:
    """Sign in, and out again, and do nothing more. Raises ConnectorError."""
    with _visit(settings):
        pass


def look(settings: BlueskySettings) -> Stands:
    """What stands in the account. Nothing is changed there. Raises ConnectorError."""
    with _visit(settings) as visit:
        values = {place: _value(place, visit.record(place[0])) for place in CAN_SET}
        gates = _gates(visit)
        # Last, because an account is worth looking at without them: whoever counts followers is another server.
        return Stands({**values, **_defaults(visit)}, gates, _followers(visit))


def set_value(settings: BlueskySettings, place: Place, value: str) -> Values:
    """Set one of `CAN_SET`, because the person pressed that, and give back what stands there now.

    INVARIANT: it returns only where the server, asked again, tells the new value. What else the record holds stays, and
    a change that somebody made in between is not undone. Raises ConnectorError, ValueError for what can't be set.
    """
    if value not in CAN_SET.get(place, ()):
        raise ValueError("this can not be set from here")
    with _visit(settings) as visit:
        before = visit.record(place[0])
        if _value(place, before) != value:
            visit.put(place[0], _changed(place, before, value), before)
            try:
                told = _value(place, visit.record(place[0]))
            except ConnectorError:
                raise ConnectorError(NOT_CONFIRMED) from None
            if told != value:
                raise ConnectorError(NOT_CONFIRMED)
    return {place: value}


class _Visit:
    """A signed-in account and the questions that can be put to its server."""

    def __init__(self, session: BoundedSession, address: str) -> None:
        self._session = session
        self._address = address
        self._did = self._access = self._refresh = ""

    def sign_in(self, handle: str, password: str) -> None:
        """Raises ConnectorError."""
        try:
            said = self.ask("com.atproto.server.createSession", body={"identifier": handle, "password": password})
        except _RefusedError as refused:
            wrong = refused.status in (400, 401, 403) and refused.code not in _NOT_ACTIVE
            raise ConnectorError(NOT_SIGNED_IN if wrong else refused.says()) from None
        self._did = _fitting(_DID, said.get("did"))
        self._access, self._refresh = (_fitting(_TOKEN, said.get(name)) for name in ("accessJwt", "refreshJwt"))
        if said.get("active") is False:
            self.sign_out()
            raise ConnectorError(NOT_ACTIVE)

    def sign_out(self) -> None:
        """End the session there. Where that fails, it ends by itself."""
        with contextlib.suppress(ConnectorError, _RefusedError):
            self._access = self._refresh
            self.ask("com.atproto.server.deleteSession", body={})

    def record(self, collection: str) -> _Record | None:
        """The one record of a kind that an account has once; None where it has none. Raises ConnectorError."""
        try:
            said = self.ask("com.atproto.repo.getRecord", {"repo": self._did, "collection": collection, "rkey": "self"})
        except _RefusedError as refused:
            if refused.code == "RecordNotFound":
                return None
            raise ConnectorError(refused.says()) from None
        value = said.get("value")
        if not isinstance(value, dict) or said.get("uri") != f"at://{self._did}/{collection}/self":
            raise ConnectorError(STRANGE)
        return _Record(value, _fitting(_CID, said.get("cid")))

    def put(self, collection: str, value: Mapping[str, Any], before: _Record | None) -> None:
        """Write such a record, if it is still the one from before. Raises ConnectorError."""
        body = {"repo": self._did, "collection": collection, "rkey": "self", "record": value}
        try:
            self.ask(
                "com.atproto.repo.putRecord",
                body=body | {"swapRecord": before.cid if before else None},
                pressed=True,
            )
        except _RefusedError as refused:
            raise ConnectorError(refused.says(pressed=True)) from None

    def pages(self, collection: str) -> Iterator[list[tuple[str, Mapping[str, Any]]]]:
        """Records of a kind with their keys, the newest first, page by page. Raises ConnectorError."""
        about = {"repo": self._did, "collection": collection, "limit": str(RECENT)}
        for _ in range(_MOST_PAGES):
            try:
                said = self.ask("com.atproto.repo.listRecords", about)
            except _RefusedError as refused:
                raise ConnectorError(refused.says()) from None
            yield _keyed(said.get("records"))
            following = said.get("cursor")
            if not isinstance(following, str) or following in ("", about.get("cursor")):
                return
            about["cursor"] = following[:1000]

    def profile(self) -> dict[str, Any]:
        """The account as others see it. Raises ConnectorError, _RefusedError."""
        return self.ask("app.bsky.actor.getProfile", {"actor": self._did})

    def ask(
        self,
        name: str,
        about: Mapping[str, str] | None = None,
        *,
        body: Mapping[str, Any] | None = None,
        pressed: bool = False,
    ) -> dict[str, Any]:
        """What the server answers. Raises ConnectorError where that is nothing of Bluesky's, and _RefusedError.

        INVARIANT: errors are told anew, since a library's may hold addresses, and a server's its own words.
        """
        from requests.exceptions import RequestException
        from urllib3.exceptions import HTTPError

        from demur.server.connectors.bounded import what_broke

        headers = {"User-Agent": "Demur", "Accept": "application/json"}
        if self._access:
            headers["Authorization"] = f"Bearer {self._access}"
        try:
            answer = self._session.request(
                "GET" if body is None else "POST",
                f"{self._address}/xrpc/{name}",
                params=about,
                json=body or None,
                headers=headers,
                timeout=WAIT,
            )
        except (RequestException, HTTPError, OSError, ValueError) as error:
            sentence, reached = what_broke(error)
            raise ConnectorError(NOT_CONFIRMED if pressed and reached else sentence) from None
        said = _parsed(answer.content)
        if answer.status_code == 200 and said is not None:
            return said
        code = said.get("error") if said else None
        if answer.status_code != 200 and (isinstance(code, str) or answer.status_code in (429, *range(500, 600))):
            raise _RefusedError(answer.status_code, str(code))
        raise ConnectorError(NOT_CONFIRMED if pressed else NO_BLUESKY)


@contextlib.contextmanager
def _visit(settings: BlueskySettings) -> Iterator[_Visit]:
    from demur.server.connectors.bounded import BoundedSession

    address = server_address(settings.server)
    handle, password = whole_handle(settings.handle), app_password(settings.app_password)
    with BoundedSession(MOST_BYTES, WAIT_IN_ALL) as session:
        visit = _Visit(session, address)
        visit.sign_in(handle, password)
        try:
            yield visit
        finally:
            visit.sign_out()


def _value(place: Place, record: _Record | None) -> str:
    """What stands in a record, or what holds where there is none. Raises ConnectorError."""
    if place == CHAT:
        # Bluesky's own app reads a missing declaration as "following".
        return str(record.value.get("allowIncoming", "") if record else "following")[:100]
    return "true" if record and _LABEL in map(_label, _labels(record.value)) else "false"


def _changed(place: Place, before: _Record | None, value: str) -> dict[str, Any]:
    """The record with the new value and all else that was in it."""
    held: dict[str, Any] = {**(before.value if before else {}), "$type": place[0]}
    if place == CHAT:
        return held | {"allowIncoming": value}
    kept = [label for label in _labels(held) if _label(label) != _LABEL]
    return held | {"labels": {"$type": _LABELS, "values": kept + [{"val": _LABEL}] * (value == "true")}}


def _labels(profile: Mapping[str, Any]) -> list[Any]:
    """The labels that somebody put on their own profile. Raises ConnectorError where they can't be understood."""
    labels = profile.get("labels")
    if labels is None:
        return []
    values = labels.get("values") if isinstance(labels, dict) and labels.get("$type") == _LABELS else None
    if not isinstance(values, list):
        raise ConnectorError(STRANGE)
    return values


def _label(label: Any) -> Any:
    return label.get("val") if isinstance(label, dict) else None


def _gates(visit: _Visit) -> Gates:
    newest = next(visit.pages("app.bsky.feed.post"))
    began = {key for key, post in newest if post.get("reply") is None}
    oldest = min((key for key, _ in newest), default="")
    replies = _since(visit, "app.bsky.feed.threadgate", oldest) if began else {}
    quotes = _since(visit, "app.bsky.feed.postgate", oldest) if began else {}
    rules = [_rules(replies[key].get("allow")) for key in began & replies.keys()]
    shut = [key for key in began & quotes.keys() if _stops_quotes(quotes[key].get("embeddingRules"))]
    nobody, anyone = rules.count("nobody"), rules.count("anyone")
    return Gates(len(began), nobody, len(rules) - nobody - anyone, len(shut), len(newest) < RECENT)


def _since(visit: _Visit, collection: str, oldest: str) -> dict[str, Mapping[str, Any]]:
    """The gates of the newest posts: a gate has the key of its post, and keys grow with time."""
    found: dict[str, Mapping[str, Any]] = {}
    for page in visit.pages(collection):
        found |= dict(page)
        if min(found, default="") < oldest:
            break
    return found


def _defaults(visit: _Visit) -> Values:
    """Who may reply to and quote what the account will post; nothing where its server doesn't tell."""
    try:
        told = visit.ask("app.bsky.actor.getPreferences").get("preferences")
    except (ConnectorError, _RefusedError):
        return {}
    if not isinstance(told, list):
        return {}
    held = next((one for one in told if isinstance(one, dict) and one.get("$type") == _PREFERENCE), {})
    quotes = "off" if _stops_quotes(held.get("postgateEmbeddingRules")) else "on"
    return {REPLIES: _rules(held.get("threadgateAllowRules")), QUOTES: quotes}


def _rules(allow: Any) -> str:
    """Who may reply, in words: anyone, nobody, or those that rules name, such as "followed, mentioned"."""
    if allow is None:
        return "anyone"
    if not isinstance(allow, list):
        return "other"
    told = {_RULES.get(str(rule.get("$type")) if isinstance(rule, dict) else "", "other") for rule in allow}
    return ", ".join(sorted(told)) or "nobody"


def _stops_quotes(rules: Any) -> bool:
    held = rules if isinstance(rules, list) else []
    return any(isinstance(rule, dict) and rule.get("$type") == _NO_QUOTES for rule in held)


def _followers(visit: _Visit) -> int | None:
    try:
        count = visit.profile().get("followersCount")
    except (ConnectorError, _RefusedError):
        return None
    return count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None


def _keyed(records: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """Raises ConnectorError where this is no list of records."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    for record in records if isinstance(records, list) else [None]:
        value = record.get("value") if isinstance(record, dict) else None
        uri = record.get("uri") if isinstance(record, dict) else None
        if not isinstance(value, dict) or not isinstance(uri, str):
            raise ConnectorError(STRANGE)
        found.append((uri.rpartition("/")[2], value))
    return found


def _fitting(pattern: re.Pattern[str], said: Any) -> str:
    """Raises ConnectorError where a server says something else than what belongs there."""
    if not isinstance(said, str) or not pattern.fullmatch(said):
        raise ConnectorError(STRANGE)
    return said


def _parsed(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
