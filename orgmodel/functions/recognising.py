"""Recognising the business function of every node of a chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from orgmodel.functions.reading import RANK, Finds, Phrase, Reader, segments
from orgmodel.lines import Bools, Ints, Texts, frozen
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization, as_organization

_Codes = npt.NDArray[np.int8]

_NOTHING: Final = -1
_FUNCTION_WORDS: Final = np.array([*BUSINESS_FUNCTIONS, ""], dtype=object)  # the last is also [-1]
_CODES: Final = {"": _NOTHING, **{function: code for code, function in enumerate(BUSINESS_FUNCTIONS)}}
_EXECUTIVE: Final = _CODES["executive"]
_LONGEST_QUOTE: Final = 80
_STATED_EVIDENCE: Final = "stated in the chart"
_KEPT: Final = "_function_reading"
#: Share of names with words of the vocabulary from which on they are names of units; ours.
_UNIT_NAMES_AT_LEAST: Final = 0.1


@dataclass(frozen=True, eq=False)
class FunctionReading:
    """The function of every row of a chart, and how it is known.

    Attributes
    ----------
    functions : array of str
        A word of `BUSINESS_FUNCTIONS`, or an empty text where nothing is known.
    sources : array of str
        "stated", "title", "unit" (also the name of a node without a title), "inherited" or "none".
    evidence : array of str
        What told it, such as ``title "VP Sales"``; empty where nothing is known.

    """

    functions: Texts
    sources: Texts
    evidence: Texts


def business_functions(chart: Organization | nx.Graph[Any]) -> FunctionReading:
    """Return the business function of every node: stated, else read, else inherited.

    The first of these that says something decides:

    1. the stated function;
    2. a field or an office in the title ("VP Sales", "Controller");
    3. a field in the unit; of a path or a list ("Engineering; Customer Support") the last part that has one;
    4. general words in the title of a leader ("Head of Operations") and ranks ("Managing Director");
    5. the function of the solid manager, unless that is executive;
    6. general words in anybody's title ("Operations Analyst"), then in the unit;
    7. executive from an executive manager, for a title without a leading rank and without reports.

    A node without a title is usually a unit: its name is read as its unit. At a root, the rank at the top
    of a company (4) comes before the unit (3).

    Two choices are disputable. General words come after the manager, because an "Operations Analyst" below
    the head of sales does sales operations, and an "Application Engineer" below customer support supports
    customers; a leader is asked first because a head of operations may well report to the chief of
    finance. From an executive only assistants and the like inherit: a department head with a title
    nobody knows does not share in the running of the company by reporting to its chief, so nothing
    is said about that head and, further down, only what the texts there say.

    Posts nobody holds are read like the others. Further managers and ties do not count.

    >>> org = Organization.from_columns(
    ...     ["a", "b", "c", "d"],
    ...     [None, "a", "b", "a"],
    ...     titles=["CEO", "Head of Sales Operations", "Analyst", "Head of Widgets"],
    ... )
    >>> reading = business_functions(org)
    >>> list(reading.functions)
    ['executive', 'sales', 'sales', '']
    >>> reading.evidence[2]
    'below "Head of Sales Operations"'

    """
    organization = as_organization(chart)
    # A chart does not change, and every assumption that is tried out asks again.
    if _KEPT not in organization.__dict__:
        organization.__dict__[_KEPT] = _read(organization)
    reading: FunctionReading = organization.__dict__[_KEPT]
    return reading


def _read(organization: Organization) -> FunctionReading:
    if (organization.functions != "").all():
        words = np.array([["stated"], [_STATED_EVIDENCE]], dtype=object)
        return FunctionReading(organization.functions, *map(frozen, words.repeat(len(organization), axis=1)))
    texts = chart_texts(organization)
    told = _told_from_the_top(organization, _own_words(organization, texts))
    return FunctionReading(
        functions=frozen(_FUNCTION_WORDS[told.codes]),
        sources=frozen(_SOURCE_WORDS[told.sources]),
        evidence=frozen(_evidence(organization, texts, told)),
    )


@dataclass(frozen=True, eq=False)
class TextColumn:
    """A column of a chart as its different texts and what was found in each."""

    texts: list[str]
    finds: list[list[Finds]]
    """Per text its segments: one for a title, the parts of the path for a unit or a name."""
    index: Ints
    """Per row the position of its text."""


class ChartTexts(NamedTuple):
    """The three columns that can tell a function."""

    titles: TextColumn
    units: TextColumn
    names: TextColumn
    """Names of nodes without a title; empty for the others, and in a chart whose functions are all stated."""


def chart_texts(organization: Organization) -> ChartTexts:
    """Return what the titles, the units and the names of nodes without a title hold."""
    reader = Reader()
    titles = _column(organization.titles, reader, in_segments=False)
    # Where every function is stated nobody asks for names, of which there may be as many as nodes.
    told = _titled(titles) | bool((organization.functions != "").all())
    names = _column(np.where(told, "", organization.names), reader, in_segments=True)
    units = _column(organization.units, reader, in_segments=True)
    return ChartTexts(titles, units, names if _are_units(names) else _without_surnames(names))


def _are_units(names: TextColumn) -> bool:
    """Return whether names are those of units: more of them hold our words than names of people do."""
    named = [any(finds.phrases for finds in parts) for parts in names.finds if parts]
    return sum(named) >= _UNIT_NAMES_AT_LEAST * len(named)


def _without_surnames(names: TextColumn) -> TextColumn:
    """Return names without single words that may be somebody's, such as Brand, Price or Dev."""
    nothing = Reader().read("")
    kept = [[nothing if _may_be_person(finds) else finds for finds in parts] for parts in names.finds]
    return TextColumn(names.texts, kept, names.index)


def _may_be_person(finds: Finds) -> bool:
    """Return whether all that was found is single words in longer names, none of them of customer service."""
    return not finds.whole and all(len(phrase.words) == 1 and not phrase.service for phrase in finds.phrases)


def _titled(titles: TextColumn) -> Bools:
    """Return which rows have a title with at least one word in it."""
    return np.array([not finds.empty for (finds,) in titles.finds], dtype=bool)[titles.index]


def _column(values: Texts, reader: Reader, *, in_segments: bool) -> TextColumn:
    index, different = pd.factorize(values)
    texts = [str(text) for text in different]
    parts = (segments(text) if in_segments else [text] for text in texts)
    return TextColumn(
        texts, [[reader.read(part) for part in listed] for listed in parts], index.astype(np.int64)
    )


class _OwnWords(NamedTuple):
    """Per row: the function told before the manager is asked, the one told after, and by which column."""

    first: _Codes
    first_source: _Codes
    later: _Codes
    later_source: _Codes
    may_be_executive: Bools


_NONE, _STATED, _TITLE, _UNIT, _NAME, _INHERITED = range(6)
_SOURCE_WORDS: Final = np.array(["none", "stated", "title", "unit", "unit", "inherited"], dtype=object)


def _own_words(organization: Organization, texts: ChartTexts) -> _OwnWords:
    stated = np.array([_CODES[function] for function in organization.functions], dtype=np.int8)
    title_strong, title_weak, ranks, leads = _title_codes(texts.titles)
    unit_strong, unit_weak = _unit_codes(texts.units)
    name_strong, name_weak = _unit_codes(texts.names)
    root = organization.manager < 0
    first, first_source = _first_told(
        (stated, _STATED),
        (title_strong, _TITLE),
        (np.where(ranks & root, title_weak, _NOTHING), _TITLE),
        (unit_strong, _UNIT),
        (name_strong, _NAME),
        (np.where(ranks | leads, title_weak, _NOTHING), _TITLE),
    )
    later, later_source = _first_told((title_weak, _TITLE), (unit_weak, _UNIT), (name_weak, _NAME))
    may_be_executive = _titled(texts.titles) & ~leads & (organization.span_of_control == 0)
    return _OwnWords(first, first_source, later, later_source, may_be_executive)


def _first_told(*told: tuple[_Codes, int]) -> tuple[_Codes, _Codes]:
    """Return per row the first code that is known, and its source."""
    codes, sources = told[0][0].copy(), np.where(told[0][0] >= 0, told[0][1], _NONE)
    for more, source in told[1:]:
        open_rows = (codes < 0) & (more >= 0)
        codes[open_rows], sources[open_rows] = more[open_rows], source
    return codes, sources.astype(np.int8)


def _code(phrase: Phrase | None) -> int:
    return _CODES[phrase.function] if phrase else _NOTHING


def _title_codes(titles: TextColumn) -> tuple[_Codes, _Codes, Bools, Bools]:
    """Return per row: field or office, general word or rank, whether that is a rank, whether it leads."""
    told = []
    for (finds,) in titles.finds:
        is_rank = finds.general is not None and finds.general.strength == RANK
        told.append((_code(finds.field), _code(finds.general), is_rank, finds.leads))
    strong, weak_codes, ranks, leads = np.array(told, dtype=np.int8).reshape(-1, 4)[titles.index].T
    return strong, weak_codes, ranks.astype(bool), leads.astype(bool)


def _unit_codes(units: TextColumn) -> tuple[_Codes, _Codes]:
    """Return per row what the last telling part of the unit says: as a field, and in general words.

    Where no part names a field, a general word that is a whole part ("Operations", "Service") is one.
    """
    told = []
    for parts in units.finds:
        field = whole = general = _NOTHING
        for finds in parts:
            field = _code(finds.field) if finds.field else field
            general = _code(finds.general) if finds.general else general
            whole = general if finds.general and finds.whole else whole
        told.append((field if field >= 0 else whole, general))
    strong_codes, weak_codes = np.array(told, dtype=np.int8).reshape(-1, 2)[units.index].T
    return strong_codes, weak_codes


class _Told(NamedTuple):
    codes: _Codes
    sources: _Codes
    origin: Ints
    """The row whose text or statement tells the function."""


def _told_from_the_top(organization: Organization, own: _OwnWords) -> _Told:
    codes, sources = own.first.copy(), own.first_source.copy()
    origin = np.arange(len(organization), dtype=np.int64)
    for rows in organization.levels:
        boss = organization.manager[rows]
        above = np.where(boss >= 0, codes[boss], _NOTHING)
        mine, source = codes[rows], sources[rows]
        inherited = (mine < 0) & (above >= 0) & (above != _EXECUTIVE)
        later = (mine < 0) & ~inherited & (own.later[rows] >= 0)
        mine[later], source[later] = own.later[rows][later], own.later_source[rows][later]
        inherited |= (mine < 0) & (above == _EXECUTIVE) & own.may_be_executive[rows]
        mine[inherited], source[inherited] = above[inherited], _INHERITED
        codes[rows], sources[rows] = mine, source
        origin[rows[inherited]] = origin[boss[inherited]]
    return _Told(codes, sources, origin)


def _evidence(organization: Organization, texts: ChartTexts, told: _Told) -> Texts:
    evidence = np.full(len(organization), "", dtype=object)
    evidence[told.sources == _STATED] = _STATED_EVIDENCE
    for source, word, column in (
        (_TITLE, "title", texts.titles),
        (_UNIT, "unit", texts.units),
        (_NAME, "name", texts.names),
    ):
        rows = told.sources == source
        quotes = np.array([f"{word} {quoted(text)}" for text in column.texts], dtype=object)
        evidence[rows] = quotes[column.index[rows]]
    rows = told.sources == _INHERITED
    origins, index = np.unique(told.origin[rows], return_inverse=True)
    quotes = np.array([f"below {quoted(title_or_label(organization, row))}" for row in origins], dtype=object)
    evidence[rows] = quotes[index]
    return evidence


def title_or_label(organization: Organization, row: int) -> str:
    """Return the title of a node, or what a reader calls it."""
    return str(organization.titles[row]) or organization.label(row)


def quoted(text: str) -> str:
    """Return a text in quotation marks, on one line and cut to a readable length."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= _LONGEST_QUOTE else f'"{line[:_LONGEST_QUOTE].rstrip()}…"'
