"""Hypothesis strategies for scenarios: any chart, with steps, answers, assumptions and placements."""

from hypothesis import strategies as st

from orgmodel.criteria import NAMES
from orgmodel.document import Document
from orgmodel.errors import OrgModelError
from orgmodel.placement import Placement
from orgmodel.questionnaire import Answers
from orgmodel.questionnaire.answers import DONT_KNOW, REPLIES, SURENESS, Reply
from orgmodel.questionnaire.questions import GOAL_NAMES, QUESTION_OF
from orgmodel.scenarios import Scenario
from tests.charts_for_tests import assumptions_for, organizations
from tests.edits_for_tests import operations
from tests.test_operations import rebuilt

TEXTS = st.sampled_from(["", "Ann", "Under <b>operations</b>", "Größe 🙂", "=1+1", "two\nlines", '"'])
VALUES = st.sampled_from([None, "7", 7, 7.0, True, "", -0.5, 10**30])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def charts(draw, max_size=12):
    """Charts with names, titles, people, and further columns of every kind of value."""
    chart = draw(organizations(max_size=max_size))
    size = len(chart)
    column = lambda values: st.lists(values, min_size=size, max_size=size)  # noqa: E731
    return rebuilt(
        chart,
        names=draw(column(TEXTS)),
        titles=draw(column(TEXTS)),
        headcount=draw(column(st.sampled_from([1.0, 0.0, 2.5, 1e17, 1e300]))),
        attributes=draw(
            st.dictionaries(st.sampled_from(["grade", "Base pay", "", "ids"]), column(VALUES), max_size=3)
        ),
    )


@st.composite
def documents(draw, max_size=12):
    """Charts with steps done, some of them taken back."""
    document = Document.of(draw(charts(max_size)))
    for operation in draw(st.lists(operations([f"n{number}" for number in range(6)]), max_size=6)):
        try:
            document = document.do(operation)
        except OrgModelError:
            continue
    for _ in range(draw(st.integers(0, 2))):
        document = document.undo()
    return document


@st.composite
def placements(draw, ids):
    """Placements that may or may not fit a chart."""
    boss, other = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
    kinds = [Placement.under(boss), Placement.outsourced(boss, "Näh & Co"), Placement.new_department(boss)]
    kinds += [Placement.merged(boss), Placement.split([boss], "equally")]
    if boss != other:
        kinds += [Placement.shared({boss: 0.3, other: 0.7}), Placement.split([boss, other])]
    return draw(st.sampled_from(kinds))


REPLY = st.builds(Reply, st.sampled_from([*REPLIES, DONT_KNOW]), st.sampled_from(list(SURENESS)))
ANSWERS = st.builds(
    Answers,
    st.dictionaries(st.sampled_from(list(QUESTION_OF)), REPLY, max_size=5),
    st.lists(st.sampled_from(GOAL_NAMES), unique=True, max_size=3).map(tuple),
    st.dictionaries(st.sampled_from(GOAL_NAMES), st.sampled_from([0.5, 1.0]), max_size=2),
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from([1.0, 100 / 3]), max_size=2),
)


@st.composite
def scenarios(draw, max_size=12):
    """Whatever somebody may have open."""
    document = draw(documents(max_size))
    ids = document.organization.ids.tolist()
    return Scenario(
        draw(TEXTS),
        draw(TEXTS),
        document=document,
        unit=tuple(draw(st.lists(st.sampled_from(ids), unique=True, max_size=2))),
        placement=draw(st.none() | placements(ids)),
        added=tuple(draw(st.lists(placements(ids), max_size=2))),
        answers=draw(ANSWERS),
        assumptions=draw(assumptions_for(document.organization)),
        settings=draw(st.dictionaries(TEXTS, JSON, max_size=3)),
        filename=draw(TEXTS),
    )
