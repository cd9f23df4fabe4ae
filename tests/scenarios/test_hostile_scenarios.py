"""Whatever is given in place of a scenario is read or refused with a sentence, soon and in little memory."""

import base64
import json
import time
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel import Placement
from orgmodel.document import Document
from orgmodel.edits import Edit
from orgmodel.errors import ScenarioError
from orgmodel.scenarios import (
    Scenario,
    chart_from_json,
    pack,
    read_chart,
    scenario_and_losses,
    scenario_to_json,
    unpack,
    written_chart,
)
from tests.charts_for_tests import golden
from tests.scenarios.scenarios_for_tests import JSON, scenarios

GOLDEN = Scenario(
    "Now",
    "Notes",
    document=Document.of(golden()).do(Edit(("CS",), "title", "Service")),
    unit=("CS",),
    placement=Placement.shared({"Ops": 0.5, "Sales": 0.5}),
    added=(Placement.split(["Ops"]),),
)


def read_or_refused(read, data):
    """Read something; a refusal is a sentence that a screen can show."""
    try:
        return read(data)
    except ScenarioError as error:
        sentence = str(error)
        assert len(sentence) < 700
        assert sentence[0].isupper() or sentence[0] in '"1234567890'
        return None


def refused(read, data):
    start = time.perf_counter()
    with pytest.raises(ScenarioError) as caught:
        read(data)
    assert time.perf_counter() - start < 2
    assert len(str(caught.value)) < 700
    return str(caught.value)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters()) | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=20,
)


@given(ANYTHING)
def test_any_value_is_read_or_refused(value):
    read_or_refused(scenario_and_losses, value)
    read_or_refused(chart_from_json, value)


@given(st.binary() | st.text())
def test_any_bytes_and_texts_are_refused(data):
    refused(scenario_and_losses, data)
    refused(unpack, data if isinstance(data, str) else data.decode("latin-1"))
    if isinstance(data, bytes):
        refused(read_chart, data)
        refused(read_chart, zlib.compress(data))


def places(value, way=()):
    """Yield the way to every value within a value."""
    yield way
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*way, key))


ODD = st.sampled_from(
    [
        "",
        "nobody",
        0,
        -1,
        2,
        10**400,
        1e308,
        -0.0,
        1e-320,
        True,
        None,
        [],
        {},
        [[]],
        [0],
        ["CS", "CS"],
        {"": 0},
        "\ud800",
        "x" * 200000,
        float("nan"),
        float("inf"),
        [["CS", 1.0]] * 2,
        "headcount",
        "several",
        "tie",
    ]
)


@given(scenarios(max_size=5), st.data())
@settings(max_examples=120, deadline=None)
def test_any_value_in_place_of_another_is_read_or_refused(scenario, data):
    whole = json.loads(json.dumps(scenario_to_json(scenario)))
    for _ in range(data.draw(st.integers(1, 2))):
        *way, last = data.draw(st.sampled_from([way for way in places(whole) if way]))
        inner = whole
        for key in way:
            inner = inner[key]
        if data.draw(st.integers(0, 4)) == 0:
            del inner[last]
        else:
            inner[last] = data.draw(ODD | JSON)
    read_or_refused(scenario_and_losses, whole)
    read_or_refused(scenario_and_losses, json.dumps(whole))


@given(st.data())
def test_an_altered_link_says_the_same_or_is_refused(data):
    """The checksum of RFC 1950 finds a changed sign; a few bits between the data and it mean nothing."""
    text = pack(GOLDEN)
    place = data.draw(st.integers(0, len(text) - 2))
    sign = data.draw(st.sampled_from("abcXYZ019-_").filter(lambda sign: sign != text[place]))
    assert read_or_refused(unpack, text[:place] + sign + text[place + 1 :]) in (None, GOLDEN)
    refused(unpack, text[: place or 1])


def changed(**parts):
    return scenario_to_json(GOLDEN) | parts


def in_chart(**parts):
    whole = changed()
    whole["chart"] = whole["chart"] | parts
    return whole


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "cannot be read from line 1"),
        ("[]", "a list"),
        ("{}", "no saved scenario"),
        ({"format": "orgmodel-scenario"}, "which version"),
        (changed(version=2), "newer version"),
        (changed(version=10**30), "newer version"),
        (changed(version=0), "never was"),
        (changed(version=True), "which version"),
        (changed(extra=1), '"extra"'),
        (changed(name=["x"]), "The name"),
        (changed(notes="x" * 100_001), "100,001"),
        (changed(unit="CS"), '"unit"'),
        (changed(unit=[1]), "ids"),
        (changed(placement={"kind": "under", "bosses": [["Ops", 0.5]]}), "0.5"),
        (changed(placement={"kind": "given away", "bosses": [["Ops", 1]]}), "given away"),
        (changed(placement={"kind": "split", "bosses": [["a", 1]] * 9_999}), "no placement"),
        (changed(answers={"replies": {"unheard": "yes"}}), "unheard"),
        (changed(assumptions={"delta": 7}), "7"),
        (changed(assumptions={"delta": 10**400}), "larger"),
        (changed(settings=[1]), "settings"),
        (changed(document={"steps": [{"do": "explode"}]}), "explode"),
        (changed(document={"steps": [{"do": "move", "nodes": ["gone"], "manager": "Ops"}]}), "gone"),
        (changed(document={"steps": [{}] * 20_001}), "20,001"),
        (changed(document={"revision": -1}), "revision"),
        (in_chart(ids=["CEO"] * 13), "CEO"),
        (in_chart(ids=10**9), "ids"),
        (in_chart(manager=[-1, 0, 99, *[0] * 10]), "99"),
        (in_chart(manager=[1, 0, *[0] * 11]), "circle"),
        (in_chart(headcount=["many", *[1] * 12]), "a text"),
        (in_chart(headcount=[-1, *[1] * 12]), "-1"),
        (in_chart(further=[[0, 1]]), "four values"),
        (in_chart(names="Ann"), '"names"'),
        (in_chart(extra=[]), '"extra"'),
        (in_chart(attributes={"name": [1] * 13}), '"name"'),
        (in_chart(attributes={"grade": [[1]] * 13}), '"grade"'),
        ('{"format": "orgmodel-scenario", "version": 1, "name": "\\ud800"}', "half of a sign"),
        ('{"format": NaN}', "NaN"),
        ('{"format": 1e400}', "larger"),
        ('{"format": ' + "9" * 5_000 + "}", "5,000 digits"),
        ("[" * 100_000, "deeply"),
        ('{"a":' * 100_000, "deeply"),
        ('{"a":' * 60 + "1" + "}" * 60, "levels deep"),
        ("[" + "[]," * 2_000_000 + "[]]", "parts"),
        ("\x80\x04\x95K\x05.", "line 1"),
        (b"\x80\x04K\x05.", "no text"),
    ],
)
def test_faults_are_named(data, said):
    assert said in refused(scenario_and_losses, data)


def test_bombs_do_not_go_off():
    bomb = zlib.compress(b"0" * 200_000_000, 9)
    link = "1" + base64.urlsafe_b64encode(zlib.compress(b" " * 10_000_000, 9)).decode().rstrip("=")
    tracemalloc.start()
    assert "unpacks to more" in refused(read_chart, bomb)
    assert "unpacks to more" in refused(unpack, link)
    assert tracemalloc.get_traced_memory()[1] < 250_000_000
    tracemalloc.stop()
    assert "20,000" in refused(unpack, "1" + "A" * 20_001)


def test_a_link_of_many_steps_is_refused_before_they_are_done():
    steps = [{"do": "edit", "nodes": ["CS"], "column": "name", "value": str(row % 2)} for row in range(5_000)]
    packed = zlib.compress(json.dumps(changed(document={"steps": steps})).encode(), 9)
    text = "1" + base64.urlsafe_b64encode(packed).decode().rstrip("=")
    assert len(text) < 20_000
    assert "5,000 steps" in refused(unpack, text)


def test_a_chart_file_is_refused_as_such():
    assert "no saved scenario" in refused(
        scenario_and_losses, '{"format": "orgmodel", "version": 1, "nodes": []}'
    )


def test_a_part_of_a_chart_that_was_kept_is_refused():
    kept = written_chart(golden())
    assert "not complete" in refused(read_chart, kept[:-3])
    assert "not complete" in refused(read_chart, kept + b"x")
