"""Exports as the steps of an audit: each item with the photos that go with it."""

from __future__ import annotations

from collections.abc import Iterator

from demur.audit.recipe import Recipe
from demur.audit.running import Step
from demur.audit.weighing import Task
from demur.core.posted import Posted, Progress, Skipped
from demur.networks.exports.published import Exports

_MOST_PHOTOS = 20
"""Photos of one post that are looked at; an album says the same after that."""


def steps(exports: Exports, recipe: Recipe, passed: int) -> Iterator[Step]:
    """What is left of the exports after the first `passed` items."""
    for found in exports.read(passed):
        if isinstance(found, Skipped | Progress):
            yield found
        elif isinstance(found, Posted) and recipe.look_at_photos:
            photos = (exports.photo(found.place, name) for name in found.photos[:_MOST_PHOTOS])
            yield Task(found, tuple(photo for photo in photos if photo is not None))
        else:
            yield Task(found)
