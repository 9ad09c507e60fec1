"""No oracle: whoever is not on one's own list gets one answer, to the byte, on every surface that needs no store.

The pages, the API and the store have theirs in `tests/server/asking/test_uniform.py`.
"""

from __future__ import annotations

import io
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from demur.caseload.index import CaseloadIndex
from demur.cli.main import app
from demur.core.accounts import Account, Network, Profile, Purpose
from demur.core.content import ConnectionRequest, Direction, RequestKind
from demur.core.matches import Level
from demur.core.people import Caseload, Client, Relationship, Role
from demur.core.verdicts import Verdict
from demur.reports.contract import dumps, request_verdict
from demur.reports.terminal import request_report
from demur.workspace import build_engine

TODAY = date(2026, 11, 22)
OWN = Caseload(
    (
        Client("own-1", "Marcus", family_name="Bellweather", city="Riverton", handles=("@marcus.bellweather",)),
        Client("own-2", "Ileana", family_name="Quintanar", date_of_birth=date(1991, 5, 2), email="i.q@example.org"),
        Client("own-3", "Thuy", family_name="Lam", phone="555-0142", relationship=Relationship.FORMER_CLIENT),
    )
)
ENGINE = build_engine(OWN)

letters = st.sampled_from("abcdefghijklmnoprstuvyz")


def word(low: int, high: int) -> st.SearchStrategy[str]:
    return st.text(letters, min_size=low, max_size=high)


names = st.builds(lambda given, family: f"{given.title()} {family.title()}", word(3, 8), word(4, 10))
profiles = st.builds(
    Profile,
    display_name=names,
    handle=st.just("") | word(4, 12).map(lambda text: f"@{text}"),
    bio=st.just("")
    | st.sampled_from(["coffee first", "b. 1991", "mamá de dos 🌵", "RN | she/her"])
    | st.text(max_size=80),
    city=st.just("") | st.sampled_from(["Riverton", "Marfa, TX", "Fresno"]),
    email=st.just("") | word(4, 9).map(lambda text: f"{text}@example.org"),
    phone=st.just("") | st.integers(0, 9_999).map(lambda number: f"555-{number:04}"),
    mutual_connections=st.integers(0, 40),
)
situations = st.fixed_dictionaries({
    "account": st.builds(Account, st.sampled_from(Network), st.sampled_from(Purpose)),
    "kind": st.sampled_from(RequestKind),
    "direction": st.sampled_from(Direction),
    "role": st.sampled_from(Role),
    "relationship": st.none() | st.sampled_from(Relationship),
    "message": st.just("") | st.text(max_size=60),
    "served": st.none() | st.booleans(),
    "knew_before": st.booleans(),
    "mandated": st.booleans(),
    "group": st.booleans(),
})  # fmt: skip


def written(verdict: Verdict) -> tuple[str, str, str]:
    """Everything that any surface has to show: the JSON, the terminal's report, and the whole of the verdict."""
    out = io.StringIO()
    Console(file=out, width=100, force_terminal=True, color_system="truecolor").print(request_report(verdict))
    return dumps(request_verdict(verdict)), out.getvalue(), repr(verdict)


def as_client(profile: Profile) -> Client:
    """Somebody whose record a colleague keeps, and who made exactly this profile."""
    given, _, family = profile.display_name.partition(" ")
    return Client("theirs-1", given, family_name=family, city=profile.city, email=profile.email, phone=profile.phone,
                  handles=(profile.handle,) if profile.handle else ())  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(profile=profiles, situation=situations)
def test_a_colleagues_client_is_answered_as_nobodys(profile: Profile, situation: dict[str, Any]) -> None:
    asked = ConnectionRequest(profile, **situation)
    nobodys = written(ENGINE.decide(asked, TODAY))
    # From here on the same person is served, by somebody whose list was read and asked in this very process.
    colleague = build_engine(Caseload((as_client(profile),)))
    theirs = colleague.decide(replace(asked, served=None), TODAY)
    assume(theirs.matches)
    assert written(ENGINE.decide(asked, TODAY)) == nobodys
    assert written(build_engine(OWN).decide(asked, TODAY)) == nobodys
    assert "theirs-1" not in "".join(nobodys)


@st.composite
def pairs_of_strangers(draw: st.DrawFn) -> tuple[Profile, Profile]:
    """Two people whom the own list doesn't hold, who show the same fields."""
    one, other = draw(profiles), draw(profiles)
    shown = {
        name: value if bool(value) == bool(held) else held
        for name, value, held in zip(Profile.__slots__, astuple(other), astuple(one), strict=True)
    }
    return one, Profile(**shown)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(pair=pairs_of_strangers(), situation=situations)
def test_two_strangers_get_one_answer(pair: tuple[Profile, Profile], situation: dict[str, Any]) -> None:
    one, other = (ENGINE.decide(ConnectionRequest(profile, **situation), TODAY) for profile in pair)
    assume(one.level is Level.NONE and other.level is Level.NONE)
    assert written(one) == written(other)


def test_who_is_on_the_own_list_is_answered_otherwise() -> None:
    """The tests above can fail: the answer for an own client differs."""
    stranger, own = (
        written(ENGINE.decide(ConnectionRequest(Profile(name), Account(Network.FACEBOOK)), TODAY))
        for name in ("Odalys Fernhollow", "Marcus Bellweather")
    )
    assert all(one != other for one, other in zip(stranger, own, strict=True))


@pytest.mark.parametrize("other", ["Bellweather Odalys", "Marcia Bellweather", "Ileana Fernhollow", "M. B."])
def test_half_a_name_of_the_own_list_gives_the_same_words(other: str) -> None:
    """Where a name on the list comes near but says nothing, the answer is the one for everybody."""
    near, far = (
        ENGINE.decide(ConnectionRequest(Profile(name), Account(Network.FACEBOOK)), TODAY)
        for name in (other, "Odalys Fernhollow")
    )
    if near.level is Level.NONE:
        assert written(near) == written(far)
    assert (near.outcome, near.guidance) == (far.outcome, far.guidance)


@pytest.fixture(scope="module")
def own_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "caseload.csv"
    path.write_text("client_id,given_name,family_name,city\nown-1,Marcus,Bellweather,Riverton\n", "utf-8")
    return path


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=names, other=names, network=st.sampled_from(Network), as_json=st.booleans())
def test_the_terminal_answers_all_strangers_alike(
    own_file: Path, one: str, other: str, network: Network, as_json: bool
) -> None:
    def ask(name: str) -> tuple[int, bytes, bytes]:
        options = ["--network", network.value, "--caseload", str(own_file), *(["--json"] if as_json else [])]
        ran = CliRunner().invoke(app, ["request", *options, "--", name])
        return ran.exit_code, ran.stdout_bytes, ran.stderr_bytes

    assert ask(one) == ask(other)
    assert ask(one) != ask("Marcus Bellweather")


def test_the_engine_knows_one_list_alone() -> None:
    """There is nowhere in an engine where anybody else's list could be."""
    held = [value for value in vars(ENGINE).values() if isinstance(value, Caseload | CaseloadIndex)]
    assert held == [ENGINE.caseload]
    assert {client.client_id for client in ENGINE.caseload.clients} == {"own-1", "own-2", "own-3"}
