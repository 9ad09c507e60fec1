"""What somebody writes *to* a professional, heard for suicide, violence, abuse and emergencies.

Drafts have rules of their own for their author. Here a panel too many costs a glance, and one too few may cost a life:
so these rules hear much, and nothing that they find is ever marked or judged.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from demur.core.content import Post
from demur.screening.rule import Rule, load_rules
from demur.screening.screen import Screen


@cache
def arriving_rules() -> tuple[Rule, ...]:
    """The rules of this folder, by id; read when the first message comes."""
    return load_rules(files("demur.screening.arriving"))


@cache
def _screen() -> Screen:
    return Screen(arriving_rules())


def sounds_like_danger(text: str) -> bool:
    """Whether a text that came in may speak of danger to anybody. Linear in its length."""
    return bool(text.strip()) and bool(_screen().screen(Post(text)))
