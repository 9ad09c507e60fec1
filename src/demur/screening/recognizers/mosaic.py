"""Facts that together point to one person: how many people they fit, and which of them to leave out."""

from __future__ import annotations

from collections.abc import Iterator

from demur.core.content import Post
from demur.core.folding import Folded
from demur.screening.rule import Hit


def find(folded: Folded, post: Post) -> Iterator[Hit]:
    """One hit for each place in the text where facts meet: on the fact whose leaving out helps most."""
    # Imported here, because tables and patterns take longer than all other rules, and few drafts need them.
    from demur.screening.mosaic.meeting import find_mosaics

    return find_mosaics(folded, post)
