"""Where passwords come from: the environment, a file that only its owner reads, the keyring."""

from __future__ import annotations

import base64
import os
import stat
from typing import TYPE_CHECKING, NoReturn

from r2psched.errors import DeliveryFailed, FileFailed, InvalidValue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["CALDAV_VARIABLE", "SMTP_VARIABLE", "Secret", "password_for"]

SMTP_VARIABLE = "R2PSCHED_SMTP_PASSWORD"
CALDAV_VARIABLE = "R2PSCHED_CALDAV_PASSWORD"
_MOST = 4096
_HIDDEN = "…"


class Secret:
    """A password that shows itself to nobody who does not ask for it by `reveal`.

    >>> secret = Secret("correct horse")
    >>> secret
    Secret(…)
    >>> f"{secret}"
    '…'
    """

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        """Take the password."""
        if not value:
            msg = "expected a password that is not empty"
            raise InvalidValue(msg)
        self.__value = value

    def reveal(self) -> str:
        """Give the password itself.

        >>> Secret("correct horse").reveal()
        'correct horse'
        """
        return self.__value

    def hidden_in(self, text: str) -> str:
        """Give a text without the password, in which a server may have told it again.

        >>> Secret("correct horse").hidden_in("no, correct horse is wrong")
        'no, … is wrong'
        """
        coded = base64.b64encode(self.__value.encode()).decode()
        return text.replace(self.__value, _HIDDEN).replace(coded, _HIDDEN)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({_HIDDEN})"

    def __str__(self) -> str:
        return _HIDDEN

    def __format__(self, spec: str) -> str:
        return _HIDDEN

    def __reduce__(self) -> NoReturn:
        msg = "a password is not pickled or copied: hand the Secret itself on"
        raise TypeError(msg)


def password_for(
    server: str,
    user: str | None,
    *,
    environment: Mapping[str, str],
    variable: str,
    file: Path | None = None,
) -> Secret | None:
    """Find the password of a user of a server, or None if none is stored anywhere.

    The environment is asked first, then the file, then the system's keyring (extra `keyring`), as
    service "r2psched:" and the server, such as "r2psched:smtp://mail.example.org:587".

    Args:
        server: The server as the user names it, without a user: what the keyring stores it under.
        user: The user, or None if there is none, whose password the keyring cannot hold.
        environment: The environment, as `os.environ`.
        variable: The name of the variable that may hold it.
        file: The file whose first line is the password, or None.

    Raises:
        FileFailed: If the file cannot be read, holds none, or others may read it.
        DeliveryFailed: If the keyring fails, as when it is locked.

    >>> password_for("smtp://localhost", None, environment={}, variable="R2PSCHED_SMTP_PASSWORD")
    """
    given = environment.get(variable, "").strip("\r\n")
    if given:
        return Secret(given)
    if file is not None:
        return _in_file(file)
    return _in_keyring(server, user) if user else None


def _in_file(path: Path) -> Secret:
    try:
        # A pipe must not be waited for, and what is looked at must be what is read.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileFailed(path, "read", reason) from error
    try:
        _check_owner(path, os.fstat(handle))
        octets = os.read(handle, _MOST + 1)
    finally:
        os.close(handle)
    try:
        first = octets.decode("utf-8-sig").split("\n", 1)[0].strip("\r\n")
    except UnicodeDecodeError:
        first = ""
    if not first or len(octets) > _MOST:
        reason = f"expected one password in UTF-8 on its first line, in at most {_MOST} octets"
        raise FileFailed(path, "read", reason)
    return Secret(first)


def _check_owner(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise FileFailed(path, "read", "a password stands in a regular file")
    if os.name != "posix":
        return
    if found.st_uid != os.geteuid():
        reason = "it belongs to somebody else, who may change the password: copy it"
        raise FileFailed(path, "read", reason)
    if found.st_mode & 0o077:
        mode = stat.S_IMODE(found.st_mode)
        reason = f"others may read the password (mode {mode:04o}): chmod 600 the file"
        raise FileFailed(path, "read", reason)


def _in_keyring(server: str, user: str) -> Secret | None:
    try:
        import keyring  # noqa: PLC0415  # an extra, and slow to load
        from keyring.errors import KeyringError, NoKeyringError  # noqa: PLC0415  # the extra may be missing
    except ImportError:
        return None
    try:
        stored = keyring.get_password(f"r2psched:{server}", user)
    except NoKeyringError:
        return None
    except KeyringError as error:
        name = type(error).__name__
        reason = f"the keyring does not give the password ({name}): unlock it, or set a variable"
        raise DeliveryFailed(server, reason) from error
    return Secret(stored) if stored else None
