"""How a file is read, in words: formats, columns, what becomes of a row, faults, privacy, limits."""

from __future__ import annotations

import streamlit as st

from orgmodel.importing import DEFAULT_LIMITS
from orgmodel.importing.limits import LEAST_OF_A_ROW, MEMORY_MULTIPLE, NESTED_MEMORY_MULTIPLE, Limits

_RULES = """
**Which files?**
CSV and other text, Excel (new, binary and old), OpenDocument, JSON, GraphML and GEXF. What a file holds tells
its format, not its name. Several files that belong together, such as people and lines, become one chart.

**What is in which column?**
The headers tell it, in six languages, and the cells where they do not. The page *Your chart* says of every
column why; whatever you say there counts more.

**What becomes of a row?**
Exactly one of four things: it is a **node**; it is **merged into another** row of the same person or post; it
is **read as lines** between nodes; or it is **not used**, and a finding says why. The four add up to
the rows of the file. Nodes without a row, such as a manager whom the file only names, are counted apart.

**What if the file is wrong?**
The chart is sound from the first moment: nobody has two solid lines, and no line runs in a circle. What had
to be assumed for that is a finding, with the other ways to meet it. Nothing is decided for good: each way
can be looked at first, and each decision can be taken back.

**What is kept of people?**
Columns of pay are left out unless you keep them. If you wish, names and e-mail addresses become pseudonyms
before anything else is done. What was read, without what is left out, is kept as a draft until you delete it
or have not touched it for 30 days; the file itself is not.

**How large may a file be?**
{megabytes:,} MB ({nested:,} MB of JSON, GraphML and GEXF; a workbook may unpack to {unpacked:,} MB), with
{rows:,} rows and {columns:,} columns, {cells:,} cells in all; up to {files} files together. A larger file is
refused in a sentence that names the limit. In memory, reading takes at most {multiple} times the size of the
file ({nested_multiple} times that of JSON, GraphML and GEXF); a workbook counts as what it unpacks to, a row
as at least {row} bytes.
"""


def file_rules(most_uploaded: int, limits: Limits = DEFAULT_LIMITS) -> str:
    """Return the rules as markdown; ``most_uploaded`` is what the browser may hand over, in MB.

    >>> "50 MB (50 MB of JSON" in file_rules(50)
    True
    """
    return _RULES.format(
        megabytes=min(most_uploaded, limits.bytes >> 20),
        nested=min(most_uploaded, limits.nested_bytes >> 20),
        unpacked=limits.unpacked_bytes >> 20,
        rows=limits.rows,
        columns=limits.columns,
        cells=limits.cells,
        files=limits.files,
        multiple=MEMORY_MULTIPLE,
        nested_multiple=NESTED_MEMORY_MULTIPLE,
        row=LEAST_OF_A_ROW,
    )


def show_rules(rules: str) -> None:
    """Show questions with their answers, each question on a line of its own."""
    st.markdown(rules.replace("?**\n", "?**  \n"))


def show_file_rules() -> None:
    """Show how a file is read."""
    show_rules(file_rules(st.get_option("server.maxUploadSize")))
