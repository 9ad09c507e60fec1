from __future__ import annotations

import json
import os
import shutil
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest
from django.db import IntegrityError, OperationalError, connection

from demur.server import folder as folders
from demur.server import keys, local
from demur.server.casework.models import ClientRecord
from demur.server.database import vault
from demur.server.database.errors import StoreError
from demur.server.keys import KeySource, SystemKeyring
from demur.server.ledger.models import Entry
from demur.server.ledger.queries import verify

PASSPHRASE = "four unrelated words"


class DesktopKeyring(keyring.backend.KeyringBackend):
    """A keyring as a desktop has it, in memory; each test sets how it behaves."""

    priority = 0.1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.raises: Exception | None = None
        self.loses = False
        self.hangs: threading.Event | None = None

    def _behave(self) -> None:
        if self.hangs is not None:
            self.hangs.wait()
        if self.raises is not None:
            raise self.raises

    def get_password(self, service: str, username: str) -> str | None:
        self._behave()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._behave()
        if not self.loses:
            self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._behave()
        del self.held[service, username]


@pytest.fixture
def desktop() -> DesktopKeyring:
    backend = DesktopKeyring()
    keyring.set_keyring(backend)
    return backend


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "SCRYPT_N", 2**14)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


def answers(*given: str) -> Callable[[str], str]:
    left: Iterator[str] = iter(given)
    return lambda prompt: next(left)


def never(prompt: str) -> str:
    raise AssertionError("nobody should have been asked")


def reopen(folder: Path, ask: Callable[[str], str] | None = None) -> local.Opened:
    """As another start of Demur would."""
    connection.close()
    vault.lock()
    return local.open_store(folder, ask=ask)


def write_key(path: Path, text: str = "ab" * 32 + "\n", mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file that holds something; SQLite's own working files come and go."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.endswith(("-wal", "-shm"))
    }


# Making a store


def test_the_keyring_comes_first_and_nobody_is_asked(home: Path, desktop: DesktopKeyring) -> None:
    opened = local.open_store(home, ask=never)
    assert (opened.created, opened.key_source) == (True, KeySource.KEYRING)
    assert "keyring" in opened.message
    assert list(desktop.held.values()) == [vault.key().hex()]
    assert not (home / "store" / "store.key").exists()
    again = reopen(home, never)
    assert (again.created, again.key_source, again.message) == (False, KeySource.KEYRING, "")


@pytest.mark.parametrize("broken", ["fail", "null", "chained fail", "raises", "loses"])
def test_without_a_keyring_a_passphrase_is_asked_for(
    home: Path, desktop: DesktopKeyring, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    if broken == "fail":
        keyring.set_keyring(keyring.backends.fail.Keyring())
    elif broken == "null":
        keyring.set_keyring(keyring.backends.null.Keyring())
    elif broken == "chained fail":
        monkeypatch.setattr(keyring.backends.chainer.ChainerBackend, "backends", [keyring.backends.fail.Keyring()])
        keyring.set_keyring(keyring.backends.chainer.ChainerBackend())
    elif broken == "raises":
        desktop.raises = keyring.errors.KeyringLocked("no")
    else:
        desktop.loses = True
    opened = local.open_store(home, ask=answers(PASSPHRASE, PASSPHRASE))
    assert opened.key_source is KeySource.PASSPHRASE
    assert reopen(home, answers(PASSPHRASE)).key_source is KeySource.PASSPHRASE


def test_a_keyring_that_writes_plain_text_is_none() -> None:
    class PlaintextKeyring(DesktopKeyring):
        pass

    class Alt(DesktopKeyring):
        __module__ = "keyrings.alt.file"

    keyring.set_keyring(PlaintextKeyring())
    assert SystemKeyring.find() is None
    keyring.set_keyring(Alt())
    assert SystemKeyring.find() is None


def test_a_keyring_that_never_answers_is_none(
    home: Path, desktop: DesktopKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "KEYRING_SECONDS", 0.02)
    desktop.hangs = threading.Event()
    try:
        assert local.open_store(home, ask=None).key_source is KeySource.KEY_FILE
    finally:
        desktop.hangs.set()


def test_without_keyring_and_terminal_a_key_file_is_made_and_said(home: Path) -> None:
    opened = local.open_store(home, ask=None)
    path = home / "store" / "store.key"
    assert opened.key_source is KeySource.KEY_FILE
    assert str(path) in opened.message
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert bytes.fromhex(path.read_text().strip()) == vault.key()
    assert reopen(home).created is False


def test_what_is_made_is_closed_to_others(home: Path) -> None:
    before = os.umask(0)
    try:
        local.open_store(home, ask=None)
    finally:
        os.umask(before)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "store").stat().st_mode) == 0o700
    for file in (home / "store").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file.name


def test_a_named_key_file_goes_before_everything(
    home: Path, tmp_path: Path, desktop: DesktopKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = write_key(tmp_path / "my.key")
    monkeypatch.setenv("DEMUR_KEY_FILE", str(named))
    monkeypatch.setenv("DEMUR_PASSPHRASE", PASSPHRASE)
    opened = local.open_store(home, ask=never)
    assert opened.key_source is KeySource.NAMED_KEY_FILE
    assert str(named) in opened.message
    assert vault.key() == bytes.fromhex("ab" * 32)
    assert desktop.held == {}
    reopen(home, never)
    monkeypatch.delenv("DEMUR_KEY_FILE")
    with pytest.raises(local.KeyFileRefused, match="Set DEMUR_KEY_FILE"):
        reopen(home, never)


def test_a_passphrase_from_the_environment(
    home: Path, desktop: DesktopKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMUR_PASSPHRASE", PASSPHRASE)
    assert local.open_store(home, ask=never).key_source is KeySource.PASSPHRASE
    assert desktop.held == {}
    reopen(home, never)


def test_the_sidecar_holds_no_secret_and_the_real_costs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.delenv("DEMUR_KEY_FILE", raising=False)
    monkeypatch.setenv("DEMUR_PASSPHRASE", PASSPHRASE)
    local.open_store(home, ask=None)
    text = (home / "store" / "store.json").read_text()
    row = json.loads(text)
    assert row["kdf"] | {"salt": ""} == {"name": "scrypt", "n": 131072, "r": 8, "p": 1, "salt": ""}
    assert vault.key().hex() not in text
    assert PASSPHRASE not in text


def test_two_stores_with_one_passphrase_have_different_keys(
    another_home: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMUR_PASSPHRASE", PASSPHRASE)
    local.open_store(another_home(), ask=None)
    first = vault.key()
    local.open_store(another_home(), ask=None)
    assert vault.key() != first


def test_a_passphrase_is_the_same_in_whatever_way_its_letters_are_typed(home: Path) -> None:
    local.open_store(home, ask=answers("caf\u00e9 con leche", "cafe\u0301 con leche".replace("e\u0301", "\u00e9")))
    reopen(home, answers("cafe\u0301 con leche"))


@pytest.mark.parametrize(
    ("typed", "says"), [(("short",), "at least 8"), ((PASSPHRASE, PASSPHRASE + "!"), "differ"), ((), "No passphrase")]
)
def test_a_passphrase_that_will_not_do(home: Path, typed: tuple[str, ...], says: str) -> None:
    left = list(typed)

    def ask(prompt: str) -> str:
        if left:
            return left.pop(0)
        raise EOFError

    with pytest.raises(local.PassphraseRefused, match=says):
        local.open_store(home, ask=ask)
    assert list(home.iterdir()) == []


def test_the_store_begins_its_log(home: Path) -> None:
    local.open_store(home, ask=None)
    assert [(line.verb, line.details) for line in Entry.objects.all()] == [
        ("store-created", {"key_source": "key-file"})
    ]
    reopen(home)
    assert [line.verb for line in Entry.objects.all()] == ["store-created", "store-unlocked"]
    assert verify().ok


# Nothing half-made


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("power"), KeyboardInterrupt()])
@pytest.mark.parametrize(
    "place", ["keys._write_key_file", "local._write", "local._migrate", "local._record", "local._put_in_place"]
)
def test_what_fails_halfway_leaves_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, place: str, error: BaseException
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(f"demur.server.{place}", fail)
        with pytest.raises((type(error), local.FolderNotWritable)) as caught:
            local.open_store(home, ask=None)
        if isinstance(error, OSError):
            assert "the disk is full" in str(caught.value)
    assert list(home.iterdir()) == []
    assert not vault.is_unlocked()
    assert local.open_store(home, ask=None).created
    assert verify().ok


def test_a_key_that_was_filed_is_taken_back_when_the_rest_fails(
    home: Path, desktop: DesktopKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> bool:
        raise RuntimeError

    monkeypatch.setattr(local, "_migrate", fail)
    with pytest.raises(RuntimeError):
        local.open_store(home, ask=None)
    assert desktop.held == {}


def test_what_a_killed_first_start_left_is_cleared_away(home: Path) -> None:
    home.mkdir()
    for name, age in (("old", 2 * 3600), ("young", 0)):
        left = home / f".new-{name}"
        left.mkdir()
        (left / "store.db").write_bytes(b"half")
        then = left.stat().st_mtime - age
        os.utime(left, (then, then))
    local.open_store(home, ask=None)
    assert sorted(path.name for path in home.iterdir()) == [".new-young", "store"]


def test_a_store_that_another_start_made_meanwhile_is_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = local._put_in_place

    def meanwhile(building: Path, store: Path) -> None:
        store.mkdir()
        (store / "store.json").write_text("the other's")
        real(building, store)

    monkeypatch.setattr(local, "_put_in_place", meanwhile)
    with pytest.raises(local.StoreBusy):
        local.open_store(home, ask=None)
    assert snapshot(home) == {"store/store.json": b"the other's"}


@pytest.mark.parametrize("left", ["", "store.db", "store.json", "store.key"])
def test_a_store_of_which_only_a_part_is_left_is_never_written_over(home: Path, left: str) -> None:
    local.open_store(home, ask=None)
    connection.close()
    for file in list((home / "store").iterdir()):
        if file.name != left:
            file.unlink()
    before = snapshot(home)
    with pytest.raises(local.StoreDamaged, match="nothing was changed"):
        reopen(home)
    assert snapshot(home) == before


def test_a_key_file_is_never_written_over(tmp_path: Path) -> None:
    path = write_key(tmp_path / "store.key")
    with pytest.raises(FileExistsError):
        keys._write_key_file(path, bytes(32))
    assert path.read_text() == "ab" * 32 + "\n"


# What can go wrong with an existing store


@pytest.fixture
def made(home: Path) -> Path:
    """A store with a passphrase and one client."""
    local.open_store(home, ask=answers(PASSPHRASE, PASSPHRASE))
    ClientRecord.objects.create(client_id="kept")
    connection.close()
    vault.lock()
    return home


def still_there(folder: Path) -> None:
    reopen(folder, answers(PASSPHRASE))
    assert ClientRecord.objects.filter(client_id="kept").exists()
    assert verify().ok


def test_a_wrong_passphrase_may_be_corrected(made: Path) -> None:
    prompts: list[str] = []
    given = iter(["no", "nor this", PASSPHRASE])

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return next(given)

    reopen(made, ask)
    assert len(prompts) == 3
    assert "doesn't open it" in prompts[1]


def test_a_wrong_passphrase_changes_nothing(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(made)
    with pytest.raises(local.WrongPassphrase, match="nothing was changed"):
        reopen(made, answers("no", "no", "no"))
    monkeypatch.setenv("DEMUR_PASSPHRASE", "not that one")
    with pytest.raises(local.WrongPassphrase):
        reopen(made, never)
    monkeypatch.delenv("DEMUR_PASSPHRASE")
    assert snapshot(made) == before
    assert not vault.is_unlocked()
    still_there(made)


def test_a_passphrase_with_nobody_to_ask(made: Path) -> None:
    with pytest.raises(local.StoreIsLocked, match="DEMUR_PASSPHRASE"):
        reopen(made)

    def gone(prompt: str) -> str:
        raise EOFError

    with pytest.raises(local.StoreIsLocked):
        reopen(made, gone)
    still_there(made)


def test_a_wrong_key_file(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(made)
    monkeypatch.setenv("DEMUR_KEY_FILE", str(write_key(tmp_path / "other.key")))
    with pytest.raises(local.WrongKey, match=r"other\.key"):
        reopen(made, never)
    monkeypatch.delenv("DEMUR_KEY_FILE")
    assert snapshot(made) == before
    still_there(made)


def test_a_kept_copy_of_the_key_opens_any_store(
    home: Path, tmp_path: Path, desktop: DesktopKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    local.open_store(home, ask=None)
    copy = write_key(tmp_path / "copy.key", vault.key().hex())
    desktop.held.clear()
    monkeypatch.setenv("DEMUR_KEY_FILE", str(copy))
    assert not reopen(home).created


@pytest.mark.parametrize("broken", ["gone", "raises", "empty", "nonsense"])
def test_a_missing_keyring(home: Path, desktop: DesktopKeyring, broken: str) -> None:
    local.open_store(home, ask=None)
    ClientRecord.objects.create(client_id="kept")
    connection.close()
    held = dict(desktop.held)
    before = snapshot(home)
    if broken == "gone":
        keyring.set_keyring(keyring.backends.fail.Keyring())
    elif broken == "raises":
        desktop.raises = keyring.errors.KeyringLocked("secret words")
    elif broken == "empty":
        desktop.held.clear()
    else:
        desktop.held = dict.fromkeys(held, "secret words")
    with pytest.raises(local.KeyringUnreachable, match="unlock the keyring") as caught:
        reopen(home, never)
    assert "secret words" not in str(caught.value)
    assert snapshot(home) == before
    keyring.set_keyring(desktop)
    desktop.raises, desktop.held = None, held
    reopen(home, never)
    assert ClientRecord.objects.filter(client_id="kept").exists()


def test_another_key_in_the_keyring(home: Path, desktop: DesktopKeyring) -> None:
    local.open_store(home, ask=None)
    desktop.held = dict.fromkeys(desktop.held, "cd" * 32)
    with pytest.raises(local.WrongKey, match="the system keyring"):
        reopen(home)


def test_a_store_does_not_overwrite_the_key_of_another(
    another_home: Callable[[], Path], desktop: DesktopKeyring
) -> None:
    first, second = another_home(), another_home()
    local.open_store(first, ask=None)
    local.open_store(second, ask=None)
    assert len(desktop.held) == 2
    reopen(first)
    reopen(second)


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_a_key_file_that_others_can_read_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    monkeypatch.setenv("DEMUR_KEY_FILE", str(write_key(tmp_path / "my.key", mode=mode)))
    with pytest.raises(local.KeyFileRefused, match="chmod 600"):
        local.open_store(home, ask=None)
    assert list(home.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")
def test_the_stores_own_key_file_is_looked_at_in_the_same_way(home: Path) -> None:
    local.open_store(home, ask=None)
    (home / "store" / "store.key").chmod(0o644)
    with pytest.raises(local.KeyFileRefused, match="chmod 600"):
        reopen(home)


@pytest.mark.parametrize("text", ["", "zz" * 32, "ab" * 31, "ab" * 33, "secret words " * 10, "\xff"])
def test_a_key_file_without_a_key(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("DEMUR_KEY_FILE", str(write_key(tmp_path / "my.key", text)))
    with pytest.raises(local.KeyFileRefused, match="64 hexadecimal") as caught:
        local.open_store(home, ask=None)
    assert "secret words" not in str(caught.value)


def test_a_key_file_that_is_not_there_or_not_a_file(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMUR_KEY_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(local.KeyFileRefused, match="no key file at"):
        local.open_store(home, ask=None)
    monkeypatch.setenv("DEMUR_KEY_FILE", str(tmp_path))
    with pytest.raises(local.KeyFileRefused, match="not a file"):
        local.open_store(home, ask=None)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"SQLite format 3\0" + data[16:],
        lambda data: b"x" * len(data),
        lambda data: data[:3000],
        lambda data: data[:9000] + bytes([data[9000] ^ 1]) + data[9001:],
        lambda data: data[:-4096],
    ],
    ids=["empty", "plain header", "nonsense", "cut short", "one bit in the middle", "last page gone"],
)
def test_a_damaged_store(made: Path, damage: Callable[[bytes], bytes]) -> None:
    path = made / "store" / "store.db"
    path.write_bytes(damage(path.read_bytes()))
    before = snapshot(made)
    with pytest.raises(local.StoreDamaged, match="Put back a copy"):
        reopen(made, answers(PASSPHRASE))
    assert snapshot(made) == before
    assert not vault.is_unlocked()


@pytest.mark.parametrize(
    "change",
    [
        lambda row: "not json",
        lambda row: "[]",
        lambda row: json.dumps(row | {"key_source": "elsewhere"}),
        lambda row: json.dumps(row | {"kdf": None}),
        lambda row: json.dumps(row | {"key_check": "zz"}),
        lambda row: json.dumps(row | {"kdf": row["kdf"] | {"n": 2**40}}),
        lambda row: json.dumps(row | {"kdf": row["kdf"] | {"n": 2}}),
        lambda row: json.dumps(row | {"kdf": row["kdf"] | {"n": float("inf")}}),
        lambda row: "[" * 10_000,
        lambda row: json.dumps(row) + " " * 100_000,
        lambda row: json.dumps(row | {"kdf": row["kdf"] | {"n": 2**14 + 1}}),
        lambda row: json.dumps(row | {"kdf": row["kdf"] | {"p": 10**9}}),
        lambda row: json.dumps(row | {"kdf": row["kdf"] | {"salt": ""}}),
        lambda row: json.dumps({key: value for key, value in row.items() if key != "store"}),
    ],
)
def test_a_damaged_sidecar(made: Path, change: Callable[[dict[str, Any]], str]) -> None:
    path = made / "store" / "store.json"
    good = path.read_text()
    path.write_text(change(json.loads(good)))
    with pytest.raises(local.StoreDamaged):
        reopen(made, answers(PASSPHRASE))
    path.write_text(good)
    still_there(made)


def test_a_sidecar_that_is_a_pipe_is_not_waited_for(made: Path) -> None:
    path = made / "store" / "store.json"
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(local.StoreDamaged):
        reopen(made, never)


def test_an_empty_database_with_the_right_key_is_no_store(made: Path) -> None:
    """A caseload without anybody would judge as if nobody were served."""
    reopen(made, answers(PASSPHRASE))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute("DELETE FROM sqlite_master")
        cursor.execute("PRAGMA writable_schema = OFF")
    with pytest.raises(local.StoreDamaged, match="holds nothing"):
        reopen(made, answers(PASSPHRASE))


def test_a_store_that_goes_away_while_demur_runs_is_not_replaced(made: Path) -> None:
    reopen(made, answers(PASSPHRASE))
    connection.close()
    database = made / "store" / "store.db"
    database.rename(made / "kept.db")
    with pytest.raises(OperationalError) as caught:
        ClientRecord.objects.count()
    assert not database.exists()
    assert "is missing" in str(local.store_problem(caught.value, made))
    vault.lock()
    with pytest.raises(local.StoreDamaged, match="missing"):
        local.unlock(PASSPHRASE, made)
    assert not vault.is_unlocked()
    database.write_bytes(b"x" * 8192)
    with pytest.raises(local.StoreDamaged, match="damaged"):
        local.unlock(PASSPHRASE, made)
    assert not vault.is_unlocked()
    (made / "kept.db").replace(database)
    local.unlock(PASSPHRASE, made)
    assert ClientRecord.objects.count() == 1


def test_a_mistake_of_ours_is_not_blamed_on_the_store() -> None:
    assert local.store_problem(ValueError("x")) is None
    assert local.store_problem(IntegrityError("x")) is None


def test_a_log_that_lost_its_head_opens_and_stays_broken(made: Path) -> None:
    reopen(made, answers(PASSPHRASE))
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_head_no_delete")
        cursor.execute("DELETE FROM ledger_head")
    reopen(made, answers(PASSPHRASE))
    assert not verify().ok


def test_odd_characters_in_the_way_to_the_store(tmp_path: Path) -> None:
    home = tmp_path / "50% off? #1 José"
    local.open_store(home, ask=answers(PASSPHRASE, PASSPHRASE))
    ClientRecord.objects.create(client_id="kept")
    still_there(home)


def test_a_store_from_a_newer_demur(made: Path) -> None:
    path = made / "store" / "store.json"
    good = path.read_text()
    path.write_text(json.dumps(json.loads(good) | {"version": 2}))
    with pytest.raises(local.StoreTooNew, match="Update Demur"):
        reopen(made, never)
    path.write_text(good)
    reopen(made, answers(PASSPHRASE))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('casework', '0099_later', '2030-01-01')"
        )
    with pytest.raises(local.StoreTooNew):
        reopen(made, answers(PASSPHRASE))
    assert not vault.is_unlocked()


def test_an_older_store_is_brought_up_to_date(made: Path) -> None:
    reopen(made, answers(PASSPHRASE))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE casework_clientrecord")
        cursor.execute("DROP TABLE casework_caseloadrevision")
        cursor.execute("DROP TABLE casework_allowancerecord")
        cursor.execute("DROP TABLE casework_noterecord")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'casework'")
    opened = reopen(made, answers(PASSPHRASE))
    assert "up to date" in opened.message
    assert ClientRecord.objects.count() == 0
    assert Entry.objects.order_by("-sequence")[0].verb == "store-upgraded"


def test_a_folder_that_can_not_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DEMUR_HOME", str(tmp_path / "file" / "data"))
    with pytest.raises(local.FolderNotWritable, match="set DEMUR_HOME"):
        local.data_folder()


def test_a_read_only_disk(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(made)
    real = os.open

    def read_only(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(30, "Read-only file system")
        return real(path, flags, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(folders.os, "open", read_only)
        with pytest.raises(local.FolderNotWritable, match="read-only"):
            reopen(made, answers(PASSPHRASE))
    assert snapshot(made) == before
    still_there(made)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there are no such users here")
def test_a_folder_of_somebody_else(made: Path) -> None:
    if os.geteuid() == 0:
        # Root may write anywhere; what a refusal looks like is covered by the read-only disk above.
        return
    (made / "store").chmod(0o500)
    try:
        with pytest.raises(local.FolderNotWritable):
            reopen(made, answers(PASSPHRASE))
    finally:
        (made / "store").chmod(0o700)
    still_there(made)


def test_a_database_that_may_only_be_read(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def read_only(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if str(path).endswith("store.db") and flags & (os.O_WRONLY | os.O_RDWR):
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(folders.os, "open", read_only)
        with pytest.raises(local.FolderNotWritable, match="permission denied"):
            reopen(made, answers(PASSPHRASE))
    still_there(made)


def test_a_store_that_another_program_holds(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def busy() -> bool:
        raise OperationalError("database is locked")

    monkeypatch.setattr(local, "_migrate", busy)
    with pytest.raises(local.StoreBusy, match="Another program"):
        reopen(made, answers(PASSPHRASE))
    monkeypatch.undo()
    still_there(made)


def test_every_error_is_one_or_two_sentences_with_a_next_step(tmp_path: Path) -> None:
    errors: list[StoreError] = [
        local.VaultLocked(),
        local.FolderNotWritable(tmp_path, "read-only file system"),
        local.KeyringUnreachable("no keyring answers here"),
        local.WrongPassphrase(),
        local.WrongKey("the system keyring"),
        local.StoreIsLocked(),
        local.StoreDamaged("It is damaged."),
        local.StoreTooNew(),
        local.StoreBusy(),
    ]
    for error in errors:
        assert "\n" not in str(error)
        assert str(error).endswith(".")
        assert len(str(error)) < 220 + len(str(tmp_path)), str(error)


# Locking and unlocking a server that runs


def test_locking_and_unlocking_are_logged(store: Any) -> None:
    local.lock()
    assert not vault.is_unlocked()
    local.lock()
    assert local.asks_passphrase() is False
    local.unlock()
    assert [(line.verb, line.details) for line in Entry.objects.all()[1:]] == [
        ("store-locked", {"why": "asked"}),
        ("store-unlocked", {"key_source": "key-file"}),
    ]
    assert verify().ok


def test_unlocking_with_a_passphrase(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reopen(made, answers(PASSPHRASE))
    local.lock()
    assert local.asks_passphrase() is True
    # A script's passphrase in the environment does not make the button an open door.
    monkeypatch.setenv("DEMUR_PASSPHRASE", PASSPHRASE)
    for wrong in ("", "not that one", "\ud800"):
        with pytest.raises(local.WrongPassphrase):
            local.unlock(wrong)
    assert not vault.is_unlocked()
    local.unlock(PASSPHRASE)
    assert ClientRecord.objects.filter(client_id="kept").exists()


def test_locking_goes_on_when_it_can_not_be_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(local, "_record", full)
    local.lock()
    assert not vault.is_unlocked()


def test_the_idle_lock(store: Any) -> None:
    vault.touch(1000.0)
    assert local.lock_if_idle(1899.0, 900) is False
    assert vault.is_unlocked()
    assert local.lock_if_idle(1900.0, 900) is True
    assert not vault.is_unlocked()
    assert local.lock_if_idle(5000.0, 900) is False
    local.unlock()
    assert [line.details.get("why") for line in Entry.objects.filter(verb="store-locked")] == ["idle"]


def test_the_watch_locks_without_any_request(store: Any) -> None:
    locked = threading.Event()
    vault.on_lock(locked.set)
    vault.touch(0.0)
    with local.IdleWatch(0.01):
        assert locked.wait(10)
    assert not vault.is_unlocked()


def test_opening_starts_the_clock(home: Path) -> None:
    local.open_store(home, ask=None)
    assert vault.idle_seconds(1e12) > 0


def test_going_to_another_store_forgets_the_first(another_home: Callable[[], Path]) -> None:
    first, second = another_home(), another_home()
    local.open_store(first, ask=None)
    ClientRecord.objects.create(client_id="first")
    local.open_store(second, ask=None)
    assert not ClientRecord.objects.exists()
    local.start(second)
    assert vault.is_unlocked()
    local.start(first)
    assert not vault.is_unlocked()


def test_a_moved_store_opens_where_it_is_now(made: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.move(made, moved)
    still_there(moved)
