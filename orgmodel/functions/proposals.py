"""Which nodes are customer service: proposals with a reason and a certainty; the user decides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import networkx as nx
import numpy as np

from orgmodel.functions.clues import CLEAR, LIKELY, POSSIBLE, Clue, customer_service_clues
from orgmodel.functions.reading import FIELD, original_words
from orgmodel.functions.recognising import ChartTexts, chart_texts, quoted, title_or_label
from orgmodel.functions.scripts import unread_script
from orgmodel.lines import Bools, Ints
from orgmodel.organization import Organization, as_organization

#: A part with this share of a function's people is proposed before the whole.
_DOMINANT: Final = 0.8
#: A part with less than this share of a function's people is not proposed alone.
_SMALL: Final = 0.05

_CERTAINTIES: Final = ("low", "medium", "high")
_MEDIUM: Final = 1


@dataclass(frozen=True)
class Proposal:
    """Nodes that may be customer service together.

    Attributes
    ----------
    ids : tuple of str
        One node, or several where the function is spread over several parents. None is below another.
    name : str
        What the chart calls it.
    reason : str
        Sentences that say what speaks for it and what against.
    certainty : str
        "high": the words mean nothing else, and nothing near them says otherwise; "medium"; "low".

    """

    ids: tuple[str, ...]
    name: str
    reason: str
    certainty: str


def customer_service_proposals(chart: Organization | nx.Graph[Any], limit: int = 10) -> tuple[Proposal, ...]:
    """Return the nodes that are probably customer service, best first; an empty tuple where none is.

    Words in the title, the unit and (of a node without a title) the name speak for a node; other fields
    and telling words beside them ("Estates", "contracted", "design", a unit called IT) against it. Of a
    chain of customer service nodes the top-most is proposed. A stated function needs no words.

    Where several such nodes have different managers, the function is spread: they are proposed together,
    and the larger ones also alone. Where one has 80 % of the people or more, it comes before the whole;
    this share is our choice. A title alone makes no unit: agents whom nobody leads are proposed with a
    certainty one step lower.

    >>> org = Organization.from_columns(
    ...     ["ceo", "coo", "care"],
    ...     [None, "ceo", "coo"],
    ...     titles=["CEO", "COO", "Head of Customer Care"],
    ... )
    >>> proposal = customer_service_proposals(org)[0]
    >>> proposal.ids, proposal.certainty
    (('care',), 'high')

    """
    organization = as_organization(chart)
    texts = chart_texts(organization)
    parts = _parts_by_clarity(organization, texts, customer_service_clues(organization, texts))
    by_words: dict[str, list[_Part]] = defaultdict(list)
    for part in parts[LIKELY]:
        by_words[part.clue.phrase.spelling].append(part)
    ranked = [
        *_of_one_function(organization, parts[CLEAR]),
        *(each for same in by_words.values() for each in _of_one_function(organization, same)),
        *(_alone(organization, part) for part in parts[POSSIBLE]),
    ]
    return tuple(each.proposal for each in sorted(ranked, key=lambda each: each.order)[:limit])


def why_none_is_proposed(chart: Organization | nx.Graph[Any]) -> str:
    """Return the sentence for a chart in which nothing is proposed: its script is unknown, or no word fits.

    >>> org = Organization.from_columns(["a", "b"], [None, "a"], titles=["장관", "고객상담센터장"])
    >>> print(why_none_is_proposed(org))
    Don't know: this chart is written in Korean letters, and the words for customer service are known in
    English, German, French, Spanish, Italian and Dutch only. Please say yourself which node it is.
    """
    if script := unread_script(as_organization(chart)):
        return (
            f"Don't know: this chart is written in {script} letters, and the words for customer service are "
            "known in English, German, French, Spanish, Italian and Dutch only. Please say yourself which "
            "node it is."
        )
    return "Nothing in this chart looks like customer service: no title, unit or name says so."


# ---------------------------------------------------------------------- parts


@dataclass(frozen=True)
class _Part:
    """Nodes proposed together: one node, or agents of one manager."""

    rows: tuple[int, ...]
    clue: Clue
    people: float
    is_unit: bool
    """Somebody leads it or a unit is called so; a lone agent's title is no unit."""
    leads: int = 0
    """The number of clear units below, where the node is proposed for them."""


class _Standing(NamedTuple):
    """Where the nodes with a clue stand to each other, per row."""

    outermost: Ints
    """The highest likely or clear node above, -1 where there is none."""
    below_clear: Bools
    below_any: Bools


def _standing(organization: Organization, clues: dict[int, Clue]) -> _Standing:
    size = len(organization)
    clarity, outermost = np.zeros(size, dtype=np.int8), np.full(size, -1, dtype=np.int64)
    below_clear, below_any = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for row, clue in clues.items():
        clarity[row] = clue.clarity
    for rows in organization.levels[1:]:
        boss = organization.manager[rows]
        itself = np.where(clarity[boss] >= LIKELY, boss, -1)
        outermost[rows] = np.where(outermost[boss] >= 0, outermost[boss], itself)
        below_clear[rows] = below_clear[boss] | (clarity[boss] == CLEAR)
        below_any[rows] = below_any[boss] | (clarity[boss] > 0)
    return _Standing(outermost, below_clear, below_any)


def _parts_by_clarity(
    organization: Organization, texts: ChartTexts, clues: dict[int, Clue]
) -> dict[int, list[_Part]]:
    """Return the parts to propose: top-most nodes, by how clear they are.

    A likely node above several clear units ("Head of Support" above two customer support teams) leads
    them all and stands for them. Above a single one ("Chief Customer Officer" above the head of customer
    service), or where there are doubts ("Head of Sales and Customer Service"), it is a wider reading
    beside the clear units. Single people with general words ("Technical Support Officer") are left out.
    """
    standing = _standing(organization, clues)
    top_most: dict[int, list[int]] = {CLEAR: [], LIKELY: [], POSSIBLE: []}
    inside: dict[int, list[int]] = defaultdict(list)
    for row, clue in sorted(clues.items()):
        outermost = int(standing.outermost[row])
        if clue.clarity == POSSIBLE:
            if not standing.below_any[row]:
                top_most[POSSIBLE].append(row)
        elif outermost < 0:
            top_most[clue.clarity].append(row)
        elif clue.clarity == CLEAR and not standing.below_clear[row]:
            inside[outermost].append(row)
    maker = _PartMaker(organization, texts, clues)
    parts = {clarity: maker.parts(rows) for clarity, rows in top_most.items()}
    parts[POSSIBLE] = [part for part in parts[POSSIBLE] if _is_more_than_a_hint(organization, part)]
    for leader, rows in inside.items():
        units = [part for part in maker.parts(rows) if part.is_unit]
        if len(units) == 1 or clues[leader].doubts:
            parts[CLEAR] += units
        elif units:
            led = next(part for part in parts[LIKELY] if leader in part.rows)
            parts[LIKELY].remove(led)
            parts[CLEAR].append(replace(led, leads=len(units)))
    return parts


class _PartMaker:
    """Makes parts of rows: a unit alone, agents together with their colleagues of the same manager."""

    def __init__(self, organization: Organization, texts: ChartTexts, clues: dict[int, Clue]) -> None:
        self._organization, self._titles, self._clues = organization, texts.titles, clues
        self._people = organization.headcount + organization.below(organization.headcount)

    def parts(self, rows: Sequence[int]) -> list[_Part]:
        """Return the rows as parts."""
        parts: list[_Part] = []
        agents: dict[tuple[int, Clue], list[int]] = defaultdict(list)
        for row in rows:
            if self._is_unit(row):
                parts.append(_Part((row,), self._clues[row], float(self._people[row]), is_unit=True))
            else:
                agents[int(self._organization.manager[row]), self._clues[row]].append(row)
        for (_, clue), together in agents.items():
            people = float(self._people[together].sum())
            parts.append(_Part(tuple(together), clue, people, is_unit=False))
        return parts

    def _is_unit(self, row: int) -> bool:
        if self._organization.span_of_control[row]:
            return True
        clue = self._clues[row]
        # "Director Support" may support a director.
        leads = self._titles.finds[self._titles.index[row]][0].leads and not clue.phrase.alone
        return leads or clue.column != "title"


# ---------------------------------------------------------------------- proposals


class _Ranked(NamedTuple):
    order: tuple[int, int, float, int]
    """Certainty, whether a better proposal of the same function comes before, people, row: least first."""
    proposal: Proposal


def _of_one_function(organization: Organization, parts: list[_Part]) -> Iterator[_Ranked]:
    """Yield the proposals for one function: the whole, where it is spread, and its larger parts alone."""
    units = [part for part in parts if part.is_unit]
    spread = units or parts
    if units:
        yield from (_alone(organization, part) for part in parts if not part.is_unit)
    if len(spread) <= 1:
        yield from (_alone(organization, part) for part in spread)
        return
    people = sum(part.people for part in spread)
    dominant = next((part for part in spread if part.people >= _DOMINANT * people > 0), None)
    if dominant:
        yield _alone(organization, dominant)
    yield _together(organization, spread, dominated=dominant is not None)
    for part in spread:
        if part is not dominant and part.people >= _SMALL * people and _can_be_alone(organization, part):
            yield _alone(organization, part, of=len(spread))


def _can_be_alone(organization: Organization, part: _Part) -> bool:
    """Return whether it is more than one of many people who say the same unit."""
    return part.people > 1 or part.clue.column != "unit" or bool(organization.span_of_control[part.rows[0]])


def _is_more_than_a_hint(organization: Organization, part: _Part) -> bool:
    return part.clue.phrase.strength >= FIELD or (part.is_unit and _can_be_alone(organization, part))


def _certainty(part: _Part) -> int:
    """Return the position in `_CERTAINTIES`: that of the words, one less for agents whom nobody leads."""
    clarity = CLEAR if part.leads else part.clue.clarity
    return max(clarity - POSSIBLE - (not part.is_unit), 0)


def _alone(organization: Organization, part: _Part, of: int = 1) -> _Ranked:
    """Return the proposal of one part; ``of`` is the number of parts its function is spread over."""
    certainty = min(_certainty(part), _MEDIUM) if of > 1 else _certainty(part)
    sentences = [_what_says_so(organization, part), _where_it_stands(organization, part)]
    if part.leads:
        sentences.append(f"It leads {part.leads} units that clearly are customer service.")
    if of > 1:
        sentences.append(f"It is one of {of} parts of a function that is spread over the chart.")
    if part.clue.doubts:
        sentences.append(f"But {', or '.join(part.clue.doubts)}.")
    names = Counter(title_or_label(organization, row) for row in part.rows)
    others = "" if len(names) == 1 else " and others"
    name = f"{names.most_common(1)[0][0]}{others}"
    return _ranked(organization, part.rows, name, sentences, (certainty, int(of > 1), part.people))


def _together(organization: Organization, parts: list[_Part], *, dominated: bool) -> _Ranked:
    """Return the proposal of a function that is spread over several parents."""
    rows = tuple(sorted(row for part in parts for row in part.rows))
    words = list(dict.fromkeys(filter(None, (_words(organization, part) for part in parts))))
    said = f"say {_listed(words)}" if words else "are stated as customer service"
    people = sum(part.people for part in parts)
    sentences = [
        f"{len(rows)} nodes {said}. They {_reporting(organization, rows)}.",
        f"Together they are {_people(people)} with everybody below.",
    ]
    if dominated:
        sentences.append("Most of them are in one part, which is proposed before.")
    spellings = {part.clue.phrase.spelling for part in parts}
    name = f"{spellings.pop().capitalize() if len(spellings) == 1 else ''}" or "Customer service"
    certainty = min(_certainty(part) for part in parts)
    return _ranked(
        organization, rows, f"{name} ({len(rows)} nodes)", sentences, (certainty, int(dominated), people)
    )


def _ranked(
    organization: Organization,
    rows: tuple[int, ...],
    name: str,
    sentences: list[str],
    rank: tuple[int, int, float],
) -> _Ranked:
    certainty, second, people = rank
    ids = tuple(str(organization.ids[row]) for row in rows)
    proposal = Proposal(ids, " ".join(name.split()), " ".join(sentences), _CERTAINTIES[certainty])
    return _Ranked((-certainty, second, -people, rows[0]), proposal)


# ---------------------------------------------------------------------- sentences


def _words(organization: Organization, part: _Part) -> str:
    """Return the words that say customer service, in quotation marks, as the chart writes them."""
    if part.clue.column == "stated":
        return ""
    column = {"title": organization.titles, "unit": organization.units, "name": organization.names}
    return quoted(original_words(str(column[part.clue.column][part.rows[0]]), part.clue.phrase))


def _what_says_so(organization: Organization, part: _Part) -> str:
    if part.clue.column == "stated":
        return "The chart states that it is customer service."
    if len(part.rows) > 1:
        return f"{len(part.rows)} nodes say {_words(organization, part)} in the {part.clue.column}."
    return f"The {part.clue.column} says {_words(organization, part)}."


def _where_it_stands(organization: Organization, part: _Part) -> str:
    first = part.rows[0]
    boss = _boss(organization, first)
    if len(part.rows) > 1:
        return f"They report to {boss}, and nobody of customer service leads them."
    below = part.people - float(organization.headcount[first])
    who = f"has {_people(below)} below" if organization.span_of_control[first] else "has nobody below"
    return f"It {who} and reports to {boss}."


def _boss(organization: Organization, row: int) -> str:
    manager = int(organization.manager[row])
    return quoted(title_or_label(organization, manager)) if manager >= 0 else "nobody in this chart"


def _reporting(organization: Organization, rows: Iterable[int]) -> str:
    """Return "report to 3 managers" and so on."""
    managers = Counter(int(organization.manager[row]) for row in rows)
    roots = managers.pop(-1, 0)
    known = (
        _boss(organization, next(row for row in rows if organization.manager[row] >= 0)) if managers else ""
    )
    bosses = f"{len(managers)} managers" if len(managers) > 1 else known
    if not roots:
        return f"report to {bosses}"
    return (
        f"report to {bosses}; {roots} {'has' if roots == 1 else 'have'} no manager in this chart"
        if managers
        else "report to nobody in this chart"
    )


def _people(count: float) -> str:
    return "1 person" if round(count) == 1 else f"{round(count):,} people"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
