"""How change orders are simulated, in words and tables: the model, its numbers, its sources, its limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from components.decision_rules import show_rows
from components.file_rules import show_rules
from orgmodel.change_orders.draws import CONTACTS_PER_CHANGE
from orgmodel.change_orders.outcomes import OUTCOME_TABLE
from orgmodel.change_orders.parameters import HOURS_A_DAY, HOURS_A_WEEK, OWN, PARAMETERS, SELLING, Parameters
from orgmodel.change_orders.policies import POLICIES, PRESETS
from orgmodel.change_orders.study import Plan
from orgmodel.explanations import percent

_TITLES: Final = {info.name: info.title for info in PARAMETERS}
_DEFAULTS: Final = Parameters()
_WARM_UP: Final = percent(Plan.warm_up)
_SELLING: Final = "; ".join(SELLING.values())

_RULES: Final = f"""
**What is simulated?**
A plant that makes to order. Customers change orders that already stand in the schedule; customer service
answers them, operations plan them, and where the two quarrel, the quarrel climbs the lines of your chart.
The same customers, with the same wishes, come to every placement, every policy and every utilisation.

**1. Who comes?**
Pieces of planning work, at random (Poisson), as many as keep the planners as busy as you say. Each is a new
order or, by chance, a change of an order that stands. Its production is to start a fixed time after it was
entered.

**2. What happens at the desk?**
A change is asked for at the desk of one part of customer service. Other contacts wait there too: first
come, first served, by the people who answer customers. Where your assumptions give customers patience, some
give up. Attempts to sell keep people longer, always, never or only when nobody waits.

**3. When is a change contested?**
It joins the schedule behind all other work: first come, first served, by the planners. Who would wait
longer than the slack is contested. The fuller the schedule, the steeper that rises (Erlang's formula).

**4. What is a false promise?**
Customer service says yes. If the desk sees the schedule (a shared system; through a provider's contract
less gets across) it tells the real date instead, and declines what would come after production has started.
If it does not see it, a contested change has been promised in vain.

**5. When do they quarrel?**
Some quarrels there are in spite of the same goals. The others come from what the two sides are measured by:
the angle between what the bosses of customer service and the head of operations are measured by, as 1 -
cos², 0 for the same and 1 for nothing in common (and where it is not known), times how busy operations are.
Where nobody quarrels, customer service gives in: the promise is broken.

**6. Who decides a quarrel?**
A rule, on the spot, for the share that rules cover. Else the head of customer service, for the share that
is delegated, unless people ask the boss all the same. Else it climbs, from the boss manager by manager, to
the lowest one above both sides, who decides; of several bosses it takes the shortest way. Every manager on
the way takes one case at a time, in order of arrival. Where nobody in the chart is above both, the contract
or the board decides, after a delay.

**7. What comes of it?**
A decision may be a yes. Then the change is made at that moment; if production has started, that is rework
and a late order. So is a change that was promised without seeing the schedule and is planned too late. A
no, and giving in, break a promise: some of those customers leave. The bill has to be corrected after rework
and after a broken promise.

**What is measured, and how sure is it?**
Of every run the first changes do not count ({_WARM_UP} unless a plan says otherwise), since managers have
nothing to settle at first; the schedule begins as full as it is in the long run. A study repeats every run
({Plan.replications} times, with {Plan.changes} changes that count) with other customers. Shown are the mean
and its 95 % interval (Student's t). Differences are taken run by run, since the customers are the same:
that shows small ones. Each interval stands for itself: of twenty, one misses on average; of those with
operations 99 % busy, where a run stays about as full as it began, two or three. "No difference that could
be told from chance" means that 0 lies in the interval.

**What does the formula do, and where does it differ?**
It answers at once. Shares of changes and hours of managers are those of the simulation in the long run: the
planners are an Erlang C queue, the desk Erlang C or A (nearly, where customers give up at a desk that
sells). Rework, late orders and corrected bills it has only where every desk sees the whole schedule. The
time to settle a quarrel is not exact: the formula lets quarrels come at random to managers who each have a
line of their own; in the simulation they come in bursts while the schedule is full, and wait longer. Near
full capacity the schedule stays full, or not so full, for weeks, so that short runs differ widely. A
line to which more comes than can be done grows without end: that is said, with its numbers, and not
simulated. All cells of a study have the same customers, so that its numbers are right or wrong together.

**What does it not tell?**
Nothing is calibrated with data: all numbers below are assumptions, so compare placements and do not read
forecasts. Rework takes nobody's time and does not feed back into the schedule. A refused change has kept
its planner busy too, and a quarrel that is won takes no second place in the schedule. The clocks are apart:
the desk's minutes and contacts do not hang on how busy the plant is, and a change waits as every
{CONTACTS_PER_CHANGE}th contact of its desk does. Managers have nothing else to do, know no urgency and are
never away, and the time that a contract or the board takes is nobody's here; a day has {HOURS_A_DAY:g}
working hours, a week {HOURS_A_WEEK:g}. All times but the lead time are exponential. Whether a quarrel is
won does not hang on who decides it, and a promise that nobody quarrels over is never kept: fewer quarrels
may mean more broken promises. People do not learn, and nobody changes their goals.

**Where does it come from?**
Waiting: Erlang's formulas C and A (with patience: Garnett, Mandelbaum and Reiman (2002), Manufacturing &
Service Operations Management 4(3), 208-227); lines one after another: Jackson (1957), Operations Research
5(4), 518-521. The lowest manager above both sides decides: Harris and Raviv (2002), Management Science
48(7), 852-865. Goals at an angle: Baker (2002), Journal of Human Resources 37(4), 728-751. That deciding
below can be better although the sides must be coordinated: Alonso, Dessein and Matouschek (2008), American
Economic Review 98(1), 145-179. That information moves decisions down and communication moves them up, which
is why a shared system is two numbers here: Bloom, Garicano, Sadun and Van Reenen (2014), Management Science
60(12), 2859-2885. The forerunner that simulates work and its exceptions on a drawn hierarchy, for projects:
the Virtual Design Team, Jin and Levitt (1996), Computational and Mathematical Organization Theory 2(3),
171-196. These are sources of the forms; none gives the numbers.
"""


def show_change_order_rules() -> None:
    """Show how change orders are simulated, with all numbers that are assumptions."""
    show_rules(_RULES)
    with st.expander("**The numbers of the simulation** (our assumptions)"):
        rows = [
            (
                info.title,
                f"{getattr(_DEFAULTS, info.name):g}",
                f"{info.low:g} to {info.high:,g}",
                info.unit,
                info.meaning,
            )
            for info in PARAMETERS
        ]
        show_rows(("Number", "Value", "Possible", "Unit", "What it means"), rows)
        shared = [info.title for info in PARAMETERS if info.name not in OWN]
        st.caption(
            f"When the desk tries to sell: {_SELLING}. On the page *Assumptions* too, where other numbers "
            f"rest on them: {'; '.join(shared)}."
        )
    with st.expander("**What the policies change** (our assumption)"):
        rows = [(policy.title, _changes(policy.changes)) for policy in POLICIES.values()]
        show_rows(("Policy", "What it changes"), rows)
    with st.expander("**What the presets are** (our assumption)"):
        rows = [(preset.title, preset.describes, _changes(preset.changes)) for preset in PRESETS.values()]
        show_rows(("Preset", "What it describes", "What it changes"), rows)
    with st.expander("**What is counted**"):
        rows = [(outcome.title, outcome.unit, outcome.meaning) for outcome in OUTCOME_TABLE]
        show_rows(("Outcome", "Unit", "What it is"), rows)


def _changes(values: Mapping[str, Any]) -> str:
    """Return what a policy or a preset changes, in words.

    >>> _changes({"rule_coverage": 0.6, "selling": "idle"})
    'Contests that a rule settles: 0.6; the desk tries to sell: the same, but only when nobody waits'
    """
    said = [
        f"the desk tries to sell: {SELLING[value]}" if name == "selling" else f"{_TITLES[name]}: {value:g}"
        for name, value in values.items()
    ]
    return "; ".join(said) or "nothing"
