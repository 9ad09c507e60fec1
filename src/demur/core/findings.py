"""What screening finds in a draft: evidence, never a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from demur.core.vocabulary import Word


class Category(Word):
    """The closed vocabulary of findings: the Safe Harbor identifiers, confidentiality, the author's own exposure."""

    NAME = "name"
    GEOGRAPHY = "geography"
    DATE = "date"
    AGE_OVER_89 = "age-over-89"
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    SSN = "ssn"
    MEDICAL_RECORD_NUMBER = "medical-record-number"
    HEALTH_PLAN_NUMBER = "health-plan-number"
    ACCOUNT_NUMBER = "account-number"
    LICENCE_NUMBER = "licence-number"
    VEHICLE = "vehicle"
    DEVICE = "device"
    URL = "url"
    IP_ADDRESS = "ip-address"
    BIOMETRIC = "biometric"
    PHOTO = "photo"
    OTHER_IDENTIFIER = "other-identifier"

    CLIENT_NAME = "client-name"
    CLIENT_REFERENCE = "client-reference"
    INDIRECT_CLIENT_REFERENCE = "indirect-client-reference"
    SESSION_OR_CASE_DETAIL = "session-or-case-detail"
    CLIENT_FAMILY = "client-family"
    CLIENT_PHOTO = "client-photo"
    CONFIRMS_RELATIONSHIP = "confirms-relationship"
    WORK_FRUSTRATION = "work-frustration"
    MOSAIC = "mosaic"
    CRISIS = "crisis"

    SELF_EXPOSURE = "self-exposure"
    LOCATION_OR_TIME = "location-or-time"
    COLLEAGUE_OR_AGENCY = "colleague-or-agency"
    PROTECTED_CONCERTED = "protected-concerted"

    PROFESSIONAL_NOTICE = "professional-notice"
    PRIVATE_LIFE = "private-life"


IDENTIFIERS = frozenset(
    {
        Category.NAME,
        Category.GEOGRAPHY,
        Category.DATE,
        Category.AGE_OVER_89,
        Category.PHONE,
        Category.FAX,
        Category.EMAIL,
        Category.SSN,
        Category.MEDICAL_RECORD_NUMBER,
        Category.HEALTH_PLAN_NUMBER,
        Category.ACCOUNT_NUMBER,
        Category.LICENCE_NUMBER,
        Category.VEHICLE,
        Category.DEVICE,
        Category.URL,
        Category.IP_ADDRESS,
        Category.BIOMETRIC,
        Category.PHOTO,
        Category.OTHER_IDENTIFIER,
    }
)
"""The 18 identifiers of HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i)(A)-(R)."""

ABOUT_CLIENTS = frozenset(
    {
        Category.CLIENT_NAME,
        Category.CLIENT_REFERENCE,
        Category.INDIRECT_CLIENT_REFERENCE,
        Category.SESSION_OR_CASE_DETAIL,
        Category.CLIENT_FAMILY,
        Category.CLIENT_PHOTO,
        Category.CONFIRMS_RELATIONSHIP,
    }
)
"""Categories that say: somebody who is served is spoken of here."""


WHOSE_ACCOUNT = frozenset({Category.PROFESSIONAL_NOTICE, Category.PRIVATE_LIFE})
"""Categories that hold nothing back: they tell on which of the author's accounts a draft belongs."""

READER = "reader"
"""What stands as the rule in a finding that comes from reading the whole draft."""


class Confidence(IntEnum):
    """How sure a finding is, in words; `possible` alone leads to a question, never to a hold."""

    POSSIBLE = 1
    LIKELY = 2
    SURE = 3

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of evidence in a text. `start` and `end` count code points, end exclusive.

    `says` is a plain sentence for the author, `cites` are ids of `core.citations`, `suggestions` are replacements
    for the marked words, safest first; empty where no rewording is safe. `fits` is about how many people the facts
    of the whole text fit, where that was estimated. `asks` is the one question about these very words, where a doubt
    is better settled by that than by a question about the whole.
    """

    category: Category
    rule: str
    start: int
    end: int
    text: str
    confidence: Confidence
    says: str
    cites: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    fits: int | None = None
    asks: str = ""
