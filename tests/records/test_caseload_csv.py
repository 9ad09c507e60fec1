from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.core.people import Client, Relationship
from demur.records.caseload_csv import COLUMNS, MAXIMUM_BYTES, UnreadableCaseload, read_caseload

TODAY = date(2026, 11, 22)


def table(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def only(reading_of: bytes) -> Client:
    reading = read_caseload(reading_of, TODAY)
    assert reading.problems == ()
    assert len(reading.clients) == 1
    return reading.clients[0]


def reason(row: str, header: str = "given_name,family_name,date_of_birth,email,phone,relationship,since,until") -> str:
    reading = read_caseload(table(header, row, "Ana,Reyes,,,,,,"), TODAY)
    assert [client.given_name for client in reading.clients] == ["Ana"]
    assert [problem.line for problem in reading.problems] == [2]
    return reading.problems[0].reason


def test_columns_are_the_fields_of_a_client() -> None:
    assert [field.name for field in fields(Client)] == list(COLUMNS)


def test_every_column_is_read() -> None:
    client = only(
        table(
            ",".join(COLUMNS),
            "17,María José,Luz,Núñez-Ortiz,Majo,M. Nunez; Majo N,1984-07-31,majo@example.org,(555) 555-0123,"
            "Springfield,@majo.n;majo_84,former-client,2020-01-02,3/4/2021",
        )
    )
    assert client == Client(
        client_id="17",
        given_name="María José",
        middle_name="Luz",
        family_name="Núñez-Ortiz",
        preferred_name="Majo",
        other_names=("M. Nunez", "Majo N"),
        date_of_birth=date(1984, 7, 31),
        email="majo@example.org",
        phone="(555) 555-0123",
        city="Springfield",
        handles=("@majo.n", "majo_84"),
        relationship=Relationship.FORMER_CLIENT,
        since=date(2020, 1, 2),
        until=date(2021, 3, 4),
    )


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("given_name,family_name\nJosé,Núñez\n".encode(), "utf-8"),
        ("given_name,family_name\nJosé,Núñez\n".encode("utf-8-sig"), "utf-8"),
        ("given_name,family_name\nJosé,Núñez\n".encode("latin-1"), "latin-1"),
        ("given_name,family_name,city\nJosé,Núñez,“Here”\n".encode("cp1252"), "windows-1252"),
        ("given_name,family_name\nJosé,Núñez\n".encode("utf-16"), "utf-16"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    reading = read_caseload(data)
    assert reading.encoding == encoding
    assert (reading.clients[0].given_name, reading.clients[0].family_name) == ("José", "Núñez")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, newline: str) -> None:
    data = newline.join(
        delimiter.join(row) for row in [("Last Name", "FIRST-NAME", "d.o.b."), ("Reyes", "Ana", "1990-01-02")]
    )
    client = only(data.encode())
    assert (client.given_name, client.family_name, client.date_of_birth) == ("Ana", "Reyes", date(1990, 1, 2))


@pytest.mark.parametrize(
    ("whole", "given_name", "family_name"),
    [
        ("Maria Lopez", "Maria", "Lopez"),
        ('"Lopez, Maria"', "Maria", "Lopez"),
        ("Maria Lopez Garcia", "Maria", "Lopez Garcia"),
        ('"John Smith, Jr."', "John", "Smith Jr."),
        ("Нина", "Нина", ""),
    ],
)
def test_one_name_column(whole: str, given_name: str, family_name: str) -> None:
    client = only(table("Name,City", f"{whole},X"))
    assert (client.given_name, client.family_name) == (given_name, family_name)


@pytest.mark.parametrize(
    "typed",
    ["1984-07-31", "7/31/1984", "07-31-1984", "1984/7/31", "31 Jul 1984", "July 31, 1984", "1984-07-31 00:00:00"],
)
def test_dates(typed: str) -> None:
    assert only(table("given_name;date_of_birth", f'Ana;"{typed}"')).date_of_birth == date(1984, 7, 31)


@pytest.mark.parametrize(
    ("row", "part"),
    [
        (",,1984-07-31,,,,,", "has no name"),
        ("--,,,,,,,", "has no name"),
        ("Zoraida,Quill,31.12.84,,,,,", "two-digit year"),
        ("Zoraida,Quill,7/31/84,,,,,", "two-digit year"),
        ("Zoraida,Quill,31/12/1984,,,,,", "birth date that can't be read"),
        ("Zoraida,Quill,1984-02-30,,,,,", "birth date that can't be read"),
        ("Zoraida,Quill,2030-01-01,,,,,", "in the future"),
        ("Zoraida,Quill,1804-01-01,,,,,", "before 1900"),
        ("Zoraida,Quill,,zoraida@,,,,", "e-mail"),
        ("Zoraida,Quill,,,555,,,", "phone number"),
        ("Zoraida,Quill,,,,landlord,,", "relationship"),
        ("Zoraida,Quill,,,,colleague,,", "relationship"),
        ("Zoraida,Quill,,,,,2024-01-01,2023-01-01", "ends before it starts"),
        ("Zoraida,Quill", "fewer cells"),
        ("Zoraida,Quill,,,,,,,,extra", "more cells"),
        ("Zoraida,Qu\0ill,,,,,,", "can't be read"),
        ("Zoraida," + "Q" * 201 + ",,,,,,", "longer than 200"),
        ('"Zoraida,Quill,,,,,,', "quotation mark"),
        ('"Zoraida" Quill,,,,,,,', "quotation mark"),
    ],
)
def test_a_bad_row_is_left_out_with_a_reason_that_repeats_nothing(row: str, part: str) -> None:
    said = reason(row)
    assert part in said
    assert said.startswith("Line 2 ")
    assert said.endswith(".")
    assert "Zoraida" not in said
    assert "Quill" not in said


def test_lines_are_physical_lines() -> None:
    reading = read_caseload(
        table("", "given_name,city", '"Ana","two', 'lines"', "", ",nobody", "Bea,Here", "", ",nobody"), TODAY
    )
    assert [client.given_name for client in reading.clients] == ["Ana", "Bea"]
    assert reading.clients[0].city == "two lines"
    assert [problem.line for problem in reading.problems] == [6, 9]


def test_an_unclosed_quotation_mark_costs_one_line_only() -> None:
    rows = [f"Given{number},City" for number in range(200)]
    reading = read_caseload(table("given_name,city", *rows[:100], '"Open,City', *rows[100:]), TODAY)
    assert len(reading.clients) == 200
    assert [problem.line for problem in reading.problems] == [102]


def test_what_people_write_for_nothing_is_nothing() -> None:
    client = only(table("given_name,email,phone,date_of_birth,city,relationship", "Ana,n/a,none,-,unknown,unknown"))
    assert client == Client(client.client_id, "Ana")
    assert client.relationship is Relationship.CURRENT_CLIENT


def test_relationship_follows_the_end_where_none_is_given() -> None:
    data = table("given_name,until", "Ana,2026-11-21", "Bea,2026-11-22", "Cleo,")
    former, last_day, current = read_caseload(data, TODAY).clients
    assert former.relationship is Relationship.FORMER_CLIENT
    assert last_day.relationship is current.relationship is Relationship.CURRENT_CLIENT


def test_derived_ids_stay_when_contacts_change() -> None:
    header = "given_name,family_name,date_of_birth,phone,email,city"
    before = only(table(header, "Ana,Reyes,1990-01-02,555-555-0100,ana@example.org,X"))
    after = only(table(header, "ANA, Reyes ,1/2/1990,555-555-0199,reyes@example.org,Y"))
    other = only(table(header, "Ana,Reyes,1990-01-03,555-555-0100,ana@example.org,X"))
    assert before.client_id == after.client_id != other.client_id
    assert before.client_id.startswith("c-")
    assert len(before.client_id) == 14


def test_a_repeated_id_keeps_the_first() -> None:
    reading = read_caseload(table("client_id,given_name", "1,Ana", "1,Bea", ",Cleo", ",cleo"))
    assert [client.given_name for client in reading.clients] == ["Ana", "Cleo"]
    assert [problem.line for problem in reading.problems] == [3, 5]
    assert "client_id as line 2" in reading.problems[0].reason
    assert "as line 4" in reading.problems[1].reason


def test_unknown_columns_are_named_and_not_read() -> None:
    reading = read_caseload(table("Diagnosis,given_name", "x,Ana"))
    assert reading.ignored_columns == ("Diagnosis",)
    assert reading.clients[0].given_name == "Ana"


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (b"PK\x03\x04rest", "spreadsheet or archive"),
        (b"%PDF-1.7", "spreadsheet or archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "spreadsheet or archive"),
        (b"\x00\x01\x02given_name", "spreadsheet or archive"),
        (b"a,b\n1,2\n", "given_name"),
        (b"Ana,Reyes\nBea,Stone\n", "given_name"),
        (b"given_name,first name\nAna,Bea\n", "Two columns"),
        (b"\xff\xfeg\x00i", "letters in this file"),
        (b"given_name\n" + b"\0" * 1_000, "spreadsheet or archive"),
        (b"a" * (MAXIMUM_BYTES + 1), "20 MB"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, part: str) -> None:
    with pytest.raises(UnreadableCaseload, match=part):
        read_caseload(data, TODAY)


def test_a_header_alone_is_an_empty_caseload() -> None:
    assert read_caseload(b"given_name,family_name\n").clients == ()


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        reading = read_caseload(b"given_name,family_name,date_of_birth\n" + data, TODAY)
    except UnreadableCaseload:
        return
    ids = [client.client_id for client in reading.clients]
    assert len(ids) == len(set(ids))
    assert all(client.full_name for client in reading.clients)


@given(st.lists(st.text(alphabet='ab",;\n\r\0é', max_size=20), max_size=12))
def test_good_rows_survive_any_neighbours(cells: list[str]) -> None:
    text = "given_name,family_name\nFirst,Row\n" + "\n".join(cells) + '\n"\nLast,Row\n'
    given_names = [client.given_name for client in read_caseload(text.encode(), TODAY).clients]
    assert given_names[0] == "First"
    assert read_caseload(text.encode(), TODAY) == read_caseload(text.encode(), TODAY)
