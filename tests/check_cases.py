"""Files in which the rules on delegations and procedures speak, and next to them do not."""

from __future__ import annotations

ONE = '[[sessions]]\nid = "one"\ntitle = "One"\ntime = "10:00-11:00"\n'
SPEAKERS = ONE + "[sessions.speakers]\n"
LISTED = 'sessions[1] "One": speakers'
LIMIT = 'limit = "3 min"\n'


def listed(*inscriptions: str) -> str:
    """Write a list of inscriptions, each as the inside of a table or as a name; ids are given."""
    rows = [
        f"{{ id = 'i{n}', {each if '=' in each else f'delegation = {each!r}'} }}"
        for n, each in enumerate(inscriptions, 1)
    ]
    return f"inscriptions = [{', '.join(rows)}]\n"


def ruled(rules: str, list_of: str, session: str = "") -> str:
    """Write a programme whose one list is under a procedure of its own."""
    return f"procedure = {{ {rules} }}\n{ONE}{session}[sessions.speakers]\n{list_of}"


STATES = ("France", "Chile", "Denmark")
TWO_STATES = ("delegation = 'Chile'", "delegation = 'Fiji'")
OBSERVERS = "limit = { default = '3 min', categories = { observer = '2 min' } }\n"
PARTIES = listed(
    "speaker = 'Ann', traits = { Party = 'Labour' }",
    "speaker = 'Bo', traits = { Party = 'Conservatives' }",
)


def by_party(order: str, trait: str = "party") -> str:
    """Write a list of two parties, whose order names them."""
    rule = f"{{ rule = 'in-turn', trait = '{trait}', order = [{order}] }}"
    return ruled(f"order = [{rule}]", LIMIT + PARTIES)


def divided(shares: str) -> str:
    """Write a list of one party that divides an hour."""
    labour = PARTIES.replace("Conservatives", "Labour")
    return f"{ONE}shares = {{ {shares} }}\n[sessions.speakers]\n{LIMIT}{labour}"


MANY = tuple(f"Group {n}" for n in range(31))

MAILED = listed("delegation = 'Chile', email = 'chile@example.org'")
ORGANISED = 'organiser = { name = "Desk", email = "desk@example.org" }\n'

# Each rule with a file in which it speaks, one next to it in which nothing does, and its words.
MORE_CASES = {
    "no-address-to-answer": (
        SPEAKERS + LIMIT + MAILED,
        ORGANISED + SPEAKERS + LIMIT + MAILED,
        (
            f'warning [no-address-to-answer] organiser: {LISTED}.inscriptions[1] "Chile" can be '
            "invited by mail, and nobody can be answered; give the organiser an address: "
            'organiser = { name = "…", email = "…" }'
        ),
    ),
    "secretariat-without-address": (
        'contacts = { name = "Desk", invite = true }\n' + ONE,
        'contacts = { name = "Desk" }\n' + ONE,
        (
            'warning [secretariat-without-address] contacts: "Desk": is to be invited, and has no '
            'address; give one: email = "…", or take invite = true out'
        ),
    ),
    "invited-anyway": (
        ONE + 'chair = { name = "Mara Lind", invite = true }\n',
        ONE + 'chair = { name = "Mara Lind" }\n',
        (
            'note [invited-anyway] sessions[1] "One": chair "Mara Lind": has invite = true, which '
            "only says of contacts that they are invited; take it out: whoever has a part in a "
            "session is invited to it in any case"
        ),
    ),
    "inscribed-twice": (
        SPEAKERS + LIMIT + listed(*STATES, "FRA"),
        SPEAKERS + LIMIT + listed(*STATES, "delegation = 'FRA', on_behalf = 'EU'"),
        (
            f'warning [inscribed-twice] {LISTED}.inscriptions[4] "FRA": France is inscribed twice '
            'for itself: as number 1, "France", and as number 4, "FRA"; remove one of the two, or '
            'say for which group it speaks: on_behalf = "…"'
        ),
    ),
    "unknown-delegation": (
        SPEAKERS + LIMIT + listed(*STATES, "Lybia"),
        SPEAKERS + LIMIT + listed("Friends of the Park", "Ana Ruiz", "Denmark", "Lybia"),
        (
            f'note [unknown-delegation] {LISTED}.inscriptions[4] "Lybia": is no name of a State '
            "that is recognised, so rules take it as it is written; did you mean Libya?"
        ),
    ),
    "unknown-level": (
        ruled("order = ['level']", LIMIT + listed("delegation = 'Chile', level = 'Minster'")),
        ruled("order = ['level']", LIMIT + listed("delegation = 'Chile', level = 'The Ministers'")),
        (
            f'note [unknown-level] {LISTED}.inscriptions[1] "Chile": the level "Minster" is not '
            'ranked, and stands behind those that are; did you mean "Minister"?'
        ),
    ),
    "misspelt-category": (
        SPEAKERS + OBSERVERS + listed(*(f"{each}, category = 'Obsever'" for each in TWO_STATES)),
        SPEAKERS + OBSERVERS + listed("delegation = 'Chile', category = ' Observer'"),
        (
            f'warning [misspelt-category] {LISTED}.inscriptions[1] "Chile": the category '
            '"Obsever", 2 speakers, has no limit of its own; did you mean "observer"?'
        ),
    ),
    "unknown-category": (
        ruled(OBSERVERS.strip(), listed(*(f"{each}, category = 'NGO'" for each in TWO_STATES))),
        SPEAKERS + OBSERVERS + listed("delegation = 'Chile', category = 'NGO'"),
        (
            f"note [unknown-category] {LISTED}: categories that have no limit of their own: "
            '"NGO" (2); nothing to do if that is meant'
        ),
    ),
    "misspelt-group": (
        by_party("'Labour', 'Conservativs'"),
        by_party("'labour', 'CONSERVATIVES'"),
        (
            f'warning [misspelt-group] {LISTED}: in-turn: no speaker has the party "Conservativs"; '
            'did you mean "Conservatives"?'
        ),
    ),
    "unknown-group": (
        by_party("'Labour', 'Greens'"),
        by_party("'Labour'"),
        (
            f'note [unknown-group] {LISTED}: in-turn: no speaker has the party "Greens"; nothing '
            "to do if that is meant"
        ),
    ),
    "missing-trait": (
        by_party("'Labour'", "group"),
        by_party("'Labour'", "PARTY"),
        (
            f'warning [missing-trait] {LISTED}: in-turn: 2 of 2 have no trait "group"; there is '
            '"Party"; state it, or correct trait = "…"'
        ),
    ),
    "share-without-group": (
        divided("by = 'Partei', groups = { Labour = 1 }"),
        divided("by = 'party', groups = { Labour = 1 }"),
        (
            'warning [share-without-group] sessions[1] "One": shares: 2 of 2 have no trait '
            '"Partei"; there is "Party"; name what tells groups: by = "…"'
        ),
    ),
    "shares-exceed-floor": (
        divided("by = 'party', time = '61 min', groups = { Labour = 1 }"),
        divided("by = 'party', time = '60 min', groups = { Labour = 1 }"),
        (
            'warning [shares-exceed-floor] sessions[1] "One": shares: 1 h 1 min is divided, and '
            "the floor time is 1 h; shorten time, or lengthen a block"
        ),
    ),
    "unknown-region": (
        ruled("order = ['in-turn']", LIMIT + listed("Chile", "River Watch", "Red Cross")),
        ruled("order = ['in-turn']", LIMIT + listed("Chile")),
        (
            f'note [unknown-region] {LISTED}.inscriptions[2] "River Watch": has no regional group '
            "that is known, nor have 1 more: it has its turn behind all groups; state it: "
            'traits = { "regional group" = "…" }'
        ),
    ),
    "limits-change-outside": (
        SPEAKERS + LIMIT + "limits = [{ from = '11:00', default = '2 min' }]\n",
        SPEAKERS + LIMIT + "limits = [{ from = '10:00', default = '2 min' }]\n",
        (
            f"warning [limits-change-outside] {LISTED}: limits change 2014-09-08 11:00, after it "
            "ends at 2014-09-08 11:00; correct the moment, or remove what never applies"
        ),
    ),
    "no-seed": (
        ruled("order = ['lots']", LIMIT + listed("Chile")),
        ruled("order = ['lots']", LIMIT + "seed = 'Monday'\n" + listed("Chile")),
        (
            f'error [no-seed] {LISTED}: lots need a seed; write seed = "…" in the list, such as '
            "the date and the purpose, and announce it before the draw"
        ),
    ),
    "reply-before-others": (
        SPEAKERS + LIMIT + listed("Ann", "delegation = 'Bo', category = 'right of reply'", "Cy"),
        SPEAKERS + LIMIT + listed("Ann", "Cy", "delegation = 'Bo', category = 'right of reply'"),
        (
            f"warning [reply-before-others] {LISTED}: the reply of Bo, number 2, stands before "
            "number 3, Cy, on the same day; withdraw the reply and give it again: r2psched list "
            "FILE reply NAME --day …"
        ),
    ),
    "procedure-step": (
        ruled(
            "when_too_long = [{ step = 'limits', limit = '1 min' }]",
            "limit = '2 min'\n" + listed(*MANY),
        ),
        ruled(
            "when_too_long = [{ step = 'limits', limit = '1 min' }]",
            "limit = '2 min'\n" + listed(*MANY[1:]),
        ),
        (
            f"note [procedure-step] {LISTED}: not enough: limits of 2 min (30 of 31 are heard: it "
            "would take 2 min more); own goes on to limits of 1 min: 31 of 31 are heard; tell the "
            "speakers before the list is called"
        ),
    ),
}
