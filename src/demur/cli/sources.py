"""What a command works with: which caseload and policy, from files given or from the local encrypted store."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from getpass import getpass, getuser
from pathlib import Path
from typing import Annotated

import typer

from demur.caseload.index import CaseloadIndex
from demur.cli.ending import InputError, read_file, say_error
from demur.cli.kept_file import KeptFile
from demur.core.accounts import Network
from demur.core.allowances import Allowance, last_day
from demur.core.content import MAX_TEXT_LENGTH
from demur.core.people import Caseload, Role
from demur.engine import Engine
from demur.policy.policy import InvalidPolicy, Policy
from demur.records import keyed_file
from demur.records.allowlist_file import read_allowlist
from demur.records.caseload_csv import MAXIMUM_BYTES, UnreadableCaseload, read_caseload
from demur.records.plain_text import UnreadableText, read_text
from demur.screening.allowlist import Allowlist
from demur.screening.reader.second import SecondReader
from demur.workspace import build_engine, open_policy

CaseloadOption = Annotated[
    Path | None,
    typer.Option("--caseload", metavar="CSV", help="Use this list of clients instead of the one in your store."),
]
PolicyOption = Annotated[
    Path | None,
    typer.Option(
        "--policy", metavar="DIR", envvar="DEMUR_POLICY", help="Use the clauses of this folder instead of the default."
    ),
]
KeyFileOption = Annotated[
    Path | None,
    typer.Option(
        "--key-file", metavar="FILE", help="The key of the fingerprints, where your store stays closed: 64 hex digits."
    ),
]
AllowlistOption = Annotated[
    Path | None,
    typer.Option("--allowlist", metavar="FILE", help="What you called fine, in a file instead of in your store."),
]
AuthorOption = Annotated[str, typer.Option("--author", help="Who says so: a name or initials; your login by default.")]
UntilOption = Annotated[str, typer.Option("--until", metavar="DATE", help="Until when, such as 2027-06-30; a year.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
JsonlOption = Annotated[
    str | None,
    typer.Option("--jsonl", metavar="FILE|-", help="Judge one JSON object a line, and answer the same way."),
]
SecondReaderOption = Annotated[
    str,
    typer.Option(
        "--second-reader",
        metavar="URL",
        envvar="DEMUR_SECOND_READER",
        help="Where a language model on this computer answers, such as http://127.0.0.1:11434/v1: it is asked about "
        "drafts that leave open whether a client is meant.",
    ),
]
SecondReaderModelOption = Annotated[
    str,
    typer.Option(
        "--second-reader-model",
        metavar="NAME",
        envvar="DEMUR_SECOND_READER_MODEL",
        help="The name of that model, as its server knows it.",
    ),
]
NoStoreOption = Annotated[
    bool, typer.Option("--no-store", help="Leave your encrypted store closed; without --caseload nobody is known.")
]


_MOST_BYTES = 8 * MAX_TEXT_LENGTH
"""More than a text of that many characters can have."""


def open_engine(
    caseload: Path | None,
    policy: Path | None,
    no_store: bool,
    allowlist: Path | None = None,
    key_file: Path | None = None,
    second: SecondReader | None = None,
) -> Engine:
    """The engine for a command; what the store calls fine counts where the store's caseload does.

    Raises InputError with the reason.
    """
    clients = caseload_from_file(caseload) if caseload is not None else caseload_from_store(no_store)
    try:
        engine = build_engine(clients, policy, second)
    except InvalidPolicy as error:
        raise InputError(f"the policy was refused, so nothing was judged:\n{error}") from None
    if allowlist is not None:
        key = fingerprint_key("allowlist", key_file, no_store)
        return engine.allowing(Allowlist(key, allowlist_from_file(KeptFile(allowlist), key), date.today()))
    if caseload is None and not no_store and has_local_store():
        from demur.server.casework import queries

        return engine.allowing(queries.allowlist())
    return engine


def second_reader(address: str, model: str) -> SecondReader | None:
    """The second reader that was set up, None where none was. Raises InputError where it may not be used."""
    if not address and not model:
        return None
    from demur.server.second_reader import SecondReaderRefused, open_second_reader

    try:
        return open_second_reader(address, model)
    except SecondReaderRefused as error:
        raise InputError(str(error)) from None


def read_standard_input() -> str:
    """A text from standard input. Raises InputError where it is longer than any draft, or no text that can be read."""
    data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise InputError(f"that is longer than {MAX_TEXT_LENGTH:,} characters.")
    try:
        return read_text(data)
    except UnreadableText as error:
        raise InputError(f"what came in is {error}, so it was not read. Save it as UTF-8 and try again.") from None


def fingerprint_key(purpose: str, key_file: Path | None, no_store: bool) -> bytes:
    """The key for fingerprints, from a key file or else from the store. Raises InputError.

    A purpose has a key of its own, so that nothing can be compared across purposes.
    """
    from demur.server.database import vault
    from demur.server.database.errors import StoreError

    if key_file is not None:
        from demur.server.keys import read_key_file

        try:
            return vault.derive_from(read_key_file(key_file), purpose)
        except StoreError as error:
            raise InputError(str(error)) from None
    if no_store:
        raise InputError("fingerprints need a key: leave out --no-store, or name a key file with --key-file.")
    if not vault.is_unlocked():
        said = open_local_store()
        if said:
            typer.echo(said, err=True)
    return vault.derive(purpose)


def allowlist_from_file(kept: KeptFile, key: bytes, *, new: bool = False) -> tuple[Allowance, ...]:
    """What a file calls fine; nothing where it may be a `new` one and isn't there yet. Raises InputError."""
    data = kept.read_if_there() if new else kept.read()
    if data is None:
        return ()
    try:
        reading = read_allowlist(data, key)
    except keyed_file.UnreadableKeyedFile as error:
        raise InputError(f"{kept.path}: {error}.") from None
    if reading.names_left_out:
        say_error(
            f"{kept.path}: {reading.names_left_out} of its lines call a client's name fine and were left out. "
            "Only your store can do that, because there it ends when a namesake comes onto your caseload."
        )
    return reading.allowances


def author_or_login(author: str) -> str:
    """Who says so: what was given, else the login of whoever sits here."""
    if author.strip():
        return author
    try:
        return getuser()
    except (KeyError, OSError, ImportError):
        return "owner"


def read_until(typed: str, today: date) -> date:
    """The last day on which something is fine, a year from today where none was given. Raises InputError."""
    try:
        wished = date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError:
        raise InputError("--until is a day such as 2027-06-30.") from None
    try:
        return last_day(today, wished)
    except ValueError as error:
        raise InputError(f"--until: {error}.") from None


def read_policy(folder: Path | None) -> Policy:
    """A policy folder, or the default. Raises InputError with file, line and reason."""
    try:
        return open_policy(folder)
    except InvalidPolicy as error:
        raise InputError(f"the policy was refused:\n{error}") from None


def caseload_from_file(path: Path) -> Caseload:
    """The good rows of a caseload CSV; what was left out is said on standard error. Raises InputError."""
    try:
        reading = read_caseload(read_file(path, MAXIMUM_BYTES), date.today())
    except UnreadableCaseload as error:
        raise InputError(f"{path}: {error}") from None
    for problem in reading.problems:
        say_error(f"{path}: {problem.reason}")
    return Caseload(reading.clients)


def caseload_from_store(no_store: bool) -> Caseload:
    """The caseload of the local store; nobody where there is no store yet.

    Raises InputError where there is a store that cannot be opened: to judge without it would miss its people.
    """
    if no_store or not has_local_store():
        return Caseload()
    open_local_store()
    from demur.server.casework.queries import caseload

    return caseload()


def has_local_store() -> bool:
    """Whether there is a store yet; looking makes none."""
    from demur.server.folder import default_folder, store_exists

    return store_exists(default_folder())


def open_local_store() -> str:
    """Open the local store, making it on first use, and return what there is to say about that. Raises InputError."""
    from demur.server.local import StoreError, data_folder, open_store

    try:
        opened = open_store(data_folder(), ask=ask_passphrase(), briefly=True)
    except StoreError as error:
        raise InputError(str(error)) from None
    return opened.message if opened.created else ""


def store_problem(error: Exception) -> str:
    """What an error of the open store means for the person (a full disk, another program); empty for other errors."""
    if "django.db" not in sys.modules:
        return ""
    from demur.server import local

    problem = local.store_problem(error)
    return str(problem) if problem is not None else ""


def ask_passphrase() -> Callable[[str], str] | None:
    """A prompt for the passphrase where somebody sits at a terminal; None where nobody does."""
    return getpass if sys.stdin.isatty() and sys.stderr.isatty() else None


def known_network(typed: str) -> str:
    """A network by its name; a slip of the finger is not taken for a network we don't know. Raises InputError."""
    try:
        return Network.read(typed).value if typed.strip() else ""
    except ValueError as error:
        raise InputError(f"{error}.") from None


def known_role(typed: str) -> str:
    """A role or a job title that tells one; a slip of the finger is not taken for somebody without a role.

    Raises InputError naming the roles.
    """
    if not typed.strip() or Role.guess(typed) is not Role.OTHER:
        return typed
    try:
        return Role.read(typed).value
    except ValueError as error:
        raise InputError(f"{error}.") from None


@lru_cache(maxsize=16)
def index_of(caseload: Caseload) -> CaseloadIndex | None:
    """The index for names that come with one line; None where there are none."""
    return CaseloadIndex.build(caseload) if caseload.clients else None
