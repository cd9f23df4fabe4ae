"""The reporting structures: the kinds of places where customer service is found, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Structure(NamedTuple):
    """One reporting structure: what it is called, and whom customer service reports to in it."""

    title: str
    reports_to: str


#: Every structure by key, the commonest first. ``rotation`` is a plan over time, no single placement.
STRUCTURES: Final[Mapping[str, Structure]] = MappingProxyType(
    {
        "sales": Structure("Sales", "the head of sales"),
        "operations": Structure("Operations", "the head of operations, the traditional home"),
        "marketing": Structure("Marketing", "the head of marketing"),
        "chief_executive": Structure("Chief executive", "whoever leads the company"),
        "cross_functional": Structure("Several departments together", "several heads with equal shares"),
        "merged_with_sales": Structure(
            "Merged with sales", "nobody of its own: the sales teams serve customers themselves"
        ),
        "outsourced": Structure("Outside provider", "a provider whose contract somebody oversees"),
        "it": Structure("IT", "the head of IT"),
        "human_resources": Structure("Human resources", "the head of human resources"),
        "finance": Structure("Finance", "the head of finance"),
        "regional": Structure("Regions", "regional or country heads, a part each"),
        "agile": Structure("Product teams", "product, stream or team leads, a part each"),
        "own_department": Structure("Department of its own", "the top, through a head of its own"),
        "rotation": Structure("Rotation", "one department after another, the most urgent goal first"),
    }
)

#: The structures in which the head of one function is the boss.
FUNCTION_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sales": "sales",
        "operations": "operations",
        "marketing": "marketing",
        "it": "it",
        "human_resources": "hr",
        "finance": "finance",
    }
)
