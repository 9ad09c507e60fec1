"""What somebody writes *to* a professional: heard for danger, and for a claim to know each other from work.

Drafts have rules of their own for their author. Here a panel too many costs a glance, and one too few may cost a life:
so the rules in `danger/` hear much. Nothing that is found here is ever marked or judged.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from demur.core.content import Post
from demur.screening.rule import Rule, load_rules
from demur.screening.screen import Screen

DANGER, FROM_WORK = "danger", "from_work"
"""The folders: suicide, violence, abuse and emergencies; and who says that they were served, or close to somebody."""


@cache
def arriving_rules(folder: str) -> tuple[Rule, ...]:
    """The rules of one folder, by id; read when the first message comes."""
    return load_rules(files("demur.screening.arriving").joinpath(folder))


@cache
def _screen(folder: str) -> Screen:
    return Screen(arriving_rules(folder))


def sounds_like_danger(text: str) -> bool:
    """Whether a text that came in may speak of danger to anybody. Linear in its length."""
    return _hears(DANGER, text)


def says_known_from_work(text: str) -> bool:
    """Whether a text that came in says that its writer, or somebody close to them, met the professional at work.

    It is what somebody says of themselves: reason for a question, and never an answer. Linear in its length.
    """
    return _hears(FROM_WORK, text)


def _hears(folder: str, text: str) -> bool:
    return bool(text.strip()) and bool(_screen(folder).screen(Post(text)))
