"""Structured identifiers: their checks, their look-alikes, and that no text whatsoever trips them."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from demur.core.content import Post
from demur.core.findings import IDENTIFIERS, Category, Confidence, Finding
from demur.screening.recognizers.check_digits import (
    has_iban_digits,
    has_luhn_digit,
    has_prescriber_digit,
    has_provider_digit,
    has_routing_digit,
    has_vehicle_digit,
    iban_length,
)
from demur.screening.recognizers.social_security import is_issued
from demur.screening.recognizers.spelled_digits import is_counting, spelled
from demur.screening.recognizers.wallet import has_base58_checksum, has_bech32_checksum
from demur.screening.rule import load_default_rules
from demur.screening.screen import Screen

SCREEN = Screen(load_default_rules())
PIECES = st.sampled_from(
    [
        *"0159-./()@#:aex['٣²é５🙏",
        *("512", "555", "0147", "078", "05", "1120", "1931", "92", "78701", "TX", "Ave", "maria", "org", "::", "3rd"),
        *("case ", "Mar ", "https://", "plate ", "room ", "turned ", "my client ", "yesterday", "apt ", "calle "),
        *("wifi password is ", " ", "\n", "\u200b", "\ud800", "\x00", "\u202e"),
    ]
)
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August"] + [
    month + "ber" for month in ("Septem", "Octo", "Novem", "Decem")
]
MESES = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"] + [
    mes + "bre" for mes in ("septiem", "octu", "noviem", "diciem")
]
TEXTS = st.one_of(st.text(st.characters(), max_size=120), st.lists(PIECES, max_size=30).map("".join))


def _found(text: str, category: Category) -> list[Finding]:
    return [f for f in SCREEN.screen(Post(text)) if f.category is category and f.confidence > Confidence.POSSIBLE]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("")
@example("\x00\ud800\udfff\u202e")
@example("٣١٢-٥٥٥-٠١٤٧ calle ٣ 0٣/0٣/202٣")
@example("²³¹-⁴⁵⁶-⁷⁸⁹⁰")
def test_no_text_trips_the_screen(text: str) -> None:
    for finding in SCREEN.screen(Post(text)):
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text


@pytest.mark.parametrize(
    "text",
    [
        "a." * 5000,
        "7" * 10_000,
        "5125550147 " * 2000,
        "555-0147 " * 5000,
        "[" * 5000 + "]" * 5000,
        "(" * 10_000,
        "a" * 200_000,
        "é" * 20_000,
        "a@" * 10_000,
        "www." * 10_000,
        "1/" * 10_000,
        "12:" * 10_000,
        "march " * 10_000,
        "1 elm " * 10_000,
        "calle a " * 5000,
        "my client yesterday. " * 2000,
        "!" * 50_000 + "x",
        '?")' * 20_000 + "x",
        "room 1 is " * 8000,
        "case # 1234 " * 8000,
        "a at b dot " * 3000,
        "five 1 " * 3000,
        "social five one two " * 1000,
        "a[.]com " * 2000,
        "a @ b " * 3000,
        "de89 3704 0044 " * 1000,
        "+44 20 7946 0018 " * 1000,
        "01 44 55 01 23 " * 1000,
        "5 1 2 - " * 2000,
        "her ig is " * 2000,
        "a red ford " * 1500,
        "his tattoo of a on " * 1000,
        "::" * 5000,
        "0." * 5000,
        "https://" + ")" * 20_000,
    ],
    ids=lambda text: text[:8],
)
def test_long_and_repetitive_texts_come_back(text: str) -> None:
    for finding in SCREEN.screen(Post(text)):
        assert text[finding.start : finding.end] == finding.text


@settings(deadline=None)
@given(
    area=st.from_regex(r"[2-9][0-8][0-9]", fullmatch=True).filter(
        lambda area: area[1:] != "11" and area not in {"800", "833", "844", "855", "866", "877", "888"}
    ),
    line=st.integers(100, 199),
    shape=st.sampled_from(
        ["{a}-555-{l}", "({a}) 555-{l}", "{a}.555.{l}", "+1 {a} 555 {l}", "1-{a}-555-{l}", "{a} 555 {l}"]
    ),
)
def test_every_invented_north_american_number_is_a_phone(area: str, line: int, shape: str) -> None:
    number = shape.format(a=area, l=f"{line:04}")
    (finding,) = _found(f"you can text {number} tonight", Category.PHONE)
    assert finding.text == number
    assert finding.confidence is Confidence.SURE


@pytest.mark.parametrize(
    "text",
    [
        "call 988", "dial 911", "text HOME to 741741", "call 1-800-273-8255", "call (800) 799-7233",
        "call 866.488.7386", "888-373-7888", "call 211 or 311", "273-8255 spells talk", "12-10-2-1", "$512-555",
        "9,876,543,210 stars",
        "2010-2011", "1-2-3-4-5-6-7-8-9", "3.14159265358979", "order #5125550147", "tracking 1Z9995125550147",
    ],
)  # fmt: skip
def test_help_lines_and_other_numbers_are_no_phones(text: str) -> None:
    assert _found(text, Category.PHONE) == []


@pytest.mark.parametrize(
    "parts", ["001-01-0001", "665-99-9999", "667-01-0001", "899-01-0001", "912-70-1234", "999-99-9999"]
)
def test_numbers_that_can_be_issued(parts: str) -> None:
    assert is_issued(*parts.split("-"))


@pytest.mark.parametrize(
    "parts",
    [
        "000-01-0001",
        "666-01-0001",
        "900-01-0001",
        "123-00-4567",
        "123-45-0000",
        "912-69-1234",
        "912-89-1234",
        "912-93-1234",
    ],
)
def test_numbers_that_cannot_be_issued(parts: str) -> None:
    assert not is_issued(*parts.split("-"))


@settings(deadline=None)
@given(st.from_regex(r"[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}", fullmatch=True))
def test_a_parted_number_is_found_exactly_when_it_can_be_issued(number: str) -> None:
    assert bool(_found(f"it said {number} there", Category.SSN)) is is_issued(*number.split("-"))


def test_check_digits() -> None:
    assert has_luhn_digit("4111111111111111")
    assert not has_luhn_digit("4111111111111112")
    assert has_luhn_digit("378282246310005")
    assert has_iban_digits("gb82west12345698765432")
    assert not has_iban_digits("gb82west12345698765433")
    assert not has_iban_digits("gb82")
    assert has_vehicle_digit("1m8gdm9axkp042788")
    assert not has_vehicle_digit("1m8gdm9a0kp042788")
    assert has_vehicle_digit("1" * 17)


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{15}", fullmatch=True))
def test_one_wrong_digit_never_passes_luhn(digits: str) -> None:
    check = next(str(digit) for digit in range(10) if has_luhn_digit(digits + str(digit)))
    assert [digit for digit in "0123456789" if has_luhn_digit(digits + digit)] == [check]


@settings(deadline=None)
@given(st.ip_addresses(v=4, network="203.0.113.0/24"))
def test_addresses_of_the_documentation_net_are_found(address: object) -> None:
    (finding,) = _found(f"blocked {address} again", Category.IP_ADDRESS)
    assert finding.text == str(address)


@pytest.mark.parametrize(
    "text",
    ["version 10.4.2.1", "v203.0.113.7", "256.1.1.1", "1.2.3", "1.2.3.4.5", "127.0.0.1", "255.255.255.0", "12:30:45",
     "a::b",
     "::", "section 4.1.2.3", "std::dec::ace"],
)  # fmt: skip
def test_versions_and_times_are_no_addresses(text: str) -> None:
    assert _found(text, Category.IP_ADDRESS) == []


@settings(deadline=None)
@given(st.dates())
def test_every_full_date_is_found_in_every_usual_spelling(day: object) -> None:
    year, month, number = day.year, day.month, day.day  # type: ignore[attr-defined]
    if not 1900 <= year <= 2099:
        year = 1900 + year % 200
    name, mes = MONTHS[month - 1], MESES[month - 1]
    assume((month, number, year) != (9, 11, 2001))  # everybody's date, and nobody's
    for text in (
        f"{month}/{number}/{year}", f"{month:02}-{number:02}-{year}", f"{year}-{month:02}-{number:02}",
        f"{name} {number}, {year}", f"{number} {name} {year}", f"{name[:3]}. {number}",
        f"the {number}th of {name}", f"{number} de {mes} de {year}",
    ):  # fmt: skip
        found = _found(f"my client was gone since {text}, he said", Category.DATE)
        assert [finding.text for finding in found] == [text], text


@pytest.mark.parametrize(
    ("text", "words", "instead"),
    [
        ("My client left on March 3rd.", "on March 3rd", "recently"),
        ("She left on March 3, 2021.", "on March 3, 2021", "in 2021"),
        ("Clean since 3/14/2021 now.", "3/14/2021", "2021"),
        ("No client since March 3rd. My client left.", "March 3rd", "then"),
        ("On March 3, 2021 she left.", "On March 3, 2021", "In 2021"),
        ("Salió el 3 de marzo de 2021.", "el 3 de marzo de 2021", "en 2021"),
        ("We met in June 2019.", "June 2019", "2019"),
        ("My client left last Tuesday.", "last Tuesday", "recently"),
        ("Yesterday my client left.", "Yesterday", "Recently"),
        ("After Tuesday's group my client left.", "Tuesday's", "a recent"),
    ],
)
def test_a_date_comes_with_words_that_fit_its_place(text: str, words: str, instead: str) -> None:
    (finding,) = _found(text, Category.DATE)
    assert finding.text == words
    assert finding.suggestions[0] == instead


@pytest.mark.parametrize(
    "text", ["Yesterday I slept.", "On Tuesday we vote.", "Tomorrow: soup.", "Doors at 6pm.", "Hoy llueve."]
)
def test_days_without_anybody_served_are_no_findings(text: str) -> None:
    assert _found(text, Category.DATE) == []


@pytest.mark.parametrize(
    "text",
    ["@user thanks", "hey @maria.lopez and @user_22!", "follow @example.org please", "@@@", "a@b", "5 @ 3"],
)
def test_handles_alone_are_no_findings(text: str) -> None:
    assert [f for f in SCREEN.screen(Post(text)) if f.category in IDENTIFIERS] == []


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("(see https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("go to https://example.org/x?y=1&z=2.", "https://example.org/x?y=1&z=2"),
        ("www.example.net!!!", "www.example.net"),
        ("“https://example.org”", "https://example.org"),
        ("https://example.org, and", "https://example.org"),
    ],
)
def test_a_link_ends_where_the_sentence_goes_on(text: str, link: str) -> None:
    (finding,) = _found(text, Category.URL)
    assert finding.text == link


@pytest.mark.parametrize(
    "text", ["peacekeepers.So there", "on p. 2.De nada", "e.g.that", "U.S.A.", "so.I.said", "end.Me", "3.org"]
)
def test_slips_of_punctuation_are_no_links(text: str) -> None:
    assert _found(text, Category.URL) == []


WORDS = dict(
    zip("0123456789", ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], strict=True)
)


@settings(deadline=None)
@given(area=st.from_regex(r"[2-9][0-8][02-9]", fullmatch=True), line=st.integers(100, 199), oh=st.booleans())
def test_a_phone_in_words_is_found_however_zero_is_said(area: str, line: int, oh: bool) -> None:
    assume(area not in {"800", "833", "844", "855", "866", "877", "888"})
    digits = f"{area}555{line:04}"
    said = " ".join(WORDS[digit] for digit in digits)
    said = said.replace("zero", "oh") if oh else said
    (finding,) = _found(f"her mom is at {said}, after six", Category.PHONE)
    assert finding.text == said
    assert [spoken.digits for spoken in spelled(said)] == [digits]


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("five one two", "512"),
        ("double five three", ""),
        ("double five three one", "5531"),
        ("forty seven, oh one, 19", "470119"),
        ("seven hundred one two", "70012"),
        ("nueve uno cinco", "915"),
        ("two for one", ""),
    ],
)
def test_digits_as_they_are_said(said: str, digits: str) -> None:
    assert "".join(spoken.digits for spoken in spelled(said)) == digits


@pytest.mark.parametrize(
    ("digits", "counts"), [("1234", True), ("9876", True), ("7777", True), ("8901", True), ("5120", False)]
)
def test_counting_is_no_number(digits: str, counts: bool) -> None:
    assert is_counting(digits) is counts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("call 5️⃣1️⃣2️⃣ 555 0147 ok", "5️⃣1️⃣2️⃣ 555 0147"),
        ("call 512📞555📞0147 ok", "512📞555📞0147"),
        ("she is at 5l2-555-Ol47", "5l2-555-Ol47"),
        ("text 512-555-HELP", "512-555-HELP"),
        ("su tel: +52 55 5350 1234", "+52 55 5350 1234"),
        ("(+44) 20 7946 0018, ask for tea", "(+44) 20 7946 0018"),
        ("her aunt: 001-206-555-0119", "001-206-555-0119"),
        ("5 1 2 5 5 5 0 1 4 7 is hers", "5 1 2 5 5 5 0 1 4 7"),
        ("512.555.0147x9", "512.555.0147x9"),
        ("512-555-0147 is her cell", "512-555-0147"),
    ],
)
def test_a_phone_in_disguise(text: str, number: str) -> None:
    assert [finding.text for finding in _found(text, Category.PHONE)] == [number]


@pytest.mark.parametrize(
    "text",
    ["800-FLOWERS", "text 800-555-HELP", "1-800-273-TALK", "1 2 3 4 5 6 7 8 9 0", "scores 98 102 95 101", "5.5550147",
     "1 250 000 pesos", "12.345.678", "2010 2011 2012", "5 1 2 is a chord", "on 05-14-2024 10:30", "219-09-9999"],
)  # fmt: skip
def test_what_only_looks_like_a_phone(text: str) -> None:
    assert _found(text, Category.PHONE) == []


@pytest.mark.parametrize(
    "text",
    [
        "maria (at) example (dot) com",
        "maria[at]example[dot]com",
        "maria AT example DOT com",
        "maria{at}example.org",
        "maria＠example.org",
        "m a r i a @ e x a m p l e . o r g",
        "maria.lopez@gmail",
        "maria@example,com",
        "maria.lopez88 at gmail dot com",
        "maria arroba gmail punto com",
        "MARIA.LOPEZ@EXAMPLE.ORG",
        "maria+court@mail.example.co.uk",
    ],
)
def test_an_address_however_it_is_spelt(text: str) -> None:
    (finding,) = _found(f"her new one: {text}", Category.EMAIL)
    assert finding.text == text


@settings(deadline=None)
@given(st.ip_addresses(v=6, network="2001:db8::/32"))
def test_new_addresses_of_the_documentation_net_are_found(address: object) -> None:
    for written in (str(address), address.exploded, str(address).upper(), f"{address}%eth0"):  # type: ignore[attr-defined]
        (finding,) = _found(f"blocked {written} again", Category.IP_ADDRESS)
        assert finding.text == written


@pytest.mark.parametrize("text", ["::ffff:192.0.2.128", "fe80::1%eth0", "2001:db8::1", "203[.]0[.]113[.]5"])
def test_rare_forms_of_addresses(text: str) -> None:
    (finding,) = _found(f"it was {text}.", Category.IP_ADDRESS)
    assert finding.text == text


def test_check_digits_of_registers() -> None:
    assert has_routing_digit("021000021")
    assert not has_routing_digit("021000022")
    assert not has_routing_digit("991000021")
    assert not has_routing_digit("000000000")
    assert has_provider_digit("1234567893")
    assert not has_provider_digit("1234567890")
    assert not has_provider_digit("3234567893")
    assert has_prescriber_digit("ab1234563")
    assert not has_prescriber_digit("ab1234564")
    assert has_luhn_digit("490154203237518")  # an IMEI
    assert iban_length("de") == 22
    assert iban_length("us") == 0
    assert not has_iban_digits("de8937040044053201300")
    assert has_base58_checksum("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")
    assert not has_base58_checksum("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb")
    assert has_bech32_checksum("bc", "qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")
    assert not has_bech32_checksum("bc", "qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("routing number 021000021", "routing number 021000022"),
        ("NPI 1234567893", "NPI 1234567890"),
        ("DEA AB1234563", "DEA AB1234564"),
        ("IMEI 490154203237518", "IMEI 490154203237519"),
        ("IBAN GB82WEST12345698765432", "IBAN GB82WEST12345698765433"),
        ("VIN 1M8GDM9AXKP042788", "VIN 1M8GDM9A0KP042788"),
    ],
)
def test_a_named_number_with_a_wrong_check_digit_is_only_likely(right: str, wrong: str) -> None:
    for text, confidence in ((right, Confidence.SURE), (wrong, Confidence.LIKELY)):
        (finding,) = SCREEN.screen(Post(text))
        assert finding.confidence is confidence


@settings(deadline=None)
@given(st.from_regex(r"4[0-9]{15}", fullmatch=True))
def test_a_card_is_found_exactly_when_its_check_digit_is_right(number: str) -> None:
    assume(len(set(number)) > 1)
    assert bool(_found(f"paid with {number} then", Category.ACCOUNT_NUMBER)) is has_luhn_digit(number)


@pytest.mark.parametrize("number", ["4", "1234567812345670", "490154203237518", "79927398713"])
def test_a_right_check_digit_alone_makes_no_card(number: str) -> None:
    assert _found(f"it says {number} there", Category.ACCOUNT_NUMBER) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My client drives a red 2014 Chevy Malibu.", "a red 2014 Chevy Malibu"),
        ("My client rides bus 14 home.", "bus 14"),
        ("One of my clients closed her case. Congrats @newkeys_nadia", "@newkeys_nadia"),
        ("They took my client's fingerprints.", "my client's fingerprints"),
    ],
)
def test_what_is_nobodys_business_alone_is_likely_beside_a_client(text: str, words: str) -> None:
    (finding,) = (found for found in SCREEN.screen(Post(text)) if found.text == words)
    assert finding.confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    "text", ["I bought a red Chevy Malibu.", "Bus 14 is late.", "Congrats @newkeys_nadia", "Loving my new tattoo."]
)
def test_it_is_no_finding_without_one(text: str) -> None:
    assert [found for found in SCREEN.screen(Post(text)) if found.category in IDENTIFIERS] == []
