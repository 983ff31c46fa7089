"""Passwords come from where nobody else reads them, and go nowhere by themselves."""

from __future__ import annotations

import copy
import logging
import os
import pickle
import sys
import traceback
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from r2psched.delivery.secrets import SMTP_VARIABLE, Secret, password_for
from r2psched.errors import DeliveryFailed, FileFailed, InvalidValue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SERVER = "smtp://mail.example.org:587"
posix = pytest.mark.skipif(os.name != "posix", reason="a file has no mode elsewhere")


def found(
    environment: dict[str, str] | None = None, file: Path | None = None, user: str | None = "anna"
) -> str | None:
    """Find a password, in the clear."""
    secret = password_for(
        SERVER, user, environment=environment or {}, variable=SMTP_VARIABLE, file=file
    )
    return None if secret is None else secret.reveal()


def stored(folder: Path, octets: bytes, mode: int = 0o600) -> Path:
    """Write a file of a password."""
    file = folder / "password"
    file.write_bytes(octets)
    file.chmod(mode)
    return file


def keyring_of(monkeypatch: pytest.MonkeyPatch, give: Callable[[str, str], str | None]) -> None:
    """Put a function in the place of the system's keyring."""
    import keyring

    monkeypatch.setattr(keyring, "get_password", give)


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable is taken before the file, the file before the keyring; an empty one is none."""
    keyring_of(monkeypatch, lambda service, user: f"{service} {user}")
    file = stored(tmp_path, b"of the file\n")
    assert found({SMTP_VARIABLE: "of the variable\n"}, file) == "of the variable"
    assert found({SMTP_VARIABLE: ""}, file) == "of the file"
    assert found({"R2PSCHED_CALDAV_PASSWORD": "x"}) == f"r2psched:{SERVER} anna"


@pytest.mark.parametrize(
    "octets",
    [b"k\xc3\xa4se brot ", b"k\xc3\xa4se brot \n", b"\xef\xbb\xbfk\xc3\xa4se brot \r\nmore\n"],
)
def test_the_first_line_of_a_file_is_the_password(tmp_path: Path, octets: bytes) -> None:
    """The end of the line and a byte order mark are none of it; space is."""
    assert found(file=stored(tmp_path, octets)) == "käse brot "


@pytest.mark.parametrize("octets", [b"", b"\n", b"\r\nx", b"\xff\xfe", b"x" * 5000])
def test_a_file_without_a_password_is_refused(tmp_path: Path, octets: bytes) -> None:
    """An empty first line, other octets than UTF-8, and a file that is no password's."""
    with pytest.raises(FileFailed, match="expected one password in UTF-8 on its first line"):
        found(file=stored(tmp_path, octets))


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o666, 0o644])
def test_a_file_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    """Whatever group or others may do with the file, the remedy is named; so through a link."""
    file = stored(tmp_path, b"hunter2\n", mode)
    link = tmp_path / "link"
    link.symlink_to(file)
    for path in (file, link):
        with pytest.raises(FileFailed, match=f"mode {mode:04o}.*chmod 600") as caught:
            found(file=path)
        assert "hunter2" not in str(caught.value)
    file.chmod(0o400)
    assert found(file=link) == "hunter2"


@posix
def test_a_file_of_somebody_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else could change the password in it."""
    file = stored(tmp_path, b"hunter2\n")
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
    with pytest.raises(FileFailed, match="belongs to somebody else"):
        found(file=file)


@posix
def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    """A pipe is not waited for; a folder and a name of nothing are told apart."""
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name, reason in (("pipe", "regular file"), ("", "regular file"), ("no", "No such")):
        with pytest.raises(FileFailed, match=reason):
            found(file=tmp_path / name)
    with pytest.raises(FileFailed, match="null"):
        found(file=tmp_path / "a\0b")


def test_a_keyring_that_holds_nothing_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No keyring, none with this password, or none installed: there is no password."""
    from keyring.errors import NoKeyringError

    def none_at_all(service: str, user: str) -> str | None:
        raise NoKeyringError(service, user)

    keyring_of(monkeypatch, lambda _service, _user: None)
    assert found() is None
    keyring_of(monkeypatch, none_at_all)
    assert found() is None
    assert found(user=None) is None
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert found() is None


def test_a_keyring_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that stays locked is a failure, for the password may be in it."""
    from keyring.errors import KeyringLocked

    def locked(service: str, user: str) -> str | None:
        raise KeyringLocked(service, user)

    keyring_of(monkeypatch, locked)
    with pytest.raises(DeliveryFailed, match=r"KeyringLocked\): unlock it, or set a variable"):
        found()


def test_a_keyring_is_asked_only_when_nothing_else_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a variable or a file the keyring is not even loaded."""
    broken = ModuleType("keyring")
    monkeypatch.setitem(sys.modules, "keyring", broken)
    assert found({SMTP_VARIABLE: "x"}) == "x"
    assert found(file=stored(tmp_path, b"y")) == "y"


def test_a_password_does_not_show_itself(caplog: pytest.LogCaptureFixture) -> None:
    """In no text, log, traceback or copy does it stand in the clear."""
    secret = Secret("hunter2")
    logging.getLogger("x").warning("%s %r", secret, secret)
    texts = [str(secret), repr(secret), f"{secret:>20}", f"{[secret]}", caplog.text]
    try:
        _failing(secret)
    except ZeroDivisionError as error:
        shown = traceback.TracebackException.from_exception(error, capture_locals=True)
        texts.append("".join(shown.format()))
    assert "Secret(…)" in texts[-1]
    assert not any("hunter2" in text for text in texts)
    for action in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not pickled or copied"):
            action(secret)
    assert not hasattr(secret, "__dict__")


def _failing(secret: Secret) -> float:
    held = secret
    return 1 / len(str(held)[1:])


def test_a_password_is_something() -> None:
    """An empty password is a mistake."""
    with pytest.raises(InvalidValue, match="a password that is not empty"):
        Secret("")


def test_a_password_is_taken_out_of_texts() -> None:
    """Said back by a server, as it is or as a login codes it, it is hidden."""
    assert Secret("hunter2").hidden_in("hunter2 aHVudGVyMg== x") == "… … x"
