"""How placements are ranked, in words and tables: totals, goals, how sure, flip points, plans."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components.file_rules import show_rules
from orgmodel.criteria import CRITERIA
from orgmodel.questionnaire import EFFECTS, GOAL_IMPORTANCE, GOAL_OF, QUESTION_OF
from orgmodel.ranking import DRAWS, SCENARIOS

_EACH: Final = DRAWS // SCENARIOS
_RULES: Final = f"""
**What is the total of a placement?**
The mean of its scores, from 0 (best) to 100 (worst), by the weights of the criteria in the table below.
Scores are absolute: the total of a placement does not hang on which others are looked at. Distances enter
it once, as nearness. What cannot be told for one placement but can be for another counts as 100 there, so
that nothing wins because a number is missing; what can be told for none is left out for all.

**What do the answers do?**
A goal is as strong as the mean of its answered questions: yes 1, partly one half, no 0. The goals that
apply are put in order, by you or by their strength, and get the weights of that order (rank order centroid:
100; 75 and 25; 61, 28 and 11 %; equal ones share). Each goal has its own purpose, needs and emphases; they
are mixed by these weights, then multiplied by what the other answers say. "Don't know" never moves a goal,
it makes its weight less certain, as an unsure answer does. What you set by hand holds.

**How sure is the order?**
{SCENARIOS} times the goals are drawn from their ranges, and every number of the assumptions from half as
small to half as large again, most often near its value. In each case the weights of the criteria are drawn
{_EACH} times about what follows from the goals, as widely as if nothing else were known:
{DRAWS:,} weightings. In how many of them a placement is first, second and so on is its *rank
acceptability*; the mean of the weights with which it is first are its *central weights*, those of somebody
who would choose it; how often it is first with exactly these is its *confidence factor* (SMAA-2: Lahdelma
and Salminen (2001), Operations Research 49(3), 444-454). Beside every share stands its Monte Carlo error.

**What decides the answer?**
Sobol indices of the difference between the first two totals: the share of its variance that is left when
everything but this one input is known (Saltelli and others (2010), Computer Physics Communications 181,
259-270).

**What is a tie, what a flip point?**
Two placements tie when one assumption that is a fifth larger or smaller turns their order. A flip point is
the smallest change of one answer, one assumption or one weight that does.

**What is "with more automation", the later date?**
The same ranking with more contacts answered by software, harder ones left for people, and IT needed more;
how much is on the page *Assumptions*.

**What are next moves and the rotation plan?**
One change to the chart at a time, another head of a function as boss, a dotted line, a tie, a delegation,
with the total recomputed from the changed chart; what each line drawn brings decides the order, and numbers
that can only be told afterwards do not count. The plan serves one goal after another, each for as many
quarters as its weight asks and two at least; a move costs points in its quarter, and old and new boss
overlap. Each quarter is judged by the goal it is for, which favours moving; a goal whose move costs more
than it brings is left out. If staying or one move is as good over the whole time, the plan says so.

**Where do contacts go?**
Each cause of a contact stands at a step, order, delivery, billing or support, and leads to the function
that can act on it. Without a ticket file the needs are spread over causes by our own map; with one the
causes are recognised by their words, and whatever you correct counts more. Contacts that nobody is assigned
to, and those that customer service settles itself, are in no need.

**What is said of the structures?**
What is commonly said to help or to hurt under each boss is compared with your chart: each claim has a
measure and a threshold, or it says why no chart can tell.
"""


def show_decision_rules() -> None:
    """Show how placements are ranked, with the tables that weights come from."""
    show_rules(_RULES)
    with st.expander("**What counts how much** (points of 100, our assumption)"):
        show_rows(
            ("Number", "What it is", "Points", "Why as many"),
            [(item.title, item.says, f"{item.points:g}", item.reason) for item in CRITERIA],
        )
    with st.expander("**What each goal makes count more** (factors, our assumption)"):
        rows = [
            (GOAL_OF[goal].title, _TITLE_OF[name], f"× {emphasis.factor:g}", emphasis.reason)
            for goal, emphases in GOAL_IMPORTANCE.items()
            for name, emphasis in emphases.items()
        ]
        show_rows(("Goal", "Criterion", "Factor", "Why"), rows)
    with st.expander(
        "**What each answer moves** (factors at a yes; partly is its square root; our assumption)"
    ):
        rows = [
            (QUESTION_OF[effect.question].text, effect.what, f"× {effect.factor:g}", effect.reason)
            for effect in EFFECTS
        ]
        show_rows(("Question", "Moves", "Factor", "Why"), rows)


def show_rows(headers: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Show a table of texts, row by row."""
    st.table(dict(zip(headers, zip(*rows, strict=True), strict=True)), hide_index=True)


_TITLE_OF: Final = {item.name: item.title for item in CRITERIA}
