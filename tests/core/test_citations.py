from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from demur.core.citations import Citation, citations

# The number or the point of these was not seen when the rows were checked, so nobody is shown them.
UNVERIFIED = {
    "ACA-A.5.c-e",
    "ACA-A.6.c",
    "ACA-2026",
    "NASW-1.03i",
    "NASW-1.07p",
    "NASW-4.07b",
    "TECH-2.09",
    "TECH-2.14",
    "TECH-3.02",
    "TECH-3.09",
    "TECH-3.11",
    "TECH-4",
    "NOHS-other",
    "NAADAC-VI-x",
    "NBCC-other",
    "AAMFT-2.2",
    "APA-10.08",
    "APA-SM-2021",
    "ASCA-x",
    "ASWB",
    "HIPAA-160.103",
    "PART2-2.13c1",
    "FERPA-99.30",
    "FVPSA-LOC",
    "NLRA-152-11",
    "NLRB-2026",
    "ST-CT",
    "ST-SCA",
    "OCR-MANASA",
    "CA-THERAPIST",
}

# Closed list: an address outside it is not an issuer's own page until somebody adds the issuer here.
ISSUERS = {
    "www.counseling.org",
    "www.socialworkers.org",
    "www.nationalhumanservices.org",
    "www.naadac.org",
    "nbcc.org",
    "www.aamft.org",
    "www.apa.org",
    "www.asppb.net",
    "www.schoolcounselor.org",
    "www.ecfr.gov",
    "uscode.house.gov",
    "www.hhs.gov",
    "www.cms.gov",
    "www.nlrb.gov",
    "www.ca6.uscourts.gov",
    "leginfo.legislature.ca.gov",
    "labor.illinois.gov",
    "www.legislature.mi.gov",
    "app.leg.wa.gov",
    "www.nysenate.gov",
    "mgaleg.maryland.gov",
}

THIRD_PARTIES = (
    "casetext", "findlaw", "brickergraydon", "jdsupra", "mondaq", "govregs", "scribd", "docslib", "brainscape",
    "stuvia", "bartleby", "elitelearning", "einpresswire", "wikisource", "repository", "socialworktestprep", "pubmed",
)  # fmt: skip

ROWS = list(citations().values())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_has_what_a_reader_needs(row: Citation) -> None:
    assert row.id == row.id.strip()
    assert row.instrument
    assert row.says.endswith(".")
    assert len(row.says) <= 260, "one sentence, short enough for a tired reader"
    assert row.edition or row.section, "a row says where to look or which edition"
    assert date.fromisoformat(row.checked_on) <= date(2100, 1, 1)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_links_the_issuer(row: Citation) -> None:
    address = urlsplit(row.url)
    assert address.scheme == "https"
    assert address.hostname in ISSUERS
    assert not any(host in row.url for host in THIRD_PARTIES)


def test_ids_are_unique() -> None:
    # The loader keeps the last of two rows with one id, so the file is counted as well.
    rows = tomllib.loads(files("demur.core").joinpath("citations.toml").read_text("utf-8"))["citation"]
    assert len(rows) == len(citations())


def test_nothing_unverified_is_shown() -> None:
    assert not UNVERIFIED & set(citations())


def test_a_2020_reversal_is_never_shown_without_its_end() -> None:
    assert "MARQUARDT-1" not in citations()
    assert "outweighed" in citations()["MARQUARDT-2"].says


def test_the_words_a_policy_needs_most_are_there() -> None:
    assert {
        "NASW-1.06h",
        "NASW-1.07q",
        "ACA-A.5.e",
        "HIPAA-164.514b2i",
        "HIPAA-514-ii",
        "PART2-2.13c2",
        "NLRA-157",
        "NOHS-28",
    } <= set(citations())


def test_the_label_prints_section_and_edition() -> None:
    assert citations()["NASW-1.06h"].label == "NASW Code of Ethics 1.06(h) (2021)"
    assert citations()["HIPAA-164.502a"].label == "45 CFR 164.502(a)"
