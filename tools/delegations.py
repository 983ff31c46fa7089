"""Write the data of `r2psched.delegations`, out of two packages with free licences.

For maintainers, when a State joins or changes its name. Needs r2psched and the two wheels:

    pip download --no-deps --dest wheels hdx-python-country countrygroups
    python tools/delegations.py wheels/hdx_python_country-*.whl wheels/countrygroups-*.whl

From hdx-python-country (MIT), whose table is the taxonomy of countries and territories of the
United Nations Office for the Coordination of Humanitarian Affairs: codes, names, formal names,
other terms, expressions by which a name can be told, and which States are on the list of the
Department for General Assembly and Conference Management (DGACM), which are the Member States.
From countrygroups (CC0): the regional groups. Who is an observer State is in neither: that is from
the guide of the Dag Hammarskjöld Library named at `OBSERVERS`.

What it writes is `src/r2psched/delegations/data.csv`. It stops if two delegations share a name.
"""

from __future__ import annotations

import ast
import csv
import io
import sys
import zipfile
from pathlib import Path

from r2psched.delegations.names import plain

TARGET = Path(__file__).parents[1] / "src" / "r2psched" / "delegations" / "data.csv"
TABLE = "hdx/location/Countries & Territories Taxonomy MVP - C&T Taxonomy.csv"

OBSERVERS = {"PSE", "VAT"}
"""Source: Dag Hammarskjöld Library, "UN Membership: observers": "There are currently two non-member
observer states". https://research.un.org/en/unmembers/observers"""

LANGUAGES = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "ru": "Russian",
    "zh": "Chinese",
    "ar": "Arabic",
}
OTHER_TERMS = [
    "Preferred Term",
    "ISO Alt Term",
    "DGACM Alt Term",
    "HPC Tools Alt Term",
    "RW Short Name",
    "RW API Alt Term",
    *(f"M49 {language}" for language in LANGUAGES.values()),
]
GROUPS = {
    "AFRICAN_GROUP": "African Group",
    "ASIA_PACIFIC_GROUP": "Asia-Pacific Group",
    "EASTERN_EUROPEAN_GROUP": "Eastern European Group",
    "GRULAC": "GRULAC",
    "WEOG": "WEOG",
}
COLUMNS = ["code", "code2", "status", "group", *LANGUAGES, "formal", "also", "pattern"]
HEAD = """\
# States that are members or observers of the United Nations. Written by tools/delegations.py from
# {hdx} (MIT: see LICENSES/MIT-hdx-python-country.txt): codes, names, members, patterns
# {groups} (CC0-1.0): group, left empty where it is none or more than one
# and, for the status of observers: https://research.un.org/en/unmembers/observers
# "also" holds further names, with | between them; each pattern tells whose a name may be.
"""


def packaged(wheel: str, member: str) -> tuple[str, str]:
    """Read a file of a wheel, and say which package and version it is of."""
    name, version, *_ = Path(wheel).name.split("-")
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(member).decode("utf-8"), f"{name.replace('_', '-')} {version}"


def regional_groups(source: str) -> dict[str, list[str]]:
    """Read which regional groups the source states for each code."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            (target,) = node.targets
            if isinstance(target, ast.Name) and target.id == "UN_REGIONAL_GROUPS":
                stated = ast.literal_eval(node.value.args[0])
    found: dict[str, list[str]] = {}
    for group, codes in stated.items():
        for code in codes:
            found.setdefault(code, []).append(GROUPS[group])
    return found


def row(entry: dict[str, str], groups: dict[str, list[str]]) -> dict[str, str]:
    """Make a row out of one of the table."""
    code = entry["ISO 3166-1 Alpha 3-Codes"]
    names = {key: entry[f"{language} Short"] for key, language in LANGUAGES.items()}
    formal = entry["English Formal"]
    known = {plain(name) for name in [*names.values(), formal]}
    also = []
    for term in OTHER_TERMS:
        name = entry[term]
        if plain(name) and plain(name) not in known:
            known.add(plain(name))
            also.append(name)
    stated = groups.get(code, [])
    return {
        "code": code,
        "code2": entry["ISO 3166-1 Alpha 2-Codes"],
        "status": "observer" if code in OBSERVERS else "member",
        "group": stated[0] if len(stated) == 1 else "",
        **names,
        "formal": formal,
        "also": " | ".join(also),
        "pattern": entry["Regex"],
    }


def main(hdx: str, countrygroups: str) -> None:
    """Write the file."""
    table, hdx_version = packaged(hdx, TABLE)
    source, groups_version = packaged(countrygroups, "countrygroups/__init__.py")
    groups = regional_groups(source)
    rows = [
        row({key: value.strip() for key, value in entry.items()}, groups)
        for entry in csv.DictReader(io.StringIO(table))
        if entry["Appears in DGACM list"] == "Y" or entry["ISO 3166-1 Alpha 3-Codes"] in OBSERVERS
    ]
    rows.sort(key=lambda each: each["code"])
    owners: dict[str, str] = {}
    for each in rows:
        names = [each[key] for key in (*LANGUAGES, "formal")] + each["also"].split(" | ")
        for name in filter(None, names):
            if owners.setdefault(plain(name), each["code"]) != each["code"]:
                sys.exit(f"{name!r} is a name of {owners[plain(name)]} and of {each['code']}")
    text = io.StringIO(HEAD.format(hdx=hdx_version, groups=groups_version))
    text.seek(0, io.SEEK_END)
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    TARGET.write_text(text.getvalue(), encoding="utf-8")
    members = [each for each in rows if each["status"] == "member"]
    ungrouped = ", ".join(each["code"] for each in rows if not each["group"])
    print(f"{len(members)} members, {len(rows) - len(members)} observers; no group: {ungrouped}")  # noqa: T201  # for the maintainer


if __name__ == "__main__":
    main(*sys.argv[1:])
