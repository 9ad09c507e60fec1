"""Connecting, asking, answering and removing, each with its line in the log; the network is asked before that line.

INVARIANT: nothing here runs by itself. A person's press comes before every call of `fetch_from`, `check`, `reject`,
`authorise`, and of those that look at settings or set one.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.utils import timezone

from demur.core.accounts import Purpose
from demur.core.arrivals import Answered, Reading, Source
from demur.server.connectors.errors import WRONG_SETTINGS, ConnectorError
from demur.server.connectors.models import LONGEST_LABEL, ConnectorKind, ConnectorRecord
from demur.server.database import vault
from demur.server.ledger.actions import record
from demur.server.ledger.verbs import Verb

if TYPE_CHECKING:
    # For their names alone: they load what only a connector needs.
    from demur.server.connectors.bluesky import BlueskySettings, Place, Stands, Values
    from demur.server.connectors.imap import ImapSettings, Rest
    from demur.server.connectors.mastodon import MastodonSettings
    from demur.server.connectors.mastodon import Stands as MastodonStands

T = TypeVar("T")

FIRST_LOOK = timedelta(days=365)
"""How far back a mailbox is read the first time; an older request is no news."""
OVERLAP = timedelta(days=7)
"""How far before the last look a mailbox is read again: mails come late, and what is known is not listed twice."""

NO_REQUESTS = "Bluesky has no requests: people follow at once."
NOT_LIVE = "This connection can't answer requests. Answer it on the network itself."


def add_connector(
    settings: ImapSettings | MastodonSettings | BlueskySettings, label: str, purpose: Purpose = Purpose.PERSONAL
) -> ConnectorRecord:
    """Keep a mailbox or an account, password or token included, in the encrypted store. It is not asked yet.

    Raises ConnectorError where the server is none that Demur may speak to, or where Bluesky's handle or app password
    is none; VaultLocked.
    """
    kind, held = _kept(settings)
    with transaction.atomic():
        row = ConnectorRecord.objects.create(
            kind=kind.value,
            label=" ".join(label.split())[:LONGEST_LABEL] or _default_label(kind),
            purpose=purpose.value,
            settings=held,
            created=timezone.now(),
        )
        record(Verb.CONNECTOR_ADDED, obj=_object(row), details={"source": _source(row).value})
    return row


def remove_connector(number: int) -> bool:
    """Forget one, password or token included; False where there is none. Requests that came through it stay."""
    with transaction.atomic():
        row = ConnectorRecord.objects.filter(pk=number).first()
        if row is None:
            return False
        record(Verb.CONNECTOR_REMOVED, obj=_object(row), details={"source": _source(row).value})
        row.delete()
    return True


def fetch_from(connector: ConnectorRecord, today: date, take: Callable[[Reading], T]) -> tuple[Reading, T]:
    """Look for requests, because the person pressed that, and give them to whoever keeps them. Nothing is answered or
    marked.

    INVARIANT: that it was looked is noted in one transaction with what was taken in. Else a look that fails in the end
    would leave mails behind that no later one asks for. Raises ConnectorError, and what `take` raises.
    """
    rest: Rest | None = None
    if not connector.brings_requests:
        raise ConnectorError(NO_REQUESTS)
    if connector.kind == ConnectorKind.MASTODON:
        from demur.server.connectors import mastodon

        reading = mastodon.list_requests(mastodon_settings(connector), today)
    else:
        from demur.server.connectors import imap

        last = connector.last_used
        since = today - FIRST_LOOK if last is None else timezone.localdate(last) - OVERLAP
        fetched = imap.fetch(imap_settings(connector), since, today, _rest(connector))
        reading, rest = fetched.reading, fetched.rest
    with transaction.atomic():
        taken = take(reading)
        ConnectorRecord.objects.filter(pk=connector.pk).update(
            last_used=timezone.now(),
            rest_since=rest and rest.since,
            rest_below=rest and rest.below,
            rest_validity=rest and rest.validity,
        )
        _note(connector, {"seen": len(reading.arrivals)})
    return reading, taken


def check(connector: ConnectorRecord) -> None:
    """Try whether it works, because the person pressed that, and look for nothing. Raises ConnectorError."""
    if connector.kind == ConnectorKind.MASTODON:
        from demur.server.connectors import mastodon

        mastodon.check(mastodon_settings(connector))
    elif connector.kind == ConnectorKind.BLUESKY:
        from demur.server.connectors import bluesky

        bluesky.check(bluesky_settings(connector))
    else:
        from demur.server.connectors import imap

        imap.check(imap_settings(connector))
    _note(connector, {})


def reject(connector: ConnectorRecord, remote_id: str) -> None:
    """Reject one request on its network, because the person pressed that. Raises ConnectorError, RequestGone."""
    settings = _live(connector)
    from demur.server.connectors import mastodon

    mastodon.reject(settings, remote_id)
    _note(connector, {"answer": Answered.DECLINED.value})


def authorise(connector: ConnectorRecord, remote_id: str) -> None:
    """Accept one request on its network, because the person pressed that. Raises ConnectorError, RequestGone."""
    settings = _live(connector)
    from demur.server.connectors import mastodon

    mastodon.authorise(settings, remote_id)
    _note(connector, {"answer": Answered.ACCEPTED.value})


def look_at_mastodon(connector: ConnectorRecord) -> MastodonStands:
    """What stands in the settings of a Mastodon account, because the person pressed that; nothing is changed.

    Raises ConnectorError.
    """
    settings = _live(connector)
    from demur.server.connectors import mastodon

    stands = mastodon.look(settings)
    with transaction.atomic():
        ConnectorRecord.objects.filter(pk=connector.pk).update(last_used=timezone.now())
        _note(connector, {})
    return stands


def set_on_mastodon(connector: ConnectorRecord, place: Place, value: str) -> Values:
    """Set one of `mastodon.CAN_SET` on Mastodon, because the person pressed the button that names it, and give back
    what stands there now. Raises ConnectorError, ValueError for what can't be set."""
    settings = _live(connector)
    from demur.server.connectors import mastodon

    stands = mastodon.set_value(settings, place, value)
    _note(connector, {}, Verb.SETTING_CHANGED)
    return stands


def look_at_bluesky(connector: ConnectorRecord) -> Stands:
    """What stands in a Bluesky account, because the person pressed that; nothing is changed. Raises ConnectorError."""
    settings = bluesky_settings(connector)
    from demur.server.connectors import bluesky

    stands = bluesky.look(settings)
    with transaction.atomic():
        ConnectorRecord.objects.filter(pk=connector.pk).update(last_used=timezone.now())
        _note(connector, {})
    return stands


def set_on_bluesky(connector: ConnectorRecord, place: Place, value: str) -> Values:
    """Set one of `bluesky.CAN_SET` on Bluesky, because the person pressed the button that names it, and give back what
    stands there now. Raises ConnectorError, ValueError for what can't be set."""
    settings = bluesky_settings(connector)
    from demur.server.connectors import bluesky

    stands = bluesky.set_value(settings, place, value)
    _note(connector, {}, Verb.SETTING_CHANGED)
    return stands


def imap_settings(connector: ConnectorRecord) -> ImapSettings:
    """The settings of a mailbox as they were given. Raises ConnectorError where they can't be read any more."""
    from demur.server.connectors.imap import ImapSettings, Security

    held = connector.settings
    try:
        return ImapSettings(
            host=held["host"],
            user=held["user"],
            password=held["password"],
            port=int(held["port"]),
            folder=held["folder"],
            security=Security(held["security"]),
            receiver=held["receiver"],
            servers=tuple(held["servers"]),
        )
    except (KeyError, TypeError, ValueError):
        raise ConnectorError(WRONG_SETTINGS) from None


def mastodon_settings(connector: ConnectorRecord) -> MastodonSettings:
    """The settings of an account as they were given. Raises ConnectorError where they can't be read any more."""
    from demur.server.connectors.mastodon import MastodonSettings

    held = connector.settings
    try:
        return MastodonSettings(server=held["server"], token=held["token"])
    except (KeyError, TypeError):
        raise ConnectorError(WRONG_SETTINGS) from None


def bluesky_settings(connector: ConnectorRecord) -> BlueskySettings:
    """The settings of an account as they were given. Raises ConnectorError where they can't be read any more, or where
    they are of another network."""
    from demur.server.connectors.bluesky import BlueskySettings

    held = connector.settings
    try:
        return BlueskySettings(handle=held["handle"], app_password=held["app_password"], server=held["server"])
    except (KeyError, TypeError):
        raise ConnectorError(WRONG_SETTINGS) from None


def _kept(settings: ImapSettings | MastodonSettings | BlueskySettings) -> tuple[ConnectorKind, dict[str, object]]:
    held: dict[str, object] = asdict(settings)
    if "app_password" in held:
        from demur.server.connectors import bluesky

        return ConnectorKind.BLUESKY, {
            "handle": bluesky.whole_handle(str(held["handle"])),
            "app_password": bluesky.app_password(str(held["app_password"])),
            "server": bluesky.server_address(str(held["server"])),
        }
    if "token" not in held:
        return ConnectorKind.IMAP, held
    from demur.server.connectors.mastodon import server_address

    return ConnectorKind.MASTODON, held | {"server": server_address(str(held["server"]))}


def _rest(connector: ConnectorRecord) -> Rest | None:
    from demur.server.connectors.imap import Rest

    if connector.rest_since is None or connector.rest_below is None or connector.rest_validity is None:
        return None
    return Rest(connector.rest_since, connector.rest_below, connector.rest_validity)


def _live(connector: ConnectorRecord) -> MastodonSettings:
    if not connector.is_live:
        raise ConnectorError(NOT_LIVE)
    return mastodon_settings(connector)


def _note(connector: ConnectorRecord, more: dict[str, object], verb: Verb = Verb.CONNECTOR_USED) -> None:
    with transaction.atomic():
        record(verb, obj=_object(connector), details={"source": _source(connector).value, **more})


def _default_label(kind: ConnectorKind) -> str:
    return "Mailbox" if kind is ConnectorKind.IMAP else kind.value.capitalize()


def _source(row: ConnectorRecord) -> Source:
    return Source.MAIL if row.kind == ConnectorKind.IMAP else Source.LIVE


def _object(row: ConnectorRecord) -> str:
    digest = hmac.new(vault.derive("connectors"), f"{row.pk}".encode(), hashlib.sha256).hexdigest()
    return f"connector:{digest}"
