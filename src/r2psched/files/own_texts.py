"""Texts that replace those of the catalogue, read from a TOML file beside the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.errors import Fault, InvalidInput, shown
from r2psched.files.lists import find_list
from r2psched.files.loading import decode, load
from r2psched.files.places import join
from r2psched.files.setting import SETTING
from r2psched.files.syntax import parse_toml
from r2psched.language.catalogue import as_texts, faults_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["own_texts"]


def own_texts(name: str) -> tuple[tuple[str, str], ...]:
    """Read the texts of a file, which has the tables and keys of the catalogue.

    Raises:
        InvalidInput: All that is wrong with it.
        FileFailed: If it cannot be read.
    """
    path = find_list(name, SETTING.get())
    file = shown(name)[1:-1]
    try:
        tree: Mapping[str, object] = parse_toml(decode(load(path)))
    except InvalidInput as error:
        faults = [Fault(join(file, fault.place), fault.message) for fault in error.faults]
        raise InvalidInput(faults) from error
    if wrong := [Fault(join(file, key), told) for key, told in faults_of(tree)]:
        raise InvalidInput(wrong)
    return as_texts(tree)
