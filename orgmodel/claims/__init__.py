"""What is said about the reporting structures, judged on one chart.

* `orgmodel.claims.table`: every claim, with what can tell whether it is so;
* `orgmodel.claims.measures`: the numbers of a placement that can tell;
* `orgmodel.claims.judging`: `judged_claims`, the claims about one alternative with their verdicts.
"""

from orgmodel.claims.judging import FAILS, HOLDS, UNKNOWN, Judged, holds, judged, judged_claims
from orgmodel.claims.measures import MEASURES, Case, Measure
from orgmodel.claims.table import CLAIMS, Claim

__all__ = [
    "CLAIMS",
    "FAILS",
    "HOLDS",
    "MEASURES",
    "UNKNOWN",
    "Case",
    "Claim",
    "Judged",
    "Measure",
    "holds",
    "judged",
    "judged_claims",
]
