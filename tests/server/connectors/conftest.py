"""Real servers on the loopback interface, each a process: a mailbox, a Mastodon server (mastodon_mock), Bluesky's."""

from __future__ import annotations

import asyncio
import datetime
import imaplib
import ipaddress
import itertools
import queue
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from demur.server.connectors.bluesky import BlueskySettings
from demur.server.connectors.imap import ImapSettings, Security
from demur.server.connectors.mastodon import MastodonSettings

BIN = Path(sys.executable).parent
USER, PASSWORD = "demouser", "demopass"
INVITATION = (
    b"Authentication-Results: mx.agency.example; dkim=pass header.d=linkedin.com\r\n"
    b"From: Ines Tarrow <invitations@linkedin.com>\r\nSubject: I just requested to connect\r\n"
    b"Date: Tue, 17 Nov 2026 08:15:00 +0000\r\n\r\nHi Dana, I'd like to join your professional network\r\n"
)
FOLLOW = (
    b"From: Mastodon <notifications@harbour.example>\r\nList-Id: <follow_request.dana.harbour.example>\r\n"
    b"Subject: Pending follower: bo@larkin.example\r\nDate: Wed, 18 Nov 2026 08:15:00 +0000\r\n\r\n"
    b"bo@larkin.example has requested to follow you\r\n"
)
OTHER = b"From: Mum <mum@example.org>\r\nSubject: Sunday\r\nDate: Wed, 18 Nov 2026 08:15:00 +0000\r\n\r\nLunch?\r\n"


def free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """A server process, once it answers; its output goes to a file, since nobody would empty a pipe."""
    with (folder / f"server-{port}.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            for _ in range(300):
                with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
                    break
                assert process.poll() is None, (folder / f"server-{port}.log").read_text("utf-8", "replace")
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(10)


def pymap(port: int, *options: str) -> list[str]:
    shut = ["--no-service", "admin-unix", "--no-service", "managesieve"]
    return [str(BIN / "pymap"), "--host", "127.0.0.1", "--port", str(port), *shut, *options, "dict", "--demo-data"]


@dataclass(frozen=True)
class Certificate:
    """One that nobody vouches for but whoever names its file."""

    certificate: Path
    key: Path


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ipaddress.IPv4Address("127.0.0.1"))]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = Certificate(folder / "certificate.pem", folder / "key.pem")
    files.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files


@pytest.fixture(scope="session")
def mailbox_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    port = free_port()
    with running(pymap(port, "--no-tls"), port, tmp_path_factory.mktemp("pymap")):
        with imaplib.IMAP4("127.0.0.1", port, timeout=10) as client:
            client.login(USER, PASSWORD)
            client.create('"Netzwerke &AOk- &- Co"')
            for mail in (INVITATION, OTHER, FOLLOW):
                client.append("INBOX", "", "", mail)
            client.append('"Netzwerke &AOk- &- Co"', "", "", INVITATION)
        yield port


@pytest.fixture(scope="session")
def starttls_port(certificate: Certificate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    port = free_port()
    options = ("--cert", str(certificate.certificate), "--key", str(certificate.key))
    with running(pymap(port, *options), port, tmp_path_factory.mktemp("pymap-tls")):
        yield port


@pytest.fixture
def mailbox(mailbox_port: int) -> ImapSettings:
    return ImapSettings("127.0.0.1", USER, PASSWORD, mailbox_port, security=Security.PLAIN)


TOKENS = {"dana": "dana-token-0123456789", "ines": "ines-token-0123456789", "bo": "bo-token-0123456789"}
SEEDED = """
[server]
host = "127.0.0.1"
port = {port}
[database]
path = ":memory:"
[[seed.accounts]]
username = "dana"
locked = true
access_token = "dana-token-0123456789"
[[seed.accounts]]
username = "ines"
display_name = "Ines  Tarrow"
note = "<p>Night porter. <a href='https://harbour.example/me'>harbour</a></p><script>x</script>"
access_token = "ines-token-0123456789"
[[seed.accounts]]
username = "bo"
display_name = ""
access_token = "bo-token-0123456789"
"""


@pytest.fixture(scope="session")
def mastodon_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    folder = tmp_path_factory.mktemp("mastodon")
    (folder / "seeded.toml").write_text(SEEDED.format(port=port), "utf-8")
    command = [str(BIN / "mastodon_mock"), "serve", "--config", "seeded.toml", "--log-level", "warning"]
    with running(command, port, folder):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def mastodon_account(mastodon_server: str) -> MastodonSettings:
    """Dana's account, where Ines and Bo wait to be let in; each test finds it so."""
    from mastodon import Mastodon

    for name in ("ines", "bo"):
        follower = Mastodon(access_token=TOKENS[name], api_base_url=mastodon_server, request_timeout=10)
        dana = follower.account_lookup("dana")
        follower.account_unfollow(dana)
        assert follower.account_follow(dana).requested
    return MastodonSettings(mastodon_server, TOKENS["dana"])


@contextmanager
def served(handle: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server of a few lines in a thread, for what real ones don't do; each connection is handled to its end."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.2)
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            with suppress(OSError):
                connection, _ = listening.accept()
                connection.settimeout(5)
                with closing(connection), suppress(OSError):
                    handle(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        stop.set()
        thread.join(10)
        listening.close()


@contextmanager
def behind_tls(port: int, certificate: Certificate, heard: list[bytes]) -> Iterator[int]:
    """An encrypted door before a server that has none; what came through it is noted.

    One thread does all of it: an encrypted socket is not to be read and written by two at once.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.certificate, certificate.key)

    async def pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter, noted: list[bytes]) -> None:
        with suppress(OSError):
            while said := await source.read(65536):
                noted.append(said)
                target.write(said)
                await target.drain()
        target.close()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pass_on(reader, inner_writer, heard), pass_on(inner_reader, writer, []))

    async def serve() -> None:
        server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
        async with server:
            doors.put(server.sockets[0].getsockname()[1])
            await asyncio.get_running_loop().run_in_executor(None, over.wait)

    doors: queue.Queue[int] = queue.Queue()
    over = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="tls-door", daemon=True)
    thread.start()
    try:
        yield doors.get(timeout=10)
    finally:
        over.set()
        thread.join(10)


BLUESKY_SERVER = Path(__file__).parent / "bluesky_server" / "server.js"
BLUESKY_FOLLOWERS = 42
"""As many as `server.js` says that everybody has."""
MAIN_PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Owner:
    """Somebody at the tests' Bluesky server, who can do there what their own app can."""

    address: str
    did: str
    handle: str
    token: str

    def ask(self, name: str, body: dict[str, object] | None = None, **about: str) -> dict[str, Any]:
        import requests

        answer = requests.request(
            "GET" if body is None else "POST",
            f"{self.address}/xrpc/{name}",
            params=about,
            json=body or None,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=20,
        )
        assert answer.status_code == 200, answer.text
        return dict(answer.json()) if answer.content else {}

    def write(self, collection: str, key: str = "self", **record: object) -> None:
        body = {"repo": self.did, "collection": collection, "rkey": key, "record": {"$type": collection, **record}}
        self.ask("com.atproto.repo.putRecord", body)

    def read(self, collection: str) -> dict[str, Any]:
        about = {"repo": self.did, "collection": collection, "rkey": "self"}
        return dict(self.ask("com.atproto.repo.getRecord", **about)["value"])

    def settings(self, *, privileged: bool = False) -> BlueskySettings:
        """With a new app password; a privileged one could read direct messages."""
        name = f"Demur {next(_NUMBERS)}"
        made = self.ask("com.atproto.server.createAppPassword", {"name": name, "privileged": privileged})
        return BlueskySettings(self.handle, made["password"], self.address)


_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def bluesky_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real one, of Bluesky's own code; left out where there is no Node.js to run it."""
    script = Path(__file__).parents[3] / "scripts" / "bluesky_server.sh"
    installed = subprocess.run(["sh", str(script)], capture_output=True, text=True, check=False)
    if installed.returncode:
        pytest.skip("Bluesky's server: " + installed.stderr.strip().rpartition("\n")[2])
    port = free_port()
    folder = tmp_path_factory.mktemp("bluesky")
    around = [f"NODE_PATH={installed.stdout.strip()}/node_modules", f"TMPDIR={folder}", "LOG_ENABLED=false"]
    with running(["env", *around, "node", str(BLUESKY_SERVER), str(port)], port, folder):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def bluesky_owner(bluesky_server: str) -> Owner:
    """Somebody new there, with nothing set and nothing posted."""
    import requests

    name = f"dana{next(_NUMBERS)}"
    body = {"handle": f"{name}.test", "email": f"{name}@example.org", "password": MAIN_PASSWORD}
    made = requests.post(f"{bluesky_server}/xrpc/com.atproto.server.createAccount", json=body, timeout=20).json()
    return Owner(bluesky_server, made["did"], made["handle"], made["accessJwt"])
