"""The people around a request or a draft: roles, relationships and clients."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

from demur.core.vocabulary import Word


class Role(Word):
    """What the author does. An unknown or missing role is OTHER: somebody who serves people."""

    COUNSELOR = "counselor"
    THERAPIST = "therapist"
    PSYCHOLOGIST = "psychologist"
    SOCIAL_WORKER = "social-worker"
    CASE_MANAGER = "case-manager"
    CPS_WORKER = "cps-worker"
    PEER_SUPPORT = "peer-support"
    SCHOOL_COUNSELOR = "school-counselor"
    PROBATION_OFFICER = "probation-officer"
    YOUTH_WORKER = "youth-worker"
    HOME_VISITOR = "home-visitor"
    RESIDENTIAL_STAFF = "residential-staff"
    BENEFITS_WORKER = "benefits-worker"
    ADVOCATE = "advocate"
    SUPERVISOR = "supervisor"
    STUDENT = "student"
    OTHER = "other"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return {
            "counsellor": "counselor",
            "psychotherapist": "therapist",
            "lmft": "therapist",
            "lpc": "counselor",
            "msw": "social-worker",
            "lcsw": "social-worker",
            "care manager": "case-manager",
            "caseworker": "case-manager",
            "case worker": "case-manager",
            "cps": "cps-worker",
            "cps investigator": "cps-worker",
            "child protective services": "cps-worker",
            "child welfare worker": "cps-worker",
            "peer specialist": "peer-support",
            "peer support specialist": "peer-support",
            "recovery coach": "peer-support",
            "school social worker": "school-counselor",
            "probation": "probation-officer",
            "parole officer": "probation-officer",
            "corrections": "probation-officer",
            "youth work": "youth-worker",
            "group home staff": "residential-staff",
            "detox technician": "residential-staff",
            "shelter advocate": "advocate",
            "clinical supervisor": "supervisor",
            "program director": "supervisor",
            "intern": "student",
            "practicum student": "student",
        }

    @classmethod
    def guess(cls, typed: str | None) -> Role:
        """The role for free text; OTHER where it is missing or not one that the policy treats apart."""
        try:
            return cls.read(typed or "")
        except ValueError:
            said = (typed or "").lower()
            return next((cls(role) for words, role in _ROLE_WORDS if re.search(rf"\b(?:{words})\b", said)), cls.OTHER)


_ROLE_WORDS: tuple[tuple[str, str], ...] = (
    # The first line that is found in a job title decides; so what is particular stands before what is general.
    ("students?|interns?|practicum|trainees?", "student"),
    ("probation|parole|corrections", "probation-officer"),
    (r"cps|child protect\w*|child welfare|foster|adult protective|aps", "cps-worker"),
    (r"school (?:social|counsel|psych)\w*|school-based|teachers?", "school-counselor"),
    ("peer|recovery (?:coach|support)|sober", "peer-support"),
    ("supervisors?|director|manager of|program manager|practice owner|licensor", "supervisor"),
    (r"home visit\w*|early childhood|wic|promotor\w*|doula|head start|parent educator", "home-visitor"),
    (
        r"detox|group home|residential|direct support|dsp|behavior tech\w*|rbt|night staff|psych tech",
        "residential-staff",
    ),
    ("youth|4-h|mentor", "youth-worker"),
    ("benefits|eligibility|snap|welfare", "benefits-worker"),
    ("advocate|shelter|crisis line|hotline|text line|volunteer", "advocate"),
    (r"psychologist|psychiatr\w*|neuropsych\w*", "psychologist"),
    (r"\w*therapists?|psychotherap\w*|aba|bcba|therapy", "therapist"),
    (r"counsel\w*|consejer\w*|chaplain", "counselor"),
    (r"(?:case|care) manag\w*|case ?worker|navigator|outreach|planner|resettlement", "case-manager"),
    (r"social work\w*|trabajadora? social|lcsw|l?msw", "social-worker"),
)


class Relationship(Word):
    """How two people stand to each other, as far as the professional can know."""

    CURRENT_CLIENT = "current-client"
    FORMER_CLIENT = "former-client"
    CLIENT_FAMILY = "client-family"
    FORMER_CO_CLIENT = "former-co-client"
    SUPERVISEE = "supervisee"
    COLLEAGUE = "colleague"
    VENDOR = "vendor"
    NONE = "none"
    UNKNOWN = "unknown"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return {
            "client": "current-client",
            "current": "current-client",
            "customer": "current-client",
            "former": "former-client",
            "ex client": "former-client",
            "family": "client-family",
            "family of a client": "client-family",
            "client's family": "client-family",
            "relative of a client": "client-family",
            "friend of a client": "client-family",
            "parent of a student": "client-family",
            "party in a case": "client-family",
            "co party": "client-family",
            "co client": "former-co-client",
            "former co client": "former-co-client",
            "we were in group together": "former-co-client",
            "we were in treatment together": "former-co-client",
            "we were in recovery together": "former-co-client",
            "coworker": "colleague",
            "co worker": "colleague",
            "student": "supervisee",
            "intern": "supervisee",
            "professional contact": "vendor",
            "stranger": "unknown",
            "not sure": "unknown",
            "i don't know": "unknown",
            "friend": "none",
            "private": "none",
            "no professional tie": "none",
        }


SERVED = frozenset({Relationship.CURRENT_CLIENT, Relationship.FORMER_CLIENT, Relationship.CLIENT_FAMILY})
"""Relationships that stand on a caseload: people whom confidentiality protects."""

PROTECTED = SERVED | {Relationship.FORMER_CO_CLIENT}
"""The same, and those with whom the professional was once served: what happened in a group stays there."""


class Tie(Word):
    """Who the other person is, as one choice for people: every relationship, and a friend who became a client."""

    CURRENT_CLIENT = "current-client"
    FRIEND_BECAME_CLIENT = "friend-became-client"
    FORMER_CLIENT = "former-client"
    CLIENT_FAMILY = "client-family"
    FORMER_CO_CLIENT = "former-co-client"
    SUPERVISEE = "supervisee"
    COLLEAGUE = "colleague"
    VENDOR = "vendor"
    NONE = "none"
    UNKNOWN = "unknown"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return Relationship.aliases() | {
            "friend who became a client": "friend-became-client",
            "a friend who became a client": "friend-became-client",
            "friend who is now served": "friend-became-client",
        }

    @property
    def relationship(self) -> Relationship:
        """The relationship that it comes to: a friend who became a client is a client."""
        return Relationship.CURRENT_CLIENT if self is Tie.FRIEND_BECAME_CLIENT else Relationship(self.value)

    @property
    def knew_before(self) -> bool:
        """Whether the choice itself says that the tie is older than the service."""
        return self is Tie.FRIEND_BECAME_CLIENT


@dataclass(frozen=True, slots=True)
class Client:
    """One person on a caseload, as the professional's own list names them. Dates are calendar days."""

    client_id: str
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    other_names: tuple[str, ...] = ()
    date_of_birth: date | None = None
    email: str = ""
    phone: str = ""
    city: str = ""
    handles: tuple[str, ...] = ()
    relationship: Relationship = Relationship.CURRENT_CLIENT
    since: date | None = None
    until: date | None = None

    @property
    def full_name(self) -> str:
        """Given and family name as people say it; the preferred or another name where there is neither."""
        name = " ".join(part for part in (self.given_name, self.family_name) if part)
        return name or self.preferred_name or (self.other_names[0] if self.other_names else "")

    def is_minor(self, today: date) -> bool:
        """Whether the client is under 18 on the given day; unknown birth dates count as adult."""
        born = self.date_of_birth
        if born is None:
            return False
        return (today.year - born.year) - ((today.month, today.day) < (born.month, born.day)) < 18

    def years_since_end(self, today: date) -> int | None:
        """Whole years since the service ended; None while it lasts or where no end is known."""
        if self.until is None or self.until > today:
            return None
        return (today.year - self.until.year) - ((today.month, today.day) < (self.until.month, self.until.day))


@dataclass(frozen=True)
class Caseload:
    """The people whom one professional serves. Order has no meaning; client_id is unique."""

    clients: tuple[Client, ...] = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the whole list, for replaying a verdict. It never leaves the machine."""
        rows = [
            [str(getattr(client, field.name) or "") for field in fields(client)]
            for client in sorted(self.clients, key=lambda client: client.client_id)
        ]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=True).encode()).hexdigest()
