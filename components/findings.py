"""The findings about a file as a screen groups them: by kind, worst first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from components.text import plain
from orgmodel.importing import NOTICE_CODES, Notice, Repair
from orgmodel.wording import counted

#: A name in a title, with what is said about it in brackets.
_NAMED: Final = re.compile(r'"[^"]*"(?: \([^)]*\))*')
#: The beginning of a sentence about several rows, of which the notice has the first.
_MANY: Final = re.compile(r"(?!1 )\d")
SEVERITIES: Final = ("error", "warning", "info")


@dataclass
class Kind:
    """All findings of one code; ``severity`` is the worst of them."""

    code: str
    severity: str = "info"
    found: list[Notice] = field(default_factory=list)

    @property
    def about(self) -> str:
        """What the kind is about."""
        return NOTICE_CODES.get(self.code, self.code)

    @property
    def decidable(self) -> bool:
        """Whether there is something to choose."""
        return any(notice.repairs for notice in self.found)

    @property
    def title(self) -> str:
        """What stands over them, harmless: the sentence of a single one, else the kind and how many."""
        if len(self.found) == 1:
            return plain(sentence(self.found[0]))
        look = sum(map(needs_a_look, self.found))
        part = f", {look:,} to look at" if 0 < look < len(self.found) else ""
        return f"{self.about} **{counted(len(self.found), 'finding')}{part}**"

    @property
    def waiting(self) -> bool:
        """Whether something else is proposed for some of them than what the chart has."""
        return not all(map(is_as_proposed, self.found))

    def ways_for_all(self) -> dict[str, str]:
        """Return the options that every finding of the kind has, with what they are called."""
        titles: dict[str, Counter[str]] = {}
        common: list[str] | None = None
        for notice in self.found:
            if not notice.repairs:
                continue
            options = {repair.choice.option: repair.title for repair in notice.repairs}
            common = [option for option in (options if common is None else common) if option in options]
            for option, title in options.items():
                titles.setdefault(option, Counter())[title] += 1
        return {option: _title_of_all(titles[option]) for option in common or ()}


def _title_of_all(titles: Counter[str]) -> str:
    """Return what a way is called for all findings: names that differ from one to the next are left open."""
    if len(titles) == 1:
        return next(iter(titles))
    general: Counter[str] = Counter()
    for title, number in titles.items():
        general[_NAMED.sub("…", title)] += number
    return general.most_common(1)[0][0]


def needs_a_look(notice: Notice) -> bool:
    """Return whether a reader should look at it: more than information, or met otherwise than proposed."""
    return notice.severity != "info" or not is_as_proposed(notice)


def kinds_of(notices: Iterable[Notice]) -> list[Kind]:
    """Return the findings by code, worst first, then those with most of them."""
    kinds: dict[str, Kind] = {}
    for notice in notices:
        kind = kinds.setdefault(notice.code, Kind(notice.code))
        kind.found.append(notice)
        kind.severity = min(kind.severity, notice.severity, key=SEVERITIES.index)
    for kind in kinds.values():
        kind.found.sort(key=lambda notice: SEVERITIES.index(notice.severity))
    return sorted(
        kinds.values(),
        key=lambda kind: (SEVERITIES.index(kind.severity), not kind.decidable, -len(kind.found)),
    )


def applied(notice: Notice) -> Repair | None:
    """Return the way that the chart has, where there is a choice."""
    return next((repair for repair in notice.repairs if repair.applied), None)


def is_as_proposed(notice: Notice) -> bool:
    """Return whether the chart has what is proposed for a finding, or there is nothing to choose."""
    return not any(repair.proposed and not repair.applied for repair in notice.repairs)


def sentence(notice: Notice) -> str:
    """Return the sentence of a finding, with its row before it where it does not say it itself."""
    if notice.row is None or f"row {notice.row}" in notice.message.lower() or "rows " in notice.message:
        return notice.message
    if _MANY.match(notice.message):
        return f"{notice.message} First seen in row {notice.row}."
    return f"Row {notice.row}: {notice.message}"


def place_text(notice: Notice) -> str:
    """Return where in the file a finding is, harmless, as far as its sentence does not say it."""
    said = sentence(notice)
    parts = [
        "" if notice.row is None or "row" in said.lower() else f"row {notice.row}",
        "" if notice.column is None or notice.column in said else f'column "{notice.column}"',
        "" if notice.value is None or notice.value in said else f'cell "{_cut(notice.value)}"',
    ]
    return " · ".join(plain(part) for part in parts if part)


def matching(notices: Sequence[Notice], words: str) -> list[Notice]:
    """Return the findings in which every one of the words is."""
    wanted = words.casefold().split()
    if not wanted:
        return list(notices)
    return [
        notice
        for notice in notices
        if all(word in f"{sentence(notice)} {notice.value or ''}".casefold() for word in wanted)
    ]


def _cut(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
