"""A verdict for people at a terminal: what to do first, then why, then where it is written."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from demur.core.citations import citations
from demur.core.content import Post
from demur.core.findings import Category, Finding
from demur.core.verdicts import Guidance, Help, Outcome, Reason, Rewording, Verdict
from demur.reports.phrases import (
    AFTER_REWORDING,
    INSTEAD,
    MAY_ASK_EXCEPTION,
    REQUEST_OUTCOMES,
    WHAT_FOR,
    belongs_elsewhere,
    post_outcome,
)

_STYLES = {
    Outcome.ALLOW: "bold green",
    Outcome.ASK: "bold cyan",
    Outcome.REVISE: "bold yellow",
    Outcome.REFER: "bold magenta",
    Outcome.DECLINE: "bold magenta",
}
_MOST_FINDINGS = 12
_KEPT = "\n\t\u200d"
"""Line breaks, and the joiner inside emoji."""

_SIGNS = {Outcome.ALLOW: "✓", Outcome.ASK: "?", Outcome.REVISE: "✎", Outcome.REFER: "→", Outcome.DECLINE: "✕"}


def printable(text: str) -> str:
    """A text of the same length without what a terminal would obey, such as escape codes and changes of direction."""
    return "".join(letter if letter.isprintable() or letter in _KEPT else "�" for letter in text)


def post_report(post: Post, verdict: Verdict) -> Group:
    """The answer to "may I post this?", with the draft and its marks; whom to call stands before it."""
    held = sorted({f for reason in verdict.reasons for f in reason.findings}, key=lambda f: (f.start, f.end))
    # What sounds like despair is answered, not marked.
    held = [finding for finding in held if finding.category is not Category.CRISIS]
    if verdict.help is None:
        return Group(*_post_parts(post, verdict, held))
    if not verdict.in_crisis:
        return Group(offered_line(verdict.help), Text(""), *_post_parts(post, verdict, held))
    return Group(first_of_all(verdict.help), *_when_ready(post, verdict, verdict.help, held))


def first_of_all(offered: Help) -> Group:
    """Help for somebody in danger or despair, as it stands before everything."""
    parts: list[RenderableType] = [Text(offered.title, style="bold"), Text(offered.words), Text("")]
    parts += [_indented(Text(contact.do, style="bold")) for contact in offered.contacts]
    return Group(*parts, Text(f"\n{offered.person}"), Text(offered.other, style="dim"))


def offered_line(offered: Help) -> Text:
    """The one quiet line where it may be only a manner of speaking."""
    return Text(offered.words, style="italic")


def _when_ready(post: Post, verdict: Verdict, offered: Help, held: list[Finding]) -> Iterator[RenderableType]:
    """The answer to the draft, short and after the help: what it is and what to do, and nothing to work through."""
    if verdict.outcome is Outcome.ALLOW:
        yield Text(f"\n{post_outcome(verdict)}. {verdict.guidance.next}")
        return
    yield Text(f"\n{offered.when_ready}", style="dim")
    yield _indented(Text(f"{post_outcome(verdict)}. {verdict.question or verdict.guidance.next}"))
    if held:
        yield _indented(_marked(post.text, held))


def _post_parts(post: Post, verdict: Verdict, held: list[Finding]) -> Iterator[RenderableType]:
    yield _headline(post_outcome(verdict), verdict)
    if verdict.guidance.account:
        yield Text(verdict.guidance.account)
    if held:
        yield Text("")
        yield _indented(_marked(post.text, held))
    for finding, times in _grouped(held)[:_MOST_FINDINGS]:
        words = "" if f"“{finding.text}”" in finding.says else f"“{finding.text}”: "
        line = Text(printable(f"• {words}{finding.says}"))
        line.append(f"  ({finding.confidence.word}{f', {times} times' if times > 1 else ''})", style="dim")
        if finding.suggestions:
            line.append(f"\n  Instead: {', '.join(f'“{words}”' for words in finding.suggestions)}", style="green")
        yield _indented(line)
    if len(_grouped(held)) > _MOST_FINDINGS:
        yield _indented(Text(f"… and {len(_grouped(held)) - _MOST_FINDINGS} more, underlined in the draft"))
    if verdict.guidance.safer:
        yield Text("\nA safer wording:", style="bold")
        yield _indented(Text(printable(verdict.guidance.safer), style="green"))
    yield from _guidance(
        verdict.guidance, "What to change" if verdict.outcome is Outcome.REVISE else "Before you write it anew"
    )
    yield from _reasons(verdict.reasons)
    yield Text(f"\n{verdict.looked_at}", style="dim")


def rewording_notes(rewording: Rewording) -> Group:
    """What is to be said beside a rewritten draft: what was left as it is, and what that makes of it."""
    parts: list[RenderableType] = [Text("\nLeft as it is", style="bold")] if rewording.left else []
    for finding, _ in _grouped(list(rewording.left))[:_MOST_FINDINGS]:
        words = "" if f"“{finding.text}”" in finding.says else f"“{finding.text}”: "
        parts.append(_indented(Text(printable(f"• {words}{finding.says}"))))
    return Group(*parts, Text(f"\n{AFTER_REWORDING[rewording.outcome]}"))


def request_report(verdict: Verdict) -> Group:
    """The answer to "may I accept this?", with the evidence for and against."""
    return Group(*_request_parts(verdict))


def _request_parts(verdict: Verdict) -> Iterator[RenderableType]:
    if verdict.help is not None:
        yield first_of_all(verdict.help)
        yield Text(f"\n{verdict.help.when_ready}", style="dim")
    yield _headline(REQUEST_OUTCOMES[verdict.outcome], verdict)
    for match in verdict.matches:
        says = "This is likely" if match.level == "match" else "This could be"
        yield Text(
            f"\n{says} {printable(match.client.full_name)}, on your caseload ({match.client.client_id}).", style="bold"
        )
        for comparison in match.comparisons:
            yield _indented(Text(f"{comparison.bits:+5.1f}  {comparison.says}"))
    yield from _guidance(verdict.guidance, "What to press")
    if verdict.may_ask_exception:
        yield Text("\nAn exception", style="bold")
        yield _indented(Text(MAY_ASK_EXCEPTION))
    yield from _reasons(verdict.reasons)
    yield Text(f"\n{verdict.looked_at}", style="dim")


def _headline(words: str, verdict: Verdict) -> Text:
    # A green tick is all that is read at nine at night.
    like = Outcome.REFER if belongs_elsewhere(verdict) else verdict.outcome
    line = Text(f"{_SIGNS[like]} {words}", style=_STYLES[like])
    if verdict.question:
        line.append(f"\n{verdict.question}", style="not bold default")
    line.append(f"\n{verdict.guidance.next}", style="not bold default")
    return line


def _marked(text: str, findings: list[Finding]) -> Text:
    shown = Text(printable(text))
    for finding in findings:
        shown.stylize("underline bold", finding.start, finding.end)
    return shown


def _guidance(guidance: Guidance, steps_title: str) -> Iterator[RenderableType]:
    if guidance.steps:
        yield Text(f"\n{steps_title}", style="bold")
        for step in guidance.steps:
            line = Text(f"• {step.do}")
            if step.notice:
                line.append(f"\n  They notice: {step.notice}", style="dim")
            yield _indented(line)
    if guidance.supervision:
        yield Text(f"\n{WHAT_FOR}", style="bold")
        yield _indented(Text(guidance.supervision))
    for words in guidance.words:
        yield Text(f"\n{words.title}", style="bold")
        yield _indented(Text(words.text))
    if guidance.instead:
        yield Text(f"\n{INSTEAD}", style="bold")
        for words in guidance.instead:
            yield _indented(Text(words.text))
    if guidance.if_offended:
        yield Text("\nIf they are hurt", style="bold")
        for line_text in guidance.if_offended:
            yield _indented(Text(f"• {line_text}"))
    if guidance.cautions:
        yield Text("\nMind", style="bold")
        for caution in guidance.cautions:
            yield _indented(Text(f"• {caution}"))
    if guidance.record_note:
        yield Text("\nFor the record", style="bold")
        yield _indented(Text(guidance.record_note))


def _grouped(held: list[Finding]) -> list[tuple[Finding, int]]:
    """One finding for the same words marked by the same rule, with how often that was, in order of place."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in held:
        groups.setdefault((finding.rule, finding.text.casefold()), []).append(finding)
    return [(group[0], len(group)) for group in groups.values()]


def _indented(content: Text) -> Padding:
    return Padding(content, (0, 0, 0, 2), expand=False)


def _reasons(reasons: tuple[Reason, ...]) -> Iterator[RenderableType]:
    yield Text("\nWhy", style="bold")
    for reason in reasons:
        line = Text(f"{reason.title}{'' if reason.title.endswith(('?', '!', '.')) else '.'} {reason.says}")
        sources = "; ".join(citations()[cited].label for cited in reason.cites)
        line.append(f"\n{reason.clause}" + (f" · {sources}" if sources else ""), style="dim")
        yield _indented(line)
