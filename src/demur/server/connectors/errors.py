"""What stops a connector, in sentences for the person.

INVARIANT: a message holds nothing that somebody typed and nothing that a server said: no password, no token, no
address and no name.
"""

from __future__ import annotations


class ConnectorError(Exception):
    """A mailbox or a network could not be asked, or did not do what it was asked; nothing was changed here."""


class RequestGone(ConnectorError):
    """The network has no such request any more: it was taken back, or answered elsewhere."""


WRONG_SETTINGS = "Something in this connection can't be read. Remove it and add it again."
NOT_HERE = "The server can't be found, or nothing answers there. Look at its name, and whether you are online."
TOO_SLOW = "The server took too long, so Demur stopped waiting. Try again later."
NO_TRUST = (
    "The server could not show that it is the one it says it is (its certificate can't be verified), so nothing was"
    " sent to it."
)
NO_WAY = "No encrypted connection to the server could be made, so nothing was sent to it. Is this its name?"
BROKE_OFF = "The connection broke off before its end, and nothing from it was kept. Try again."
STRANGE = "The server answers in a way that Demur does not understand. Is this its name?"
BUSY = "The server has had many questions from you and wants a pause. Try again in five minutes."
TROUBLE = "The server has trouble of its own right now. Try again later."
