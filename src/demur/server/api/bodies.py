"""What a program sends, read within limits and in memory; refused with a sentence that repeats none of it."""

from __future__ import annotations

from io import BytesIO
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from demur.records.batch import UnreadableLine, parse_json

MAXIMUM = 2 * 1024 * 1024
"""Bytes in one request: the longest draft, however it is escaped."""

_MOST_FIELDS = 200
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"


class Refused(Exception):
    """A request that can't be answered: the status, and a sentence that names the field and never its content."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.status = status
        self.says = says


def read_json(request: HttpRequest) -> object:
    """The value of a JSON body. Raises Refused."""
    # Asking for this type also keeps other sites out: a page may not send it elsewhere without asking first.
    if request.content_type != _JSON:
        raise Refused(415, f"Send the body as {_JSON}.")
    return _json(_body(request))


def read_fields(request: HttpRequest) -> dict[str, object]:
    """The fields of a form, of a multipart form (without its files) or of a JSON object. Raises Refused."""
    match request.content_type:
        case "application/json":
            fields = _json(_body(request))
            if not isinstance(fields, dict):
                raise Refused(400, "The body must be one JSON object.")
            return fields
        case "application/x-www-form-urlencoded" | "":
            return _form(_body(request))
        case "multipart/form-data":
            return _multipart(request, _body(request))
    raise Refused(415, f"Send the body as {_FORM}, {_MULTIPART} or {_JSON}.")


def _body(request: HttpRequest) -> bytes:
    too_long = Refused(413, f"That is more than {MAXIMUM // 1024 // 1024} MB. Send it in parts.")
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAXIMUM:
            raise too_long
        body = request.body
    except ValueError:
        raise Refused(400, "The length of the body is not a number.") from None
    except (OSError, SuspiciousOperation):
        raise Refused(400, "The body did not arrive whole. Send it again.") from None
    if len(body) > MAXIMUM:
        raise too_long
    return body


def _json(body: bytes) -> object:
    try:
        return parse_json(body)
    except UnreadableLine:
        raise Refused(400, "The body is not valid JSON.") from None


def _form(body: bytes) -> dict[str, object]:
    # Not `request.POST`: that decodes with whatever charset the client names, which need not be one for text.
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise Refused(400, f"The form has more than {_MOST_FIELDS} fields.") from None
    return dict(pairs)


def _multipart(request: HttpRequest, body: bytes) -> dict[str, object]:
    try:
        parser = MultiPartParser(request.META, BytesIO(body), [_NoFiles(request)], "utf-8")
        fields, _ = parser.parse()
    except (MultiPartParserError, SuspiciousOperation, BadRequest, LookupError, ValueError):
        raise Refused(400, "The multipart form can't be read.") from None
    return {name: fields[name] for name in fields}


class _NoFiles(FileUploadHandler):
    """Passes over files, so that none of them is kept anywhere."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: each file is passed over at its start."""

    def file_complete(self, file_size: int) -> None:
        """Never called: each file is passed over at its start."""
