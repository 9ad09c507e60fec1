"""The listening process: taken ports, huge bodies, and a clean end."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from waitress.buffers import OverflowableBuffer

from demur.server.limits import MAXIMUM_BODY, MOST_LISTENED_TO
from demur.server.serving import Listener, PortTaken, _Parser, serve

pytestmark = pytest.mark.server


@pytest.fixture
def listener(clean_store: None) -> Iterator[Listener]:
    from demur.server.wsgi import application

    listening = Listener(application, "127.0.0.1", 0)
    thread = threading.Thread(target=listening.run, daemon=True)
    thread.start()
    yield listening
    listening.stop()
    thread.join(10)
    assert not thread.is_alive()


def port_of(listening: Listener) -> int:
    return int(listening.address.rstrip("/").rpartition(":")[2])


def exchange(port: int, head: str, body: Iterator[bytes] | None = None) -> bytes:
    """What comes back for a request that is written by hand, until the other side closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode())
        try:
            for part in body or ():
                connection.sendall(part)
        except OSError:
            pass  # Refused while we were still talking, which is what a refusal of a huge body looks like.
        answer = b""
        try:
            while received := connection.recv(65536):
                answer += received
        except ConnectionResetError:
            pass
        return answer


HEAD = """POST /v2/check HTTP/1.1
Host: 127.0.0.1:8081
Connection: close
Content-Type: application/x-www-form-urlencoded
"""


def test_a_hundred_megabytes_are_heard_out_and_refused_in_a_sentence(listener: Listener) -> None:
    """A browser that is cut off in the middle of an upload would only say that the connection broke."""
    sent: list[int] = []

    def megabytes() -> Iterator[bytes]:
        for number in range(100):
            sent.append(number)
            yield b"a" * 1024 * 1024

    answer = exchange(port_of(listener), f"{HEAD}Content-Length: {100 * 1024 * 1024}\n\n", megabytes())
    assert len(sent) == 100
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(b"Send a part of it.")


def test_what_is_thrown_away_is_not_kept_in_memory() -> None:
    from waitress.adjustments import Adjustments

    parser = _Parser(Adjustments(max_request_body_size=1000))
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"
    assert parser.received(head + b"a" * 100) == len(head)
    heard = 0
    while not parser.completed:
        heard += parser.received(b"a" * 999)
        assert len(parser.get_body_stream().getvalue()) == 0
    assert heard == 5000
    assert parser.received(b"GET / HTTP/1.1\r\n") == 0


def test_what_is_endless_is_refused_by_its_length_alone(listener: Listener) -> None:
    answer = exchange(port_of(listener), f"{HEAD}Content-Length: {MOST_LISTENED_TO + 1}\n\n")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(b"Send a part of it.")


def test_one_connection_serves_many_requests(listener: Listener) -> None:
    head = "GET /v2/healthcheck HTTP/1.1\nHost: 127.0.0.1\n\n"
    look = head.replace("GET", "HEAD", 1)
    answers = exchange(port_of(listener), head + look + head.replace("\n\n", "\nConnection: close\n\n"))
    assert answers.count(b"HTTP/1.1 200 OK") == 3
    assert answers.count(b"\r\n\r\nOK") == 2


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=rot13",
        "application/x-www-form-urlencoded; charset*=nocodec''x",
        "multipart/form-data; boundary=xx; charset=zlib",
        "multipart/form-data; boundary*=nocodec''x",
        "application/json; charset=undefined",
        "application/json; x*=é''b",
    ],
)
@pytest.mark.parametrize("path", ["/check/", "/caseload/import/", "/unlock/", "/v2/check", "/api/v1/check"])
def test_a_body_is_utf8_whatever_its_header_says(listener: Listener, content_type: str, path: str) -> None:
    body = b"text=Sunny.&language=en"
    if "multipart" in content_type:
        body = b"--xx\r\nContent-Disposition: form-data; name*=nocodec''text\r\n\r\nSunny.\r\n--xx--\r\n"
    head = f"POST {path} HTTP/1.0\nHost: 127.0.0.1\nContent-Type: {content_type}\nContent-Length: {len(body)}\n\n"
    status = int(exchange(port_of(listener), head, iter([body])).split(b" ")[1])
    assert status < 500


def test_a_hundred_megabytes_without_a_length_end_in_a_refusal(listener: Listener) -> None:
    megabyte = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
    answer = exchange(port_of(listener), f"{HEAD}Transfer-Encoding: chunked\n\n", (megabyte for _ in range(100)))
    # The refusal may be lost with the connection; the server must not be.
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413 ")
    assert exchange(port_of(listener), "GET /v2/healthcheck HTTP/1.0\nHost: 127.0.0.1\n\n").endswith(b"OK")


def test_what_is_just_too_large_gets_our_own_sentence(listener: Listener) -> None:
    size = MAXIMUM_BODY + 1
    answer = exchange(port_of(listener), f"{HEAD}Content-Length: {size}\n\n", iter([b"a" * size]))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"20 MB" in answer


def test_bodies_never_touch_the_disk(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    spilled: list[int] = []
    monkeypatch.setattr(OverflowableBuffer, "_set_large_buffer", lambda self: spilled.append(self.strlen))
    size = MAXIMUM_BODY
    answer = exchange(port_of(listener), f"{HEAD}Content-Length: {size}\n\n", iter([b"text=" + b"a" * (size - 5)]))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert spilled == []


def test_the_server_does_not_name_itself(listener: Listener) -> None:
    answer = exchange(port_of(listener), "GET /v2/healthcheck HTTP/1.0\nHost: 127.0.0.1\n\n")
    assert b"\r\nserver:" not in answer.lower()


def test_a_failure_shows_no_traceback() -> None:
    def fails(environ: Any, start_response: Any) -> Any:
        raise RuntimeError("Marcus Bellweather")

    listening = Listener(fails, "127.0.0.1", 0)
    thread = threading.Thread(target=listening.run, daemon=True)
    thread.start()
    answer = exchange(port_of(listening), "GET / HTTP/1.0\nHost: 127.0.0.1\n\n")
    listening.stop()
    thread.join(10)
    assert answer.startswith(b"HTTP/1.0 500 ")
    assert b"Marcus" not in answer
    assert b"Traceback" not in answer


def test_a_taken_port_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} is in use") as taken:
            serve("127.0.0.1", port, ready=lambda address: pytest.fail("must not be ready"))
    assert "\n" not in str(taken.value)


def test_an_address_that_is_not_ours_is_one_sentence() -> None:
    with pytest.raises(PortTaken, match="can't listen"):
        serve("192.0.2.1", 8081, ready=lambda address: pytest.fail("must not be ready"))


@pytest.mark.skipif(os.name != "posix", reason="signals to a process itself are POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_frees_the_port(store: Any, number: signal.Signals) -> None:
    handler = signal.getsignal(number)
    ports: list[int] = []

    def ready(address: str) -> None:
        ports.append(int(address.rstrip("/").rpartition(":")[2]))
        # It comes once the loop runs: the answer to this request is the proof.
        threading.Thread(target=ask_and_stop, args=(ports[0],), daemon=True).start()

    def ask_and_stop(port: int) -> None:
        assert exchange(port, "GET /v2/healthcheck HTTP/1.0\nHost: 127.0.0.1\n\n").endswith(b"OK")
        os.kill(os.getpid(), number)

    serve("127.0.0.1", 0, ready=ready)
    assert signal.getsignal(number) is handler
    with socket.create_server(("127.0.0.1", ports[0])):
        pass


@pytest.mark.skipif(os.name != "posix", reason="signals to a process itself are POSIX")
def test_a_signal_before_the_first_request_ends_it_too(store: Any) -> None:
    serve("127.0.0.1", 0, ready=lambda address: os.kill(os.getpid(), signal.SIGTERM))


def test_limits_leave_no_way_to_the_disk() -> None:
    from demur.server.limits import WAITRESS

    assert WAITRESS["inbuf_overflow"] > WAITRESS["max_request_body_size"] > MAXIMUM_BODY
    assert WAITRESS["outbuf_overflow"] > MAXIMUM_BODY
