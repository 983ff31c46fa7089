"""A programme made in Python, and its calendars.

Makes a meeting in a few lines, checks it, and writes two files: the agenda for everybody, and the
invitation of one speaker, which names nobody else. The hours are those of the dialogue of 2014;
the speakers and all addresses are made up.

Run it with `python examples/agenda.py [FOLDER]`; without a folder it writes into a new temporary
one, and it prints where.
"""

import sys
import tempfile
from pathlib import Path

import r2psched as r2

day = r2.Day("2014-09-08", zone="America/New_York")
meeting = r2.Programme(
    id="r2p-2014-sketch",
    title="Fulfilling our collective responsibility",
    status="tentative",
    revised=day.at("2014-07-31 12:00"),
    venue="United Nations Headquarters, New York",
    room="Trusteeship Council Chamber",
    organiser=r2.Person("Office of the President", email="office@example.org"),
    documents=["A/RES/63/308", "A/63/677"],
    sessions=[
        r2.Session("Opening remarks", day("10:00-10:20"), id="opening", kind="opening"),
        r2.Session("Panel discussion", day("10:20-10:50"), id="panel", kind="panel"),
        r2.Session(
            "Interactive dialogue",
            [day("10:50-13:00"), day("15:00-17:50")],
            id="floor",
            kind="dialogue",
            speakers=r2.SpeakerList(
                [
                    r2.Inscription("Chile", id="chile"),
                    r2.Inscription("Denmark", id="denmark", email="mission@example.org"),
                    r2.Inscription("Fiji", id="fiji", on_behalf="a group of islands"),
                ],
                limits=r2.SpeakingLimits("3 min", on_behalf="5 min"),
            ),
        ),
        r2.Session("Concluding remarks", day("17:50-18:00"), id="closing", kind="closing"),
    ],
)

print(meeting)
print()
print(f"check: {r2.check(meeting)}")
print()

order = meeting["floor"].running_order()
print(order)
print()

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="r2psched-"))
folder.mkdir(parents=True, exist_ok=True)
for name, data in {
    "agenda.ics": r2.agenda(meeting),
    "denmark.ics": r2.invitation(meeting, order["Denmark"]),
}.items():
    (folder / name).write_bytes(data)
    print(f"written: {folder / name}")
