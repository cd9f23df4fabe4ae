"""What others get to see of a scenario: what tells who somebody is, or earns, only if it is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Final, NamedTuple

import numpy as np

from orgmodel.assumptions import Assumptions
from orgmodel.document import Document
from orgmodel.edits import Add, Connect, Disconnect, Edit, Move, Operation, Remove, Several
from orgmodel.errors import OrgModelError
from orgmodel.functions import business_functions
from orgmodel.importing.privacy.sensitive_headers import speaks_of_pay
from orgmodel.lines import FurtherManager, Texts, Tie, frozen_texts, tie_lines
from orgmodel.operations import NewNode
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.scenarios.anonymous_texts import Anonymous, is_of_nobody
from orgmodel.scenarios.scenario import Scenario

_TEXTS: Final = ("titles", "units", "locations", "statuses")
_CELLS: Final = ("title", "unit", "location", "status")


class Fields(NamedTuple):
    """What is shared besides the chart, the answers and the result; by default nothing."""

    names: bool = False
    pay: bool = False
    notes: bool = False
    columns: bool = False
    history: bool = False


#: The words of a screen for them.
FIELD_TITLES: Final[Mapping[str, str]] = {
    "names": "Names of people",
    "pay": "What people earn",
    "notes": "Notes",
    "columns": "Further columns",
    "history": "The changes made to the chart",
}


def shared(scenario: Scenario, fields: Fields) -> Scenario:
    """Return a scenario with what was chosen to be shared, and nothing else.

    Without *names* boxes have numbers as ids, in the order of the chart; every word of a name, and every
    e-mail address, is left out of all other texts too. Names of units ("Sales East") stay. Where a title no
    longer says what somebody does, the function that was recognised is written down, so that results stay.

    *Pay* are the columns that speak of it; *columns* all others that are no column of a chart. Without the
    *history* it is the chart as it is now, and nothing tells what was changed. What was chosen on pages is
    never shared.

    >>> org = Organization.from_columns(["lee", "kim"], [None, "lee"], names=["Ann Lee", "Bo Kim"],
    ...                                 titles=["CEO", "Assistant to Ann Lee"])
    >>> chart = shared(Scenario(document=Document.of(org)), Fields()).organization
    >>> chart.ids.tolist(), chart.names.tolist(), chart.titles.tolist()
    (['1', '2'], ['', ''], ['CEO', 'Assistant to …'])
    """
    document = scenario.document
    steps = (*document.steps, *document.undone)
    if not fields.history:
        document = Document.of(scenario.organization)
    # An id such as new-1 tells that a box was added.
    renumbered = not fields.names or (bool(steps) and not fields.history)
    hidden = _Hidden(scenario, document, fields, renumbered=renumbered)
    return replace(
        scenario,
        name=hidden.text(scenario.name),
        notes=hidden.text(scenario.notes) if fields.notes else "",
        document=hidden.document(document),
        unit=tuple(map(hidden.id, scenario.unit)),
        placement=next(hidden.placements([scenario.placement]), None),
        added=tuple(hidden.placements(scenario.added)),
        assumptions=hidden.assumptions(scenario.assumptions),
        settings={},
        filename=scenario.filename if fields.names else "",
    )


class _Hidden:
    """Texts, ids and columns as others get to see them."""

    def __init__(self, scenario: Scenario, document: Document, fields: Fields, *, renumbered: bool) -> None:
        """Find out which names there are and which number every box gets."""
        self._fields = fields
        steps = [step.operation for step in (*scenario.document.steps, *scenario.document.undone)]
        # The chart as it was opened may have been made by others: whoever was in it then counts too.
        charts = (scenario.document.base, scenario.organization)
        self._clean = None
        if not fields.names:
            names = chain.from_iterable((*(chart.names for chart in charts), _names_in(steps)))
            self._clean = Anonymous(names, _texts_of(scenario, charts, steps))
        self._numbers: dict[str, str] | None = None
        if renumbered:
            shown = [step.operation for step in (*document.steps, *document.undone)]
            ids = chain(document.base.ids.tolist(), (node.id for node in _added(shown)))
            self._numbers = {node: str(row) for row, node in enumerate(dict.fromkeys(ids), start=1)}

    def text(self, text: str) -> str:
        """Return a text without the names that are not shared."""
        return self._clean(text) if self._clean else text

    def id(self, node: str) -> str:
        """Return the id under which a box is shared; empty for nobody and for boxes that are not."""
        return node if self._numbers is None else self._numbers.get(node, "")

    def _name(self, name: str) -> str:
        return name if self._fields.names or is_of_nobody(name) else ""

    def _shares(self, column: str) -> bool:
        """Return whether a further column is shared; one whose header has a name in it is not."""
        wanted = self._fields.pay if speaks_of_pay(column) else self._fields.columns
        return wanted and self.text(column) == column

    def _value(self, value: object) -> object:
        if value is None or self._clean is None:
            return value
        text = str(value)
        return value if (clean := self._clean(text)) == text else clean

    # ------------------------------------------------------------------ the chart and its steps

    def document(self, document: Document) -> Document:
        """Return the chart as it was opened with its steps done again, without those that say nothing now."""
        told = Document.of(self._chart(document.base))
        done = 0
        for steps in (document.steps, document.undone):
            done = len(told.steps)
            for step in steps:
                try:
                    told = told.do(self._operation(step.operation))
                except OrgModelError:  # a step back and forth of what is not shared
                    continue
        while len(told.steps) > done:
            told = told.undo()
        return told

    def _chart(self, chart: Organization) -> Organization:
        ids = chart.ids if self._numbers is None else frozen_texts(map(self.id, chart.ids))
        row_of = {node: row for row, node in enumerate(ids.tolist())}
        told = replace(
            chart,
            ids=ids,
            names=frozen_texts(map(self._name, chart.names)),
            titles=frozen_texts(map(self.text, chart.titles)),
            units=frozen_texts(map(self.text, chart.units)),
            locations=frozen_texts(map(self.text, chart.locations)),
            statuses=frozen_texts(map(self.text, chart.statuses)),
            ties=tie_lines(map(self._tie, chart.tie_list), row_of),
            attributes={
                key: frozen_texts(map(self._value, column))
                for key, column in chart.attributes.items()
                if self._shares(key)
            },
        )
        return told if self._clean is None else replace(told, functions=_functions(chart, told))

    def _tie(self, tie: Tie) -> Tie:
        return Tie(self.id(tie.a), self.id(tie.b), tie.weight, self.text(tie.relation))

    def _line(self, line: FurtherManager | Tie) -> FurtherManager | Tie:
        if isinstance(line, Tie):
            return self._tie(line)
        return line._replace(report=self.id(line.report), manager=self.id(line.manager))

    def _node(self, node: NewNode) -> NewNode:
        return replace(
            node,
            id=self.id(node.id),
            manager=self.id(node.manager) if node.manager else None,
            name=self._name(node.name),
            title=self.text(node.title),
            unit=self.text(node.unit),
            location=self.text(node.location),
            status=self.text(node.status),
            attributes={
                key: self._value(value) for key, value in node.attributes.items() if self._shares(key)
            },
        )

    def _operation(self, operation: Operation) -> Operation:  # noqa: PLR0911  # one a kind
        match operation:
            case Several(operations):
                return Several(tuple(map(self._operation, operations)))
            case Add(nodes):
                return Add(tuple(map(self._node, nodes)))
            case Connect(line) | Disconnect(line):
                return replace(operation, line=self._line(line))
            case Edit(nodes, "name", str(name)):
                return Edit(tuple(map(self.id, nodes)), "name", self._name(name))
            case Edit(nodes, column, str(value)) if column in _CELLS:
                return Edit(tuple(map(self.id, nodes)), column, self.text(value))
            case Edit(nodes) | Remove(nodes):
                return replace(operation, nodes=tuple(map(self.id, nodes)))
            case Move(nodes, manager):
                return Move(tuple(map(self.id, nodes)), self.id(manager) if manager else "")

    # ------------------------------------------------------------------ what refers to it

    def placements(self, placements: Iterable[Placement | None]) -> Iterator[Placement]:
        """Yield placements with the ids and texts that are shared, without those whose boss is gone."""
        for placement in filter(None, placements):
            bosses = tuple((self.id(boss), share) for boss, share in placement.bosses)
            if all(boss for boss, _ in bosses):
                yield replace(placement, bosses=bosses, name=self.text(placement.name))

    def assumptions(self, assumptions: Assumptions) -> Assumptions:
        """Return the assumptions with the ids that are shared."""
        if not assumptions.owners:
            return assumptions
        owners = {
            function: tuple(filter(None, map(self.id, nodes)))
            for function, nodes in assumptions.owners.items()
        }
        return assumptions.replaced(owners=owners)


def _functions(chart: Organization, told: Organization) -> Texts:
    """Return the stated functions, those recognised before written down where another would be now."""
    before, after = business_functions(chart).functions, business_functions(told).functions
    return frozen_texts(np.where(before == after, told.functions, before))


def _each(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, Several):
            yield from _each(operation.operations)
        else:
            yield operation


def _added(operations: Iterable[Operation]) -> Iterator[NewNode]:
    for operation in _each(operations):
        if isinstance(operation, Add):
            yield from operation.nodes


def _names_in(operations: Iterable[Operation]) -> Iterator[str]:
    """Yield the names that steps put in."""
    for operation in _each(operations):
        if isinstance(operation, Add):
            yield from (node.name for node in operation.nodes)
        elif isinstance(operation, Edit) and operation.column == "name":
            yield str(operation.value)


def _texts_of(
    scenario: Scenario, charts: Iterable[Organization], operations: Iterable[Operation]
) -> Iterator[str]:
    """Yield all texts in which a name may stand."""
    yield from (scenario.name, scenario.notes)
    yield from (item.name for item in (*scenario.added, scenario.placement) if item is not None)
    for chart in charts:
        for key in _TEXTS:
            yield from set(getattr(chart, key).tolist())
        yield from set(chart.ties.relation.tolist())
        for key, column in chart.attributes.items():
            yield key
            yield from {str(value) for value in column.tolist() if value is not None}
    for operation in _each(operations):
        yield from _texts_in(operation)


def _texts_in(operation: Operation) -> Iterator[str]:
    match operation:
        case Add(nodes):
            for node in nodes:
                yield from (getattr(node, key) for key in _CELLS)
                yield from map(str, chain(node.attributes, node.attributes.values()))
        case Edit(_, _, value):
            yield str(value)
        case Connect(Tie() as tie) | Disconnect(Tie() as tie):
            yield tie.relation
