"""How much Demur reads at once, and how that is kept in memory.

Drafts and caseloads must never touch the disk in plain text. Django and waitress both spill large bodies into
temporary files by default, so the limit on a body and the sizes up to which they keep it in memory belong together.
"""

from __future__ import annotations

MAXIMUM_BODY = 20 * 1024 * 1024
"""Bytes in one request body; what is larger is refused with a sentence."""

TOO_LARGE = "That is larger than 20 MB, which is more than Demur reads at once. Send a part of it."

MOST_LISTENED_TO = 1024 * 1024 * 1024
"""Bytes of a body that is too large but still heard to its end, and thrown away at once: a browser that is cut off
in the middle of an upload shows no answer, only that the connection broke."""

WAITRESS: dict[str, int] = {
    # A little above ours, so that pages answer where they can; `serving` answers what is larger still.
    "max_request_body_size": MAXIMUM_BODY + 64 * 1024,
    "inbuf_overflow": 2 * MAXIMUM_BODY,
    "outbuf_overflow": 2 * MAXIMUM_BODY,
}
"""Options for `waitress.create_server`. INVARIANT: both overflows are above anything that is read or sent."""
