"""How the lines of the log hold together.

Each hash is an HMAC with a key derived from the store's, so whoever has only the file, even an opened copy of its
rows, can't compute a fitting one. What this can't show: that the whole store was put back to an older copy (nothing
inside a file can tell that), or a line forged by somebody who has the store's key, which is whoever can unlock it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC

from demur.server.database import vault
from demur.server.ledger.models import Entry

FIRST_PREVIOUS = "0" * 64
BROKEN_PREVIOUS = "f" * 64
"""What a line follows where the log's end was tampered with: no hash, so it is found for ever after."""


def chain_key() -> bytes:
    """The key of the chain. Raises VaultLocked."""
    return vault.derive("ledger")


def entry_hash(key: bytes, entry: Entry) -> str:
    """The hash of one line, over all of its fields in one canonical form."""
    row = {
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "verb": entry.verb,
        "object": entry.object,
        "details": entry.details,
        "policy": entry.policy,
        "previous": entry.previous,
    }
    return _mac(key, b"entry", row)


def seal(key: bytes, sequence: int, last_hash: str) -> str:
    """What makes the head hard to set back."""
    return _mac(key, b"head", {"sequence": sequence, "hash": last_hash})


def same(held: object, computed: str) -> bool:
    """Whether a stored hash or seal is the computed one, in constant time and whatever was put in its place."""
    return hmac.compare_digest(str(held).encode("utf-8", "surrogatepass"), computed.encode("ascii"))


def _mac(key: bytes, kind: bytes, row: dict[str, object]) -> str:
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hmac.new(key, kind + b"\0" + canonical.encode("ascii"), hashlib.sha256).hexdigest()
