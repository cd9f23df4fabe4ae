"""A scenario as a text for the address of a page: it travels wholly in the link, and no server keeps it.

The text is a sign for the way it is packed, then base64 in the alphabet that addresses take (RFC 4648,
section 5), of compact JSON in the zlib format (RFC 1950), whose checksum shows whether the text was altered.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from typing import Final

from orgmodel.errors import ScenarioError
from orgmodel.scenarios.chart_forms import compact
from orgmodel.scenarios.parsing import inflated, parsed
from orgmodel.scenarios.scenario import Scenario, operations_in, scenario_from_json, scenario_to_json

#: Longer texts do not get through mail programs, chats and proxies unharmed; a stored link serves instead.
LONGEST_PACKED: Final = 6_000
_WAY: Final = "1"
_LONGEST_READ: Final = 20_000
_MOST_BYTES: Final = 1_000_000
#: What a link carries is opened by a click, before anybody knows what it is: it must not take long.
_MOST_OPERATIONS: Final = 1_000
_SIGNS: Final = re.compile(r"[A-Za-z0-9_-]+")
_DAMAGED: Final = "This link is not complete, or it was altered. Copy all of it once more."


def pack(scenario: Scenario) -> str:
    """Return a scenario as a text of letters, digits, ``-`` and ``_``; `unpack` makes an equal one of it.

    Whether a link with it still works everywhere shows `LONGEST_PACKED`; more than 20,000 characters are
    not read.
    """
    return _text_of(zlib.compress(compact(scenario_to_json(scenario)), level=9))


def _text_of(packed: bytes) -> str:
    return _WAY + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def unpack(text: str) -> Scenario:
    """Return the scenario that `pack` was given.

    Raises
    ------
    ScenarioError
        The text is cut off, altered, too long, unpacks to too much, or was packed by a newer program.

    """
    if len(text) > _LONGEST_READ:
        raise ScenarioError(
            f"This link is too long: {len(text):,} characters. At most {_LONGEST_READ:,} are read; ask for a "
            "stored link or a file."
        )
    if not _SIGNS.fullmatch(text):
        raise ScenarioError(_DAMAGED)
    if not text.startswith(_WAY):
        raise ScenarioError("This link was made by a newer version of this program, or it was altered.")
    body = text.removeprefix(_WAY)
    try:
        packed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except (binascii.Error, ValueError):
        raise ScenarioError(_DAMAGED) from None
    if _text_of(packed) != text:  # the last sign may have bits to spare
        raise ScenarioError(_DAMAGED)
    whole = parsed(inflated(packed, _MOST_BYTES), _MOST_BYTES)
    if (steps := operations_in(whole)) > _MOST_OPERATIONS:
        raise ScenarioError(
            f"This link carries {steps:,} steps; at most {_MOST_OPERATIONS:,} are done again. Ask for a file."
        )
    return scenario_from_json(whole)
