"""How much Demur reads at once, and how that is kept in memory.

Drafts and caseloads must never touch the disk in plain text. Django and waitress both spill large bodies into
temporary files by default, so the limit on a body and the sizes up to which they keep it in memory belong together.
"""

from __future__ import annotations

MAXIMUM_BODY = 20 * 1024 * 1024
"""Bytes in one request body; what is larger is refused with a sentence."""

WAITRESS: dict[str, int] = {
    # A little above ours, so that it is our sentence that answers; far larger bodies are cut off by waitress.
    "max_request_body_size": MAXIMUM_BODY + 64 * 1024,
    "inbuf_overflow": 2 * MAXIMUM_BODY,
    "outbuf_overflow": 2 * MAXIMUM_BODY,
}
"""Options for `waitress.create_server`. INVARIANT: both overflows are above anything that is read or sent."""
