"""Demur and its peers, each as one function from a text to what it found, with the peers' settings as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from bench.scoring import Found, Span
from demur.caseload.index import CaseloadIndex
from demur.caseload.text import find_mentions
from demur.core.content import Post
from demur.core.findings import Category, Confidence, Finding
from demur.core.people import Caseload, Client
from demur.workspace import build_engine, default_screen

CLIENT = "CLIENT"
"""The type of a finding that says: this is somebody on the list."""

PLACES = ("STREET_ADDRESS", "GPE", "ZIP_CODE")
"""Types that cut into each other in the synthetic set: a whole address holds a city and a ZIP code."""

_DEMUR_RULES: dict[str, tuple[str, ...]] = {
    "birth-year": ("DATE_TIME",),
    "card-number": ("CREDIT_CARD",),
    "street-address": ("STREET_ADDRESS",),
    "street-name": ("STREET_ADDRESS",),
    "po-box": ("STREET_ADDRESS",),
    "room-number": ("STREET_ADDRESS",),
    "zip-code": ("ZIP_CODE", "STREET_ADDRESS"),
}
_DEMUR_CATEGORIES: dict[Category, tuple[str, ...]] = {
    Category.EMAIL: ("EMAIL_ADDRESS",),
    Category.SSN: ("US_SSN",),
    Category.IP_ADDRESS: ("IP_ADDRESS",),
    Category.URL: ("DOMAIN_NAME",),
    Category.PHONE: ("PHONE_NUMBER",),
    Category.FAX: ("PHONE_NUMBER",),
    Category.DATE: ("DATE_TIME",),
    Category.AGE_OVER_89: ("AGE",),
    Category.ACCOUNT_NUMBER: ("CREDIT_CARD", "IBAN_CODE"),  # one category for accounts of all kinds
    Category.LICENCE_NUMBER: ("US_DRIVER_LICENSE",),
    Category.GEOGRAPHY: ("GPE", "STREET_ADDRESS", "ZIP_CODE"),
    Category.NAME: ("PERSON",),
    Category.CLIENT_NAME: (CLIENT,),
}
_PRESIDIO = {
    "EMAIL_ADDRESS": ("EMAIL_ADDRESS",),
    "US_SSN": ("US_SSN",),
    "IP_ADDRESS": ("IP_ADDRESS",),
    "URL": ("DOMAIN_NAME",),
    "PHONE_NUMBER": ("PHONE_NUMBER",),
    "DATE_TIME": ("DATE_TIME",),
    "CREDIT_CARD": ("CREDIT_CARD",),
    "IBAN_CODE": ("IBAN_CODE",),
    "US_DRIVER_LICENSE": ("US_DRIVER_LICENSE",),
    "PERSON": ("PERSON",),
    "LOCATION": PLACES,
    "NRP": ("NRP",),
    "ORGANIZATION": ("ORGANIZATION",),
    "AGE": ("AGE",),
    CLIENT: (CLIENT,),
}
_SCRUBADUB = {
    "email": ("EMAIL_ADDRESS",),
    "social_security_number": ("US_SSN",),
    "url": ("DOMAIN_NAME",),
    "phone": ("PHONE_NUMBER",),
    "credit_card": ("CREDIT_CARD",),
    "name": (CLIENT,),
}
PEERS = ("presidio-analyzer", "scrubadub")


@dataclass(frozen=True, slots=True)
class System:
    """Something that finds identifiers. `run` is what is timed; `find` is the same, in the terms of the scoring."""

    name: str
    run: Callable[[str], object]
    find: Callable[[str], list[Found]]


def demur_types(finding: Finding) -> tuple[str, ...]:
    """What the synthetic set calls a finding of Demur's; empty where it marks nothing of the kind."""
    if finding.rule in _DEMUR_RULES:
        return _DEMUR_RULES[finding.rule]
    words = finding.rule.split("-")
    if "iban" in words:
        return ("IBAN_CODE",)
    if "age" in words:
        return ("AGE",)
    if "zip" in words:
        return ("ZIP_CODE", "STREET_ADDRESS")
    return _DEMUR_CATEGORIES.get(finding.category, ())


def demur(clients: Sequence[Client] = (), name: str = "Demur") -> System:
    """The screen and the caseload's mentions, without policy or advice: what the peers do, and no more."""
    screen = default_screen()
    index = CaseloadIndex.build(Caseload(tuple(clients)))

    def run(text: str) -> tuple[Finding, ...]:
        return screen.screen(Post(text), find_mentions(index, text))

    def find(text: str) -> list[Found]:
        return [
            Found(
                Span(finding.start, finding.end),
                demur_types(finding),
                finding.category.value,
                finding.confidence > Confidence.POSSIBLE,
            )
            for finding in run(text)
        ]

    return System(name, run, find)


def demur_verdict(clients: Sequence[Client], name: str) -> System:
    """The whole answer that people see, with policy, reasons and safer wording; no peer has one."""
    engine = build_engine(Caseload(tuple(clients)))
    finder = demur(clients)
    return System(name, lambda text: engine.check(Post(text)), finder.find)


def presidio(deny: Sequence[str] = (), name: str = "Presidio", entities: list[str] | None = None) -> System:
    """presidio-analyzer with a blank English tokenizer, its default recognizers and threshold, and a deny list.

    Raises ImportError where it is not installed.
    """
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine, PatternRecognizer
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    # Its e-mail check would ask publicsuffix.org first: with no addresses to ask it takes the list in the package.
    tldextract.extract = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())

    class BlankTokenizer(SpacyNlpEngine):
        """No model, so nothing is downloaded; PERSON and LOCATION need one."""

        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"en": spacy.blank("en")}

    analyzer = AnalyzerEngine(nlp_engine=BlankTokenizer(), supported_languages=["en"])
    if deny:
        analyzer.registry.add_recognizer(PatternRecognizer(supported_entity=CLIENT, deny_list=list(deny)))

    def run(text: str) -> list[Any]:
        return list(analyzer.analyze(text, language="en", entities=entities))

    def find(text: str) -> list[Found]:
        return [
            Found(Span(found.start, found.end), _PRESIDIO.get(found.entity_type, ()), found.entity_type)
            for found in run(text)
        ]

    return System(name, run, find)


def scrubadub(deny: Sequence[str] = (), name: str = "scrubadub", only_deny: bool = False) -> System:
    """scrubadub with its default detectors, and a list of known names. Raises ImportError where it is not installed."""
    import scrubadub as package

    known = [
        {"match": name, "filth_type": "name", "ignore_case": True, "ignore_partial_word_matches": True} for name in deny
    ]
    scrubber = package.Scrubber()
    if only_deny:
        scrubber = package.Scrubber(detector_list=[])
    if known:
        scrubber.add_detector(package.detectors.UserSuppliedFilthDetector(known))

    def run(text: str) -> list[Any]:
        return list(scrubber.iter_filth(text))

    def find(text: str) -> list[Found]:
        return [
            Found(Span(found.beg, found.end), _SCRUBADUB.get(part.type, ()), part.type)
            for found in run(text)
            for part in getattr(found, "filths", [found])  # overlapping findings come merged
        ]

    return System(name, run, find)


def versions() -> dict[str, str]:
    """Which versions are measured; "not installed" where a peer is missing."""
    found = {}
    for package in ("demur", *PEERS, "spacy"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def installed(package: str) -> bool:
    return versions()[package] != "not installed"


def peers(deny: Sequence[str] = ()) -> list[System]:
    """The peers that are installed, with the same names to look for."""
    found = []
    if installed("presidio-analyzer"):
        found.append(presidio(deny))
    if installed("scrubadub"):
        found.append(scrubadub(deny))
    return found
