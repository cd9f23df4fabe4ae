"""How a chart is changed here, in words: what a move keeps, what deleting does, what is undone."""

from __future__ import annotations

from typing import Final

from components.file_rules import show_rules

_RULES: Final = """
**What can be changed, and where?**
On the page *Draw*: in the drawing, in the form and in the table. All three, and the corrections on the page
*Start*, change the same chart, and every number follows. Your file stays as it is.

**What does a move keep?**
Everything below moves along, and further managers and ties stay. If the new manager was a further one before,
the reporting line takes that line's place. Of several moved at once, those who report to each other still do.
Nobody can report to themselves or to somebody below them, over reporting lines or over lines with a share of
the authority; what is refused is refused with its reason, and nothing is changed.

**What does deleting do?**
The box goes, with its further lines and ties. Its reports go up to the nearest manager who stays, or, if you
say so, everybody below goes too. The last box of a chart cannot be deleted.

**What is undone?**
Every step, without limit, until the chart is as it was opened; choosing customer service, parents and
assumptions is no step. A decision about the file afterwards keeps the steps: each is done again to the chart
as it is then, and those that do not fit any more are named and left out.

**When are the changes lost?**
Not when the page is closed or loaded anew: a draft is kept after every change (the page *What is stored* says
how long), and the page *Scenarios* keeps it under a name. Who opens another file, an example or a new chart
meanwhile finds the changed one in the sidebar again.
"""


def show_drawing_rules() -> None:
    """Show how drawing works."""
    show_rules(_RULES)
