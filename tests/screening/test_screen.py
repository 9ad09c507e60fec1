"""How the screen joins rules: what they need beside them, what excuses them, and which of two findings stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from demur.core.content import Post
from demur.core.findings import Category, Confidence, Finding
from demur.core.people import Role
from demur.screening.rule import load_default_rules, load_rules
from demur.screening.screen import Screen, beside_clients, settle

Build = Callable[..., Screen]
DEFAULT = Screen(load_default_rules())


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """A screen from small rules, each given as the lines that differ from a rule about tea."""

    def _build(**rules: str) -> Screen:
        for name, lines in rules.items():
            given = {line.split(" = ")[0] for line in lines.splitlines()}
            rest = {
                "kind": '"pattern"', "category": '"self-exposure"', "confidence": '"likely"', "title": '"T"',
                "says": "'“{words}” was said.'",
            }  # fmt: skip
            body = "\n".join(f"{key} = {value}" for key, value in rest.items() if key not in given)
            examples = '[[flags]]\ntext = "[[a]] b"\n[[passes]]\ntext = "b"\n'
            (tmp_path / f"{name}.toml").write_text(f'id = "{name}"\n{lines}\n{body}\n{examples}', encoding="utf-8")
        return Screen(load_rules(tmp_path))

    return _build


def _words(screen: Screen, text: str, **post: object) -> list[str]:
    return [finding.text for finding in screen.screen(Post(text, **post))]  # type: ignore[arg-type]


def test_a_pattern_marks_its_group_or_all_of_it(build: Build) -> None:
    screen = build(cup=r"patterns = ['\bcup of (?P<mark>\w+)']", pot=r"patterns = ['\bpot\b']")
    assert _words(screen, "a cup of Tea, a POT") == ["Tea", "POT"]


def test_a_phrase_is_found_whole_and_however_it_is_dressed(build: Build) -> None:
    screen = build(phrase="kind = 'phrase'\nphrases = ['green tea', \"don't\"]")
    assert _words(screen, "Green Tea and gréen tea, don’t") == ["Green Tea", "gréen tea", "don’t"]
    assert _words(screen, "evergreen tea, green team") == []


def test_the_words_are_told_in_the_sentence(build: Build) -> None:
    (finding,) = build(tea="patterns = ['tea']").screen(Post("my Tea"))
    assert finding.says == "“Tea” was said."
    assert finding.confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("Tea is on.", "a drink"), ("More tea.", "a drink"), ("“tea time”", "a drink")],
)
def test_a_suggestion_is_capitalised_only_where_the_marked_word_opens_its_sentence(
    build: Build, text: str, suggestion: str
) -> None:
    screen = build(tea="patterns = ['\\btea\\b']\nsuggestions = ['a drink']")
    (finding,) = screen.screen(Post(text))
    expected = suggestion.capitalize() if finding.text == "Tea" else suggestion
    assert finding.suggestions == (expected,)
    (inside,) = screen.screen(Post("I drank Tea."))
    assert inside.suggestions == ("a drink",)
    (second,) = screen.screen(Post("Quiet. Tea?"))
    assert second.suggestions == ("A drink",)


class TestNeeds:
    @pytest.fixture
    def screen(self, build: Build) -> Screen:
        return build(
            tea="patterns = ['\\btea\\b']\nneeds = ['client-reference']",
            who="category = 'client-reference'\npatterns = ['\\bmy client\\b']",
        )

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("My client had tea.", True),
            ("My client came. We had tea.", True),
            ("We had tea. My client came.", True),
            ("We had tea\nMy client came", True),
            ("We had tea. It rained. My client came.", False),
            ("We had tea.", False),
        ],
    )
    def test_evidence_counts_in_the_same_sentence_and_the_next(self, screen: Screen, text: str, found: bool) -> None:
        assert ("tea" in _words(screen, text)) is found

    def test_evidence_from_the_caseload_counts(self, screen: Screen) -> None:
        name = Finding(Category.CLIENT_REFERENCE, "caseload", 0, 4, "Rosa", Confidence.SURE, "says")
        assert [f.rule for f in screen.screen(Post("Rosa had tea."), known=(name,))] == ["caseload", "tea"]

    def test_a_rule_is_no_evidence_for_itself(self, build: Build) -> None:
        screen = build(own="patterns = ['tea']\nneeds = ['self-exposure']")
        assert _words(screen, "tea and tea") == []

    def test_two_rules_may_need_each_other(self, build: Build) -> None:
        screen = build(
            one="patterns = ['tea']\nneeds = ['mosaic']",
            two="category = 'mosaic'\npatterns = ['milk']\nneeds = ['self-exposure']",
        )
        assert _words(screen, "tea with milk") == ["tea", "milk"]
        assert _words(screen, "tea") == []


def test_unless_excuses_within_its_sentence_only(build: Build) -> None:
    screen = build(tea="patterns = ['\\btea\\b']\nunless = ['\\bparty\\b']")
    assert _words(screen, "tea party") == []
    assert _words(screen, "A PÁRTY with tea, then") == []
    assert _words(screen, "A party. Then tea.") == ["tea"]


def test_in_reply_counts_only_in_replies(build: Build) -> None:
    screen = build(tea="patterns = ['tea']\nin_reply = true")
    assert _words(screen, "tea") == []
    assert _words(screen, "tea", reply_to="What do you drink?") == ["tea"]


def test_roles_count_only_for_those_authors(build: Build) -> None:
    screen = build(tea="patterns = ['tea']\nroles = ['cps-worker', 'student']")
    assert _words(screen, "tea") == []
    assert _words(screen, "tea", role=Role.STUDENT) == ["tea"]


def test_overlapping_marks_of_one_rule_become_the_longest(build: Build) -> None:
    screen = build(tea="patterns = ['green tea', '\\btea\\b']")
    assert [finding.text for finding in screen.hits(Post("green tea, tea"))] == ["green tea", "tea"]


def test_no_rules_find_nothing() -> None:
    assert Screen(()).screen(Post("My client, 512-555-0147")) == ()


class TestSettling:
    def test_a_client_is_not_also_somebody_with_a_name(self) -> None:
        client = self._finding(Category.CLIENT_NAME, 3, 8, Confidence.POSSIBLE)
        somebody = self._finding(Category.NAME, 0, 5, Confidence.LIKELY)
        other = self._finding(Category.NAME, 8, 12)
        assert settle((somebody, client, other)) == (client, other)

    def _finding(
        self, category: Category, start: int, end: int, confidence: Confidence = Confidence.SURE, rule: str = "r"
    ) -> Finding:
        return Finding(category, rule, start, end, "x" * (end - start), confidence, "says")

    def test_the_surer_identifier_wins(self) -> None:
        likely = self._finding(Category.PHONE, 0, 12, Confidence.LIKELY)
        sure = self._finding(Category.SSN, 0, 11)
        assert settle([likely, sure]) == (sure,)

    def test_the_longer_identifier_wins(self) -> None:
        short, long = self._finding(Category.DATE, 4, 9), self._finding(Category.DATE, 0, 12)
        assert settle([short, long]) == (long,)

    def test_a_name_and_an_address_both_stay(self) -> None:
        name, mail = self._finding(Category.CLIENT_NAME, 0, 5), self._finding(Category.EMAIL, 0, 17)
        assert set(settle([mail, name])) == {name, mail}

    def test_neighbours_that_only_touch_both_stay(self) -> None:
        left, right = self._finding(Category.DATE, 0, 5), self._finding(Category.PHONE, 5, 9)
        assert settle([right, left]) == (left, right)

    def test_one_long_finding_hides_many_short_ones(self) -> None:
        long = self._finding(Category.URL, 0, 50)
        assert settle([self._finding(Category.DATE, n, n + 2) for n in range(0, 48, 3)] + [long]) == (long,)

    def test_a_social_security_number_is_no_phone(self) -> None:
        (finding,) = DEFAULT.screen(Post("call about SSN 078-05-1120"))
        assert finding.category is Category.SSN

    def test_a_date_in_words_hides_its_weekday(self) -> None:
        text = "My client left on Tuesday, March 3rd."
        dates = [f.text for f in DEFAULT.screen(Post(text)) if f.category is Category.DATE]
        assert dates == ["on Tuesday, March 3rd"]

    def test_a_fax_is_no_phone(self) -> None:
        found = DEFAULT.screen(Post("Tel 214-555-0109, fax 214-555-0110"))
        assert [f.category for f in found] == [Category.PHONE, Category.FAX]

    def test_an_address_in_a_link_belongs_to_the_link(self) -> None:
        found = DEFAULT.screen(Post("https://example.org/2024/03/14/story?ip=203.0.113.9"))
        assert [f.category for f in found] == [Category.URL]

    def test_a_client_in_a_mail_address_keeps_both(self) -> None:
        name = Finding(Category.CLIENT_NAME, "caseload", 6, 11, "maria", Confidence.SURE, "says")
        found = DEFAULT.screen(Post("write maria@example.org"), known=(name,))
        assert {f.category for f in found} == {Category.CLIENT_NAME, Category.EMAIL}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("👩‍👧‍👦💔 call 512-555-0147 💔", "512-555-0147"),
        ("caí\u0301do: 512-555-0147", "512-555-0147"),
        ("51\u200b2-555-\u200d0147 ok", "51\u200b2-555-\u200d0147"),
        ("ring ５１２－５５５－０１４７!", "５１２－５５５－０１４７"),
        ("התקשרו 512-555-0147 עכשיו", "512-555-0147"),
        ("call 512–555–0147", "512–555–0147"),
        ("call 512\u00a0555\u00a00147", "512\u00a0555\u00a00147"),
    ],
    ids=["emoji", "accents", "zero-width", "full-width", "right-to-left", "dashes", "no-break"],
)
def test_marks_stand_where_the_words_were_written(text: str, words: str) -> None:
    (finding,) = DEFAULT.screen(Post(text))
    assert finding.text == words
    assert text[finding.start : finding.end] == words


def test_beside_clients_looks_one_sentence_far() -> None:
    def finding(category: Category, start: int, confidence: Confidence = Confidence.SURE) -> Finding:
        return Finding(category, "r", start, start + 1, "x", confidence, "says")

    text = "One here. Two there. Three where. Four."
    client = finding(Category.CLIENT_REFERENCE, 0)
    near, far = finding(Category.DATE, 11), finding(Category.PHONE, 35)
    assert beside_clients(text, (client, near, far)) == {Category.DATE}
    assert beside_clients(text, (near, far)) == frozenset()
    assert beside_clients(text, (finding(Category.CLIENT_REFERENCE, 0, Confidence.POSSIBLE), near)) == frozenset()


def test_a_possible_name_is_likely_beside_talk_of_a_client() -> None:
    def name(text: str) -> Finding:
        start = text.index("Rose")
        return Finding(
            Category.CLIENT_NAME, "caseload-given-name", start, start + 4, "Rose", Confidence.POSSIBLE, "says"
        )

    def confidence(text: str) -> Confidence:
        (found,) = (f for f in DEFAULT.screen(Post(text), (name(text),)) if f.category is Category.CLIENT_NAME)
        return found.confidence

    assert confidence("One of my clients made it. Rose did!") is Confidence.LIKELY
    assert confidence("Rose is in bloom, and so are the peas.") is Confidence.POSSIBLE
    assert confidence("One of my clients made it. Soup after. Then tea. Rose, as ever.") is Confidence.POSSIBLE
