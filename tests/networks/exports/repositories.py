"""Repositories of Bluesky made by hand: records, the tree that names them, and the frames of a CAR file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import libipld

DID = "did:plc:zoe555"
_CID = bytes([1, 0x71, 0x12, 32])


def number(value: int) -> bytes:
    written = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        written.append(low | (0x80 if value else 0))
        if not value:
            return bytes(written)


def link(content: bytes) -> bytes:
    return _CID + hashlib.sha256(content).digest()


def framed(content: bytes) -> bytes:
    block = link(content) + content
    return number(len(block)) + block


def repository(records: Mapping[str, Mapping[str, Any]], in_node: int = 3) -> bytes:
    """A CAR file with those records, by their names (`app.bsky.feed.post/3k…`).

    The nodes of the tree name so many records each, and are not tied to each other as those of a real one are.
    """
    blocks: list[bytes] = []
    nodes: list[list[dict[str, Any]]] = []
    before = b""
    for at, name in enumerate(sorted(records)):
        content = libipld.encode_dag_cbor(dict(records[name]))
        blocks.append(framed(content))
        if at % in_node == 0:
            nodes.append([])
            before = b""
        key = name.encode()
        shared = next((at for at, (one, two) in enumerate(zip(before, key, strict=False)) if one != two), 0)
        nodes[-1].append({"p": shared, "k": key[shared:], "v": link(content), "t": None})
        before = key
    tree = [libipld.encode_dag_cbor({"l": None, "e": leaves}) for leaves in nodes]
    commit = libipld.encode_dag_cbor(
        {"did": DID, "version": 3, "data": link(tree[0]), "rev": "3k1", "prev": None, "sig": b"\0" * 64}
    )
    header = libipld.encode_dag_cbor({"version": 1, "roots": [link(commit)]})
    return number(len(header)) + header + framed(commit) + b"".join(map(framed, tree)) + b"".join(blocks)


RECORDS: dict[str, dict[str, Any]] = {
    "app.bsky.actor.profile/self": {
        "$type": "app.bsky.actor.profile",
        "displayName": "Zoë",
        "description": "soup & socks",
        "labels": {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]},
    },
    "app.bsky.feed.post/3kaaa": {
        "$type": "app.bsky.feed.post",
        "text": "Soup with @ola.example.org today",
        "createdAt": "2025-08-01T10:00:00.000Z",
        "facets": [
            {
                "index": {"byteStart": 10, "byteEnd": 26},
                "features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:ola555"}],
            }
        ],
        "embed": {"$type": "app.bsky.embed.images", "images": [{"alt": "A bowl", "image": {"mimeType": "image/jpeg"}}]},
    },
    "app.bsky.feed.post/3kaab": {
        "$type": "app.bsky.feed.post",
        "text": "thanks",
        "createdAt": "2025-08-02T10:00:00.000Z",
        "reply": {"parent": {"uri": "at://did:plc:ola555/app.bsky.feed.post/3k1"}},
    },
    "app.bsky.feed.repost/3kaac": {"$type": "app.bsky.feed.repost", "createdAt": "2025-08-02T10:00:00.000Z"},
    "app.bsky.feed.threadgate/3kaaa": {
        "$type": "app.bsky.feed.threadgate",
        "post": f"at://{DID}/app.bsky.feed.post/3kaaa",
        "allow": [{"$type": "app.bsky.feed.threadgate#followingRule"}],
        "createdAt": "2025-08-01T10:00:01.000Z",
    },
    "app.bsky.graph.follow/3kaad": {
        "$type": "app.bsky.graph.follow",
        "subject": "did:plc:ola555",
        "createdAt": "2025-08-03T10:00:00.000Z",
    },
    "app.bsky.graph.list/3kaae": {
        "$type": "app.bsky.graph.list",
        "name": "Neighbours",
        "description": "people of our street",
        "purpose": "app.bsky.graph.defs#curatelist",
        "createdAt": "2025-08-03T10:00:00.000Z",
    },
    "chat.bsky.actor.declaration/self": {"$type": "chat.bsky.actor.declaration", "allowIncoming": "none"},
}
