"""Bytes and text of files, bounded, with errors that name the file."""

from __future__ import annotations

from pathlib import Path

from r2psched.errors import Fault, FileFailed, InvalidInput

__all__ = ["decode", "history_file", "load"]

_LARGEST = 256 * 1024 * 1024


def load(path: Path | str) -> bytes:
    """Read a file whole.

    Raises:
        FileFailed: If it cannot be read, or is larger than 256 MiB.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise FileFailed(path, "read", "there is no such file") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileFailed(path, "read", reason) from error
    if len(data) > _LARGEST:
        raise FileFailed(path, "read", f"it is larger than {_LARGEST >> 20} MiB")
    return data


def decode(data: bytes) -> str:
    """Take bytes as UTF-8, with or without a byte order mark.

    Raises:
        InvalidInput: If they are not, with the line.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = (
            f"byte 0x{error.object[error.start]:02X} is not UTF-8: "
            "save the file as UTF-8, in Excel as «CSV UTF-8»"
        )
        raise InvalidInput([Fault(f"line {line}", message)]) from error


def history_file(path: Path) -> Path:
    """The history of a CSV file.

    >>> from pathlib import Path
    >>> print(history_file(Path("speakers.csv")))
    speakers.csv.history.jsonl
    """
    return path.with_name(f"{path.name}.history.jsonl")
