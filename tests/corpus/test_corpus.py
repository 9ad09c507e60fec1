"""The corpus can be read, is as large and as mixed as its guide says, and its test writers are apart."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus import FORMS, POSTS, CorpusError, Item, post_of, read_all, read_writer
from demur.core.findings import Category

GOOD = "@ hold | ir wf | detox technician | personal friends facebook | en | lyric"


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return [*read_all(test=False), *read_all(test=True)]


def one(folder: Path, text: str) -> Item:
    path = folder / "w99.txt"
    path.write_text(text, "utf-8")
    (item,) = read_writer(path)
    return item


def test_marks_become_places_in_the_text(tmp_path: Path) -> None:
    item = one(tmp_path, f"{GOOD}\n< and?\n[[Some people]] need [[a bed {{{{date|tonight}}}}]] 🎶\nevery time\n\n")
    assert item.text == "Some people need a bed tonight 🎶\nevery time"
    assert item.reply_to == "and?"
    assert [(item.text[span.start : span.end], span.kind) for span in item.spans] == [
        ("Some people", "evidence"),
        ("a bed tonight", "evidence"),
        ("tonight", "date"),
    ]
    assert item.reasons == ("indirect_client_reference", "work_frustration")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("words before any item", "text before the first item"),
        ("@ hold | ir | x | personal friends | en | lyric\nso", "account, audience and network"),
        ("@ hold | zz | x | personal friends x | en | lyric\nso", "reasons 'zz'"),
        ("@ hold | ir | x | personal friends x | en | poem\nso", "'poem'"),
        (f"{GOOD} | maybe\nso", "can only be 'doubt'"),
        (f"{GOOD}\n[[so", "not closed"),
        (f"{GOOD}\nso]]", "closes nothing"),
        (f"{GOOD}\n{{{{so}}}}", "without a category"),
        (f"{GOOD}\n\n", "no text"),
    ],
)
def test_what_is_wrong_with_an_item_is_said(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(CorpusError, match=r"w99\.txt line 1") as error:
        one(tmp_path, text)
    assert says in str(error.value)


def test_it_is_large_and_mixed(items: list[Item]) -> None:
    assert len(items) >= 12_000
    writers = Counter(item.writer for item in items)
    assert len(writers) >= 16
    verdicts = Counter(item.verdict for item in items)
    assert 0.40 < verdicts["hold"] / len(items) < 0.50
    assert 0.38 < verdicts["clear"] / len(items) < 0.48
    spanish = sum(item.language != "en" for item in items)
    assert spanish / len(items) >= 0.10
    assert {item.form for item in items} == set(FORMS)
    protected = [item for item in items if item.verdict == "clear" and "protected_concerted" in item.reasons]
    assert len(protected) >= 500
    veiled = [item for item in items if item.verdict == "hold" and all(span.kind == "evidence" for span in item.spans)]
    assert len(veiled) / verdicts["hold"] > 0.55
    assert sum(bool(item.reply_to) for item in items) / len(items) > 0.10


def test_no_text_of_a_test_writer_is_among_the_others() -> None:
    def folded(item: Item) -> str:
        return " ".join("".join(sign for sign in item.text.lower() if sign.isalnum() or sign == " ").split())

    others = {folded(item) for item in read_all(test=False)}
    shared = [item for item in read_all(test=True) if len(folded(item)) > 25 and folded(item) in others]
    assert shared == []


def test_holds_say_why_and_clear_items_mark_nothing(items: list[Item]) -> None:
    for item in items:
        where = f"{item.writer} {item.number}"
        if item.verdict == "clear":
            assert set(item.reasons) <= {"none", "protected_concerted", "crisis"}, where
            assert not item.spans, where
        else:
            assert "none" not in item.reasons, where


def test_every_identifier_has_a_category_of_ours(items: list[Item]) -> None:
    known = {category.value for category in Category} | {"evidence"}
    assert {span.kind for item in items for span in item.spans} <= known


def test_every_item_can_be_given_to_demur(items: list[Item]) -> None:
    for item in items:
        assert post_of(item).text == item.text


def test_each_writer_stands_in_the_guide() -> None:
    guide = POSTS.parent.joinpath("README.md").read_text("utf-8")
    for path in POSTS.glob("*.txt"):
        assert f"`{path.stem}`" in guide, path.name
