import json

import pytest

from orgmodel.assumptions import ASSUMPTIONS, DEFAULT_ASSUMPTIONS, METRICS, Assumptions
from orgmodel.errors import AssumptionError
from orgmodel.lines import LINE_KINDS


def test_the_defaults_are_complete():
    assert sum(DEFAULT_ASSUMPTIONS.needs.values()) == pytest.approx(1)
    assert set(DEFAULT_ASSUMPTIONS.lengths) == set(DEFAULT_ASSUMPTIONS.latencies) == set(LINE_KINDS)
    assert "other" not in DEFAULT_ASSUMPTIONS.metric_vectors
    assert all(len(vector) == len(METRICS) for vector in DEFAULT_ASSUMPTIONS.metric_vectors.values())


def test_every_assumption_says_what_it_means_and_where_it_comes_from():
    assert [info.name for info in ASSUMPTIONS] == list(Assumptions.__dataclass_fields__)
    for info in ASSUMPTIONS:
        assert info.title
        assert info.meaning.endswith(".")
        assert info.source.startswith("Our assumption")


def test_what_is_not_mentioned_keeps_its_default():
    changed = Assumptions(lengths={"tie": 3}, metric_vectors={"hr": [0, 0, 1, 0]})
    assert changed.lengths == {**DEFAULT_ASSUMPTIONS.lengths, "tie": 3}
    assert changed.metric_vectors["hr"] == (0, 0, 1, 0)
    assert changed.metric_vectors["sales"] == DEFAULT_ASSUMPTIONS.metric_vectors["sales"]


def test_what_differs_makes_equal_assumptions_again():
    assert DEFAULT_ASSUMPTIONS.changed() == {}
    changed = Assumptions(delta=0.3, needs={"hr": 2}, owners={"it": "x"}, latencies={"tie": 1.5})
    assert changed.changed() == {
        "delta": 0.3,
        "needs": {"hr": 2},
        "owners": {"it": ("x",)},
        "latencies": {"tie": 1.5},
    }
    assert Assumptions.from_mapping(changed.changed()) == changed


def test_needs_are_rescaled_in_the_order_of_the_vocabulary():
    rescaled = Assumptions(needs={"finance": 1, "sales": 3, "hr": 0}).needs_rescaled
    assert list(rescaled.items()) == [("sales", 0.75), ("finance", 0.25)]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"needs": {"sales": 0.0}}, "All needs are zero"),
        ({"needs": {}}, "All needs are zero"),
        ({"needs": {"sales": -1}}, r"\(sales\): -1 is not possible"),
        ({"needs": {"selling": 1}}, '"selling" is not a key'),
        ({"needs": {"sales": float("inf")}}, "inf is not possible"),
        ({"value_vector": (0, 0, 0, 0)}, "must be for something"),
        ({"value_vector": (1, 2, 3)}, "needs 4 numbers"),
        ({"value_vector": (1, 1, 1, "x")}, "'x' is not possible"),
        ({"value_vector": 3}, "needs 4 numbers"),
        ({"value_vector": "0110"}, "needs 4 numbers"),
        ({"needs": 3}, "say it for each of executive"),
        ({"needs": {"sales": {"x": 1}}}, "is not possible"),
        ({"metric_vectors": [1]}, "say it for each of"),
        ({"metric_vectors": {"sales": 3}}, "needs 4 numbers"),
        ({"metric_vectors": {"sales": (True, 0, 0, 0)}}, "True is not possible"),
        ({"owners": {"sales": 5}}, "must be ids"),
        ({"owners": ["x"]}, "say it for each of"),
        ({"lengths": "x"}, "say it for each of solid"),
        ({"lengths": {"solid": ()}}, "is not possible"),
        ({"delta": {"a": 0.5}}, "is not possible"),
        ({"radius": ()}, "is not possible"),
        ({"metric_vectors": {"sales": (2, 0, 0, 0)}}, r"\(sales\): 2 is not possible"),
        ({"delta": 1.5}, "1.5 is not possible; it must be a number from 0 to 1"),
        ({"alpha": 0}, "Content kept"),
        ({"alpha": "high"}, "'high' is not possible"),
        ({"radius": 2.5}, "whole number"),
        ({"radius": True}, "True is not possible"),
        ({"lengths": {"tie": 0}}, r"\(tie\): 0 is not possible"),
        ({"lengths": {"tie": 1.5}}, "whole number"),
        ({"lengths": {"rope": 1}}, '"rope" is not a key'),
        ({"latencies": {"tie": -1}}, "working days"),
        ({"owners": {"selling": ["x"]}}, '"selling" is not a key'),
        ({"gamma": 1}, '"gamma" is not an assumption'),
        ({"goal_needs": {"sales": {"selling": 1}}}, '"selling" is not a key'),
        ({"goal_needs": {"sales": {"sales": 0}}}, "goal sales"),
        ({"goal_needs": {"profit": {"sales": 1}}}, '"profit" is not a key'),
        ({"goal_purposes": {"sales": (0, 0, 0, 0)}}, "goal sales"),
        ({"goal_purposes": {"sales": (2, 0, 0, 0)}}, r"\(sales\): 2 is not possible"),
        ({"later_automation": 1.5}, "from 0 to 1"),
        ({"horizon": 0}, "from 1 to 40"),
        ({"overlap": 0.5}, "whole number"),
    ],
)
def test_a_value_out_of_its_bounds_is_named(values, words):
    with pytest.raises(AssumptionError, match=words):
        Assumptions.from_mapping(values)


def test_replacing_is_the_same_as_making_anew():
    """What is replaced is checked, what is not stays; so it is also for what must fit together."""
    changed = Assumptions(delta=0.3).replaced(needs={"hr": 1.0}, lengths={"tie": 2})
    assert changed == Assumptions(delta=0.3, needs={"hr": 1.0}, lengths={"tie": 2})
    assert changed.needs_rescaled == {"hr": 1.0}
    for values in ({"delta": 2.0}, {"needs": {"hr": 0.0}}, {"span_least": 30}):
        with pytest.raises(AssumptionError):
            DEFAULT_ASSUMPTIONS.replaced(**values)


def test_goals_survive_being_written_down():
    changed = Assumptions(goal_needs={"sales": {"sales": 1}}, goal_purposes={"marketing": (1, 0, 0, 0)})
    assert changed.goal_needs["operations"] == DEFAULT_ASSUMPTIONS.goal_needs["operations"]
    assert changed.changed() == {
        "goal_needs": {"sales": {"sales": 1}},
        "goal_purposes": {"marketing": (1, 0, 0, 0)},
    }
    assert Assumptions.from_mapping(json.loads(json.dumps(changed.changed()))) == changed
