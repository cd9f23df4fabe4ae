"""How people and posts of a chart are named in the words about an alternative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orgmodel.explanations import listed, percent
from orgmodel.organization import Organization

_NAMED_AT_MOST: Final = 3


@dataclass(frozen=True, eq=False)
class Names:
    """The names on one chart; rows stand for nodes."""

    organization: Organization

    def person(self, row: int) -> str:
        """Return who somebody is: the name, with the title in brackets."""
        return self.organization.full_label(row)

    def people(self, rows: Sequence[int]) -> str:
        """Return some people, the first few by name."""
        named = [self.person(row) for row in rows[:_NAMED_AT_MOST]]
        if len(rows) > _NAMED_AT_MOST:
            named.append(f"{len(rows) - _NAMED_AT_MOST} more")
        return listed(named)

    def post(self, row: int) -> str:
        """Return the title of a post; who holds it too where several are called so."""
        title = self.organization.titles[row]
        alone = title and (self.organization.titles == title).sum() == 1
        return str(title) if alone else self.person(row)

    def under(self, shares: Mapping[int, float]) -> str:
        """Return a sentence about some bosses with their shares."""
        if len(shares) == 1:
            return f"Under {self.people(list(shares))}."
        named = [f"{self.person(row)}, {percent(share)}" for row, share in shares.items()]
        return f"Under {listed(named)}."
