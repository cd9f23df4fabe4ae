"""What the browser draws at once is what the library does: the same changes, the same refusals."""

import json
import random
import shutil
import subprocess

import pytest

from components.canvas_messages import SETTINGS, columns
from components.org_canvas import BUNDLE
from orgmodel import FurtherManager, Organization, OrgModelError, Tie
from orgmodel.changes import change_between, change_from_json
from orgmodel.edits import operation_from_json

_FRONTEND = BUNDLE.parents[1] / "frontend"
_NODE = shutil.which("node")
_CASES = 250
_KINDS = ("dotted", "shared", "contract")
pytestmark = pytest.mark.skipif(_NODE is None, reason="Node is not installed; it runs the browser's model")


def _chart(draw):
    size = draw.randint(1, 12)
    ids = [f"n{place}" for place in range(size)]
    order = draw.sample(range(size), size)
    managers = [None] * size
    for rank, place in enumerate(order):
        if rank and draw.random() < 0.9:
            managers[place] = ids[order[draw.randrange(rank)]]
    chart = Organization.from_columns(
        ids,
        managers,
        names=[draw.choice(["", "Ana Đorđević", "李", "=1+1"]) for _ in ids],
        titles=[draw.choice(["", "Head of sales", "Agent"]) for _ in ids],
        headcount=[draw.choice([1.0, 0.0, 2.5]) for _ in ids],
    )
    for _ in range(draw.randrange(4)):
        chart = _after(chart, {"do": "connect", "line": _line(draw, ids)}) or chart
    return chart


def _line(draw, ids):
    one, other = draw.choice(ids), draw.choice(ids)
    if draw.random() < 0.4:
        return {"kind": "tie", "a": one, "b": other, "weight": 2.0, "relation": "project"}
    share = draw.choice([0.0, 0.25, 0.5, 1.0])
    return {"kind": draw.choice(_KINDS), "report": one, "manager": other, "share": share}


def _operation(draw, ids, number):
    some = draw.sample(ids, draw.randint(1, min(3, len(ids))))
    one = draw.choice(ids)
    line = _line(draw, ids)
    node = {"id": draw.choice([f"new-{number}", one]), "manager": draw.choice([one, ""]), "title": "New"}
    choices = [
        {"do": "move", "nodes": some, "manager": draw.choice([one, ""])},
        {"do": "move", "nodes": some[:1], "manager": one},
        {"do": "add", "nodes": [node]},
        {"do": "add", "nodes": [{**node, "id": f"x{number}"}, {"id": f"y{number}", "manager": f"x{number}"}]},
        {"do": "remove", "nodes": some, "with_all_below": draw.random() < 0.5},
        {"do": "edit", "nodes": some, "column": "name", "value": draw.choice(["", "Zoë"])},
        {"do": "edit", "nodes": some, "column": "function", "value": draw.choice(["sales", "", "magic"])},
        {"do": "edit", "nodes": some, "column": "headcount", "value": draw.choice([3.0, -1.0])},
        {"do": "connect", "line": line},
        {"do": "disconnect", "line": line},
    ]
    if draw.random() < 0.15:
        return {"do": "several", "operations": [draw.choice(choices), draw.choice(choices)]}
    return draw.choice(choices)


def _after(chart, operation):
    try:
        return operation_from_json(operation).applied(chart)
    except OrgModelError:
        return None


def _cases():
    draw = random.Random(5)  # noqa: S311  # the same charts at every run
    for _ in range(_CASES):
        first = chart = _chart(draw)
        operations = []
        for number in range(8):
            operations.append(_operation(draw, chart.ids.tolist(), number))
            chart = _after(chart, operations[-1]) or chart
        yield first, operations


def _replayed(cases):
    functions = [function["name"] for function in SETTINGS["functions"]]
    lines = [
        json.dumps({"chart": columns(chart), "functions": functions, "operations": steps})
        for chart, steps in cases
    ]
    ran = subprocess.run(
        [_NODE, "test/replay.js"],
        cwd=_FRONTEND,
        input="\n".join(lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_every_operation_changes_what_the_library_changes():
    cases = list(_cases())
    done = refused = 0
    for (first, operations), found in zip(cases, _replayed(cases), strict=True):
        chart = first
        for operation, drawn in zip(operations, found, strict=True):
            after = _after(chart, operation)
            if after is None:
                assert "refused" in drawn, (chart, operation, drawn)
                refused += 1
                continue
            assert "change" in drawn, (operation, drawn, columns(chart))
            assert change_from_json(drawn["change"]).applied(chart) == after, (operation, columns(chart))
            assert bool(change_from_json(drawn["change"])) == bool(change_between(chart, after))
            chart = after
            done += 1
    assert done > _CASES
    assert refused > _CASES // 2


def test_the_sentences_of_a_circle_are_the_same():
    chart = Organization.from_columns(["a", "b", "c"], [None, "a", "b"], names=["Ana", "Bo", "Cy"])
    operation = {"do": "move", "nodes": ["a"], "manager": "c"}
    with pytest.raises(OrgModelError) as why_not:
        operation_from_json(operation).applied(chart)
    assert _replayed([(chart, [operation])])[0][0]["refused"] == str(why_not.value)


def test_the_smallest_chart():
    chart = Organization.from_columns(["a"], [None])
    operations = [
        {"do": "remove", "nodes": ["a"], "with_all_below": False},
        {"do": "move", "nodes": ["a"], "manager": ""},
    ]
    assert [list(one) for one in _replayed([(chart, operations)])[0]] == [["refused"], ["change"]]


def test_lines_of_a_chart_arrive():
    chart = Organization.from_columns(
        ["a", "b", "c"],
        [None, "a", "a"],
        further_managers=[FurtherManager("b", "c", "shared", 0.3)],
        ties=[Tie("a", "c", 2.0, "project")],
    )
    gone = [
        {"do": "disconnect", "line": {"kind": "shared", "report": "b", "manager": "c", "share": 0.3}},
        {
            "do": "disconnect",
            "line": {"kind": "tie", "a": "a", "b": "c", "weight": 2.0, "relation": "project"},
        },
    ]
    changes = [change_from_json(one["change"]) for one in _replayed([(chart, gone)])[0]]
    assert [change.lines_removed for change in changes] == [
        tuple(chart.further_managers),
        tuple(chart.tie_list),
    ]
