"""The report at a terminal: what to do first, nothing that a terminal would obey, and nothing twice."""

from __future__ import annotations

import io

import pytest
from rich.console import Console, RenderableType

from demur.core.accounts import Account, Network, Purpose
from demur.core.content import Post
from demur.core.people import Caseload, Client
from demur.reports.terminal import post_report, printable
from demur.workspace import build_engine

ENGINE = build_engine(Caseload())


def shown(report: RenderableType) -> str:
    out = Console(file=io.StringIO(), width=80, markup=False, highlight=False, emoji=False)
    out.print(report)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def report(text: str, **more: object) -> str:
    post = Post(text, **more)  # type: ignore[arg-type]
    return shown(post_report(post, ENGINE.check(post)))


def test_a_terminal_obeys_nothing_in_a_draft() -> None:
    said = report("one of my clients \x1b]0;owned\x07 \x1b[2J \u202eabc \x00 \ud800 👨\u200d👩\u200d👧")
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\x00" not in said
    assert "👨\u200d👩\u200d👧" in said


@pytest.mark.parametrize("text", ["plain", "two\nlines\tand a tab", "\x1b[1m", "e\u0301 ñ 你好 نور"])
def test_printable_keeps_the_length(text: str) -> None:
    assert len(printable(text)) == len(text)


def test_markup_in_a_draft_is_shown_as_it_is() -> None:
    assert "[bold red]one of my clients[/]" in report("[bold red]one of my clients[/]")


def test_despair_gets_a_number_and_nothing_that_hurries_a_post_along() -> None:
    said = report("i don't want to be here anymore")
    assert said.index("You first") < said.index("Call 988") < said.index("Nothing here breaks a rule")
    assert "Please talk to somebody before you post" in said
    for cold in ("Clear to post", "supervis", "Why", "✓", "publish/"):
        assert cold not in said


def test_beside_talk_of_a_client_help_comes_first_and_the_answer_is_short() -> None:
    post = Post("i don't want to be here anymore. Marisol Quintanilla would understand.")
    caseload = Caseload((Client("c1", given_name="Marisol", family_name="Quintanilla"),))
    said = shown(post_report(post, build_engine(caseload).check(post)))
    assert said.index("Call 988") < said.index("About the post, when you are ready") < said.index("Don't post this")
    assert "Why" not in said


def test_a_manner_of_speaking_gets_one_quiet_line() -> None:
    said = report("this traffic makes me want to die lol")
    assert said.index("988 is there by call or text") < said.index("Clear to post")
    assert "You first. The post can wait." not in said


def test_in_spanish_help_is_spanish() -> None:
    said = report("ya no quiero vivir, estoy cansada de ser la fuerte")
    assert said.index("Llama al 988 y oprime el 2") < said.index("habla con alguien")


def test_the_same_words_are_told_once_with_how_often() -> None:
    said = report("My client left. My client came. My client cried.")
    assert said.count("“My client” speaks of") == 1
    assert "3 times" in said


def test_a_flood_of_findings_is_counted() -> None:
    said = report(" ".join(f"call 512-555-01{number:02}" for number in range(60)))
    assert "more, underlined in the draft" in said
    assert len(said.splitlines()) < 140


def test_no_tick_stands_above_a_draft_that_is_for_the_other_account() -> None:
    text = "My daughter's recital tonight, front row"
    there = report(text, account=Account(Network.FACEBOOK, Purpose.PROFESSIONAL))
    assert there.startswith("→ Fine, but not on this account")
    assert "your private account" in there
    assert report(text, account=Account(Network.FACEBOOK, Purpose.PERSONAL)).startswith("✓ Clear to post")
