"""Numbers that the words near them call a licence's or a certificate's."""

from __future__ import annotations

from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Category
from demur.core.folding import Folded
from demur.screening.recognizers.labelled_codes import find_kind
from demur.screening.rule import Hit


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Numbers of this kind."""
    return find_kind(folded, Category.LICENCE_NUMBER)
