"""Charts to start from when there is no file yet. They were written for this project."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from orgmodel.errors import OrganizationError
from orgmodel.importing import read_organization
from orgmodel.organization import Organization

_FOLDER: Final = Path(__file__).parent.parent / "data" / "templates"


class Template(NamedTuple):
    """What a reader is told of a chart to start from."""

    title: str
    describes: str


#: The charts to start from, the smallest first.
TEMPLATES: Final[Mapping[str, Template]] = {
    "one_box": Template("One box", "A managing director. Everything else is yours to add."),
    "startup": Template("Start-up", "12 people. One person serves the customers, in sales."),
    "functional": Template(
        "Functional", "One head per function. Customer service has a head of its own, in operations."
    ),
    "divisional": Template(
        "Divisional",
        "Three divisions with sales, operations and customer service each; finance, IT and HR are shared.",
    ),
    "regional": Template(
        "Regional",
        "Regions with countries. Each country has its customer service, with one set of standards for all.",
    ),
    "make_to_order": Template(
        "Make-to-order plant",
        "Every order is planned by itself: an order desk in sales, production planning in the plant, "
        "complaints apart.",
    ),
}


def template(key: str) -> Organization:
    """Return a chart to start from; ``key`` is one of `TEMPLATES`.

    Raises
    ------
    OrganizationError
        There is no template of that name.

    >>> len(template("startup"))
    12

    """
    if key not in TEMPLATES:
        raise OrganizationError(f'"{key}" is no chart to start from; these are: {", ".join(TEMPLATES)}.')
    return read_organization(_FOLDER / f"{key}.csv").organization
