"""Names of servers that somebody typed: what may be one, and which of them are this computer."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from demur.server.connectors.errors import WRONG_SETTINGS, ConnectorError

_HOST = re.compile(r"(?=.{1,253}$)[\w-]{1,63}(?:\.[\w-]{1,63})*")


def is_host(name: str) -> bool:
    """Whether this can be the name or address of a server."""
    return bool(_HOST.fullmatch(name)) or _address(name) is not None


def is_loopback(name: str) -> bool:
    """Whether a server is this computer itself, where nothing needs encrypting: 127.0.0.0/8, ::1 and localhost."""
    address = _address(name)
    return name.lower() == "localhost" if address is None else address.is_loopback


def leads_to_loopback(connection: socket.socket) -> bool:
    """Whether a connection really ends on this computer, whatever its name was looked up to."""
    address = _address(str(connection.getpeername()[0]).partition("%")[0])
    return address is not None and address.is_loopback


def web_address(typed: str, not_encrypted: str) -> str:
    """The address of a web server as somebody types it, https where nothing is said and http on this computer alone.

    Raises ConnectorError, with the sentence given where it would not be encrypted.
    """
    text = typed.strip().lower()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ConnectorError(WRONG_SETTINGS) from None
    if not is_host(host) or parts.username or parts.password or parts.query or parts.path not in ("", "/"):
        raise ConnectorError(WRONG_SETTINGS)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise ConnectorError(not_encrypted)
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None
