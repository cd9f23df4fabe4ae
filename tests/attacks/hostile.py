"""Texts that want to be something else, in every field that a chart, a scenario or a file name has."""

import csv
import io

from orgmodel.document import Document
from orgmodel.edits import Edit
from orgmodel.importing import ImportReport, read_organization
from orgmodel.placement import Placement
from orgmodel.questionnaire import Answers, Reply
from orgmodel.scenarios import Scenario

#: Markdown, HTML, pseudo-HTML of plotly, TeX, icons, colours, addresses: each would show if it were followed.
MARKUP = (
    "<b>bold</b>[x](javascript:alert(1))![i](http://evil.example/p)$x$`cc`:red[r]:material/home: "
    "<img src=x onerror=alert(1)> *i* ~~s~~ www.evil.example"
)
SCRIPT = "</title></style></script><script>alert(1)</script><svg onload=alert(1)>"
#: Formulas of spreadsheets, and commands of the languages that reports are set in.
FORMULA = '=HYPERLINK("http://evil.example","x")'
COMMANDS = '#set page(width: 1pt); #read("/etc/passwd") #link("http://evil.example") {{ 7 * 7 }}'
#: Text that turns around, rings, or is no text at all for some programs.
STRANGE = "Anna \u202egro.live\u202c \x07 \u2028 ]]> &amp; _x0041_ \ufffe"
#: A name of nothing but a direct order to a spreadsheet.
DDE = "@SUM(1+1)*cmd|' /C calc'!A0"
HOSTILE = (MARKUP, SCRIPT, FORMULA, COMMANDS, STRANGE, DDE)
#: Names of files that lead elsewhere, mean a device, or are no names.
PATHS = (
    "../../../etc/passwd",
    "..\\..\\windows\\system32\\x",
    "C:\\x",
    "/etc/passwd",
    "CON",
    "nul.txt",
    "COM1",
    "report\u202efdp.exe",
    "a\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>",
    'a"; filename="b.exe',
    "a\x00b",
    "🎉" * 300,
    "n" * 300,
    ".",
    "..",
    " ",
    "~/.bashrc",
    "-rf",
    "$(id)`id`;|&",
    "a\x7f\x85\u2028b",
)

_HEADER = ("id", "name", "title", "unit", "manager_id", "location", "email", "salary", f"note {MARKUP}")
_PEOPLE = (  # the words by which functions are recognised, and who reports to whom
    ("1", "Chief Executive", ""),
    ("2", "Head of Sales", "1"),
    ("3", "Head of Operations", "1"),
    ("4", "Head of Customer Service", "2"),
    ("5", "Clerk", "4"),
    ("6", "Planner", "3"),
    ("7", "Clerk", "99"),  # a manager who is not in the file: the doctor has to ask
)


def table(texts: tuple[str, ...] = (MARKUP,)) -> bytes:
    """Return a chart as CSV whose every cell is hostile."""
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(_HEADER)
    for at, (number, title, boss) in enumerate(_PEOPLE):
        text = texts[at % len(texts)]
        rows.writerow((number, text, f"{title} {text}", text, boss, text, text, "1000", text))
    return written.getvalue().encode()


def read(texts: tuple[str, ...] = (MARKUP,), filename: str = "") -> ImportReport:
    """Return how that chart is read."""
    return read_organization(table(texts), filename=filename or f"{texts[0]}.csv")


def scenario(texts: tuple[str, ...] = (MARKUP,)) -> Scenario:
    """Return a scenario that is hostile in every field, with a placement and a change."""
    text = texts[0]
    opened = Document.of(read(texts).organization).do(Edit(("6",), "title", f"Planning {text}"))
    return Scenario(
        name=text,
        notes="\n".join(texts),
        document=opened,
        unit=("4",),
        placement=Placement.under("3"),
        added=(Placement.new_department("1", f"New {text}"),),
        answers=Answers({"ops_errors": Reply("yes"), "sales_again": Reply("partly", "guess")}),
        settings={"chart_name": text, "saved": ["x", 1, text, True], "owner": "me", text: text},
        filename=f"{text}.csv",
    )
