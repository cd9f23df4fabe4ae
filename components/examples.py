"""The prepared charts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).parent.parent / "data"
#: The prepared charts with what to try, the first one is open at the start.
EXAMPLES: Final = {
    "manufacturer_150.csv": "A maker of gearboxes, 152 people: under Operations or under Sales?",
    "golden_with_service.csv": "The worked example, 13 boxes: small enough to check every number by hand",
    "startup_12.csv": "A young company of 12: the chief executive, Product or Operations",
    "software_400.csv": "A software company, 404 people: support under Technology, Product or Sales",
    "bank_1200.csv": "A bank with regions, 1,182 people: customer service in seven places at once",
    "golden_12.csv": "The worked example without customer service",
}
