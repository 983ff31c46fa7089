"""Texts that replace those of the catalogue, read from a TOML file beside the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.errors import Fault, InvalidInput, shown
from r2psched.files.lists import find_list
from r2psched.files.loading import decode, load
from r2psched.files.places import join
from r2psched.files.setting import SETTING
from r2psched.files.syntax import parse_toml
from r2psched.files.translated import own_texts_in
from r2psched.language.catalogue import as_texts, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["own_texts"]


def own_texts(name: str) -> tuple[tuple[str, str], ...]:
    """Read the texts of a file, which has the tables and keys of the catalogue.

    Raises:
        InvalidInput: All that is wrong with it.
        FileFailed: If it cannot be read.
    """
    setting = SETTING.get()
    path = find_list(name, setting)
    file = shown(name)[1:-1]
    try:
        read = own_texts_in(parse_toml(decode(load(path))), setting.own, setting.asked)
    except InvalidInput as error:
        raise _in_file(file, error.faults) from error
    if faults := [*read.faults, *(Fault(key, told) for key, told in faults_of(read.tree))]:
        raise _in_file(file, faults)
    setting.untranslated.extend(
        each._replace(place=join(file, each.place)) for each in read.untranslated
    )
    return as_texts(read.tree)


def _in_file(file: str, faults: Iterable[Fault]) -> InvalidInput:
    return InvalidInput([Fault(join(file, fault.place), fault.message) for fault in faults])
