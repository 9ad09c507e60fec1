"""A mosaic through the whole engine: counted, judged by the policy's numbers, answered in words."""

from __future__ import annotations

import pytest

from demur.caseload.index import CaseloadIndex
from demur.core.content import Post
from demur.core.people import Caseload
from demur.core.verdicts import Outcome
from demur.engine import Engine
from demur.policy.policy import load_default
from demur.screening.rule import load_default_rules
from demur.screening.screen import Screen

ENGINE = Engine(Screen(load_default_rules()), CaseloadIndex(Caseload()), load_default())
RARE = "A 14-year-old in Marfa, the sheriff's daughter, taught me a card trick."
COMMON = "A 14-year-old in Laredo taught me a card trick."


def test_few_people_lead_to_the_one_question() -> None:
    verdict = ENGINE.check(Post(RARE))
    assert verdict.outcome is Outcome.ASK
    (finding,) = (finding for reason in verdict.reasons for finding in reason.findings)
    assert finding.fits == 1
    assert "together fit about 1 person" in finding.says


@pytest.mark.parametrize(("answer", "outcome"), [(True, Outcome.REFER), (False, Outcome.ALLOW)])
def test_the_answer_settles_it(answer: bool, outcome: Outcome) -> None:
    assert ENGINE.check(Post(RARE, about_client=answer)).outcome is outcome


def test_thousands_of_people_are_no_question() -> None:
    verdict = ENGINE.check(Post(COMMON))
    assert verdict.outcome is Outcome.ALLOW
    assert any((finding.fits or 0) >= 1000 for finding in verdict.findings)


def test_the_work_area_can_make_it_one() -> None:
    text = "A 17-year-old boy with autism taught me a card trick."
    assert ENGINE.check(Post(text, work_area="Houston, TX")).outcome is Outcome.ASK
    assert ENGINE.check(Post(text, work_area="TX")).outcome is Outcome.ALLOW


def test_beside_a_client_it_is_a_reason_of_its_own() -> None:
    verdict = ENGINE.check(Post("My client brought her cousin. " + RARE))
    assert verdict.outcome >= Outcome.REFER
    assert "publish/mosaic" in {reason.clause for reason in verdict.reasons}
