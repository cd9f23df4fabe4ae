"""An organization -> GraphML in our own format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr  # only write

from orgmodel.importing.own_format import escaped_for_xml
from orgmodel.importing.writing.own_rows import sound
from orgmodel.organization import Organization

#: The graph's attribute ``format`` in our own files.
GRAPH_FORMAT: Final = "orgmodel 1"
_NODE_TEXTS: Final = ("name", "title", "unit", "function", "location", "status")
_EDGE_KEYS: Final = {"kind": "string", "share": "double", "weight": "double", "relation": "string"}


def written_graphml(organization: Organization) -> bytes:
    """Return an organization as GraphML, an element a line."""
    return "\n".join(_lines(organization)).encode("utf-8")


def _lines(organization: Organization) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield _key("format", "graph", "format", "string")
    for name in _NODE_TEXTS:
        yield _key(name, "node", name, "string")
    yield _key("headcount", "node", "headcount", "double")
    for number, name in enumerate(organization.attributes):
        yield _key(f"a{number}", "node", name, "string")
    for name, kind in _EDGE_KEYS.items():
        yield _key(f"edge_{name}", "edge", name, kind)
    yield f'<graph edgedefault="directed">{_data("format", GRAPH_FORMAT)}'
    yield from _nodes(organization)
    yield from _edges(organization)
    yield "</graph>"
    yield "</graphml>\n"


def _nodes(organization: Organization) -> Iterator[str]:
    columns = [
        *("names", "titles", "units", "functions", "locations", "statuses"),
    ]
    texts = list(zip(_NODE_TEXTS, (getattr(organization, column) for column in columns), strict=True))
    attributes = [(f"a{number}", column) for number, column in enumerate(organization.attributes.values())]
    for row, node in enumerate(organization.ids):
        data = [_data(key, column[row]) for key, column in texts if column[row]]
        data.append(_data("headcount", repr(float(organization.headcount[row]))))
        data += [_data(key, str(column[row])) for key, column in attributes if column[row] is not None]
        yield f"<node id={_attribute(node)}>{''.join(data)}</node>"


def _edges(organization: Organization) -> Iterator[str]:
    ids = organization.ids
    for row, boss in enumerate(organization.manager.tolist()):
        if boss >= 0:
            share = repr(float(organization.solid_share[row]))
            yield _edge(ids[boss], ids[row], kind="solid", share=share)
    for line in organization.further_managers:
        yield _edge(line.manager, line.report, kind=line.kind, share=repr(line.share))
    for tie in organization.tie_list:
        yield _edge(tie.a, tie.b, kind="tie", weight=repr(tie.weight), relation=tie.relation)


def _edge(source: str, target: str, **data: str) -> str:
    cells = "".join(_data(f"edge_{key}", text) for key, text in data.items())
    return f"<edge source={_attribute(source)} target={_attribute(target)}>{cells}</edge>"


def _key(key: str, scope: str, name: str, kind: str) -> str:
    return f'<key id="{key}" for="{scope}" attr.name={_attribute(name)} attr.type="{kind}"/>'


def _data(key: str, text: str) -> str:
    return f'<data key="{key}">{escape(escaped_for_xml(sound(text)))}</data>'


def _attribute(text: str) -> str:
    return quoteattr(escaped_for_xml(sound(text)))
