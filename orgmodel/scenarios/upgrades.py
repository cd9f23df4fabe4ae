"""Versions of the format, and how what an earlier one holds becomes what this one holds.

A document of any earlier version is brought up one version at a time, each by its own function. When the
format changes, `VERSION` grows, a function is added to `UPGRADES`, and the fixtures of all versions before
stay in the tests for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from orgmodel.errors import OrgModelError, ScenarioError

#: What a document says it is.
FORMAT: Final = "orgmodel-scenario"
#: The version that is written.
VERSION: Final = 1
#: By version what makes a document of it one of the next; the number itself is put in afterwards. A document
#: may hold a part of a scenario only: the chart, or all but the chart.
UPGRADES: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}


def upgraded(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document as one of this version.

    Raises
    ------
    ScenarioError
        It is no scenario, of a newer version, or of none that ever was.

    """
    if data.get("format") != FORMAT:
        raise ScenarioError("This is no saved scenario. Open charts, tables and pictures as a chart.")
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise ScenarioError("This scenario does not say of which version it is, so it cannot be read.")
    if version > VERSION:
        raise ScenarioError(
            f"This scenario was saved by a newer version of this program (format {_short(version)}; this one "
            f"reads up to {VERSION}). Update this program, or open it where it was saved."
        )
    document = dict(data)
    while version < VERSION:
        if version not in UPGRADES:
            raise ScenarioError(f"There never was a format {_short(version)} of saved scenarios.")
        try:
            document = UPGRADES[version](document)
        except (OrgModelError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            raise ScenarioError(
                f"This scenario is of the earlier format {version}, but not as that was: it is damaged."
            ) from error
        version += 1
        document["version"] = version
    return document


def _short(version: int) -> str:
    return f"{version:,}" if abs(version) < 1_000_000 else "with a very large number"  # noqa: PLR2004
