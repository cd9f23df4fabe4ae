"""The few elements of SVG that pictures are made of.

Every text passes `letters.escaped`; nothing has an id or refers to anything, so that any number of pictures
can stand in one page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from orgmodel.reports.drawings.letters import FONT, cut, escaped, printable, width_of

INK: Final = "#14181D"
GREY: Final = "#5B6470"
GRID: Final = "#DDE1E6"
EDGE: Final = "#9AA3AD"
PAPER: Final = "#FFFFFF"
_FULL: Final = 255

Point = tuple[float, float]


def number(value: float) -> str:
    """Return a coordinate, short.

    >>> number(12.0), number(1 / 3)
    ('12', '0.3')
    """
    return f"{value:.1f}".removesuffix(".0")


def picture(parts: Iterable[str], width: float, height: float, alt: str, *, unit: str = "") -> str:
    """Return a whole SVG; with a unit such as ("841mm", "594mm") of paper, else in pixels."""
    across, down = unit.split() if unit else (number(width), number(height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{down}" '
        f'viewBox="0 0 {number(width)} {number(height)}" role="img" aria-label="{escaped(alt)}" '
        f'font-family="{FONT}" font-size="12" fill="{INK}">'
        f"{rectangle(0, 0, width, height, PAPER)}{''.join(parts)}</svg>"
    )


def rectangle(  # four numbers and how it looks
    left: float, top: float, width: float, height: float, fill: str, *, edge: str = "", round_: float = 0
) -> str:
    """Return a filled rectangle."""
    line = f' stroke="{edge}"' if edge else ""
    corner = f' rx="{number(round_)}"' if round_ else ""
    place = f'x="{number(left)}" y="{number(top)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect {place} fill="{fill}"{line}{corner}/>'


def line(points: Sequence[Point], colour: str, *, width: float = 1.0, dash: str = "") -> str:
    """Return a line through points."""
    along = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    look = f'fill="none" stroke="{colour}" stroke-width="{number(width)}"'
    return f'<polyline points="{along}" {look}{dashed}/>'


def circle(x: float, y: float, radius: float, fill: str, edge: str) -> str:
    """Return a dot, or a ring where it is filled like paper."""
    place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    return f'<circle {place} fill="{fill}" stroke="{edge}" stroke-width="2"/>'


def polygon(points: Sequence[Point], fill: str) -> str:
    """Return a filled area."""
    along = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return f'<polygon points="{along}" fill="{fill}"/>'


def text(  # noqa: PLR0913  # how a text looks
    x: float,
    y: float,
    words: str,
    *,
    size: float = 12,
    anchor: str = "start",
    colour: str = "",
    bold: bool = False,
    room: float = 0,
) -> str:
    """Return a text whose base line starts, ends or has its middle at a point; cut where there is no room.

    What was cut is said in full in its title, which browsers show under the mouse.
    """
    shown = cut(words, room, size, bold=bold) if room else printable(words)
    full = f"<title>{escaped(words)}</title>" if shown != printable(words) else ""
    look = f' font-size="{number(size)}"' if size != 12 else ""  # noqa: PLR2004  # as the picture says
    look += f' text-anchor="{anchor}"' if anchor != "start" else ""
    look += f' fill="{colour}"' if colour else ""
    look += ' font-weight="bold"' if bold else ""
    return f'<text x="{number(x)}" y="{number(y)}"{look}>{full}{escaped(shown)}</text>'


def mixed(colour: str, part: float) -> str:
    """Return so much of a colour on white paper, as a colour that covers.

    >>> mixed("#000000", 0.2)
    '#CCCCCC'
    """
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(_FULL + (value - _FULL) * part):02X}" for value in parts)


def legend(items: Sequence[tuple[str, str]], left: float, top: float, right: float) -> tuple[str, float]:
    """Return keys with their words in lines from ``left`` to ``right``, and where they end.

    An item is an SVG of 14 by 14 pixels around the origin's right and below, and its words.
    """
    parts: list[str] = []
    x, y = left, top
    for key, words in items:
        wide = 20 + min(width_of(printable(words), 12), right - left - 20) + 18
        if x > left and x + wide - 18 > right:
            x, y = left, y + 20
        parts.append(f'<g transform="translate({number(x)} {number(y)})">{key}</g>')
        parts.append(text(x + 20, y + 11, words, room=right - x - 18))
        x += wide
    return "".join(parts), (y + 24 if items else top)


def square(fill: str, edge: str = "") -> str:
    """Return the key of an area."""
    return rectangle(0, 1, 13, 13, fill, edge=edge)
