"""`r2psched schedule`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from r2psched.cli.common import (
    as_json,
    counted,
    file_argument,
    gently,
    help_of,
    lang_option,
    print_json,
    refuse_to_replace,
    tell,
)
from r2psched.files import read, save
from r2psched.views.exchange import schedule_json, schedule_written_json, schedule_xml

if TYPE_CHECKING:
    from r2psched.programme import Programme

__all__ = ["command"]

_MORE = """\
Giggity, EventFahrplan, pretalx, frab and the video crews of c3voc read it. Without -o it is written
beside FILE, with the ending .xml. Sessions without a time are left out.
"""
_FORMS = ("xml", "json")


@click.command("schedule", help=help_of("schedule", _MORE))
@file_argument
@click.option(
    "-o", "output", metavar="X.xml|X.json|-", help="Where to; - is standard output, in XML."
)
@click.option("--url", metavar="URL", help="Where the programme is shown to the public.")
@lang_option
@as_json
@gently
def command(
    file: str, output: str | None, url: str | None, lang: str | None, *, json_: bool
) -> None:
    """Write one schedule."""
    if json_ and output == "-":
        msg = "--json and -o - both want standard output: name a file"
        raise click.UsageError(msg)
    form = _form(output)
    programme = read(file, lang=lang)
    octets = _octets(programme, form, url)
    if output == "-":
        tell(octets)
        return
    target = Path(file).with_suffix(".xml") if output is None else Path(output)
    refuse_to_replace(target, file)
    save(target, octets)
    answer = schedule_written_json(programme, str(target), form)
    if json_:
        print_json(answer)
        return
    tell(f"wrote {target}: {counted(answer['events'], 'event')}")
    if answer["left_out"]:
        names = ", ".join(each["title"] for each in answer["left_out"])
        tell(f"left out, since there is no time yet: {names}")


def _form(output: str | None) -> str:
    if output is None or output == "-":
        return "xml"
    form = Path(output).suffix.lower().removeprefix(".")
    if form in _FORMS:
        return form
    msg = (
        f"a schedule is XML or JSON: name a file that ends so, -o X.xml or -o X.json, not {output}"
    )
    raise click.UsageError(msg)


def _octets(programme: Programme, form: str, url: str | None) -> bytes:
    if form == "xml":
        return schedule_xml(programme, url=url)
    text = json.dumps(schedule_json(programme, url=url), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()
