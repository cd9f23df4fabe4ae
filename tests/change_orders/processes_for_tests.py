"""Small processes made by hand; the chief executive is the top (depth 0)."""

from dataclasses import replace

from hypothesis import strategies as st

from orgmodel.change_orders.parameters import SELLING, Parameters
from orgmodel.change_orders.process import Manager, Part, Process
from orgmodel.change_orders.simulation import simulate
from orgmodel.change_orders.summary import interval, summarise

HEAD = Manager("cs", "Head of customer service", 2)
CEO = Manager("ceo", "Chief executive", 0)
SALES = Manager("sales", "Head of sales", 1)
REGION = Manager("region", "Head of regional sales", 2)
PLANT = Manager("plant", "Plant manager", 1)
#: A desk that is busy for two thirds of the time; nobody there sells; its head is manager 0.
DESK = Part(
    unit="cs",
    name="Customer service",
    share=1.0,
    agents=3,
    load=2.0,
    sales_attempts=0.0,
    disagreement=0.5,
    head=0,
    route=(1,),
)

#: The smallest chart: customer service and operations both report to the chief executive.
ONE_BOSS = Process("One boss", (DESK,), (HEAD, CEO))
#: Both report to the plant manager, one step below the top.
SHARED_BOSS_BELOW_THE_TOP = Process("Shared boss", (DESK,), (HEAD, PLANT))
#: Three managers, and the last is the top.
CLIMB_TO_THE_TOP = Process(
    "Climb", (replace(DESK, route=(1, 2, 3)),), (replace(HEAD, depth=3), REGION, SALES, CEO)
)
#: One desk in sales, where people sell, and a smaller one of the plant: the chief executive is the second
#: manager above the one.
TWO_PARTS = Process(
    "Two parts",
    (
        replace(
            DESK, unit="north", name="North", share=0.7, sales_attempts=0.9, disagreement=0.9, route=(2, 3)
        ),
        replace(DESK, unit="south", name="South", share=0.3, agents=2, load=1.2, head=1, route=(4, 3)),
    ),
    (
        Manager("north", "Head north", 2),
        Manager("south", "Head south", 2),
        SALES,
        CEO,
        PLANT,
    ),
)
#: A part whose head is the boss of the other part's head: the same manager at two levels.
PART_BELOW_A_PART = Process(
    "Part below a part",
    (
        replace(DESK, unit="team", name="Team", share=0.4, head=0, route=(1, 2)),
        replace(DESK, share=0.6, head=1, route=(2,)),
    ),
    (Manager("team", "Team leader", 2), Manager("cs", "Head of customer service", 1), CEO),
)
#: A provider outside the chart: nobody is above both.
CONTRACT = Process("Contract", (replace(DESK, disagreement=1.0, route=(), provider=True),), (HEAD,))

ALL = (ONE_BOSS, SHARED_BOSS_BELOW_THE_TOP, CLIMB_TO_THE_TOP, TWO_PARTS, PART_BELOW_A_PART, CONTRACT)


def parameters(**fixed):
    """Return a strategy for all kinds of parameters under which the schedule comes to rest."""
    share = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0.0, 1.0))
    drawn = {
        "planners": st.integers(1, 4),
        "planning_utilisation": st.floats(0.05, 0.98),
        "slack": st.floats(0.0, 4.0),
        "change_share": st.one_of(st.just(1.0), st.floats(0.05, 1.0)),
        "lead_time": st.floats(0.5, 80.0),
        "transparency": share,
        "rule_coverage": share,
        "quarrel_floor": share,
        "delegation": share,
        "communication": share,
        "granted": share,
        "leaving": share,
        "decisions_per_day": st.floats(1.0, 40.0),
        "contract_days": st.floats(0.0, 20.0),
        "patience": st.sampled_from([0.0, 2.0, 10.0]),
        "selling": st.sampled_from(list(SELLING)),
    }
    return st.builds(Parameters, **(drawn | {name: st.just(value) for name, value in fixed.items()}))


def summaries(process, numbers, *, replications=20, changes=2000, seed=7):
    """Return the summaries of some replications."""
    return [
        summarise(simulate(process, numbers, changes=changes, seed=seed, replication=one))
        for one in range(replications)
    ]


def meets(value, samples, within, level=0.99):
    """Check a mean against replications: inside their interval, which is narrow enough to say something."""
    found = interval(samples, level)
    assert found.low <= value <= found.high, f"{value} is not in {found}"
    assert found.high - found.low <= 2 * within * abs(value), f"{found} says too little about {value}"
