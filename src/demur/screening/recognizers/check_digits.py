"""Arithmetic that tells a real number of a register from digits that only look like one."""

from __future__ import annotations

from itertools import cycle

_IBAN_LENGTHS = {
    country: int(length)
    for length, countries in {
        "15": "no", "16": "be", "18": "dk fo fi gl nl sd", "19": "mk si", "20": "at ba ee kz xk lt lu",
        "21": "hr lv li ch", "22": "bh bg cr ge de ie me rs gb va ae", "23": "gi il iq tl",
        "24": "ad cz md pk ro sa sk es se tn vg", "25": "pt st ly", "26": "is tr",
        "27": "fr gr it mr mc sm", "28": "al az by cy do gt hu lb pl sv", "29": "br eg ps qa ua",
        "30": "jo kw mu", "31": "mt sc", "32": "lc",
    }.items()
    for country in countries.split()
}  # fmt: skip
"""Characters of an IBAN by country, from the SWIFT registry of ISO 13616."""
_VIN_VALUES = {
    letter: int(value) for letter, value in zip("abcdefghjklmnprstuvwxyz", "12345678123457923456789", strict=True)
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def has_luhn_digit(digits: str) -> bool:
    """Whether the last digit is the Luhn check of the others (ISO 7812; also IMEI)."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0


def iban_length(country: str) -> int:
    """How many characters an IBAN of a lower-case country code has; 0 where there is none."""
    return _IBAN_LENGTHS.get(country, 0)


def has_iban_digits(number: str) -> bool:
    """Whether a lower-case IBAN has its country's length and the right remainder by 97 (ISO 13616)."""
    if len(number) != iban_length(number[:2]) or not number.isascii() or not number.isalnum():
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def has_routing_digit(digits: str) -> bool:
    """Whether nine digits can be a US bank's routing number: its district, then weights 3, 7, 1 (ABA)."""
    district = int(digits[:2])
    if len(digits) != 9 or not (district <= 12 or 21 <= district <= 32 or 61 <= district <= 72 or district == 80):
        return False
    return (
        digits != "0" * 9
        and sum(weight * int(digit) for weight, digit in zip(cycle((3, 7, 1)), digits, strict=False)) % 10 == 0
    )


def has_provider_digit(digits: str) -> bool:
    """Whether ten digits can be a National Provider Identifier: Luhn with 80840 before it (45 CFR 162.406)."""
    return len(digits) == 10 and digits[0] in "12" and has_luhn_digit("80840" + digits)


def has_prescriber_digit(number: str) -> bool:
    """Whether two letters and seven digits can be a DEA registration: odd places plus twice the even ones."""
    digits = [int(sign) for sign in number[2:]]
    return len(digits) == 7 and (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def has_vehicle_digit(number: str) -> bool:
    """Whether the ninth of a lower-case vehicle number's 17 characters is right (49 CFR 565.15(c))."""
    total = sum(
        weight * (_VIN_VALUES.get(sign) or int(sign)) for weight, sign in zip(_VIN_WEIGHTS, number, strict=True)
    )
    return number[8] == "0123456789x"[total % 11]
