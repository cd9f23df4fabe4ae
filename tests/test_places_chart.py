"""The picture of places: every place once, below its managers, the one of today framed otherwise."""

import pytest

from orgmodel import Organization, Placement
from orgmodel.charts import places_chart
from orgmodel.document import Document
from orgmodel.functions import business_functions
from orgmodel.scenarios import Scenario
from orgmodel.scenarios.comparing import compare

HOSTILE = "<img src=x onerror=alert(1)> $x$ <b>"
SERVICE = "Customer service"
TODAY, COULD = "Customer service today", "Where it could go"


def drawn(chart, unit, **placements):
    today = Scenario("Today", document=Document.of(chart), unit=unit)
    others = [
        Scenario(name, document=Document.of(chart), unit=unit, placement=placement)
        for name, placement in placements.items()
    ]
    return places_chart(compare([today, *others]), business_functions(chart))


def boxes(figure, name):
    trace = next((trace for trace in figure.data if trace.name == name), None)
    return 0 if trace is None else sum(value is None for value in trace.x)


def names(figure):
    return list(next(trace for trace in figure.data if trace.name == "names").text)


def test_each_place_is_below_its_manager():
    chart = Organization.from_columns(["ceo", "sales", "ops", "cs"], [None, "ceo", "ceo", "ops"])
    figure = drawn(chart, ("cs",), Sales=Placement.under("sales"), New=Placement.new_department("ceo", "CX"))
    assert (boxes(figure, TODAY), boxes(figure, COULD)) == (1, 2)
    said = [text.removeprefix("<b>").removesuffix("</b>") for text in names(figure)]
    assert said == ["ceo", "ops", SERVICE, "sales", SERVICE, "CX", SERVICE]
    (titles,) = [trace.text for trace in figure.data if trace.name == "titles"]
    assert list(titles) == ["Today", "Sales", "new", "New"]


@pytest.mark.parametrize(
    "placement",
    [
        Placement.shared({"sales": 0.5, "ops": 0.5}),
        Placement.outsourced("ops"),
        Placement.split(["sales", "ops"], by="equally"),
        Placement.merged("sales"),
    ],
    ids=lambda placement: placement.kind,
)
def test_any_kind_of_placement_can_be_drawn(placement):
    chart = Organization.from_columns(
        ["ceo", "sales", "ops", "cs", "a", "b"], [None, "ceo", "ceo", "ops", "cs", "cs"]
    )
    figure = drawn(chart, ("cs",), There=placement)
    assert boxes(figure, TODAY) == 1
    assert boxes(figure, COULD) >= 1


def test_the_smallest_chart():
    alone = Organization.from_columns(["cs"], [None])
    assert boxes(drawn(alone, ("cs",)), TODAY) == 1
    assert boxes(drawn(alone, ()), TODAY) == 0


def test_a_deep_chart_stays_within_the_picture():
    many = 60
    ids = [f"n{number}" for number in range(many)]
    figure = drawn(Organization.from_columns(ids, [None, *ids[:-1]]), (ids[-1],))
    assert max(x for trace in figure.data for x in trace.x if x is not None) <= figure.layout.xaxis.range[1]


def test_names_from_files_are_harmless():
    chart = Organization.from_columns(["1", "2", "3"], [None, "1", "1"], names=[HOSTILE] * 3)
    figure = drawn(chart, ("3",), **{HOSTILE: Placement.under("2")})
    written = figure.to_json()
    assert "<img" not in written
    assert "\\u003cimg" not in written
