"""Names of servers that somebody typed: what may be one, and which of them are this computer."""

from __future__ import annotations

import ipaddress
import re
import socket

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


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None
