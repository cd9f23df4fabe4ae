"""SQL Server's hierarchyid in hexadecimal digits -> the path it stands for.

The bits of a path are those of its numbers one after the other; each number begins with the mark of the
range it lies in, its own bits have fixed ones between them, and it ends with 1 (with 0 if a dot follows,
as in ``/1.2/``). What is left of the last byte is filled with zeros. The ranges are those that Adam Milazzo
found ("How the SQL Server hierarchyid data type works", 2011) and that Microsoft's open-source readers use.
"""

from __future__ import annotations

import re
from typing import Final

# Of each range: the first number, the bits before the last one (x stands for a bit of the number).
_PATTERNS: Final = (
    (0, "01xx"),
    (4, "100xx"),
    (8, "101xxx"),
    (16, "110xx0x1xxx"),
    (80, "1110xxx0xxx0x1xxx"),
    (1104, "11110xxxxx0xxx0x1xxx"),
    (5200, "111110xxxxxxxxxxxxxxxxxxx0xxxxxx0xxx0x1xxx"),
    (-8, "00111xxx"),
    (-72, "0010xx0x1xxx"),
    (-4168, "000110xxxxx0xxx0x1xxx"),
    (-4294971464, "000101xxxxxxxxxxxxxxxxxxx0xxxxxx0xxx0x1xxx"),
)
_NUMBERS: Final = tuple(
    (first, re.compile(pattern.replace("x", "([01])") + "([01])")) for first, pattern in _PATTERNS
)
_HEX: Final = re.compile(r"(?:0x)?((?:[0-9A-Fa-f]{2})*)")
#: Microsoft's limit: 892 bytes.
_LONGEST: Final = 2 * 892 + 2


def path_of_hierarchyid(text: str) -> tuple[str, ...] | None:
    """Return the numbers on the path from the root, None if the text is no hierarchyid.

    >>> path_of_hierarchyid("58"), path_of_hierarchyid("0x5AC0"), path_of_hierarchyid("5AD6")
    (('1',), ('1', '1'), ('1', '1', '1'))
    >>> path_of_hierarchyid(""), path_of_hierarchyid("Ann")
    ((), None)
    """
    match = _HEX.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    digits = match[1]
    bits = f"{int(digits, 16):0{4 * len(digits)}b}" if digits else ""
    path: list[str] = []
    part, at = "", 0
    while "1" in bits[at:]:
        number = _number(bits, at)
        if number is None:
            return None
        value, ends, at = number
        part += str(value if ends else value - 1)
        if ends:
            path.append(part)
            part = ""
        else:
            part += "."
    return None if part else tuple(path)


def _number(bits: str, at: int) -> tuple[int, bool, int] | None:
    """Return the number at a place, whether it ends a step of the path, and the place after it."""
    for first, pattern in _NUMBERS:
        if match := pattern.match(bits, at):
            *own, last = match.groups()
            return first + int("".join(own), 2), last == "1", match.end()
    return None
