"""Addresses of cryptocurrency, whose every payment is public for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_BECH32 = re.compile(r"(?<![\w])(bc|tb|ltc)1([a-z0-9]{25,59})(?!\w)")
_HEXADECIMAL = re.compile(r"(?<![\w])0x[0-9a-f]{40}(?!\w)")
_BASE58 = re.compile(r"(?<![\w])[13LMD][1-9A-HJ-NP-Za-km-z]{25,34}(?!\w)")
_SIGNS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_WORD = {sign: value for value, sign in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Addresses whose checksum is right are sure; hexadecimal ones carry none and are likely."""
    for found in _BECH32.finditer(folded.text):
        if has_bech32_checksum(found[1], found[2]):
            yield Hit(*folded.span(*found.span()), Confidence.SURE)
    for found in _HEXADECIMAL.finditer(folded.text):
        yield Hit(*folded.span(*found.span()), Confidence.LIKELY)
    for found in _BASE58.finditer(folded.original):  # its letters mean different things in capitals
        if has_base58_checksum(found[0]):
            yield Hit(*found.span(), Confidence.SURE)


def has_base58_checksum(address: str) -> bool:
    """Whether the last four of 25 bytes are the double SHA-256 of the others."""
    value = 0
    for sign in address:
        value = value * 58 + _SIGNS.index(sign)
    if value >> 200:
        return False
    data = value.to_bytes(25, "big")
    return sha256(sha256(data[:21]).digest()).digest()[:4] == data[21:]


def has_bech32_checksum(prefix: str, rest: str) -> bool:
    """Whether the last six characters prove the others (BIP 173 and, for newer addresses, BIP 350)."""
    if any(sign not in _WORD for sign in rest):
        return False
    check = 1
    values = [*(ord(sign) >> 5 for sign in prefix), 0, *(ord(sign) & 31 for sign in prefix), *map(_WORD.get, rest)]
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ (value or 0)
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if top >> place & 1 else 0
    return check in (1, 0x2BC830A3)
