"""How the measurements count: a figure is only worth what its counting is worth."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.conll import read_posts
from bench.datasets import cut
from bench.goals import GOALS, reached
from bench.identifiers import FULL_DATE, US_PHONE, Document, scores
from bench.posts import POSTS, read
from bench.report import Report, Table
from bench.scoring import Found, Marked, Score, Span, percentile, score, total
from demur.core.findings import IDENTIFIERS


def found(start: int, end: int, *types: str) -> Found:
    return Found(Span(start, end), types, types[0] if types else "something")


def test_a_finding_counts_where_it_overlaps_a_mark_of_its_type() -> None:
    there = [[Marked(Span(5, 10), "EMAIL"), Marked(Span(20, 25), "PHONE")]]
    by_type = score(there, [[found(9, 30, "EMAIL"), found(0, 5, "EMAIL")]])
    assert (by_type["EMAIL"].recall, by_type["EMAIL"].precision) == (1.0, 0.5)
    assert (by_type["PHONE"].recall, by_type["PHONE"].precision) == (0.0, None)


def test_touching_is_not_overlapping() -> None:
    assert not Span(0, 5).overlaps(Span(5, 6))
    assert Span(0, 6).overlaps(Span(5, 6))


def test_two_findings_on_one_mark_recall_it_once_and_are_both_right() -> None:
    by_type = score([[Marked(Span(0, 9), "DATE")]], [[found(0, 3, "DATE"), found(4, 9, "DATE")]])
    assert by_type["DATE"] == Score(there=1, recalled=1, findings=2, right=2)


def test_a_finding_of_several_types_counts_for_the_one_that_it_meets_or_as_a_mistake_of_its_first() -> None:
    there = [[Marked(Span(0, 5), "ZIP")], []]
    by_type = score(there, [[found(0, 5, "STREET", "ZIP")], [found(0, 5, "STREET", "ZIP")]])
    assert by_type["ZIP"] == Score(there=1, recalled=1, findings=1, right=1)
    assert by_type["STREET"] == Score(findings=1)


def test_findings_of_kinds_that_are_not_marked_count_neither_way() -> None:
    assert score([[Marked(Span(0, 5), "ZIP")]], [[found(0, 5)]]) == {"ZIP": Score(there=1)}


def test_texts_and_findings_must_be_equally_many() -> None:
    with pytest.raises(ValueError, match="zip"):
        score([[]], [])


def test_nothing_there_is_no_recall_rather_than_a_perfect_one() -> None:
    assert Score().recall is None
    assert Score().precision is None
    assert total([Score(2, 1, 3, 3), Score(2, 2)]) == Score(4, 3, 3, 3)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_a_value_that_enough_of_the_others_do_not_exceed(values: list[float], share: float) -> None:
    value = percentile(values, share)
    assert value in values
    assert sum(other <= value for other in values) >= share * len(values) * (1 - 1e-9)
    assert sum(other < value for other in values) < share * len(values) * (1 + 1e-9)


def test_bare_years_and_numbers_from_elsewhere_have_no_part_in_the_narrow_rows() -> None:
    text = "In 1977, on 3 May 1977, call 212-555-0147 or 060 85 91 22."
    marks = {"1977": "DATE_TIME", "3 May 1977": "DATE_TIME", "212-555-0147": "PHONE_NUMBER", "060 85 91 22": ""}
    marked = tuple(
        Marked(Span(text.index(words), text.index(words) + len(words)), kind or "PHONE_NUMBER")
        for words, kind in marks.items()
    )
    date = text.index("3 May")
    by_type = scores([Document(text, marked, 1)], [[found(date, date + 10, "DATE_TIME")]])
    assert by_type["DATE_TIME"].recall == 0.5
    assert by_type[FULL_DATE].recall == 1.0
    assert by_type[US_PHONE].there == 1


def test_posts_are_read_with_names_and_without_handles(tmp_path: Path) -> None:
    rows = [
        *[
            "@\tB-PER",
            "ana_r\tB-PER",
            "met\tO",
            "Nina\tB-PER",
            "Okafor\tI-PER",
            "Li\tB-PER",
            "in\tO",
            "Oslo\tB-LOC",
            "",
        ],
        *[" ", "@bo\tB-person", "hi\tO", "Pao\tB-person", ""],
    ]
    file = tmp_path / "posts.conll"
    file.write_text("\n".join(rows), "utf-8")
    first, second = read_posts(file)
    assert first.text == "@ana_r met Nina Okafor Li in Oslo"
    assert [first.text[slice(*span)] for span in first.names] == ["Nina Okafor", "Li"]
    assert [first.text[slice(*span)] for span in first.handles] == ["@ana_r"]
    assert second.text == "@bo hi Pao"
    assert [second.text[slice(*span)] for span in second.names] == ["Pao"]


def test_a_name_that_goes_on_under_another_label_ends(tmp_path: Path) -> None:
    file = tmp_path / "posts.conll"
    file.write_text("Nina\tB-PER\nPark\tI-LOC\nLi\tI-PER\n", "utf-8")
    (post,) = read_posts(file)
    assert [post.text[slice(*span)] for span in post.names] == ["Nina", "Li"]


def test_texts_run_together_are_cut_to_one_length() -> None:
    pieces = cut(["one two three"] * 50, 20, 10)
    assert len(pieces) == 10
    assert {len(piece) for piece in pieces} == {20}


@pytest.mark.parametrize(
    ("goal", "figure", "met"),
    [("> 0.95", 0.95, False), (">= 0.95", 0.95, True), ("< 25", 24.9, True), ("<= 25", 25.1, False)],
)
def test_a_goal_is_met_or_not(goal: str, figure: float, met: bool) -> None:
    assert reached(goal, figure) is met


def test_every_goal_can_be_read() -> None:
    import tomllib

    goals = tomllib.loads(GOALS.read_text("utf-8"))["goal"]
    assert len({goal["figure"] for goal in goals}) == len(goals)
    assert all(isinstance(reached(goal["goal"], 0.0), bool) for goal in goals)


def test_markdown_keeps_cells_apart(tmp_path: Path) -> None:
    from rich.console import Console

    report = Report(tmp_path, Console(quiet=True))
    table = Table("One", ["text", "ms"])
    table.add("a|b [x] *")
    report.show(table)
    assert "| a\\|b \\[x] \\* |  |" in report.markdown()
    assert report.file("nothing.txt") is None
    assert "nothing.txt" in report.markdown()


def test_posts_of_the_test_set_are_marked_within_their_text() -> None:
    posts = read(POSTS)
    assert posts
    for text, marks in posts:
        for mark in marks:
            assert 0 <= mark.span.start < mark.span.end <= len(text)
            assert mark.type in {category.value for category in IDENTIFIERS}
