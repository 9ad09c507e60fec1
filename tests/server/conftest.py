"""A real encrypted store for the server's tests.

Django is set up once, when this file is read, for a data folder of its own under the system's temporary folder, so
test modules may import models at their top. Every test below `tests/server` then gets, without asking:

- an unlocked vault and a store that holds nothing but the log line of its creation (a copy of one made once, so it is
  cheap; nothing is rolled back, so transactions, threads and a running server behave as they do in life);
- `DEMUR_HOME` set to that folder, no DEMUR_* key settings, and no system keyring.

Fixtures to ask for:

- `store`: a `Store` with `folder` (the data folder), `files` (the store's own folder) and `key` (32 bytes).
- `caseload`: two invented people on the caseload.
- `client`: Django's test client, with a Host that is allowed. CSRF tokens are not asked for; make a
  `Client(enforce_csrf_checks=True, headers={"host": HOST})` where they matter.
- `address`: the address, without a slash at the end, of a real waitress in a thread. Mark such tests `server`.
- `another_home`: a function that gives fresh data folders for tests that make stores of their own.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import keyring.backends.fail
import pytest

from demur.records.caseload_csv import read_caseload
from demur.server import local
from demur.server.database import vault

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoDbBlocker

HOST = "127.0.0.1:8081"
CASELOAD = b"""client_id,given_name,family_name,city,handles,email
C-1,Marcus,Bellweather,Riverton,@marcus.bellweather,marcus.b@example.org
C-2,Ileana,Quintanar,Riverton,,
"""
_KEY_SETTINGS = ("DEMUR_KEY_FILE", "DEMUR_PASSPHRASE", "DEMUR_POLICY", "DEMUR_IDLE_MINUTES")

_home = Path(tempfile.mkdtemp(prefix="demur-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
_before = os.environ.get("DEMUR_HOME")
local.start(_home)
if _before is None:
    del os.environ["DEMUR_HOME"]
else:
    os.environ["DEMUR_HOME"] = _before


@dataclass(frozen=True)
class Store:
    folder: Path
    key: bytes

    @property
    def files(self) -> Path:
        return self.folder / "store"

    @property
    def pristine(self) -> Path:
        return self.folder / "pristine"


@pytest.fixture(scope="session")
def store(django_db_blocker: DjangoDbBlocker) -> Store:
    keyring.set_keyring(keyring.backends.fail.Keyring())
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        for name in _KEY_SETTINGS:
            patch.delenv(name, raising=False)
        patch.setenv("DEMUR_HOME", str(_home))
        local.open_store(_home, ask=None)
    made = Store(_home, vault.key())
    shutil.copytree(made.files, made.pristine)
    return made


@pytest.fixture(autouse=True)
def clean_store(store: Store, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from django.db import connections

    for name in _KEY_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DEMUR_HOME", str(store.folder))
    keyring.set_keyring(keyring.backends.fail.Keyring())
    with django_db_blocker.unblock():
        connections.close_all()
        shutil.rmtree(store.files)
        shutil.copytree(store.pristine, store.files)
        local.start(store.folder)
        vault.lock()  # Drops cached engines: the revision counter starts again with each copy.
        vault.unlock(store.key)
        yield
        connections.close_all()


@pytest.fixture
def caseload(clean_store: None) -> None:
    """Two invented people on the caseload."""
    from demur.server.casework import actions

    actions.import_caseload(read_caseload(CASELOAD))


@pytest.fixture
def client() -> Client:
    from django.test import Client

    return Client(headers={"host": HOST})


@pytest.fixture
def another_home(tmp_path: Path) -> Callable[[], Path]:
    numbers = iter(range(1000))
    return lambda: tmp_path / f"home-{next(numbers)}"


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    from waitress.server import create_server

    from demur.server.limits import WAITRESS
    from demur.server.wsgi import application

    server = create_server(application, host="127.0.0.1", port=0, threads=4, ident=None, **WAITRESS)
    thread = threading.Thread(target=server.run, name="demur-test-server", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # Workers first, since each wakes the loop when it has answered. Then the loop closes, in its own thread,
        # whatever is still open, or it would wait for it; asked and woken under one lock, or it could close its own
        # alarm before that is rung.
        server.task_dispatcher.shutdown()
        with server.trigger.lock:
            server.trigger.thunks.append(lambda: [dispatcher.close() for dispatcher in list(server._map.values())])
            server.pull_trigger()
        thread.join(10)
        assert not thread.is_alive()
