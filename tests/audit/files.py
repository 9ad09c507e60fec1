"""An export as X gives it, made by hand of nobody's posts."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from tests.photos.drawing import as_file, face

TWEETS = (
    "One of my clients relapsed today and I cried in the car.",
    "My daughter's recital tonight at the school!",
    "Soup, thick socks, early night.",
)


def x_archive(path: Path, count: int = 30, photos: int = 1) -> Path:
    """A zip with `count` posts, the three of TWEETS in turn; the first ones have a photo each, with a face in it."""
    tweets = [_tweet(number, number < photos) for number in range(count)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("data/account.js", _script("account", [{"account": {"username": "sam_q", "accountId": "1"}}]))
        zipped.writestr("data/tweets.js", _script("tweets", tweets))
        for number in range(photos):
            zipped.writestr(f"data/tweets_media/{_id(number)}-photo{number}.jpg", as_file(face()))
    return path


def _tweet(number: int, photo: bool) -> dict[str, object]:
    tweet: dict[str, object] = {
        "id_str": _id(number),
        "full_text": f"{TWEETS[number % len(TWEETS)]} {number}",
        "created_at": f"Mon Mar {1 + number % 28:02} 12:00:00 +0000 2021",
        "entities": {},
    }
    if photo:
        media = {"media_url_https": f"https://pbs.example.org/media/photo{number}.jpg", "type": "photo"}
        tweet["entities"] = {"media": [media]}
        tweet["extended_entities"] = {"media": [media]}
    return {"tweet": tweet}


def _id(number: int) -> str:
    return str(1_500_000_000_000_000_000 + number)


def _script(name: str, rows: list[dict[str, object]]) -> str:
    return f"window.YTD.{name}.part0 = {json.dumps(rows, indent=2)}"


def broken(path: Path) -> Path:
    """A zip that ends in its middle."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as zipped:
        zipped.writestr("data/tweets.js", _script("tweets", [_tweet(number, False) for number in range(50)]))
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    return path
