"""Text that came from anywhere -> JSON values that are safe to look at.

What is returned holds named values, lists, sound texts, finite numbers and nothing else, not deeply nested
and not many. So whoever reads it need only ask whether a value is of the kind that is expected.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping
from typing import Any, Final

from orgmodel.errors import ScenarioError

#: What is read at most, in bytes: a chart of 300,000 people with names and titles. In memory it may take 15
#: times as much while it is read.
MOST_BYTES: Final = 50_000_000
#: Objects and lists; each takes far more memory than its two signs.
_MOST_PARTS: Final = 1_500_000
_DEEPEST: Final = 50
_LONGEST_NUMBER: Final = 300  # digits; a longer one is no number that can be computed with
_DAMAGED: Final = "This is no saved scenario, or it is damaged"


def parsed(data: object, most: int = MOST_BYTES) -> dict[str, Any]:
    """Return what a text, bytes or an object from `json.loads` holds; it must be named values.

    Raises
    ------
    ScenarioError
        It is no JSON, too large, too deeply nested, or holds what JSON has no word for.

    """
    value = _decoded(data, most) if isinstance(data, str | bytes | bytearray) else data
    if not isinstance(value, Mapping):
        raise ScenarioError(f"{_DAMAGED}: named values are expected, this is {said(value)}.")
    check_values(value)
    return dict(value)


def _decoded(data: str | bytes | bytearray, most: int) -> Any:  # noqa: ANN401  # any JSON value
    if len(data) > most:
        raise ScenarioError(
            f"This is too large: {len(data) / 1e6:,.1f} MB. At most {most / 1e6:,.1f} MB are read."
        )
    parts = (
        data.count("[") + data.count("{") if isinstance(data, str) else data.count(b"[") + data.count(b"{")
    )
    if parts > _MOST_PARTS:
        raise ScenarioError(f"This holds more than {_MOST_PARTS:,} parts, the most that are read.")
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        return _DECODER.decode(text)
    except UnicodeDecodeError:
        raise ScenarioError(f"{_DAMAGED}: it is no text (UTF-8).") from None
    except RecursionError:
        raise ScenarioError(f"{_DAMAGED}: it is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise ScenarioError(
            f"{_DAMAGED}: it cannot be read from line {error.lineno:,}, sign {error.colno:,} on."
        ) from None


def _whole_number(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise ScenarioError(f"{_DAMAGED}: it holds a number of {len(text):,} digits.")
    return int(text)


def _no_number(text: str) -> float:
    raise ScenarioError(f"{_DAMAGED}: {text} is no number.")


_DECODER: Final = json.JSONDecoder(parse_int=_whole_number, parse_constant=_no_number)


def check_values(value: object) -> None:
    """Check that a value is one of JSON, all the way down.

    Raises
    ------
    ScenarioError
        The sentence names what is wrong.

    """
    level: list[object] = [value]
    for _ in range(_DEEPEST):
        below: list[object] = []
        for part in level:
            if type(part) is list:
                below += part
            elif isinstance(part, Mapping):
                below += part.values()
                _check_names(part)
            else:
                _check_value(part)
        if not below:
            return
        level = below
    raise ScenarioError(f"{_DAMAGED}: it is nested more than {_DEEPEST} levels deep.")


def _check_names(part: Mapping[Any, Any]) -> None:
    for name in part:
        if not isinstance(name, str):
            raise ScenarioError(f"{_DAMAGED}: names of values are texts, not {said(name)}.")
        _check_value(name)


def _check_value(value: object) -> None:
    if isinstance(value, str):
        if not value.isascii() and not is_sound(value):
            raise ScenarioError(f"{_DAMAGED}: a text in it holds half of a sign.")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ScenarioError(f"{_DAMAGED}: a number in it is larger than any that can be computed with.")
    elif isinstance(value, int):
        if value.bit_length() > _LONGEST_NUMBER * 3:
            raise ScenarioError(f"{_DAMAGED}: a number in it is larger than any that can be computed with.")
    elif value is not None:
        raise ScenarioError(f"{_DAMAGED}: {said(value)} is nothing that can be kept.")


def is_sound(text: str) -> bool:
    """Return whether UTF-8 can hold a text: it has no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def said(value: object) -> str:
    """Return what kind of value this is, as a sentence can say it."""
    if isinstance(value, Mapping):
        return "a group of named values"
    kinds = {str: "a text", list: "a list", bool: "yes or no", int: "a number", float: "a number"}
    return "nothing" if value is None else kinds.get(type(value), "something else")


def inflated(data: bytes, most: int) -> bytes:
    """Return what compressed bytes hold, at most so many: a small file may unpack to a thousand times.

    Raises
    ------
    ScenarioError
        It is damaged, cut off, goes on after its end, or holds more.

    """
    stream = zlib.decompressobj()
    try:
        held = stream.decompress(data, most + 1)
    except zlib.error:
        raise ScenarioError(f"{_DAMAGED}: it cannot be unpacked.") from None
    if len(held) > most:
        raise ScenarioError(f"This unpacks to more than {most / 1e6:,.1f} MB, the most that is read.")
    if not stream.eof or stream.unused_data:
        raise ScenarioError(f"{_DAMAGED}: it is not complete. Was all of it copied?")
    return held
