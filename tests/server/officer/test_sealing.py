"""Sealed records: one size, for one key, and nothing gets changed on the way unnoticed."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from demur.server.officer import keys
from demur.server.officer.keys import OfficerKeyRefused, new_pair, public_line, read_private, read_public
from demur.server.officer.sealing import (
    PLAIN_BYTES,
    RECORD_BYTES,
    NotForThisKey,
    Question,
    Tampered,
    dummy,
    from_bytes,
    new_number,
    seal,
    to_bytes,
    unseal,
)

PRIVATE = X25519PrivateKey.generate()
PUBLIC = PRIVATE.public_key().public_bytes_raw()
CHEAP = 2**14
PASSPHRASE = "four quiet otters swim"

anything = st.text(st.characters(), max_size=3_000)
questions = st.builds(
    Question,
    number=st.builds(new_number),
    real=st.just(True),
    on=st.dates().map(date.isoformat),
    **{field.name: anything for field in fields(Question) if field.name not in ("number", "real", "on")},  # type: ignore[arg-type]
)


@given(question=questions)
def test_every_record_has_one_size_and_says_what_was_sealed(question: Question) -> None:
    record = seal(PUBLIC, to_bytes(question))
    assert len(record) == RECORD_BYTES
    read = unseal(PRIVATE, record)
    assert (read.number, read.real, read.on) == (question.number, True, question.on)
    for field in fields(Question):
        if field.name not in ("number", "real", "on"):
            whole = getattr(question, field.name).encode("utf-8", "replace").decode()
            kept = getattr(read, field.name)
            assert whole.startswith(kept)
            assert kept == whole or len(kept.encode()) > 4


def test_a_short_question_is_kept_whole() -> None:
    question = Question(
        new_number(), True, "2026-11-22", "instagram", "follow", "incoming", "decline", "a" * 64,
        display_name="Ileana Quintanar 🌵", handle="@ileana.q", city="Riverton", email="i@example.org",
        phone="555-0142", bio="b. 1991\nhiking", message="hola, soy Ileana",
    )  # fmt: skip
    assert unseal(PRIVATE, seal(PUBLIC, to_bytes(question))) == question


def test_the_longest_question_fits() -> None:
    full = Question(**{field.name: "\U0001f335" * 5_000 for field in fields(Question) if field.name != "real"})
    assert len(to_bytes(replace(full, real=True))) == PLAIN_BYTES


def test_dummies_look_like_questions_from_outside() -> None:
    question = Question(new_number(), True, "2026-11-22", display_name="Marcus Bellweather")
    sealed = [seal(PUBLIC, to_bytes(one)) for one in (question, dummy())]
    assert len(set(map(len, sealed))) == 1
    # What stands in the open is the version and whom it is for; the rest is new for every record.
    assert len({record[:9] for record in sealed}) == 1
    again = seal(PUBLIC, to_bytes(question))
    assert again[9:] != sealed[0][9:]


def test_only_the_officer_can_open_it() -> None:
    record = seal(PUBLIC, to_bytes(Question(new_number(), True, "2026-11-22", display_name="Marcus Bellweather")))
    assert b"Marcus" not in record
    with pytest.raises(NotForThisKey):
        unseal(X25519PrivateKey.generate(), record)


@given(position=st.integers(0, RECORD_BYTES - 1), bit=st.integers(0, 7))
def test_any_change_is_noticed(position: int, bit: int) -> None:
    record = bytearray(seal(PUBLIC, to_bytes(dummy())))
    record[position] ^= 1 << bit
    with pytest.raises((Tampered, NotForThisKey)):
        unseal(PRIVATE, bytes(record))


@pytest.mark.parametrize("length", [0, 1, RECORD_BYTES - 1, RECORD_BYTES + 1])
def test_another_length_is_no_record(length: int) -> None:
    with pytest.raises(Tampered):
        unseal(PRIVATE, seal(PUBLIC, to_bytes(dummy())).ljust(length, b"\0")[:length])


def test_a_sender_without_a_secret_is_refused() -> None:
    record = bytearray(seal(PUBLIC, to_bytes(dummy())))
    record[9:41] = bytes(32)
    with pytest.raises(Tampered):
        unseal(PRIVATE, bytes(record))


@given(
    plain=st.binary(min_size=PLAIN_BYTES, max_size=PLAIN_BYTES)
    | st.binary(max_size=40).map(lambda b: b.ljust(PLAIN_BYTES, b"\0"))
)
def test_whoever_seals_nonsense_is_noticed(plain: bytes) -> None:
    # Anybody may seal; only the tag's key is secret from others.
    try:
        question = unseal(PRIVATE, seal(PUBLIC, plain))
    except Tampered:
        return
    assert not question.real or question.day
    assert from_bytes(to_bytes(question)) == question


def test_a_key_pair_goes_through_its_files(tmp_path: Path) -> None:
    pair = new_pair(PASSPHRASE, CHEAP)
    key_file, public_file = tmp_path / "key", tmp_path / "public"
    keys.write_key_file(key_file, pair.key_file)
    public_file.write_text(pair.public_line)
    assert key_file.stat().st_mode & 0o777 == 0o600
    private = read_private(key_file, PASSPHRASE)
    assert private.public_key().public_bytes_raw() == read_public(public_file)
    assert private.private_bytes_raw().hex() not in pair.key_file
    with pytest.raises(OfficerKeyRefused, match="never written over"):
        keys.write_key_file(key_file, "new")
    with pytest.raises(OfficerKeyRefused, match="passphrase doesn't open"):
        read_private(key_file, "four quiet otters sleep")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(OfficerKeyRefused, match="at least 8"):
        new_pair("otters")


def _changed(text: str, **values: Any) -> str:
    return json.dumps({**json.loads(text), **values})


@pytest.mark.parametrize(
    "values",
    [
        {"version": 2},
        {"public": "demur-officer-1:00"},
        {"public": public_line(PUBLIC)},
        {"nonce": "00"},
        {"sealed": 7},
        {"sealed": "00" * 48},
        {"kdf": {"name": "scrypt", "n": 2**30, "r": 8, "p": 1, "salt": "00" * 16}},
        {"kdf": {"name": "scrypt", "n": 2**14 + 1, "r": 8, "p": 1, "salt": "00" * 16}},
        {"kdf": None},
    ],
)
def test_a_changed_key_file_is_refused(tmp_path: Path, values: dict[str, Any]) -> None:
    path = tmp_path / "key"
    path.write_text(_changed(new_pair(PASSPHRASE, CHEAP).key_file, **values))
    with pytest.raises(OfficerKeyRefused):
        read_private(path, PASSPHRASE)


@pytest.mark.parametrize("text", ["", "{}", "[", "ü", "\0", "demur-officer-1:" + "0" * 64 + ":" + "0" * 16])
def test_what_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key"
    path.write_text(text, "utf-8")
    with pytest.raises(OfficerKeyRefused):
        read_public(path)
    with pytest.raises(OfficerKeyRefused):
        read_private(path, PASSPHRASE)


def test_a_slip_in_the_public_line_is_noticed(tmp_path: Path) -> None:
    line = public_line(PUBLIC)
    other = "0" if line[20] != "0" else "1"
    (tmp_path / "public").write_text(line[:20] + other + line[21:])
    with pytest.raises(OfficerKeyRefused, match="does not hold"):
        read_public(tmp_path / "public")


def test_a_key_that_shares_its_secret_with_everybody_is_refused(tmp_path: Path) -> None:
    (tmp_path / "public").write_text(public_line(bytes(32)))
    with pytest.raises(OfficerKeyRefused):
        read_public(tmp_path / "public")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OfficerKeyRefused, match="no key file"):
        read_public(tmp_path / "none")
