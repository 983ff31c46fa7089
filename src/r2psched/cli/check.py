"""`r2psched check`."""

from __future__ import annotations

import click

from r2psched.checks import check
from r2psched.cli.common import Exit, as_json, file_argument, gently, help_of, print_json, tell
from r2psched.files import read
from r2psched.views import findings_json, findings_text

__all__ = ["command"]


@click.command("check", help=help_of("check"))
@file_argument
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
@as_json
@gently
def command(file: str, *, strict: bool, json_: bool) -> None:
    """Check one programme."""
    programme = read(file)
    findings = check(programme)
    if json_:
        print_json(findings_json(programme, findings))
    else:
        tell(findings_text(findings))
    if findings.errors or (strict and findings.warnings):
        raise SystemExit(Exit.ERRORS)
