"""Bringing people in, finding them, taking them off."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from demur.records.caseload_csv import COLUMNS, read_caseload
from demur.server.casework import queries

GOOD = "given_name,family_name,city,shoe size\nMarcus,Bellweather,Riverton,9\n,,Nowhere,\nIleana,Quintanar,,\n"


def bring(client: Client, data: bytes, name: str = "list.csv") -> str:
    return str(client.post("/caseload/import/", {"file": SimpleUploadedFile(name, data)}).content.decode())


def test_an_empty_page_teaches(client: Client) -> None:
    page = client.get("/caseload/").content.decode()
    for column in COLUMNS:
        assert f"<code>{column}</code>" in page
    assert "Load invented sample data" in page


def test_the_empty_list_can_be_downloaded_and_has_every_column(client: Client) -> None:
    response = client.get("/caseload/template.csv")
    assert response["Content-Disposition"] == 'attachment; filename="caseload.csv"'
    filled = response.content + b"1" + b"," * (len(COLUMNS) - 1) + b"\r\n"
    assert read_caseload(filled.replace(b"1,,", b"1,Ana,", 1)).ignored_columns == ()


def test_good_lines_come_in_and_bad_ones_are_named(client: Client) -> None:
    page = bring(client, GOOD.encode())
    assert "2 people are in" in page
    assert "Line 3" in page
    assert "shoe size" in page
    assert queries.count() == 2


def test_the_same_file_twice_doubles_nobody(client: Client) -> None:
    bring(client, GOOD.encode())
    assert "0 new, 0 updated, 2 as before" in bring(client, GOOD.encode())
    assert queries.count() == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "This file is empty"),
        (b"PK\x03\x04binary", "not a CSV"),
        (bytes(range(256)) * 40, "not a CSV"),
        (b"a,b,c\n1,2,3\n", "name"),
    ],
)
def test_a_file_that_is_no_list_is_said(client: Client, data: bytes, says: str) -> None:
    page = bring(client, data)
    assert says in page
    assert queries.count() == 0


def test_no_file_at_all_is_said(client: Client) -> None:
    assert "Choose the file with your caseload first." in client.post("/caseload/import/").content.decode()


def test_the_name_of_the_file_is_not_repeated(client: Client) -> None:
    assert "bellweather-list" not in bring(client, b"", "bellweather-list.csv")


@pytest.mark.usefixtures("caseload")
class TestWithTwoPeople:
    def test_a_search_travels_in_the_body(self, client: Client) -> None:
        page = client.post("/caseload/", {"search": "quintanar"}).content.decode()
        assert "Ileana Quintanar" in page
        assert "Marcus Bellweather" not in page
        assert "1 fits what you looked for." in page
        assert "Marcus Bellweather" in client.get("/caseload/?search=quintanar").content.decode()

    def test_one_person_is_removed(self, client: Client) -> None:
        response = client.post("/caseload/remove/", {"client_id": "C-1"})
        assert (response.status_code, response["Location"]) == (303, "/caseload/?done=removed")
        page = client.get(response["Location"]).content.decode()
        assert "One person was taken off the list." in page
        assert "Marcus" not in page
        assert "Ileana" in page

    def test_removing_somebody_who_is_gone_says_so(self, client: Client) -> None:
        response = client.post("/caseload/remove/", {"client_id": "C-9"}, follow=True)
        assert "Nobody with that id is on the list any more." in response.content.decode()

    def test_everybody_is_removed_only_after_asking(self, client: Client) -> None:
        assert "2 people would be taken off" in client.get("/caseload/clear/").content.decode()
        assert queries.count() == 2
        client.post("/caseload/clear/")
        assert queries.count() == 0

    def test_the_sample_comes_and_goes_beside_ones_own(self, client: Client) -> None:
        assert client.post("/sample/load/")["Location"] == "/?done=sample-loaded"
        assert queries.count() > 2
        assert "Remove the sample" in client.get("/log/").content.decode()
        client.post("/sample/remove/")
        assert queries.count() == 2
        assert "Remove the sample" not in client.get("/log/").content.decode()


def test_only_known_sentences_are_shown(client: Client) -> None:
    assert "<b>hello" not in client.get("/?done=<b>hello").content.decode()
