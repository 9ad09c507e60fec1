"""`demur scan` and `demur baseline`: a second scan shows what is new, and each decision is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Demur

POSTS = [
    {"id": "p1", "text": "Long day. One of my clients finally got her keys!", "date": "2024-05-01"},
    {"id": "p2", "text": "Sourdough came out well."},
    {"id": "p3", "text": "Call us on 512-555-0147 about the yard sale!"},
    {"text": "My caseload is full of liars."},
]


@pytest.fixture
def where(tmp_path: Path) -> tuple[str, ...]:
    key = tmp_path / "scan.key"
    key.write_text("ab" * 32 + "\n", "ascii")
    key.chmod(0o600)
    return ("--no-store", "--key-file", str(key))


def write(path: Path, *posts: dict[str, str]) -> str:
    path.write_text("".join(json.dumps(post) + "\n" for post in posts), "utf-8")
    return str(path)


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def count(out: str, says: str) -> int:
    line = next(line for line in out.splitlines() if line.startswith(says))
    return int(line.removeprefix(says))


def test_a_second_scan_shows_only_what_is_new(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    posts = write(tmp_path / "posts.jsonl", *POSTS)
    first = demur("scan", posts, "--baseline", "b.jsonl", *where)
    assert first.code == 1, first.err
    assert "post p1: Take it to supervision" in first.out
    assert "line 4" in first.out
    assert count(first.out, "New") >= 3
    second = demur("scan", posts, "--baseline", "b.jsonl", *where)
    assert second.code == 0
    assert "post p" not in second.out
    assert count(second.out, "Known, not looked at yet") == count(first.out, "New")
    longer = {**POSTS[0], "text": POSTS[0]["text"] + " So happy!!"}
    edited = [longer, *POSTS[1:], {"id": "p9", "text": "My client lied."}]
    third = demur("scan", write(tmp_path / "posts.jsonl", *edited), "--baseline", "b.jsonl", *where)
    assert third.code == 1
    assert "post p9" in third.out
    assert "post p1" not in third.out
    less = demur("scan", write(tmp_path / "posts.jsonl", *edited[1:]), "--baseline", "b.jsonl", *where)
    assert count(less.out, "Fixed") >= 1


def test_the_baseline_holds_no_words(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    demur("scan", write(tmp_path / "posts.jsonl", *POSTS), "--baseline", "b.jsonl", *where)
    written = (tmp_path / "b.jsonl").read_text("utf-8")
    for words in ("my clients", "0147", "liars", "p1", "supervision"):
        assert words not in written
    assert {key for row in rows(written)[1:] for key in row} == {
        *("fingerprint", "rule", "file", "post", "since", "decision")
    }
    assert (tmp_path / "b.jsonl").stat().st_mode & 0o077 == 0


def test_plain_text_a_folder_and_standard_input(demur: Demur, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "a.txt").write_text("One of my clients cried.\n\nSourdough.\n", "utf-8")
    write(folder / "b.jsonl", {"id": "7", "text": "My client lied to me."})
    (folder / "photo.png").write_bytes(b"\x89PNG")
    ran = demur("scan", str(folder), "--no-store")
    assert ran.code == 1
    assert "a.txt, line 1" in ran.out
    assert "post 7" in ran.out
    assert "in 3 posts" in ran.out
    piped = demur("scan", "-", "--no-store", given=b'One of my clients cried.\n{"id": 9, "text": "My client lied."}\n')
    assert "line 1" in piped.out
    assert "post 9" in piped.out
    assert demur("scan", "-", "--no-store", given=b"Sourdough.\n").code == 0


LIED = "My client lied about the soup. It rained."


def test_an_answer_covers_no_words_that_nobody_saw(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    """The same words in another sentence, in the same post or in another file with the same id, are new."""
    folder = tmp_path / "posts"
    folder.mkdir()
    write(folder / "a.jsonl", {"id": "1", "text": LIED})
    assert demur("scan", "posts", "--baseline", "b.jsonl", *where).code == 1
    demur("baseline", "review", "b.jsonl", "posts", "--author", "M.", *where, given=b"a\nsomebody invented\n" * 9)
    assert set(decisions(tmp_path)) == {"accepted"}
    assert demur("scan", "posts", "--baseline", "b.jsonl", *where).code == 0
    write(folder / "a.jsonl", {"id": "1", "text": LIED + " Soup for dinner."})
    assert demur("scan", "posts", "--baseline", "b.jsonl", *where).code == 0, "another sentence changes nothing"
    write(folder / "a.jsonl", {"id": "1", "text": LIED + " My client overdosed on the bus."})
    more = demur("scan", "posts", "--baseline", "b.jsonl", *where)
    assert more.code == 1
    assert "overdosed" not in (tmp_path / "b.jsonl").read_text("utf-8")
    assert "“My client”" in more.out
    write(folder / "a.jsonl", {"id": "1", "text": LIED})
    write(folder / "b.jsonl", {"id": "1", "text": LIED})
    other = demur("scan", "posts", "--baseline", "b.jsonl", *where)
    assert other.code == 1
    assert "b.jsonl, post 1" in other.out
    assert "a.jsonl, post 1" not in other.out


ZOE = "Zoë Núñez cried in my office.\n"


@pytest.fixture
def zoe(tmp_path: Path) -> tuple[str, ...]:
    path = tmp_path / "zoe.csv"
    path.write_text("client_id,given_name,family_name\nz,Zoë,Núñez\n", "utf-8")
    return ("--caseload", str(path), "--no-store")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_that_says_what_it_is_is_read(demur: Demur, tmp_path: Path, zoe: tuple[str, ...], encoding: str) -> None:
    data = f"Sourdough.\n{ZOE}".encode(encoding)
    (tmp_path / "posts.txt").write_bytes(data)
    for ran in (demur("scan", "posts.txt", *zoe), demur("scan", "-", *zoe, given=data)):
        assert (ran.code, ran.err) == (1, "")
        assert "line 2: Don't post this" in ran.out
    assert "Don't post this" in demur("check", *zoe, given=data).out


@pytest.mark.parametrize("data", [ZOE.encode("cp1252"), ZOE.encode("utf-16-le"), b"\xff\xfeZ", bytes(range(256))])
def test_what_cannot_be_read_is_never_called_clean(
    demur: Demur, tmp_path: Path, zoe: tuple[str, ...], data: bytes
) -> None:
    (tmp_path / "posts.txt").write_bytes(data)
    for ran in (
        demur("scan", "posts.txt", *zoe),
        demur("scan", "-", *zoe, given=data),
        demur("check", *zoe, given=data),
        demur("allow", "-", "--reason", "ours", given=data),
    ):
        assert ran.code == 2
        assert "UTF-8" in ran.err
        assert "Traceback" not in ran.err
        assert "cried" not in ran.err


def test_a_line_that_is_no_text_stops_nothing_but_itself(demur: Demur, tmp_path: Path, zoe: tuple[str, ...]) -> None:
    (tmp_path / "posts.txt").write_bytes(ZOE.encode("cp1252") + b"\xff\xfeab\n" + ZOE.encode())
    ran = demur("scan", "posts.txt", *zoe)
    assert ran.code == 2
    assert "line 1: not UTF-8 text" in ran.err
    assert "line 2: not UTF-8 text" in ran.err
    assert "line 3: Don't post this" in ran.out


def test_what_was_not_read_is_not_fixed(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    write(folder / "a.jsonl", {"id": "1", "text": "My client lied."}, {"id": "2", "text": "My client left."})
    (folder / "b.txt").write_text("My client sang.\n", "utf-8")
    scan = ("scan", "posts", "--baseline", "b.jsonl", *where)
    found = count(demur(*scan).out, "New")
    demur("baseline", "review", "b.jsonl", "posts", *where, given=b"k\n" * 9)
    (tmp_path / "empty.txt").touch()
    before = (tmp_path / "b.jsonl").read_bytes()
    for source in ("empty.txt", "posts/b.txt"):
        ran = demur("scan", source, "--baseline", "b.jsonl", *where)
        assert count(ran.out, "Fixed") == 0
        assert "not read this time" in ran.out
    (folder / "b.txt").write_text("", "utf-8")
    whole = (folder / "a.jsonl").read_bytes()
    (folder / "a.jsonl").write_bytes(whole[: len(whole) // 2 + 20])
    cut = demur(*scan)
    assert cut.code == 2
    assert count(cut.out, "Fixed") == 0
    assert (tmp_path / "b.jsonl").read_bytes() == before
    # The post that was read is known by its id, so what is gone from it is fixed although another line is broken.
    (folder / "a.jsonl").write_bytes(b'{"id": "1", "text": "The sun shone."}\n' + whole[: len(whole) // 2 - 9])
    assert count(demur(*scan).out, "Fixed") >= 1
    (folder / "a.jsonl").write_bytes(whole)
    (folder / "b.txt").write_text("My client sang.\n", "utf-8")
    back = demur(*scan)
    assert (back.code, count(back.out, "Kept"), count(back.out, "Fixed")) == (0, found, 0), "decisions are there again"


def test_a_review_says_at_once_what_it_cannot_keep(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    demur("scan", write(tmp_path / "posts.jsonl", *POSTS), "--baseline", "b.jsonl", *where)
    ran = demur("baseline", "review", "b.jsonl", "posts.jsonl", "--author", "x" * 301, *where, given=b"a\nours\n")
    assert ran.code == 2
    assert "at most 300" in ran.err
    assert "1 of" not in ran.out


def test_two_reviews_at_once_lose_no_answer(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    texts = [f"Call us on 512-555-014{number} about the sale!" for number in range(3)]
    write(tmp_path / "posts.jsonl", *({"id": str(number), "text": text} for number, text in enumerate(texts)))
    demur("scan", "posts.jsonl", "--baseline", "b.jsonl", *where)
    environment = {**os.environ, "DEMUR_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    command = [str(Path(sys.executable).with_name("demur")), "baseline", "review", "b.jsonl", "posts.jsonl", *where]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        while b"1 of 3" not in running.stdout.readline():
            pass
        review(demur, where, "k", "f", "q")
        running.stdin.write(b"a\nours\nk\nk\n")
        running.stdin.close()
        out = running.stdout.read()
        assert running.wait(60) == 0
    assert b"Somebody else answered this one meanwhile" in out
    assert decisions(tmp_path) == ["fix", "keep", "keep"]


def test_a_scan_writes_over_nothing(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    """The other run ends while this one waits for the rest of its standard input."""
    environment = {**os.environ, "DEMUR_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    command = [str(Path(sys.executable).with_name("demur")), "scan", "-", "--baseline", "b.jsonl", *where]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(b"One of my clients cried.\n")
        running.stdin.flush()
        assert b"line 1" in running.stdout.readline()
        demur("scan", write(tmp_path / "posts.jsonl", *POSTS), "--baseline", "b.jsonl", *where)
        written = (tmp_path / "b.jsonl").read_bytes()
        running.stdin.close()
        assert b"1 found in 1 posts" in running.stdout.read()
        assert b"changed by another command" in running.stderr.read()
        assert running.wait(60) == 2
    assert (tmp_path / "b.jsonl").read_bytes() == written


def test_what_cannot_be_written_is_said_before_the_scan(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    posts = write(tmp_path / "posts.jsonl", *POSTS)
    demur("scan", posts, "--baseline", "b.jsonl", *where)
    (tmp_path / "b.jsonl").chmod(0o400)
    before = (tmp_path / "b.jsonl").read_bytes()
    for command, says in [
        (("scan", posts, "--baseline", "nodir/x"), "no folder"),
        (("scan", posts, "--baseline", "."), "not a file"),
        (("scan", posts, "--baseline", "b.jsonl"), "read-only"),
        (("baseline", "review", "b.jsonl", posts), "read-only"),
        (("allow", "512-555-0147", "--reason", "ours", "--allowlist", "nodir/x"), "no folder"),
    ]:
        ran = demur(*command, *(where if command[0] != "allow" else where[1:]), given=b"k\n")
        assert (ran.code, ran.out) == (2, "")
        assert says in ran.err
    assert (tmp_path / "b.jsonl").read_bytes() == before


def test_what_is_no_file_is_told_and_the_rest_goes_on(demur: Demur, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    (folder / "year.txt").mkdir(parents=True)
    (folder / "year.txt" / "a.txt").write_text("One of my clients cried.\n", "utf-8")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (folder / "linked.txt").symlink_to(folder / "year.txt" / "a.txt")
    (folder / "elsewhere").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    ran = demur("scan", "export", "--no-store")
    assert ran.code == 2
    assert "year.txt/a.txt, line 1" in ran.out
    assert "linked.txt, line 1" in ran.out
    for name in ("gone.txt", "pipe.txt", "elsewhere"):
        assert name in ran.err
    assert "Traceback" not in ran.err


def test_a_very_long_id_is_shown_short_and_known_whole(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    line = '{"id": %s, "text": "My client lied to me in session again."}\n'
    (tmp_path / "posts.jsonl").write_text(line % ("1" * 4000) + line % ("1" * 3999 + "2") + line % "1e999", "utf-8")
    ran = demur("scan", "posts.jsonl", "--baseline", "b.jsonl", *where)
    assert "line 3: Take it to supervision" in ran.out, "a number without an end is no id"
    assert "1" * 61 not in ran.out
    assert ran.out.count("…:") == 2
    assert len(decisions(tmp_path)) == 3


def test_objects_for_programs(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    posts = write(tmp_path / "posts.jsonl", *POSTS)
    ran = demur("scan", posts, "--baseline", "b.jsonl", "--json", *where)
    *found, last = rows(ran.out)
    assert {row["post"] for row in found} == {"p1", "p3", None}
    assert all(row["status"] == "new" and row["finding"]["rule"] for row in found)
    assert last["posts"] == 4
    assert last["counts"]["new"] == len(found)


def test_lines_that_cannot_be_read_are_said_and_the_rest_goes_on(demur: Demur, tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_bytes(b'{broken\n[1]\n{"id": 1}\n{"id": 2, "text": "My client lied."}\n\xff\n')
    ran = demur("scan", "posts.jsonl", "--no-store")
    assert ran.code == 2
    assert "post 2" in ran.out
    for line in ("line 1:", "line 2:", "line 3:", "line 5:"):
        assert line in ran.err
    assert "Traceback" not in ran.err


def test_another_key_changes_nothing(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    posts = write(tmp_path / "posts.jsonl", *POSTS)
    demur("scan", posts, "--baseline", "b.jsonl", *where)
    before = (tmp_path / "b.jsonl").read_bytes()
    Path(where[-1]).write_text("cd" * 32 + "\n", "ascii")
    for command in (
        ("scan", posts, "--baseline", "b.jsonl", *where),
        ("baseline", "review", "b.jsonl", posts, *where),
        ("baseline", "summary", "b.jsonl", *where[1:]),
    ):
        ran = demur(*command)
        assert ran.code == 2
        assert "another key" in ran.err
    assert (tmp_path / "b.jsonl").read_bytes() == before


def test_a_baseline_with_the_key_of_the_store(demur: Demur, tmp_path: Path) -> None:
    posts = write(tmp_path / "posts.jsonl", *POSTS)
    assert demur("scan", posts, "--baseline", "b.jsonl").code == 1
    assert demur("scan", posts, "--baseline", "b.jsonl").code == 0
    assert "Known" in demur("baseline", "summary", "b.jsonl").out
    assert "leave out --no-store" in demur("scan", posts, "--baseline", "b.jsonl", "--no-store").err


def review(demur: Demur, where: tuple[str, ...], *answers: str) -> str:
    given = "".join(f"{answer}\n" for answer in answers).encode()
    ran = demur("baseline", "review", "b.jsonl", "posts.jsonl", "--author", "M.", *where, given=given)
    assert ran.code == 0, ran.err
    return ran.out


def decisions(tmp_path: Path) -> list[str]:
    return sorted(row["decision"] for row in rows((tmp_path / "b.jsonl").read_text("utf-8"))[1:])


def test_the_review_loop(demur: Demur, tmp_path: Path, where: tuple[str, ...]) -> None:
    texts = [f"Call us on 512-555-014{number} about the sale!" for number in range(5)]
    write(tmp_path / "posts.jsonl", *({"id": str(number), "text": text} for number, text in enumerate(texts)))
    demur("scan", "posts.jsonl", "--baseline", "b.jsonl", *where)
    assert decisions(tmp_path) == ["open"] * 5
    out = review(demur, where, "k", "?", "f", "a", "our own line", "s", "q")
    assert "Call us on 512-555-0140 about the sale!" in out
    assert "5 of 5" in out
    assert decisions(tmp_path) == ["accepted", "fix", "keep", "open", "open"]
    again = review(demur, where, "a", "", "k")
    assert "512-555-0143" in again
    assert "512-555-0140" not in again
    assert decisions(tmp_path) == ["accepted", "fix", "keep", "keep", "open"]
    # The end of the input is a stop: what was answered stays.
    review(demur, where)
    assert review(demur, where, "k")
    assert "has been looked at" in review(demur, where)
    listed = demur("baseline", "list", "b.jsonl", *where[1:]).out
    assert "our own line" in listed
    assert "M." in listed
    assert "555-0140" not in listed
    assert "5550140" not in listed
    summary = demur("baseline", "summary", "b.jsonl", *where[1:]).out
    assert [count(summary, says) for says in ("Kept", "To fix", "Called fine")] == [3, 1, 1]


def test_a_client_is_not_called_fine_in_a_review(
    demur: Demur, tmp_path: Path, where: tuple[str, ...], caseload: Path
) -> None:
    write(tmp_path / "posts.jsonl", {"id": "1", "text": "So proud of Marisol Quintanilla!"})
    options = (*where, "--caseload", str(caseload))
    demur("scan", "posts.jsonl", "--baseline", "b.jsonl", *options)
    out = review(demur, options, "a", "f")
    assert "leads to one person" in out
    assert decisions(tmp_path) == ["fix"]


def test_ctrl_c_loses_nothing(tmp_path: Path, where: tuple[str, ...]) -> None:
    """Standard input stays open, so the scan is in the middle of it when it is stopped."""
    environment = {**os.environ, "DEMUR_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    command = [str(Path(sys.executable).with_name("demur")), "scan", "-", "--baseline", "b.jsonl", *where]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(b"One of my clients cried.\n")
        running.stdin.flush()
        assert b"line 1" in running.stdout.readline()
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        out, errors = running.stdout.read(), running.stderr.read() if running.stderr else b""
        running.stdin.close()
        assert running.wait(60) == 130
    assert b"Stopped after 1 posts" in out
    assert b"Traceback" not in errors
    assert decisions(tmp_path) == ["open"]


def test_memory_does_not_grow_with_the_posts(tmp_path: Path) -> None:
    peak = (
        "import resource, subprocess, sys\n"
        "subprocess.run([*sys.argv[1:]], stdout=subprocess.DEVNULL, check=False)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    peaks = []
    for posts in (50, 6_000):
        path = tmp_path / f"{posts}.jsonl"
        line = "Long day {} at the allotment. " + "Beans, peas and a visit from the neighbour's cat. " * 20
        write(path, *({"id": str(number), "text": line.format(number)} for number in range(posts)))
        command = [str(Path(sys.executable).with_name("demur")), "scan", str(path), "--no-store"]
        out = subprocess.run([sys.executable, "-c", peak, *command], capture_output=True, check=True)
        peaks.append(int(out.stdout))
    assert peaks[1] < peaks[0] * 1.15


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["scan", "nowhere.jsonl"], "cannot be read"),
        (["scan", "."], "no .jsonl or .txt files"),
        (["scan", "x", "--baseline", "b", "--key-file", "nowhere"], "no key file"),
        (["baseline", "review", "b.jsonl", "-"], "give the posts as a file"),
        (["baseline", "summary", "nowhere.jsonl"], "cannot be read"),
    ],
)
def test_what_went_wrong_is_one_plain_sentence(demur: Demur, arguments: list[str], says: str) -> None:
    ran = demur(*arguments)
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_fix_prints_the_draft_alone(demur: Demur) -> None:
    ran = demur("check", "--fix", "One of my clients cried last Tuesday, in the end. 🎉", "--no-store")
    assert ran.code == 1
    assert ran.out == "One of my clients cried recently, in the end. 🎉\n"
    assert "The story itself still stays offline" in ran.err
    assert "Left as it is" in ran.err
    same = demur("check", "--fix", "Sourdough came out well.", "--no-store")
    assert (same.code, same.out) == (0, "Sourdough came out well.\n")
    verdict = json.loads(demur("check", "--json", "One of my clients cried last Tuesday.", "--no-store").out)
    assert verdict["rewording"]["outcome"] == "refer"
    assert verdict["rewording"]["text"] == "One of my clients cried recently."
    assert verdict["guidance"]["safer"] == ""
