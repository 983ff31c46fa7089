"""Folders of feeds, and what a static web server makes of their files."""

from __future__ import annotations

import os
import threading
import time
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from r2psched.delivery.folders import subscription, update
from r2psched.errors import FileFailed, InvalidValue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECOND = 1_000_000_000


class Quiet(SimpleHTTPRequestHandler):
    """Python's own static server, which tells nobody."""

    def log_message(self, *_told: object) -> None:
        """Say nothing."""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A static server that shows the folder of the test."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def ask(port: int, since: str | None = None) -> tuple[int, str | None, bytes]:
    """Ask for agenda.ics: the status, Last-Modified, and what came."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {} if since is None else {"If-Modified-Since": since}
    connection.request("GET", "/agenda.ics", headers=headers)
    answer = connection.getresponse()
    octets = answer.read()
    connection.close()
    return answer.status, answer.headers["Last-Modified"], octets


def test_a_reader_gets_what_changed_and_only_that(tmp_path: Path, port: int) -> None:
    """Written again as it was it is not sent again; changed within the second it is."""
    file = tmp_path / "agenda.ics"
    assert update(file, b"one")
    _, since, _ = ask(port)
    assert not update(file, b"one")
    assert ask(port, since)[::2] == (304, b"")
    for data in (b"two", b"six"):
        assert update(file, data)
        status, now, octets = ask(port, since)
        assert (status, octets) == (200, data)
        assert now != since
        assert file.stat().st_mtime_ns <= time.time_ns()
        assert ask(port, now)[0] == 304
        since = now


def test_what_is_as_it_was_is_not_touched(tmp_path: Path) -> None:
    """Neither its time nor its place on the disk changes."""
    file = tmp_path / "agenda.ics"
    update(file, b"one")
    os.utime(file, ns=(5 * SECOND + 7, 5 * SECOND + 7))
    before = file.stat()
    assert not update(file, b"one")
    after = file.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_the_time_says_when_it_changed(tmp_path: Path) -> None:
    """A change has the time of now."""
    file = tmp_path / "agenda.ics"
    update(file, b"one")
    os.utime(file, ns=(5 * SECOND, 5 * SECOND))
    begun = time.time_ns() // SECOND
    assert update(file, b"two")
    assert begun - 1 <= file.stat().st_mtime_ns // SECOND <= time.time_ns() // SECOND


def test_a_clock_that_was_set_back(tmp_path: Path) -> None:
    """A file of the future gets a time that is one second later still."""
    file = tmp_path / "agenda.ics"
    update(file, b"one")
    future = time.time_ns() // SECOND + 3600
    os.utime(file, ns=(future * SECOND + 9, future * SECOND + 9))
    assert update(file, b"two")
    assert file.stat().st_mtime_ns == (future + 1) * SECOND


def test_the_time_is_there_with_the_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads what is new, or stops the run then, never finds it with a time of before."""
    file = tmp_path / "agenda.ics"
    update(file, b"one")
    future = time.time_ns() // SECOND + 3600
    os.utime(file, ns=(future * SECOND, future * SECOND))
    seen = []
    rename = type(file).replace

    def replace(source: Path, target: Path) -> None:
        rename(source, target)
        seen.append((target.read_bytes(), target.stat().st_mtime_ns))
        raise KeyboardInterrupt

    monkeypatch.setattr(type(file), "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        update(file, b"two")
    assert seen == [(b"two", (future + 1) * SECOND)]


@pytest.mark.parametrize("held", [b"one", None])
def test_a_link_is_not_followed(tmp_path: Path, held: bytes | None) -> None:
    """A link in the place of the file is refused, and what it leads to is as it was."""
    within = tmp_path / "web"
    within.mkdir()
    target = tmp_path / "elsewhere"
    if held is not None:
        target.write_bytes(held)
    (within / "agenda.ics").symlink_to(target)
    with pytest.raises(FileFailed, match=r"agenda\.ics: it is a link"):
        update(within / "agenda.ics", b"one")
    assert target.exists() == (held is not None)
    assert held is None or target.read_bytes() == held


def test_what_is_no_file(tmp_path: Path) -> None:
    """A folder in the place of the file is told, as is a place that is not there."""
    (tmp_path / "agenda.ics").mkdir()
    with pytest.raises(FileFailed, match="it is a folder"):
        update(tmp_path / "agenda.ics", b"x")
    with pytest.raises(FileFailed):
        update(tmp_path / "absent" / "agenda.ics", b"x")


@pytest.mark.parametrize(
    "url", ["https://example.org/a", "https://example.org/a/", "http://[::1]:8/a"]
)
def test_links_to_subscribe(url: str) -> None:
    """They have the scheme webcal, whatever that of the folder."""
    expected = f"webcal://{url.partition('://')[2].rstrip('/')}/x.ics"
    assert subscription(url, "x.ics") == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "webcal://example.org",
        "https://e.org/?a=b",
        "https://e.org/#x",
        "https://e.org/a b",
    ],
)
def test_what_is_no_folder(url: str) -> None:
    """Something else than the address of a folder is refused."""
    with pytest.raises(InvalidValue, match=r"expected (a link|the address of a folder)"):
        subscription(url, "x.ics")
