"""Looking and taking in are one step; and who asks once more comes up once more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from demur.core.accounts import Network, Profile, Purpose
from demur.core.arrivals import Answered, Arrival, Reading, Source
from demur.core.content import RequestKind
from demur.server.casework.queries import engine
from demur.server.connectors import actions as connecting
from demur.server.connectors import mastodon, queries
from demur.server.connectors.mastodon import MastodonSettings
from demur.server.connectors.models import ConnectorRecord
from demur.server.ledger.models import Entry
from demur.server.triage import actions, looking
from demur.server.triage.looking import look_into
from demur.server.triage.models import RequestRecord
from demur.server.triage.queries import as_asked, open_requests

TODAY = date(2026, 11, 22)


def waits(number: int, name: str = "") -> Arrival:
    profile = Profile(name or f"Person {number}", f"@{name or f'person{number}'}@example.org")
    return Arrival(Network.MASTODON, profile, TODAY, Source.LIVE, kind=RequestKind.FOLLOW, remote_id=str(number))


class Account:
    """What one connected account lists, look by look."""

    def __init__(self) -> None:
        self.connector = connecting.add_connector(
            MastodonSettings("https://harbour.example", "a-token-of-dana"), "", Purpose.PROFESSIONAL
        )
        self.lists = Reading()

    def look(self, *numbers: int, complete: bool = True) -> actions.TakenIn:
        self.lists = Reading(tuple(waits(number) for number in numbers), complete=complete)
        _, taken = look_into(self.connector, TODAY)
        return taken


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Account:
    made = Account()
    monkeypatch.setattr(mastodon, "list_requests", lambda settings, today: made.lists)
    return made


def note(answered: Answered) -> None:
    [row] = open_requests()
    actions.answer(row.key, answered, engine().decide(as_asked(row), TODAY), TODAY)


def test_what_comes_in_belongs_to_the_account_and_its_connection(account: Account) -> None:
    assert account.look(1, 2).added == 2
    assert {(row.purpose, row.connector) for row in open_requests()} == {("professional", account.connector.pk)}


def test_a_look_that_could_not_be_kept_is_not_noted_and_the_next_begins_where_it_did(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connector: ConnectorRecord, *more: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(looking, "forget_unlisted", fail)
        with pytest.raises(RuntimeError):
            account.look(1)
    assert not RequestRecord.objects.exists()
    assert queries.connectors()[0].last_used is None
    assert not Entry.objects.filter(verb="connector-used").exists()
    assert account.look(1).added == 1


@pytest.mark.parametrize("answered", [Answered.ACCEPTED, Answered.DECLINED, Answered.BLOCKED, Answered.GONE])
def test_what_is_listed_after_it_was_settled_was_asked_anew(account: Account, answered: Answered) -> None:
    account.look(1)
    note(answered)
    assert account.look(1).added == 1
    assert account.look(1).added == 0
    assert len(open_requests()) == 1


def test_what_was_left_waiting_stays_so_while_it_is_listed(account: Account) -> None:
    account.look(1)
    note(Answered.LEFT)
    assert account.look(1).added == 0
    # A list that was cut tells nothing of those who are not on it.
    account.look(complete=False)
    assert account.look(1).added == 0
    account.look()
    assert account.look(1).added == 1
    assert len(open_requests()) == 1
    note(Answered.LEFT)
    assert account.look(1).added == 0


def test_what_was_left_waiting_and_is_gone_before_it_was_noted_comes_up_again(account: Account) -> None:
    account.look(1)
    account.look()
    note(Answered.LEFT)
    assert account.look(1).added == 1


def test_what_was_left_waiting_by_mail_is_the_one_that_is_listed(account: Account) -> None:
    mail = Arrival(Network.MASTODON, waits(1).profile, TODAY, Source.MAIL, kind=RequestKind.FOLLOW, received=TODAY)
    actions.take_in([mail], TODAY, Purpose.PROFESSIONAL)
    note(Answered.LEFT)
    assert account.look(1).added == 0
    account.look()
    assert account.look(1).added == 1


def test_what_is_not_listed_any_more_is_not_answered_there(account: Account) -> None:
    account.look(1, 2)
    account.look(2)
    assert sorted(row.remote_id for row in open_requests()) == ["", "2"]
    account.look(1, 2)
    assert sorted(row.remote_id for row in open_requests()) == ["1", "2"]


def test_what_one_account_does_not_list_another_may(account: Account) -> None:
    account.look(1)
    actions.forget_unlisted(account.connector.pk + 1, set())
    assert [row.remote_id for row in open_requests()] == ["1"]


def test_a_dated_mail_after_an_accept_tells_of_a_follower_and_not_of_a_request(account: Account) -> None:
    account.look(1)
    note(Answered.ACCEPTED)
    later = TODAY + timedelta(days=1)
    mail = Arrival(Network.MASTODON, waits(1).profile, later, Source.MAIL, kind=RequestKind.FOLLOW, received=later)
    assert actions.take_in([mail], later, Purpose.PROFESSIONAL).added == 0
