"""What is shared of a scenario: nothing that was not chosen can be found anywhere in it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel import Assumptions, Organization, Placement, read_organization
from orgmodel.document import Document
from orgmodel.edits import Add, Connect, Edit, Move, Remove, Several
from orgmodel.errors import OrgModelError
from orgmodel.functions import business_functions
from orgmodel.lines import Tie
from orgmodel.operations import NewNode
from orgmodel.scenarios import FIELD_TITLES, Fields, Scenario, scenario_from_json, scenario_to_json, shared
from tests.charts_for_tests import golden

ALL = Fields(*[True] * len(Fields._fields))
#: Persons whose words are no words of a chart or of JSON.
PERSONS = (
    "Zoltan Quux",
    "Xanthippe Ypsilon",
    "Wilhelmina",
    "Dr. Ömer Zyx",
    "Bo Xi",
    "漢字",
    "O’Qrst, Vwxy",
    "Jö-Zß Kåpq",
)
SHORT = 2  # letters of a word that is left out beside the rest of a name only
PAY, MAIL, NOTE = "77123.5", "someone@there.example", "between us only"


def text_of(scenario):
    return json.dumps(scenario_to_json(scenario), ensure_ascii=False).casefold()


def mentions(person):
    """Texts in which somebody is named: in full, by a part of the name, in an address, glued together."""
    word = max(person.replace(",", "").split(), key=len)
    return st.sampled_from(
        [
            f"Team {person}",
            f"{person}'s deputy",
            person.upper(),
            f"Assistant to {word}",
            f"{word}@there.example",
            f"cover for <{word}>",
            f"team_{word}",
            "".join(person.split()),
            "Head of Sales",
            "Clerk",
            "",
        ]
    )


@st.composite
def named(draw):
    """A scenario in which persons are named wherever a name can stand."""
    person = st.sampled_from(PERSONS)
    text = person.flatmap(mentions)
    people = draw(st.lists(person, min_size=2, max_size=6, unique=True))
    size = len(people)
    ids = [f"{name}-{row}" if draw(st.booleans()) else f"E{row}" for row, name in enumerate(people)]
    column = lambda: draw(st.lists(text, min_size=size, max_size=size))  # noqa: E731
    chart = Organization.from_columns(
        ids,
        [None, *[ids[0]] * (size - 1)],
        names=people,
        titles=column(),
        units=column(),
        locations=column(),
        statuses=column(),
        ties=[Tie(ids[0], ids[1], relation=draw(text))],
        attributes={"Base salary": [PAY] * size, "Contact": [MAIL] * size, draw(text) or "x": column()},
    )
    document = Document.of(chart)
    new = NewNode(
        "new-1",
        ids[0],
        draw(person),
        draw(text),
        attributes={"Base salary": PAY, draw(text) or "y": draw(text)},
    )
    steps = [
        Add((new,)),
        Edit((ids[-1],), "name", draw(person)),
        Edit((ids[-1],), "title", draw(text)),
        Several((Edit((ids[0],), "unit", draw(text)), Move(("new-1",), ids[-1]))),
        Connect(Tie("new-1", ids[0], relation=draw(text))),
        Remove((ids[1],)),
    ]
    for step in draw(st.lists(st.sampled_from(steps), max_size=6)):
        try:
            document = document.do(step)
        except OrgModelError:
            continue
    if draw(st.booleans()):
        document = document.undo()
    unit = document.organization.ids.tolist()[-1]
    return Scenario(
        draw(text),
        NOTE + draw(text),
        document=document,
        unit=(unit,),
        placement=Placement.new_department(ids[0], "For " + draw(text)),
        added=(Placement.under(ids[0]), Placement.outsourced(ids[0], "By " + draw(text))),
        assumptions=Assumptions(owners={"sales": [ids[0]]}),
        settings={"chosen": ids, "said": draw(text)},
        filename=draw(text),
    )


@given(named(), st.tuples(*[st.booleans()] * 5).map(lambda ticked: Fields(*ticked)))
@settings(max_examples=80, deadline=None)
def test_what_is_left_out_can_be_found_nowhere(scenario, fields):
    told = shared(scenario, fields)
    text = text_of(told)
    assert scenario_from_json(scenario_to_json(told)).organization == told.organization
    if not fields.names:
        for person in PERSONS:
            in_it = {*scenario.document.base.names, *scenario.organization.names}
            if person in in_it:
                assert person.casefold() not in text
                assert "".join(person.split()).casefold() not in text
                word = max(person.replace(",", "").split(), key=len).casefold()
                assert len(word) <= SHORT or word not in text
        assert "@" not in text
    if not fields.pay:
        assert PAY not in text
        assert "salary" not in text
    if not fields.columns:
        assert "contact" not in text
        assert MAIL not in text
    if not fields.notes:
        assert NOTE not in text
    if not fields.history:
        assert "document" not in scenario_to_json(told)
        assert "new-1" not in text
    assert not told.settings


@given(named())
@settings(max_examples=30, deadline=None)
def test_everything_chosen_is_everything_but_what_pages_chose(scenario):
    told = shared(scenario, ALL)
    assert told.document.organization == scenario.document.organization
    assert text_of(told) == text_of(scenario_without_settings(scenario))


def scenario_without_settings(scenario):
    return replace(scenario, settings={}, document=told_again(scenario.document))


def told_again(document):
    """Return a document with the revisions of one whose steps are done again."""
    return Document.from_json(
        document.base, {key: part for key, part in document.to_json().items() if key != "revision"}
    )


def test_every_field_has_a_title():
    assert tuple(FIELD_TITLES) == Fields._fields


def test_the_smallest_scenario():
    told = shared(
        Scenario(document=Document.of(Organization.from_columns(["Ann"], [None], names=["Ann"]))), Fields()
    )
    assert told.organization == Organization.from_columns(["1"], [None])


def test_names_of_units_stay_and_so_do_the_results():
    """The worked example is a chart of units: nobody is named in it."""
    scenario = Scenario(document=Document.of(golden("Ops")), unit=("CS",), placement=Placement.under("Sales"))
    told = shared(scenario, Fields())
    assert told.organization.functions.tolist() == scenario.organization.functions.tolist()
    assert told.decision.best.key == scenario.decision.best.key
    assert told.survey.current.values == scenario.survey.current.values


@pytest.mark.parametrize("name", ["startup_12", "golden_with_service", "manufacturer_150"])
def test_functions_are_recognised_as_before(name):
    chart = read_organization(f"data/{name}.csv").organization
    told = shared(Scenario(document=Document.of(chart)), Fields()).organization
    assert business_functions(told).functions.tolist() == business_functions(chart).functions.tolist()
    assert not any("@" in str(value) for column in told.attributes.values() for value in column)


def test_without_the_history_nothing_tells_what_was_changed():
    """Two ways to the same chart are shared as the same thing."""
    document = Document.of(golden()).do(Move(("CS",), "Ops")).do(Edit(("CS",), "title", "Service"))
    direct = Document.of(document.organization)
    fields = Fields(pay=True, notes=True, columns=True)
    assert text_of(shared(Scenario(document=document), fields)) == text_of(
        shared(Scenario(document=direct), fields)
    )
