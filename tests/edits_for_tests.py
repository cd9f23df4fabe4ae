"""Hypothesis strategies for operations on a chart: most fit it, some do not."""

from hypothesis import strategies as st

from orgmodel.edits import Add, Connect, Disconnect, Edit, Move, Remove, Several
from orgmodel.lines import FURTHER_KINDS, FurtherManager, Tie
from orgmodel.operations import NewNode

COLUMNS = ("name", "title", "unit", "function", "headcount", "location", "status")
WORDS = st.sampled_from(["", "x", "Ann", "sales", "CEO", "3", "Größe 🙂", "=1+1"])
#: Ids that may or may not be there.
STRANGE = ("nobody", "", "new-1", "new-2")


def _nodes(ids):
    return st.lists(st.sampled_from(ids), min_size=1, max_size=4).map(tuple)


@st.composite
def new_nodes(draw, ids):
    """Draw a node whose id is often free."""
    return NewNode(
        draw(st.sampled_from(["new-1", "new-2", "new-3", "new-4", ids[0]])),
        draw(st.sampled_from([None, *filter(None, ids)])),
        draw(WORDS),
        draw(WORDS),
        unit=draw(WORDS),
        function=draw(st.sampled_from(["", "sales", "selling"])),
        headcount=draw(st.sampled_from([1.0, 0.0, 2.5, -1.0])),
        attributes=draw(
            st.dictionaries(st.sampled_from(["grade", "room", "attributes.a", ""]), VALUES, max_size=2)
        ),
    )


VALUES = st.sampled_from(["7", 7, 7.0, True, "", 0.5])


@st.composite
def lines(draw, ids):
    """Draw a further manager or a tie."""
    first, second = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
    if draw(st.booleans()):
        return Tie(first, second, draw(st.sampled_from([1.0, 2.0, 0.0])), draw(WORDS))
    kind = draw(st.sampled_from(FURTHER_KINDS))
    return FurtherManager(first, second, kind, draw(st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.0])))


def operations(ids, *, several=True):
    """Operations on a chart with these ids."""
    ids = [*ids, *STRANGE]
    kinds = [
        st.builds(Move, _nodes(ids), st.sampled_from(ids)),
        st.builds(Add, st.lists(new_nodes(ids), min_size=1, max_size=3).map(tuple)),
        st.builds(Remove, _nodes(ids), st.booleans()),
        st.builds(Edit, _nodes(ids), st.sampled_from([*COLUMNS, "id"]), WORDS),
        st.builds(Edit, _nodes(ids), st.just("headcount"), st.sampled_from([0.0, 3.0, -1.0, float("inf")])),
        st.builds(Connect, lines(ids)),
        st.builds(Disconnect, lines(ids)),
    ]
    if several:
        once = operations(ids, several=False)
        kinds.append(st.builds(Several, st.lists(once, min_size=1, max_size=3).map(tuple)))
    return st.one_of(kinds)
