"""The picture of what is different: signs and words beside colours, marks first, names harmless."""

import pytest
from hypothesis import given, settings

from orgmodel import Organization, Placement
from orgmodel.charts import compared_chart, marked_chart
from orgmodel.charts.compared import VERDICTS, differing_numbers
from orgmodel.charts.layout import MOST_BOXES
from orgmodel.charts.marked import LOOKS
from orgmodel.document import Document
from orgmodel.functions import business_functions
from orgmodel.scenarios import Scenario
from orgmodel.scenarios.comparing import compare
from orgmodel.scenarios.marking import marked_union
from tests.charts_for_tests import golden, organizations

HOSTILE = "<img src=x onerror=alert(1)> $x$ <b>"


def drawn(before, after, unit=()):
    found = marked_union(before, after)
    return marked_chart(found, business_functions(found.organization), unit)


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def boxes_of(trace):
    return 0 if trace is None or not trace.x else sum(value is None for value in trace.x)


@given(organizations(), organizations())
@settings(max_examples=25)
def test_any_two_charts_can_be_drawn(before, after):
    found = marked_union(before, after)
    figure = drawn(before, after)
    by_name = traces(figure)
    for mark, look in LOOKS.items():
        count = found.marks.count(mark)
        shown = by_name.get(f"{look.sign} {look.word.capitalize()}: {count}")
        assert (shown is not None) == (count > 0)  # up to 80 boxes all are drawn
        assert boxes_of(shown) == count


def chart_of(moves=(), removed=(), added=(), size=3000):
    """Return a chart of three reports each, with some moved under the second box, removed or added."""
    ids = [f"n{number}" for number in range(size)]
    bosses = [None, *(ids[(number - 1) // 3] for number in range(1, size))]
    bosses = ["n1" if node in moves else boss for node, boss in zip(ids, bosses, strict=True)]
    pairs = [(node, boss) for node, boss in zip(ids, bosses, strict=True) if node not in removed]
    pairs += [(node, "n1") for node in added]
    return Organization.from_columns(*zip(*pairs, strict=True))


def test_what_is_marked_is_shown_first_in_a_large_chart():
    before = chart_of(removed=["n2900"])
    after = chart_of(moves=["n50", "n2500"], removed=["n2999"], added=["new"])
    figure = drawn(before, after)
    names = set(traces(figure))
    assert {"+ Added: 2", "≠ Changed: 2", "− Removed: 1", "New line", "Line that is gone"} <= names
    hovers = [text for trace in figure.data if trace.hovertext for text in trace.hovertext]
    assert any("Reports to n1, before to n16." in text for text in hovers)
    texts = [text for trace in figure.data if trace.mode == "text" for text in trace.text]
    assert "+ added" in texts
    assert "− removed" in texts
    assert texts.count("≠ moved") == 2
    shown = len(traces(figure)["names"].x)
    assert shown <= MOST_BOXES


def test_of_too_many_marks_each_kind_is_shown_and_the_legend_counts():
    moves = [f"n{number}" for number in range(1000, 1400)]
    figure = drawn(chart_of(), chart_of(moves=moves, removed=["n2999"], added=["new"]))
    names = list(traces(figure))
    assert "+ Added: 1" in names
    assert "− Removed: 1" in names
    (changed,) = [name for name in names if name.startswith("≠ Changed")]
    assert changed.endswith(" of 400 shown")
    assert int(changed.split()[2]) > 20
    assert len(figure.to_json()) < 300_000


def test_no_mark_is_a_colour_alone():
    assert len({look.sign for look in LOOKS.values()}) == len(LOOKS)
    assert len({look.word for look in LOOKS.values()}) == len(LOOKS)
    assert LOOKS["added"].dash != LOOKS["removed"].dash


def test_the_unit_is_framed_where_it_is_not_marked():
    assert "Customer service" in traces(drawn(golden("Ops"), golden("Ops"), ["CS"]))
    assert "Customer service" not in traces(drawn(golden("Ops"), golden("Sales"), ["CS"]))


def test_names_from_files_are_harmless():
    before = Organization.from_columns(["a", "b"], [None, "a"], names=[HOSTILE, HOSTILE])
    after = Organization.from_columns(
        ["a", "b", "c"], [None, "a", "b"], names=[HOSTILE, "x", HOSTILE], titles=[HOSTILE] * 3
    )
    text = drawn(before, after).to_json()
    assert "<img" not in text
    assert "$x$" not in text
    scenarios = [Scenario(HOSTILE, document=Document.of(chart)) for chart in (before, after)]
    text = compared_chart(compare(scenarios)).to_json()
    assert "<img" not in text
    assert "$x$" not in text


def test_the_smallest_chart():
    one = Organization.from_columns(["a"], [None])
    assert len(traces(drawn(one, one))["names"].x) == 1


@pytest.fixture
def comparison():
    today = Scenario("Today", document=Document.of(golden("Ops")), unit=("CS",))
    sales = Scenario("Sales", document=today.document, unit=("CS",), placement=Placement.under("Sales"))
    return compare([today, sales])


def test_cells_say_numbers_and_verdicts(comparison):
    figure = compared_chart(comparison)
    items = differing_numbers(comparison)
    (cells,) = [trace for trace in figure.data if trace.type == "scatter"]
    assert len(cells.text) == 2 * len(items)
    for row, item in enumerate(items):
        assert VERDICTS[comparison.verdict(item, 1)] in cells.text[2 * row + 1]
        assert "better" not in cells.text[2 * row]
    assert any("worse" in text for text in cells.text)
    assert figure.layout.xaxis.ticktext[0] == "<b>Today</b><br>(reference)"


def test_what_reads_the_same_has_no_row_but_headlines(comparison):
    same = compare([comparison.scenarios[0]] * 2)
    assert [item.headline for item in differing_numbers(same)] == [True] * 3


def test_a_scenario_without_numbers_is_grey(comparison):
    none = Scenario("None", document=comparison.scenarios[0].document)
    figure = compared_chart(compare([comparison.scenarios[0], none]))
    (cells,) = [trace for trace in figure.data if trace.type == "scatter"]
    assert cells.text[1] == "not known"
