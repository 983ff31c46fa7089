"""Feeds behind nginx, set up as the manual says."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from r2psched.delivery.folders import update

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPMessage

MANUAL = Path(__file__).parents[2] / "docs" / "how-to" / "subscribe.md"
SERVER = """\
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/site;
{location}
    }}
}}
"""


def free() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """The folder of the feeds, and the port of an nginx with the lines of the manual."""
    folder = tmp_path / "site" / "hearing"
    folder.mkdir(parents=True)
    found = re.search(
        r"```\{code-block\} nginx\n.*?\n\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL
    )
    assert found is not None
    port = free()
    settings = tmp_path / "nginx.conf"
    text = SERVER.format(folder=tmp_path, port=port, location=found[1])
    # Its workers would else be nobody's, who may not read the folder of a test.
    settings.write_text(f"user root;\n{text}" if os.geteuid() == 0 else text)
    command = ["nginx", "-p", str(tmp_path), "-c", str(settings), "-e", str(tmp_path / "error.log")]
    server = subprocess.Popen(command)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield folder, port
    finally:
        server.terminate()
        server.wait(timeout=10)


def ask(port: int, path: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
    """Ask for a path: the status, the headers, and what came."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    octets = answer.read()
    connection.close()
    return answer.status, answer.headers, octets


def test_what_the_manual_promises(site: tuple[Path, int]) -> None:
    """A calendar comes as one, is not to be kept unasked, and the folder is not listed."""
    folder, port = site
    update(folder / "agenda.ics", "BEGIN:VCALENDAR é".encode())
    status, headers, octets = ask(port, "/hearing/agenda.ics")
    assert (status, octets.decode()) == (200, "BEGIN:VCALENDAR é")
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-cache", "noindex")
    assert not headers["ETag"].startswith("W/")
    assert ask(port, "/hearing/")[0] == 403


def test_only_what_changed_is_sent(site: tuple[Path, int]) -> None:
    """By ETag and by date alike: 304 while it is the same, 200 once it changed in the second."""
    folder, port = site
    file = folder / "agenda.ics"
    update(file, b"one")
    _, before, _ = ask(port, "/hearing/agenda.ics")
    for data in (b"one", b"two", b"six"):
        changed = update(file, data)
        by_tag = ask(port, "/hearing/agenda.ics", If_None_Match=before["ETag"])
        by_date = ask(port, "/hearing/agenda.ics", If_Modified_Since=before["Last-Modified"])
        expected = (200, data) if changed else (304, b"")
        assert by_tag[::2] == by_date[::2] == expected
        _, before, _ = ask(port, "/hearing/agenda.ics")
