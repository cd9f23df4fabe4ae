"""The charts that are measured: the examples of the project, and a real one where it is at hand."""

from pathlib import Path
from typing import NamedTuple

from tests.real_data import REAL_DATA

_PROJECT = Path(__file__).parents[1]


class Chart(NamedTuple):
    """A file to measure."""

    name: str
    content: bytes


def charts() -> list[Chart]:
    """Return an example of 1,182 people and, where present, HMRC 2015 (5,005 posts)."""
    paths = [_PROJECT / "data/bank_1200.csv", REAL_DATA / "uk_2015/hmrc.csv"]
    return [Chart(path.name, path.read_bytes()) for path in paths if path.exists()]
