"""Reads a caseload that somebody keeps as a table, and says in plain words which lines it could not take.

A line is taken whole or left out whole: a name with a wrong birth date or a mistyped e-mail would match the wrong
person, or nobody, without anyone noticing. So a bad date, e-mail, phone number or relationship leaves the line out
with its reason, and so does a line whose cells do not fit the headings. Columns that are not known are not read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from demur.core.people import SERVED, Client, Relationship

MAXIMUM_BYTES = 20 * 1024 * 1024
MAXIMUM_CELL = 200
"""Characters in one cell, or in one of the several names or handles of a cell."""
MAXIMUM_LIST_CELL = 2_000
MAXIMUM_LINES_IN_ROW = 50
"""Physical lines one quoted row may span; an unclosed quote would otherwise swallow the rest of the file."""
EARLIEST_YEAR = 1900
STRAY_NULS = 300
"""NUL characters a short table may hold and still be one; each costs its own line."""

COLUMNS = (
    "client_id",
    "given_name",
    "middle_name",
    "family_name",
    "preferred_name",
    "other_names",
    "date_of_birth",
    "email",
    "phone",
    "city",
    "handles",
    "relationship",
    "since",
    "until",
)

_ALIASES = {
    "client_id": "id client clientid client_no client_number client_key participant_id record_id",
    "given_name": "given given_names givenname first first_name firstname fname forename nombre nombres primer_nombre",
    "middle_name": "middle middle_names middlename middle_initial mi segundo_nombre",
    "family_name": "family last last_name lastname lname surname surnames familyname apellido apellidos",
    "preferred_name": "preferred preferredname goes_by called nickname known_as chosen_name nombre_preferido",
    "other_names": "other_name othernames aka also_known_as alias aliases former_name former_names maiden_name "
    "otros_nombres",
    "date_of_birth": "dob d_o_b birth_date birthdate birthday born dateofbirth fecha_de_nacimiento nacimiento",
    "email": "e_mail mail email_address e_mail_address correo correo_electronico",
    "phone": "phone_number telephone tel mobile cell cell_phone mobile_phone telefono celular",
    "city": "town city_town ciudad",
    "handles": "handle username usernames social social_media social_handles account accounts usuario",
    "relationship": "relation relacion",
    "since": "start start_date started opened open_date from desde",
    "until": "end end_date ended closed close_date to hasta",
    "name": "full_name fullname client_name person nombre_completo",
}
_COLUMN_OF = {alias: column for column, aliases in _ALIASES.items() for alias in [*aliases.split(), column]}
_NAME_COLUMNS = ("given_name", "family_name", "preferred_name", "other_names", "name")

_NOT_FILLED_IN = frozenset({"", "-", "--", "—", "?", "n/a", "na", "none", "null", "nil", "unknown", "tbd", "x"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior"})
_MAGIC = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"{\\rtf", b"\x89PNG")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+")
_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6}
_MONTHS |= {"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}


class UnreadableCaseload(ValueError):
    """The file as a whole can't be read; the message is a sentence for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was left out. `line` is the physical line where it starts; `reason` never repeats its values."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class CaseloadReading:
    """What a file gave: the clients, the lines left out, the encoding it was in, and headings that were not read."""

    clients: tuple[Client, ...]
    problems: tuple[Problem, ...]
    encoding: str
    ignored_columns: tuple[str, ...] = ()


class _Refused(Exception):
    """One row can't be taken; carries the words that follow "Line 17 "."""


def read_caseload(data: bytes, today: date | None = None) -> CaseloadReading:
    """The clients in a caseload file. Without `today`, birth dates in the future go unnoticed.

    A row without a relationship is a current client, or a former one where its `until` lies before `today`.
    Raises UnreadableCaseload where no row can be read at all.
    """
    text, encoding = _decode(data)
    rows = _Rows(text)
    columns, ignored, width = _read_header(rows)
    clients: list[Client] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line, row, refusal in rows:
        try:
            if refusal:
                raise _Refused(refusal)
            if not any(cell.strip() for cell in row):
                continue
            client, derived = _client(_cells(row, columns, width), today)
            first = seen.setdefault(client.client_id, line)
            if first != line:
                raise _Refused(
                    f"has the same name and birth date as line {first}, so it was left out. "
                    "If they are two people, give each a client_id."
                    if derived
                    else f"has the same client_id as line {first}, so it was left out."
                )
            clients.append(client)
        except _Refused as refused:
            problems.append(Problem(line, f"Line {line} {refused}"))
    return CaseloadReading(tuple(clients), tuple(problems), encoding, ignored)


def _decode(data: bytes) -> tuple[str, str]:
    if not data.strip():
        raise UnreadableCaseload("This file is empty. Choose the one with your caseload.")
    if len(data) > MAXIMUM_BYTES:
        raise UnreadableCaseload("This file is larger than 20 MB. Split it, and import the parts one after the other.")
    if data.startswith(_MAGIC):
        raise UnreadableCaseload("This looks like a spreadsheet or archive, not a CSV. Save it as CSV and try again.")
    for mark, encoding in (
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
    ):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                if encoding == "utf-8-sig":
                    break
                raise UnreadableCaseload(
                    "The letters in this file can't be read. Save it as CSV in UTF-8 and try again."
                ) from None
            if not text.strip():
                raise UnreadableCaseload("This file is empty. Choose the one with your caseload.")
            return text, encoding.removesuffix("-sig")
    # A stray NUL in one cell costs that line only; a file full of them was never a table.
    first_line = data.split(b"\n", 1)[0]
    if b"\0" in first_line or data.count(b"\0") > max(STRAY_NULS, len(data) // 100):
        raise UnreadableCaseload("This looks like a spreadsheet or archive, not a CSV. Save it as CSV and try again.")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if any(0x80 <= byte <= 0x9F for byte in data):
        try:
            return data.decode("cp1252"), "windows-1252"
        except UnicodeDecodeError:
            pass
    return data.decode("latin-1"), "latin-1"


class _Rows:
    """Rows with the line they start on; a row that can't be parsed costs its first line only."""

    def __init__(self, text: str) -> None:
        self._lines = list(io.StringIO(text, newline=""))
        self._next = 0
        self._stop = 0
        self.delimiter = ","

    def header(self) -> list[str] | None:
        """The first line with anything in it, split by the delimiter that gives the most known headings."""
        for position, line in enumerate(self._lines):
            stripped = line.strip()
            if stripped.lower().replace('"', "") in ("sep=,", "sep=;", "sep=\t", "sep="):
                continue
            if stripped.strip(",;\t \ufeff"):
                self._next = position
                break
        else:
            return None
        start = self._next
        best: list[str] | None = None
        best_known = (-1, -1)
        end = start + 1
        for delimiter in (",", ";", "\t"):
            self.delimiter, self._next = delimiter, start
            row = self._parse()
            if row is None:
                continue
            known = (sum(_heading(cell) in _COLUMN_OF for cell in row), len(row))
            if known > best_known:
                best, best_known, chosen, end = row, known, delimiter, self._next
        if best is not None:
            self.delimiter = chosen
        self._next = end
        return best

    def __iter__(self) -> Iterator[tuple[int, list[str], str]]:
        while self._next < len(self._lines):
            start = self._next
            row = self._parse()
            if row is None:
                self._next = start + 1
                yield start + 1, [], "has a quotation mark that is not closed, so it was left out."
            else:
                yield start + 1, row, ""

    def _parse(self) -> list[str] | None:
        self._stop = min(self._next + MAXIMUM_LINES_IN_ROW, len(self._lines))
        reader = csv.reader(self._feed(), delimiter=self.delimiter, strict=True, skipinitialspace=True)
        try:
            return next(reader, [])
        except csv.Error:
            return None

    def _feed(self) -> Iterator[str]:
        while self._next < self._stop:
            self._next += 1
            yield self._lines[self._next - 1]


def _heading(cell: str) -> str:
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", cell).casefold()
        if not unicodedata.combining(character) and character != "\ufeff"
    )
    return re.sub(r"[\W_]+", "_", plain).strip("_")


def _read_header(rows: _Rows) -> tuple[dict[int, str], tuple[str, ...], int]:
    header = rows.header()
    columns: dict[int, str] = {}
    ignored: list[str] = []
    for position, cell in enumerate(header or ()):
        column = _COLUMN_OF.get(_heading(cell))
        if column is None:
            if cell.strip():
                ignored.append(cell.strip())
            continue
        if column in columns.values():
            raise UnreadableCaseload(f"Two columns are both read as {column}. Keep one of them and try again.")
        columns[position] = column
    if not any(column in _NAME_COLUMNS for column in columns.values()):
        raise UnreadableCaseload(
            "The first line names no column with names. Call the columns given_name and family_name, and try again."
        )
    width = len(header or ())
    while width > 1 and not (header or [""])[width - 1].strip():
        width -= 1
    return columns, tuple(ignored), width


def _cells(row: list[str], columns: dict[int, str], width: int) -> dict[str, str]:
    if len(row) < width:
        raise _Refused("has fewer cells than the heading line, so it was left out.")
    if any(cell.strip() for cell in row[width:]):
        raise _Refused(
            "has more cells than the heading line, so it was left out. Put quotation marks around a cell with commas."
        )
    cells: dict[str, str] = {}
    for position, column in columns.items():
        cell = row[position]
        limit = MAXIMUM_LIST_CELL if column in ("other_names", "handles") else MAXIMUM_CELL
        if len(cell) > limit:
            raise _Refused(f"has a {_spoken(column)} longer than {limit} characters, so it was left out.")
        if "\0" in cell:
            raise _Refused(f"has characters in its {_spoken(column)} that can't be read, so it was left out.")
        cells[column] = " ".join(cell.split())
    return cells


def _spoken(column: str) -> str:
    return {"email": "e-mail", "client_id": "client_id"}.get(column, column.replace("_", " "))


def _client(cells: dict[str, str], today: date | None) -> tuple[Client, bool]:
    """The client in a row, and whether the row had no client_id of its own."""
    given, middle, family, preferred = (
        cells.get(column, "") for column in ("given_name", "middle_name", "family_name", "preferred_name")
    )
    others = _list(cells.get("other_names", ""), "other name")
    if whole := cells.get("name", ""):
        if given or family:
            others = (*others, whole) if whole not in others else others
        else:
            given, family = split_whole_name(whole)
    if not any(character.isalpha() for name in (given, family, preferred, *others) for character in name):
        raise _Refused("has no name, so it was left out.")
    born = _date(cells, "date_of_birth")
    if born is not None and today is not None and born > today:
        raise _Refused("has a birth date in the future, so it was left out.")
    since, until = _date(cells, "since"), _date(cells, "until")
    if since is not None and until is not None and until < since:
        raise _Refused("ends before it starts, so it was left out.")
    client_id = cells.get("client_id", "")
    derived = not client_id
    if derived:
        client_id = _derived_id(given, middle, family, preferred, others, born)
    return (
        Client(
            client_id=client_id,
            given_name=given,
            middle_name=middle,
            family_name=family,
            preferred_name=preferred,
            other_names=others,
            date_of_birth=born,
            email=_email(cells),
            phone=_phone(cells),
            city=_filled_in(cells, "city"),
            handles=_list(cells.get("handles", ""), "handle"),
            relationship=_relationship(cells, until, today),
            since=since,
            until=until,
        ),
        derived,
    )


def split_whole_name(whole: str) -> tuple[str, str]:
    """Given and family name from one column: "Family, Given", or the first word and the rest.

    Everything after the first word counts as family name, because two family names are common and a middle name
    that lands there still finds its person; the other way round it would not.
    """
    before, comma, after = (part.strip() for part in whole.partition(","))
    if comma and before and after and after.strip(".").lower() not in _SUFFIXES:
        return after, before
    first, _, rest = whole.replace(",", " ").strip().partition(" ")
    return first, " ".join(rest.split())


def _list(cell: str, what: str) -> tuple[str, ...]:
    items: dict[str, None] = {}
    for part in cell.split(";"):
        item = part.strip()
        if len(item) > MAXIMUM_CELL:
            raise _Refused(f"has one {what} longer than {MAXIMUM_CELL} characters, so it was left out.")
        if item and item.lower() not in _NOT_FILLED_IN:
            items[item] = None
    return tuple(items)


def _filled_in(cells: dict[str, str], column: str) -> str:
    cell = cells.get(column, "")
    return "" if cell.lower() in _NOT_FILLED_IN else cell


def _email(cells: dict[str, str]) -> str:
    cell = _filled_in(cells, "email")
    if cell and not _EMAIL.fullmatch(cell):
        raise _Refused("has an e-mail address that is not complete, so it was left out.")
    return cell


def _phone(cells: dict[str, str]) -> str:
    cell = _filled_in(cells, "phone")
    if cell and sum(character.isdigit() for character in cell) < 7:
        raise _Refused("has a phone number with fewer than seven digits, so it was left out.")
    return cell


def _relationship(cells: dict[str, str], until: date | None, today: date | None) -> Relationship:
    cell = _filled_in(cells, "relationship")
    if not cell:
        ended = until is not None and today is not None and until < today
        return Relationship.FORMER_CLIENT if ended else Relationship.CURRENT_CLIENT
    try:
        relationship = Relationship.read(cell)
    except ValueError:
        relationship = Relationship.NONE
    # A caseload is a promise of confidentiality; a colleague or friend listed here would be guarded as a client.
    if relationship not in SERVED:
        raise _Refused(
            "has a relationship that a caseload can't hold, so it was left out. "
            "Write current-client, former-client or client-family."
        )
    return relationship


def _date(cells: dict[str, str], column: str) -> date | None:
    cell = _filled_in(cells, column)
    if not cell:
        return None
    try:
        parsed = _parse_date(cell)
    except ValueError:
        parsed = None
    spoken = _spoken(column).replace("date of birth", "birth date")
    what = spoken if "date" in spoken else f'"{spoken}" date'
    if parsed is None:
        if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", cell):
            raise _Refused(f"has a {what} with a two-digit year, so it was left out. Write all four digits.")
        raise _Refused(f"has a {what} that can't be read, so it was left out. Write it like 1984-07-31.")
    if parsed.year < EARLIEST_YEAR:
        raise _Refused(f"has a {what} before {EARLIEST_YEAR}, so it was left out.")
    return parsed


def _parse_date(cell: str) -> date | None:
    """ISO, the American month/day/year, or a month in letters. Raises ValueError for a day that does not exist."""
    day = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?( ?[AaPp][Mm])?$", "", cell)
    if found := re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", day, re.ASCII):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", day, re.ASCII):
        return date(int(found[3]), int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})", day, re.ASCII):
        return date(int(found[3]), _MONTHS.get(found[2][:3].lower(), 0), int(found[1]))
    if found := re.fullmatch(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})", day, re.ASCII):
        return date(int(found[3]), _MONTHS.get(found[1][:3].lower(), 0), int(found[2]))
    return None


def _derived_id(
    given: str, middle: str, family: str, preferred: str, others: tuple[str, ...], born: date | None
) -> str:
    """An id from name and birth date alone, so that a new phone number or town is an update, not a second person."""
    parts = [given, middle, family] if given or family else [preferred, *others]
    name = "\x1f".join(" ".join(unicodedata.normalize("NFKC", part).casefold().split()) for part in parts)
    digest = hashlib.sha256(f"{name}\x1e{born.isoformat() if born else ''}".encode()).hexdigest()
    return f"c-{digest[:12]}"
