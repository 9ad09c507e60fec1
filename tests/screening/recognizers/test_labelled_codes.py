"""Numbers that the words around them tell apart."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from demur.core.content import Post
from demur.core.findings import Category, Confidence, Finding
from demur.core.folding import fold
from demur.screening.recognizers.labelled_codes import find_kind, names
from demur.screening.rule import load_default_rules
from demur.screening.screen import Screen

RULES = {rule.id: rule for rule in load_default_rules()}
SCREEN = Screen(load_default_rules())
RULE_OF = {
    Category.MEDICAL_RECORD_NUMBER: "medical-record-code",
    Category.HEALTH_PLAN_NUMBER: "health-plan-code",
    Category.ACCOUNT_NUMBER: "account-code",
    Category.LICENCE_NUMBER: "licence-code",
    Category.DEVICE: "device-code",
    Category.OTHER_IDENTIFIER: "personal-code",
    Category.SSN: "social-security-nearby",
}


def kinds(text: str) -> dict[Category, list[tuple[str, Confidence | None]]]:
    folded = fold(text)
    found = {
        category: [(text[hit.start : hit.end], hit.confidence) for hit in find_kind(folded, category)]
        for category in RULE_OF
    }
    return {category: hits for category, hits in found.items() if hits}


def findings(text: str) -> list[Finding]:
    return [finding for finding in SCREEN.screen(Post(text)) if finding.rule in RULE_OF.values()]


@pytest.mark.parametrize(("name", "category"), sorted(names()))
def test_a_rule_looks_at_every_text_with_one_of_its_words(name: str, category: Category) -> None:
    (trigger,) = RULES[RULE_OF[category]].patterns
    assert re2.compile(trigger).search(f"the {name} 123456".encode())


@pytest.mark.parametrize(
    ("text", "category", "words", "confidence"),
    [
        ("mrn 8820417", Category.MEDICAL_RECORD_NUMBER, "8820417", Confidence.SURE),
        (
            "her chart walked off again, H-204417 on the spine",
            Category.MEDICAL_RECORD_NUMBER,
            "H-204417",
            Confidence.LIKELY,
        ),
        ("the wristband, still on, 0093-441-7", Category.MEDICAL_RECORD_NUMBER, "0093-441-7", Confidence.LIKELY),
        ("Member ID: XKQ 4410 2207", Category.HEALTH_PLAN_NUMBER, "XKQ 4410 2207", Confidence.SURE),
        ("account ending 2018", Category.ACCOUNT_NUMBER, "2018", Confidence.SURE),
        ("checking x4417 is closed", Category.ACCOUNT_NUMBER, "x4417", Confidence.SURE),
        ("CDL came, R44-20-9917", Category.LICENCE_NUMBER, "R44-20-9917", Confidence.LIKELY),
        ("7719042 is his inmate number", Category.OTHER_IDENTIFIER, "7719042", Confidence.LIKELY),
        (
            "social: two one nine oh four four four seven one",
            Category.SSN,
            "two one nine oh four four four seven one",
            Confidence.SURE,
        ),
        ("the oxygen, then, at last, TX-204417", Category.DEVICE, "TX-204417", Confidence.LIKELY),
    ],
)
def test_the_nearest_name_says_what_it_is(text: str, category: Category, words: str, confidence: Confidence) -> None:
    assert kinds(text) == {category: [(words, confidence)]}


@pytest.mark.parametrize(
    "text",
    [
        "chart 2024",
        "account of 12000 steps",
        "grant AB-204417 for patients",
        "medicaid line 512-555-0147",
        "CPT 90837 denied",
        "policy from 10/12/2026",
        "insurance H2019",
        "member since 2011",
        "case 1,204",
        "bank $20441",
        "license 45000 people",
        "case bill HB20441",
        "account user@20441.example.com",
        "chart https://example.org/20441",
    ],
)
def test_years_amounts_telephones_and_bills_are_none(text: str) -> None:
    assert kinds(text) == {}


def test_a_telephone_stays_a_telephone() -> None:
    found = SCREEN.screen(Post("her phone number on my windshield: 555-0118"))
    assert [finding.category for finding in found] == [Category.PHONE]


def test_surroundings_alone_are_only_possible_until_a_client_stands_beside() -> None:
    assert [finding.confidence for finding in findings("pharmacy had KB20441 on it")] == [Confidence.POSSIBLE]
    assert [finding.confidence for finding in findings("my client's pharmacy had KB20441 on it")] == [Confidence.LIKELY]


@given(
    st.lists(
        st.sampled_from(["mrn ", "acct ", "12345 ", "a1-", "one ", "ssn ", "x", "#", "İ", "ﬁ", "…", "9" * 30, "K 20 "]),
        max_size=60,
    )
)
def test_every_mark_lies_in_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    folded = fold(text)
    for category in RULE_OF:
        for hit in find_kind(folded, category):
            assert 0 <= hit.start < hit.end <= len(text)
            assert any(sign.isdigit() for sign in text[hit.start : hit.end]) or text[hit.start : hit.end].isascii()
