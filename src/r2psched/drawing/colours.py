"""Colours by what they are for, in light and in dark surroundings."""

from __future__ import annotations

__all__ = ["DARK", "LIGHT", "painted", "style"]

LIGHT = {
    "paper": "#ffffff",
    "ink": "#14202e",
    "muted": "#4d5a68",
    "panel": "#f1f4f8",
    "line": "#d3dae2",
    "hatch": "#a3afbc",
    "gauge": "#76848f",
    "band": "#6288bb",
    "tint": "#dfe8f4",
}
DARK = {
    "paper": "#12171d",
    "ink": "#edf2f7",
    "muted": "#aab6c3",
    "panel": "#1c242d",
    "line": "#333e4a",
    "hatch": "#5d6b7a",
    "gauge": "#8795a3",
    "band": "#5f86b8",
    "tint": "#24384f",
}


def painted(fill: str | None = None, stroke: str | None = None) -> dict[str, str]:
    """Give the attributes that paint an element, light ones where nothing is known of the screen.

    Args:
        fill: What the inside is for, such as "band"; None leaves it empty.
        stroke: What the outline is for; None draws none.

    >>> painted("band")
    {'class_': 'fill-band', 'fill': '#6288bb'}
    """
    classes = [f"fill-{fill}"] if fill else []
    found = {"fill": LIGHT[fill] if fill else "none"}
    if stroke:
        classes.append(f"stroke-{stroke}")
        found["stroke"] = LIGHT[stroke]
    return {"class_": " ".join(classes), **found}


def style(ident: str) -> str:
    """Write the rules that turn one picture dark on a dark screen, never in print.

    Args:
        ident: The id of the picture: a page that holds it keeps its own colours.
    """
    rules = "".join(
        f"#{ident} .{what}-{name}{{{what}:{colour}}}"
        for name, colour in DARK.items()
        for what in ("fill", "stroke")
    )
    return f"@media screen and (prefers-color-scheme:dark){{{rules}}}"
