"""Exports made by hand from the shapes that networks are known to use; nobody in them exists, and none is real."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime
from typing import Any

TODAY = date(2026, 11, 20)


def seconds(year: int, month: int, of_month: int, hour: int = 12) -> int:
    return int(datetime(year, month, of_month, hour, tzinfo=UTC).timestamp())


def mangled(text: str) -> str:
    """Text as Meta's exports write it: each byte of its UTF-8 as a letter of its own."""
    return text.encode("utf-8").decode("latin-1")


def dumped(value: object) -> bytes:
    return json.dumps(value).encode("ascii")


def zipped(files: dict[str, bytes | str], at: tuple[int, int, int] = (1980, 1, 1)) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (*at, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def facebook_list(key: str, *people: tuple[str, int]) -> bytes:
    return dumped({key: [{"name": mangled(name), "timestamp": at} for name, at in people]})


def string_list(*people: tuple[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "title": "",
            "media_list_data": [],
            "string_list_data": [{"href": f"https://www.instagram.com/{who}", "value": who, "timestamp": at}],
        }
        for who, at in people
    ]


def title_list(*people: tuple[str, int]) -> list[dict[str, Any]]:
    """The shape since 2025: the name as title, `/_u/` in the address, and no value."""
    return [
        {
            "title": who,
            "string_list_data": [{"href": f"https://www.instagram.com/_u/{who}", "timestamp": at}],
        }
        for who, at in people
    ]


def label_values(labels: tuple[str, str, str], *people: tuple[str, str, int]) -> list[dict[str, Any]]:
    """The shape since about 2024, with the labels of the account's language: address, name, username."""
    address, name, username = labels
    return [
        {
            "timestamp": at,
            "media": [],
            "label_values": [
                {
                    "label": address,
                    "value": f"https://www.instagram.com/{who}",
                    "href": f"https://www.instagram.com/{who}",
                },
                {"label": mangled(name), "value": mangled(shown)},
                {"label": mangled(username), "value": who},
            ],
            "fbid": "17841400000000000",
        }
        for who, shown, at in people
    ]


INVITATIONS = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\r\n"
    'Rosa Beispiel,Me Myself,"1/29/26, 2:37 PM","Hi, we met at the food bank.\nDo you remember?",INCOMING,'
    "https://www.linkedin.com/in/rosa-beispiel-555,https://www.linkedin.com/in/me-myself\r\n"
    'Cal Sample,Me Myself,"2/3/26, 9:05 AM",,INCOMING,'
    "https://www.linkedin.com/in/cal-sample,https://www.linkedin.com/in/me-myself\r\n"
    'Me Myself,Ola Muster,"2/1/26, 1:00 PM",,OUTGOING,'
    "https://www.linkedin.com/in/me-myself,https://www.linkedin.com/in/ola-muster\r\n"
)
CONNECTIONS = (
    "Notes:\r\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing."\r\n'
    "\r\n"
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n"
    "Cal,Sample,https://www.linkedin.com/in/cal-sample,,Example House,Peer supporter,08 Feb 2026\r\n"
)


def snapchat_item(username: str, name: str, at: object) -> dict[str, object]:
    return {
        "Username": username,
        "Display Name": name,
        "Creation Timestamp": at,
        "Last Modified Timestamp": at,
        "Source": "Added by Username",
    }
