"""Several tops: left as they are, put under one of them, or under a head that is added."""

from __future__ import annotations

from typing import Final

import numpy as np

from orgmodel.importing.managers.forest import Authority, branch_sizes
from orgmodel.importing.notices import Findings, Notice, Severity
from orgmodel.lines import Ints
from orgmodel.wording import counted

#: What the node above all others is called where one is added.
COMMON_ROOT: Final = "Whole organization"
_NAMED_AT_MOST: Final = 5
_MOST: Final = 2 / 3


def settle_roots(authority: Authority, notices: Findings) -> None:
    """Leave several roots as they are, or join them as the reader decides; a notice says what they mean.

    Proposed is that the root with more than two thirds of the nodes becomes the head of the others, if
    somebody holds it and it is a top by more than reporting to itself; else a node above all. In our own
    format the roots are as they were left: then nothing is proposed. Who was made a top by the reader stays
    one. Of a file without managers it is said already that every row is a top.
    """
    reporting = authority.reporting
    roots = np.flatnonzero(authority.bosses < 0)
    if len(roots) <= 1 or (reporting.managers is None and len(roots) == len(authority.bosses)):
        return
    sizes = branch_sizes(authority.bosses)[roots]
    roots = roots[np.lexsort((roots, -sizes))]
    sizes = np.sort(sizes)[::-1]
    head = int(roots[0])
    size = counted(int(sizes[0]), "node")
    options = {
        "leave": "Leave them as they are",
        "head": f"Put the others under {authority.called(head)}, the largest with {size}",
        "common": f'Add a node "{COMMON_ROOT}" above them all',
    }
    proposed = "leave"
    if not reporting.table.literal:
        most = sizes[0] > _MOST * len(authority.bosses)
        leads = most and authority.held()[head] and head not in authority.doubtful
        proposed = "head" if leads else "common"
    answer = notices.decisions.about("several_roots", "", options, "leave", proposed)
    message = f"The chart has {len(roots):,} tops: {_listed(authority, roots, sizes)}. "
    message += "No line joins their branches, so distances between them cannot be measured. "
    message += {
        "leave": "They were left as they are.",
        "head": f"The others were put under {authority.called(head)}, as you decided.",
        "common": f'They were put under a new node "{COMMON_ROOT}", as you decided.',
    }[answer.option]
    _join(authority, roots, answer.option)
    severity: Severity = "info" if reporting.table.literal else "warning"
    notices.append(
        Notice("several_roots", severity, message, column=reporting.header, repairs=answer.repairs)
    )


def _listed(authority: Authority, roots: Ints, sizes: Ints) -> str:
    named = zip(roots[:_NAMED_AT_MOST].tolist(), sizes.tolist(), strict=False)
    shown = ", ".join(f"{authority.called(root)} with {counted(size, 'node')}" for root, size in named)
    more = len(roots) - _NAMED_AT_MOST
    return f"{shown} and {more:,} more" if more > 0 else shown


def _join(authority: Authority, roots: Ints, option: str) -> None:
    if option == "leave":
        return
    head = int(roots[0]) if option == "head" else authority.add([COMMON_ROOT])[0]
    kept = [head, *authority.decided]
    authority.bosses[roots[~np.isin(roots, kept)]] = head
