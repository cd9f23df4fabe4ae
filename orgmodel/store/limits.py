"""What one owner may keep."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one owner may keep and make; 0 is no limit.

    Attributes
    ----------
    kept_bytes : int
        How much he may keep, as `Holdings` counts it.
    links_per_hour : int
        How many links he may make in an hour, revoked ones included.

    """

    kept_bytes: int = 0
    links_per_hour: int = 0


NO_LIMITS: Final = Limits()
