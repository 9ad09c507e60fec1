"""The frames of a CAR file, as Bluesky hands out a repository: one record after the other, each with its hash.

The frames are read here and the records decoded by `libipld`; its own reader takes the whole file into memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

import libipld

from demur.networks.exports.pieces import keyed, listed
from demur.networks.exports.streams import Damaged, Entry

LARGEST_BLOCK = 2 * 1024 * 1024
"""Bytes of one record; Bluesky allows half of it."""
_MOST_NAMED = 400_000
"""Records whose address is remembered while the rest is read: about 100 MB at the most."""
_LONGEST_NAME = 100
"""Bytes of a record's name; those of posts have 33."""
_SHA_256 = 0x12
_DIGEST = 32
_NAMED = ("app.bsky.feed.post/",)
"""Collections whose records have an address that is worth telling."""


def entries(pieces: Callable[[], Iterator[bytes]]) -> Iterator[Entry]:
    """The records, with the repository's name and the record's own as the path. Raises Damaged after what came before.

    The file is read twice: the names stand in records of their own, and in no order.
    """
    owner = ""
    names: dict[bytes, str] = {}
    try:
        for _, value in _blocks(pieces()):
            record = keyed(value)
            if isinstance(record.get("did"), str) and "sig" in record:
                owner = str(record["did"])[:200]
            elif isinstance(record.get("e"), list) and "$type" not in record and len(names) < _MOST_NAMED:
                names.update(_named(listed(record["e"])))
    except Damaged:
        pass  # The second reading says so, after what can be read.
    for index, (digest, value) in enumerate(_blocks(pieces())):
        if value is None or "$type" in keyed(value):
            yield Entry((owner, names.get(digest, "")), index, value)


def _named(leaves: Iterable[object]) -> Iterator[tuple[bytes, str]]:
    """The names of the records of one node of the tree; each is written as what differs from the one before it."""
    before = b""
    for leaf in leaves:
        about = keyed(leaf)
        shared, rest, link = about.get("p"), about.get("k"), about.get("v")
        if not (isinstance(shared, int) and isinstance(rest, bytes) and isinstance(link, bytes)):
            return
        # INVARIANT: a name is cut. Each may take over all of the one before it, so their lengths would add up.
        before = (before[:shared] + rest)[: _LONGEST_NAME + 1]
        name = before.decode("ascii", "replace")
        if len(before) <= _LONGEST_NAME and name.startswith(_NAMED):
            yield link[-_DIGEST:], name


def _blocks(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, object]]:
    """Each block's digest and content; None for what isn't what its hash says, or no record."""
    source = _Source(pieces)
    length = source.number()
    if length > LARGEST_BLOCK:
        raise Damaged
    header = source.take(length)
    try:
        if keyed(libipld.decode_dag_cbor(header)).get("version") != 1:
            raise Damaged
    except (ValueError, RecursionError):
        raise Damaged from None
    while not source.ended():
        length = source.number()
        if length > LARGEST_BLOCK:
            source.pass_over(length)
            yield b"", None
            continue
        block = source.take(length)
        start, digest = _digest(block)
        content = block[start:]
        if hashlib.sha256(content).digest() != digest:
            yield digest, None
            continue
        try:
            yield digest, libipld.decode_dag_cbor(content)
        except (ValueError, RecursionError):
            yield digest, None


def _digest(block: bytes) -> tuple[int, bytes]:
    """Where the content of a block begins, after its name, and the SHA-256 that the name says it has."""
    position, numbers = 0, []
    for _ in range(4):  # version, kind of content, kind of hash, length of hash
        number, position = _number(block, position)
        numbers.append(number)
    if numbers[0] != 1 or numbers[2:] != [_SHA_256, _DIGEST] or len(block) < position + _DIGEST:
        raise Damaged
    return position + _DIGEST, block[position : position + _DIGEST]


def _number(block: bytes, position: int) -> tuple[int, int]:
    number = 0
    for shift in range(0, 63, 7):
        if position >= len(block):
            raise Damaged
        byte = block[position]
        position += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, position
    raise Damaged


class _Source:
    """Bytes that are asked for by count, out of pieces of any length."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = b""
        self._at = 0

    def ended(self) -> bool:
        return not self._has(1)

    def number(self) -> int:
        """A count as a CAR file writes it, seven bits in a byte."""
        number = 0
        for shift in range(0, 63, 7):
            byte = self.take(1)[0]
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
        raise Damaged

    def pass_over(self, count: int) -> None:
        while count:
            count -= len(self.take(min(count, LARGEST_BLOCK)))

    def take(self, count: int) -> bytes:
        if not self._has(count):
            raise Damaged
        taken = self._held[self._at : self._at + count]
        self._at += count
        return taken

    def _has(self, count: int) -> bool:
        while len(self._held) - self._at < count:
            piece = next(self._pieces, b"")
            if not piece:
                return False
            self._held = self._held[self._at :] + piece
            self._at = 0
        return True
