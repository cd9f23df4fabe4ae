"""The alternatives: the reporting structures as they would be on one chart.

* `orgmodel.alternatives.structures`: the structures, as a table;
* `orgmodel.alternatives.sibling_heads`: who are the heads of regions and of product teams;
* `orgmodel.alternatives.names`: how people are named in the words about an alternative;
* `orgmodel.alternatives.instantiation`: `alternatives`, the structures with the people of a chart in them.
"""

from orgmodel.alternatives.instantiation import Alternative, Alternatives, Missing, alternatives
from orgmodel.alternatives.sibling_heads import SiblingHeads, regional_heads, team_heads
from orgmodel.alternatives.structures import FUNCTION_OF, STRUCTURES, Structure

__all__ = [
    "FUNCTION_OF",
    "STRUCTURES",
    "Alternative",
    "Alternatives",
    "Missing",
    "SiblingHeads",
    "Structure",
    "alternatives",
    "regional_heads",
    "team_heads",
]
