"""Runs the examples of rules, which are their tests and their documentation, through the whole screen."""

from __future__ import annotations

from dataclasses import dataclass

from demur.core.content import Post
from demur.screening.rule import Example, Rule
from demur.screening.screen import Screen


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example in which its rule marked other words than it should."""

    rule: Rule
    example: Example
    marked: tuple[str, ...]


def marks(screen: Screen, rule: Rule, example: Example) -> set[tuple[int, int]]:
    """What a rule marks in an example, before overlaps with other rules are settled."""
    post = Post(example.text, reply_to=example.reply_to, role=example.role, work_area=example.work_area)
    return {(finding.start, finding.end) for finding in screen.hits(post) if finding.rule == rule.id}


def failing_examples(screen: Screen) -> tuple[ExampleFailure, ...]:
    """Every example that does not come out as its rule says."""
    return tuple(
        ExampleFailure(rule, example, tuple(example.text[start:end] for start, end in sorted(found)))
        for rule in screen.rules
        for example in (*rule.flags, *rule.passes)
        if (found := marks(screen, rule, example)) != set(example.spans)
    )
