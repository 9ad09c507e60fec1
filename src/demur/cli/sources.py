"""What a command works with: which caseload and policy, from files given or from the local encrypted store."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from demur.caseload.index import CaseloadIndex
from demur.cli.ending import InputError, read_file, say_error
from demur.core.accounts import Network
from demur.core.people import Caseload
from demur.engine import Engine
from demur.policy.policy import InvalidPolicy, Policy
from demur.records.caseload_csv import MAXIMUM_BYTES, UnreadableCaseload, read_caseload
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
JsonOption = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
JsonlOption = Annotated[
    str | None,
    typer.Option("--jsonl", metavar="FILE|-", help="Judge one JSON object a line, and answer the same way."),
]
NoStoreOption = Annotated[
    bool, typer.Option("--no-store", help="Leave your encrypted store closed; without --caseload nobody is known.")
]


def open_engine(caseload: Path | None, policy: Path | None, no_store: bool) -> Engine:
    """The engine for a command. Raises InputError with the reason."""
    clients = caseload_from_file(caseload) if caseload is not None else caseload_from_store(no_store)
    try:
        return build_engine(clients, policy)
    except InvalidPolicy as error:
        raise InputError(f"the policy was refused, so nothing was judged:\n{error}") from None


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


@lru_cache(maxsize=16)
def index_of(caseload: Caseload) -> CaseloadIndex | None:
    """The index for names that come with one line; None where there are none."""
    return CaseloadIndex.build(caseload) if caseload.clients else None
