"""Pasted text -> new nodes: an indented list, or two columns of a spreadsheet (person and manager)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from orgmodel.errors import OrganizationError
from orgmodel.importing.columns.headers import role_of
from orgmodel.importing.writing.own_rows import sound
from orgmodel.operations import NewNode, free_ids
from orgmodel.wording import quoted

_TAB: Final = 4  # columns; only whether a line stands further in than another one counts
_BULLET: Final = re.compile(r"[-–—*•◦▪‣·]\s+|[-–—*•◦▪‣·]\Z")
_NUMBER: Final = re.compile(r"(\d+(?:\.\d+)+)[.)]?(?:\s+|\Z)|(\d+)[.)](?:\s+|\Z)")
_NAME_AND_TITLE: Final = (
    re.compile(r"(?P<name>[^()]+?)\s*\((?P<title>[^()]+)\)"),
    re.compile(r"(?P<name>.+?)\s+[-–—]\s+(?P<title>.+)"),
    re.compile(r"(?P<name>[^,]+?)\s*,\s+(?P<title>.+)"),
)
_IN_CELLS: Final = re.compile(r"\S.*\t.*\S")
_COLUMNS: Final = 2
_LONGEST: Final = 1000  # characters; longer ones would be slow to take apart
_NAMED_AT_MOST: Final = 5


class _Line(NamedTuple):
    """What stands in one line: its number in the text, how far in it stands, the words."""

    number: int
    depth: int
    text: str


def nodes_from_outline(text: str, taken_ids: Collection[str], manager: str = "") -> tuple[NewNode, ...]:
    r"""Return the nodes of a pasted text, managers first; those at its top report to ``manager``.

    *A list*: a line that stands further in than one before it reports to that one. Tabs, spaces, bullets
    and numbers (``1.2``) may show it. *Two columns*, separated by tabs: person and manager in either order,
    with headers or not; whoever is only named as a manager becomes a node too. Lines that cannot be names
    are left out (`lines_without_names`).

    "Name, Title", "Name - Title" and "Name (Title)" are taken apart. Ids are the first of ``new-1``,
    ``new-2`` ... that are not in ``taken_ids``.

    Raises
    ------
    OrganizationError
        Names the line: there is no text, a line without a name, a person who stands there twice, people
        who report to one another in a circle, more than two columns.

    >>> [(node.id, node.manager, node.name) for node in nodes_from_outline("Ann, CEO\n  Bob", ["new-1"])]
    [('new-2', None, 'Ann'), ('new-3', 'new-2', 'Bob')]

    """
    lines = _lines(text)
    if not lines:
        raise OrganizationError("There is no text to make boxes of. Paste one line per person or unit.")
    for number, line in lines:
        if len(line) > _LONGEST:
            raise OrganizationError(
                f"Line {number:,} is longer than {_LONGEST:,} characters; that is no name."
            )
    in_columns = _in_columns(lines)
    lines = [(number, line) for number, line in lines if _may_be_name(line, in_columns=in_columns)]
    if not lines:
        raise OrganizationError("No line looks like a name: there is no letter in any of them.")
    names, above = _from_columns(lines) if in_columns else _from_list(lines)
    ids = free_ids(taken_ids)
    made: list[str] = []
    nodes = []
    for name, boss in zip(names, above, strict=True):
        made.append(next(ids))
        label, title = _name_and_title(name)
        nodes.append(NewNode(made[-1], (made[boss] if boss >= 0 else manager) or None, label, title))
    return tuple(nodes)


def lines_without_names(text: str) -> tuple[tuple[int, str], ...]:
    r"""Return the lines of a pasted text that `nodes_from_outline` leaves out, each with its number.

    In a list these are the lines without a letter; in two columns, where ids may stand for people, those
    without a letter or a digit.

    >>> lines_without_names("Ann\n,,,,\n  Bob")
    ((2, ',,,,'),)
    """
    lines = _lines(text)
    in_columns = _in_columns(lines)
    return tuple(
        (number, line.strip()) for number, line in lines if not _may_be_name(line, in_columns=in_columns)
    )


def _lines(text: str) -> list[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(sound(text).splitlines(), start=1) if line.strip()]


def _in_columns(lines: Sequence[tuple[int, str]]) -> bool:
    return any(_IN_CELLS.search(_unmarked(line.strip())[0]) for _, line in lines)


def _may_be_name(line: str, *, in_columns: bool) -> bool:
    return any(map(str.isalnum if in_columns else str.isalpha, line))


def _name_and_title(text: str) -> tuple[str, str]:
    for pattern in _NAME_AND_TITLE:
        if found := pattern.fullmatch(text):
            return found["name"], found["title"].strip()
    return text, ""


# ---------------------------------------------------------------------- a list


def _from_list(lines: Sequence[tuple[int, str]]) -> tuple[list[str], list[int]]:
    """Return the text of each line and the place of the line it reports to, -1 for none."""
    read = [_read(number, line) for number, line in lines]
    if len({line.depth for line, _ in read}) == 1 and all(level for _, level in read):
        read = [(line._replace(depth=level), level) for line, level in read]  # the numbers alone say it
    above: list[int] = []
    open_lines: list[int] = []  # the line before, the one it reports to, and so on up
    for place, (line, _) in enumerate(read):
        while open_lines and read[open_lines[-1]][0].depth >= line.depth:
            open_lines.pop()
        above.append(open_lines[-1] if open_lines else -1)
        open_lines.append(place)
    return [line.text for line, _ in read], above


def _read(number: int, line: str) -> tuple[_Line, int]:
    """Return what stands in a line, and the level its number shows."""
    line = line.expandtabs(_TAB).rstrip()
    text = line.lstrip()
    depth = len(line) - len(text)
    text, level = _unmarked(text)
    if not text:
        raise OrganizationError(f"Line {number:,} has no name.")
    return _Line(number, depth, text), level


def _unmarked(text: str) -> tuple[str, int]:
    """Return a line without its bullet or number, and the level the number shows (``1.2``: 2; 0: none)."""
    if found := _BULLET.match(text):
        return text[found.end() :], 0
    if found := _NUMBER.match(text):
        return text[found.end() :], (found[1] or "").count(".") + 1
    return text, 0


# ---------------------------------------------------------------------- two columns


def _from_columns(lines: Sequence[tuple[int, str]]) -> tuple[list[str], list[int]]:
    """Return the people, managers first, and the place of the manager of each, -1 for none."""
    rows = [(number, [cell.strip() for cell in line.split("\t")]) for number, line in lines]
    for number, cells in rows:
        if any(cells[_COLUMNS:]):
            raise OrganizationError(
                f"Line {number:,} has more than two columns. Paste two: who it is, and who that reports to."
            )
    pairs = [(number, cells[0], cells[1] if len(cells) > 1 else "") for number, cells in rows]
    roles = [role_of(cell) for cell in pairs[0][1:]]
    if headers := "manager" in roles and all(roles):
        pairs = pairs[1:]
    manager_first = roles[0] == "manager" if headers else _is_manager_first(pairs)
    if manager_first:
        pairs = [(number, person, boss) for number, boss, person in pairs]
    return _in_order(pairs)


def _is_manager_first(pairs: Sequence[tuple[int, str, str]]) -> bool:
    """Return whether managers stand in the first column: people stand once, managers often or not at all."""
    first, second = [_key(one) for _, one, _ in pairs], [_key(other) for _, _, other in pairs]
    return (
        (not all(first) or len(set(first)) < len(first)) and all(second) and len(set(second)) == len(second)
    )


def _in_order(pairs: Sequence[tuple[int, str, str]]) -> tuple[list[str], list[int]]:
    line_of: dict[str, int] = {}
    text_of: dict[str, str] = {}
    boss_of: dict[str, str] = {}
    for number, person, boss in pairs:
        key = _key(person)
        if not key:
            raise OrganizationError(f"Line {number:,} names a manager ({quoted(boss)}), but nobody below.")
        if key in line_of:
            raise OrganizationError(
                f"Line {number:,}: {quoted(person)} stands in line {line_of[key]:,} already. "
                "Everybody has one line."
            )
        line_of[key], text_of[key], boss_of[key] = number, person, _key(boss)
    for _, _, boss in pairs:
        if boss and _key(boss) not in text_of:
            text_of[_key(boss)], boss_of[_key(boss)] = boss, ""
    place: dict[str, int] = {}
    for start in text_of:
        chain: dict[str, None] = {}
        key = start
        while key and key not in place:
            if key in chain:
                circle = list(chain)[list(chain).index(key) :]
                way = " reports to ".join(quoted(text_of[one]) for one in (*circle[:_NAMED_AT_MOST], key))
                raise OrganizationError(f"Line {line_of[key]:,} closes a circle: {way}.")
            chain[key] = None
            key = boss_of[key]
        for one in reversed(chain):
            place[one] = len(place)
    return [text_of[key] for key in place], [place.get(boss_of[key], -1) for key in place]


def _key(text: str) -> str:
    """Return what a person is found by: the name, however it is written."""
    return " ".join(_name_and_title(text)[0].casefold().split())
