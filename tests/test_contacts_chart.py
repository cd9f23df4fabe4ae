"""The two lenses as pictures: flows add up, the chosen function stands out, every text is harmless."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.assumptions import Assumptions
from orgmodel.charts.contacts import MOST_CAUSES, contacts_chart
from orgmodel.charts.extract import extract
from orgmodel.charts.style import FUNCTION_COLOURS, TODAY_COLOUR, with_opacity
from orgmodel.charts.ways import way_chart
from orgmodel.functions import business_functions
from orgmodel.lines import Tie
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization
from orgmodel.sweep import survey
from orgmodel.touchpoints import CAUSES, Contact, contacts_from_needs, function_shares, main_step
from tests.charts_for_tests import cases, golden

HOSTILE = ("<img src=x onerror=alert(1)>", "%{customdata} <extra>", "$x$", "=cmd|' /C calc'!A0", "y" * 4000)


def contact(cause, function, number):
    return Contact(cause, cause, function, main_step(function), number, "")


CONTACTS = st.lists(
    st.builds(
        contact, st.text(max_size=6), st.sampled_from(["", *BUSINESS_FUNCTIONS]), st.floats(0.001, 1e6)
    ),
    min_size=1,
    max_size=40,
)


def sankey(figure):
    (trace,) = figure.data
    return trace.node, trace.link


@given(CONTACTS, st.sampled_from(["", *BUSINESS_FUNCTIONS]))
def test_what_flows_in_flows_out_and_nothing_is_lost(contacts, chosen):
    """Kirchhoff's first law at every step; causes and functions each carry all contacts."""
    node, link = sankey(contacts_chart(contacts, chosen))
    flow = list(zip(link.source, link.target, link.value, strict=True))
    given_out = {at: math.fsum(value for start, _, value in flow if start == at) for at in link.source}
    taken_in = {at: math.fsum(value for _, end, value in flow if end == at) for at in link.target}
    for at in given_out.keys() & taken_in.keys():
        assert math.isclose(given_out[at], taken_in[at])
    total = math.fsum(item.number for item in contacts)
    assert math.isclose(math.fsum(given_out[at] for at in given_out.keys() - taken_in.keys()), total)
    assert math.isclose(math.fsum(taken_in[at] for at in taken_in.keys() - given_out.keys()), total)
    assert len(given_out.keys() - taken_in.keys()) <= MOST_CAUSES + 1
    assert len(node.label) == len(node.color)


def test_rarer_causes_are_one_and_it_says_how_many():
    contacts = [contact(f"c{number}", "it", 100 - number) for number in range(40)]
    node, _ = sankey(contacts_chart(contacts))
    assert sum("other causes" in label for label in node.label) == 1
    assert any(label.startswith("28 other causes") for label in node.label)


def test_many_spellings_are_shown_as_the_causes_they_were_read_as():
    contacts = [
        Contact(f"invoice {n}", "Wrong or unclear invoice", "finance", "billing", 1, "") for n in range(50)
    ]
    node, _ = sankey(contacts_chart(contacts))
    assert list(node.label) == ["Wrong or unclear invoice 100 %", "Billing 100 %", "Finance 100 %"]


def test_the_chosen_function_stands_out():
    contacts = contacts_from_needs(Assumptions())
    node, link = sankey(contacts_chart(contacts, "sales"))
    strong = with_opacity(FUNCTION_COLOURS["sales"], 0.6)
    into = {at for at, label in enumerate(node.label) if label.startswith("Sales")}
    for end, colour in zip(link.target, link.color, strict=True):
        if end in into:
            assert colour == strong
    shares = math.fsum(v for v, c in zip(link.value, link.color, strict=True) if c == strong)
    assert math.isclose(shares, 2 * function_shares(contacts)["sales"])
    others = {colour for colour in link.color if colour != strong}
    assert others == {with_opacity(TODAY_COLOUR, 0.14)}


def test_no_contacts():
    for contacts in ([], [contact("a", "it", 0.0)]):
        node, link = sankey(contacts_chart(contacts))
        assert not node.label
        assert not link.value


def texts_of(figure):
    for trace in figure.data:
        if trace.type == "sankey":
            yield from (*trace.node.label, *trace.node.customdata, *trace.link.customdata)
        else:
            for texts in (trace.text, trace.hovertext):
                yield from [] if texts is None else [texts] if isinstance(texts, str) else texts


def test_texts_are_harmless():
    contacts = [contact(text, "it", 1) for text in HOSTILE] + [contact("a", "", 1)]
    for text in texts_of(contacts_chart(contacts)):
        assert "<img" not in text
        assert "<extra>" not in text
        assert "$" not in text
        assert len(text) < 400


@pytest.mark.parametrize("function", ["", "operations", "sales", "it", "finance", "marketing"])
def test_the_way_on_the_worked_example(function):
    org, unit = golden("Ops"), ["CS"]
    assessment = survey(org, unit).current
    figure = way_chart(assessment, business_functions(org), function)
    ways = [r for r in assessment.evidence[0].routes if function in {"", r.function} and r.nodes]
    hops = {hop for route in ways for hop in pairwise(route.nodes)}
    assert sum(trace.name == "Way of feedback" for trace in figure.data) == len(hops)
    names = next(trace for trace in figure.data if trace.name == "names")
    for route in ways:
        for node in route.nodes:
            assert any(org.label(org.row(node)) in text for text in names.text)
    middles = [round(value) for value in names.y]
    assert len(set(middles)) == len(middles)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_every_way_on_any_chart(case):
    org, unit = case[0], case[1]
    assessment = survey(org, unit).current
    for function in ("", "operations", "sales"):
        figure = way_chart(assessment, business_functions(org), function)
        for trace in figure.data:
            assert all(x is None or -4 <= x <= 464 for x in trace.x)


def test_a_long_way_is_cut():
    ids = ["top", *(f"n{number}" for number in range(300)), "cs"]
    functions = ["operations", *[""] * 300, "customer_service"]
    org = Organization.from_columns(ids, [None, *ids[:-1]], names=ids, functions=functions)
    figure = way_chart(survey(org, ["cs"]).current, business_functions(org))
    assert any("more …" in text for text in texts_of(figure))
    assert len(extract(org, [0, 301]).above) < 30
    assert figure.layout.height < 1600


def test_a_tie_runs_beside_the_boxes():
    org = Organization.from_columns(
        ["top", "ops", "cs", "it"],
        [None, "top", "top", "ops"],
        functions=["executive", "operations", "customer_service", "it"],
        ties=[Tie("cs", "it")],
    )
    figure = way_chart(survey(org, ["cs"]).current, business_functions(org), "it")
    (way,) = [trace for trace in figure.data if trace.name == "Way of feedback"]
    assert way.line.dash == "dot"
    assert max(x for x in way.x if x is not None) > 250


def test_all_causes_at_once():
    contacts = [Contact(c.title, c.title, c.function, c.step, 1, c.reason) for c in CAUSES]
    node, _ = sankey(contacts_chart(contacts))
    assert sum("Not assigned" in label for label in node.label) == 0
