"""Notices: what was found in a file and what was assumed, one sentence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from orgmodel.importing.decisions import Choice, Decisions, Repair

Severity = Literal["info", "warning", "error"]

#: Every code a `Notice` can carry, with what it is about; a screen groups the notices by it.
NOTICE_CODES: Final[Mapping[str, str]] = {
    "encoding": "The bytes are not UTF-8; another encoding was assumed.",
    "quotes": "A quotation mark is opened and never closed; quotation marks were read as ordinary text.",
    "sheets": "The workbook has further sheets, which were not read.",
    "lines_above_header": "Comments or title lines above the header.",
    "second_header": "A second header line under the first.",
    "no_header": "The first line is already data; what the columns hold was told from their cells.",
    "index_column": "A column of row numbers without a name was left out.",
    "unnamed_column": "A column without a name was kept under its position.",
    "renamed_column": "A column was kept under another name, because its own is taken.",
    "long_row": "A row has more cells than the header.",
    "short_row": "A row has fewer cells than the header.",
    "blank_rows": "Empty rows, not counted as rows of data.",
    "row_rejected": "A row was not made a node; the reason is given.",
    "shifted_row": "The cells of a row stand one column too far left or right.",
    "template_row": "A row seems to be left in from a template.",
    "mapping": "The mapping names columns that the file does not have.",
    "pay_dropped": "Columns of pay were left out before anything was kept.",
    "personal_dropped": "Columns about persons were left out, because pseudonyms were asked for.",
    "pseudonyms": "Names and e-mail addresses were replaced by pseudonyms.",
    "tables_joined": "How several tables were put together.",
    "edges": "A table of lines was read as managers, further managers or ties.",
    "path": "The managers were told from a path or from one column per level.",
    "manager_column": "Which column holds the managers, and in which column they are found.",
    "no_manager_column": "No column says who reports to whom.",
    "managers_not_found": "Most values of the manager column are not found in the file.",
    "manager_columns_disagree": "Two manager columns name different managers.",
    "id_column": "Where the ids come from, if there is no column of ids.",
    "id_missing": "A row without an id was given one.",
    "duplicate_row": "A row that repeats another one was merged into it.",
    "duplicate_line": "A row that repeats another one but for the manager became a further line.",
    "duplicate_id": "Different rows with one id; all but one were given a new id.",
    "pointed_number": "Ids are numbers with a point on one side (12.0) and without on the other.",
    "leading_zeros": "Managers were found after leading zeros were ignored.",
    "loose_match": "Managers were found under another spelling or in another column.",
    "ambiguous_manager": "A manager's name fits several rows.",
    "several_managers": "A cell names several managers; the first is the solid one, the others are dotted.",
    "self_reference": "A row names itself as its manager.",
    "outside_manager": "The manager of the top row is not in the file.",
    "missing_manager": "A manager is not in the file and was added as a placeholder.",
    "manager": "A manager the reader has said.",
    "implausible_manager": "A manager looks wrong; the reason is given.",
    "several_roots": "The chart has more than one top.",
    "cycle": "Managers report to each other in a circle; one line was left out.",
    "vacancy": "Posts marked as vacant or eliminated.",
    "undisclosed_name": "Names that are not disclosed; the posts are held.",
    "headcount": "A headcount is not a number of 0 or more.",
    "function": "The function column holds other words than the business functions.",
    "further_manager": "A further manager could not be taken as written.",
    "tie": "A tie could not be taken as written.",
}


#: Notices of one code that are listed one by one.
LISTED_OF_A_CODE: Final = 2000


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence about the file: what was found and what was assumed.

    Attributes
    ----------
    code
        A key of `NOTICE_CODES`.
    severity
        ``info``: nothing to decide. ``warning``: an assumption that should be looked at. ``error``: the
        file contradicts itself; the chart shown is one way out.
    row
        Line of the file as its reader counts (1 = first line); the first one if it is about several.
    column, value
        Header and cell at fault, where there is one.
    repairs
        The ways to meet it: which the chart has, which is proposed. Empty where nothing is to be decided.

    """

    code: str
    severity: Severity
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    repairs: tuple[Repair, ...] = ()

    @property
    def file(self) -> str | None:
        """The file of the row, where several were read together."""
        return getattr(self.row, "file", None)


class Findings(list[Notice]):
    """The notices of one import as they come up, and what the reader has decided about such findings.

    A room that does something by default asks ``findings.decisions.about(...)`` first, and gives the ways
    to meet the finding to its notice. Of one code so many notices are kept as a reader can look through
    (`LISTED_OF_A_CODE`); the others are counted, or a file of two million equal rows would fill the memory.
    """

    def __init__(self, notices: Iterable[Notice] = (), choices: Sequence[Choice] = ()) -> None:
        """Start with the notices of the rooms before."""
        super().__init__(notices)
        self.decisions = Decisions(choices)
        self._number: Counter[str] = Counter()

    def append(self, notice: Notice) -> None:
        """Add a notice, or count it if there are very many of its code."""
        self._number[notice.code] += 1
        if self._number[notice.code] <= LISTED_OF_A_CODE:
            super().append(notice)

    def closed(self) -> tuple[Notice, ...]:
        """Return the notices, with one for those of each code that are counted only."""
        more = [
            Notice(
                code,
                "warning",
                f"{number - LISTED_OF_A_CODE:,} more findings of this kind are not listed one by one. They "
                "were treated in the same way, and a decision about all of this kind holds for them too.",
            )
            for code, number in self._number.items()
            if number > LISTED_OF_A_CODE
        ]
        return (*self, *more)
