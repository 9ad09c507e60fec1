"""No oracle on the pages, in the API and in the terminal with the store: one answer for whoever isn't on the list."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from demur.core.accounts import Network, Profile, Purpose
from demur.core.content import ConnectionRequest
from demur.core.matches import Level
from demur.core.people import Caseload, Relationship, Role
from demur.core.people import Client as Person
from demur.server.asking.brakes import QUESTIONS_AN_HOUR
from demur.server.asking.models import AskedRecord
from demur.server.casework import queries
from demur.server.ledger.models import Entry
from demur.server.officer.keys import new_pair
from demur.server.officer.models import SealedRecord
from demur.workspace import build_engine

pytestmark = pytest.mark.usefixtures("caseload")

TODAY = date(2026, 11, 22)
OWN = "Marcus Bellweather"
TOKENS = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[A-Za-z0-9]{64}"')
letters = st.sampled_from("abcdefghijklmnoprstuvyz")


@st.composite
def alike(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str]]:
    """What two people show: other words of the same lengths, so that answers must have one size, too."""
    shape = {
        "given": draw(st.integers(3, 8)),
        "family": draw(st.integers(4, 10)),
        "handle": draw(st.integers(0, 9)),
        "city": draw(st.integers(0, 9)),
        "email": draw(st.integers(0, 9)),
        "bio": draw(st.integers(0, 30)),
    }
    people = []
    for _ in range(2):
        words = {name: draw(st.text(letters, min_size=length, max_size=length)) for name, length in shape.items()}
        people.append(
            {
                "display_name": f"{words['given'].title()} {words['family'].title()}",
                "handle": words["handle"],
                "city": words["city"].title(),
                "email": words["email"] and f"{words['email']}@example.org",
                "bio": words["bio"],
            }
        )
    return people[0], people[1]


situations = st.fixed_dictionaries({
    "network": st.sampled_from(Network).map(str),
    "account": st.sampled_from(Purpose).map(str),
    "relationship": st.sampled_from(Relationship).map(str),
    "role": st.sampled_from(Role).map(str),
})  # fmt: skip
many = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def seen(response: HttpResponse, typed: dict[str, str]) -> tuple[Any, ...]:
    """Everything that came back: status, headers, size, and the bytes, where what was typed is taken out."""
    text = TOKENS.sub(r"\1", response.content.decode())
    who = escape(f"{typed.get('display_name', '')}\n{typed.get('handle', '')}")
    text = text.replace(f'name="asked_about" value="{who}"', 'name="asked_about" value="…"')
    size = len(response.content)
    for value in sorted(filter(None, typed.values()), key=len, reverse=True):
        text = text.replace(f'value="{escape(value)}"', 'value="…"')
        text = re.sub(rf">\s*{re.escape(escape(value))}</textarea>", ">…<", text)
    cookies = {name: len(cookie.value) for name, cookie in response.cookies.items()}
    return response.status_code, sorted(response.headers.items()), cookies, size, text


def page(client: Client, typed: dict[str, str], situation: dict[str, str]) -> tuple[Any, ...]:
    AskedRecord.objects.all().delete()
    return seen(client.post("/request/", {**typed, **situation}), typed)


def spoken(client: Client, typed: dict[str, str], situation: dict[str, str]) -> tuple[Any, ...]:
    AskedRecord.objects.all().delete()
    body = json.dumps({"id": 7, **typed, **situation, "author_role": situation["role"]})
    return seen(client.post("/api/v1/request", body, content_type="application/json"), {})


def level(typed: dict[str, str]) -> Level:
    return queries.engine().decide(ConnectionRequest(Profile(**typed)), TODAY).level  # type: ignore[arg-type]


@many
@given(people=alike(), situation=situations)
def test_two_strangers_get_one_page_and_one_answer(
    client: Client, people: tuple[dict[str, str], dict[str, str]], situation: dict[str, str]
) -> None:
    assume(level(people[0]) is level(people[1]) is Level.NONE)
    assert page(client, people[0], situation) == page(client, people[1], situation)
    assert spoken(client, people[0], situation) == spoken(client, people[1], situation)


@many
@given(people=alike(), situation=situations)
def test_a_colleagues_client_is_answered_as_nobodys(
    client: Client, people: tuple[dict[str, str], dict[str, str]], situation: dict[str, str]
) -> None:
    typed = people[0]
    before = page(client, typed, situation), spoken(client, typed, situation)
    given_name, _, family_name = typed["display_name"].partition(" ")
    theirs = Person("theirs-1", given_name, family_name=family_name, email=typed["email"], city=typed["city"])
    colleague = build_engine(Caseload((theirs,)))
    assume(colleague.decide(ConnectionRequest(Profile(**typed)), TODAY).matches)  # type: ignore[arg-type]
    assert (page(client, typed, situation), spoken(client, typed, situation)) == before


def test_who_is_on_the_own_list_is_answered_otherwise(client: Client) -> None:
    """The tests above can fail."""
    situation = {"network": "facebook", "account": "personal", "relationship": "unknown", "role": "counselor"}
    for ask in (page, spoken):
        own, stranger = (ask(client, {"display_name": name}, situation) for name in (OWN, "Odalys Fernhollow "))
        assert own != stranger


def test_the_same_is_written_whoever_was_asked_about(client: Client, settings: Any, tmp_path: Path) -> None:
    """As many rows and as many bytes, with the agency's check on, for a client, a doubt and a stranger."""
    (tmp_path / "officer.pub").write_text(new_pair("four quiet otters", 2**14).public_line)
    settings.OFFICER_KEY, settings.OFFICER_DROP = tmp_path / "officer.pub", tmp_path
    told = []
    for name in (OWN, "Ileana Q.", "Odalys Fernhollow"):
        before = Entry.objects.count(), AskedRecord.objects.count(), SealedRecord.objects.count()
        client.post("/request/", {"display_name": name, "network": "facebook"})
        after = Entry.objects.count(), AskedRecord.objects.count(), SealedRecord.objects.count()
        line = Entry.objects.order_by("-sequence").values("actor", "verb", "details", "policy").first()
        sealed = SealedRecord.objects.order_by("-id")[0].sealed
        told.append((tuple(now - then for now, then in zip(after, before, strict=True)), line, len(sealed)))
    assert told[0] == told[1] == told[2]
    assert told[0][0] == (1, 1, 1)


def demur(home: Path, *arguments: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEMUR_")}
    environment |= {"DEMUR_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", **more}
    command = [str(Path(sys.executable).with_name("demur")), *arguments]
    return subprocess.run(
        command, env=environment, input=given, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_terminal_with_the_store(tmp_path: Path) -> None:
    """Counted, noted, paused with code 75; strangers and a colleague's clients read the same; a file is one's own."""
    home, own = tmp_path / "home", tmp_path / "own.csv"
    own.write_text("client_id,given_name,family_name\nk1,Marcus,Bellweather\n", "utf-8")
    assert demur(home, "caseload", "import", str(own)).returncode == 0
    first, second = (demur(home, "request", name, "--network", "x") for name in ("Odalys Fernhollow", "Bo Achterberg"))
    assert (first.returncode, first.stdout, first.stderr) == (second.returncode, second.stdout, second.stderr)
    assert demur(home, "request", OWN, "--network", "x").stdout != first.stdout

    rows = "\n".join(
        json.dumps({"id": number, "display_name": f"Person {word}"}) for number, word in enumerate(_words(40))
    )
    many = demur(home, "request", "--jsonl", "-", given=rows)
    answers = [json.loads(line) for line in many.stdout.splitlines()]
    assert many.returncode == 75
    assert len(answers) == 40
    assert [answer["id"] for answer in answers] == list(range(40))
    answered = [answer for answer in answers if "error" not in answer]
    assert len(answered) == QUESTIONS_AN_HOUR - 3
    assert "takes a break until" in answers[-1]["error"]["message"]

    one, other = (demur(home, "request", name) for name in ("Perpetua Achterberg", f"{OWN} the Second"))
    assert (one.returncode, one.stdout, one.stderr) == (other.returncode, other.stdout, other.stderr)
    assert one.returncode == 75
    assert one.stderr.startswith("demur: That is a lot of names in one hour. Demur takes a break until ")

    with_file = demur(home, "request", "--jsonl", "-", "--caseload", str(own), given=rows)
    assert with_file.returncode == 1
    assert "error" not in with_file.stdout

    audit = demur(home, "officer", "audit").stdout
    assert audit.count("decline") == QUESTIONS_AN_HOUR
    assert audit.count("a break") == 1
    assert "Bellweather" not in audit


def _words(count: int) -> list[str]:
    return [f"{'bdgjklmnrst'[number % 11]}a{'bdgjklmnrst'[number // 11]}ozeti" for number in range(count)]
