"""Methods: every indicator's definition, and the rules by which a file and the chart are read."""

import streamlit as st

from components import session
from components.change_orders_rules import show_change_order_rules
from components.decision_rules import show_decision_rules
from components.definitions import show_definition, unit_on_screen
from components.drawing_rules import show_drawing_rules
from components.file_rules import show_file_rules, show_rules
from orgmodel.indicators import HEADLINES, INDICATORS

session.need_frame("pages/methods.py")

INTRODUCTION = """
Every number comes from your chart and from **assumptions** that you can change. None of the defaults is a
measured fact. The numbers say what a structure makes likely, not what will happen: no study measures what
customer service's reporting line causes. Resources, budgets and people are not in a chart.
"""
RULES = """
**What is a node?**
One person, one post or one department, with one **reporting line** at most to its manager. Further managers
(shared, dotted, contract) may have a share of the authority; **ties** say who works together.

**What moves?**
Customer service with everybody below it, as a whole. Its ties and its further managers stay. Every node that
does not belong to it may become its parent: heads of functions and managers are shown first.

**Who decides in a function?**
Among the nodes of the function whose own manager is not of it, the one with the most people below it (of
equals the one nearer to the top, then the first in the chart), in the largest tree that has one. A post that
nobody holds decides only where no held one can. Name others on the page *Assumptions*.

**Where can customer service go?**
Under one boss; under several with shares of the authority; in parts under several heads (its people are dealt
by location or evenly, the posts above them are dissolved); to an outside provider whose contract somebody
oversees; into a new department; or into the sales teams. What changes the unit itself is judged on the chart
after the change.

**How is a distance counted?**
In steps over all lines of the chart, in both directions, on the shortest way. Each kind of line counts for as
many steps and days as the page *Assumptions* says.

**Who waits, and how long?**
Whoever in customer service has no reports of their own answers customers, who come at random and take random
time. That is one queue, and a split makes several: customers of small queues wait longer than those of a
large one that is as busy.

**When is a difference none?**
Every assumption that can be a little larger or smaller is moved by 20 %, one at a time. Where the better of
two parents is then the worse one, the two are called a tie.

**What if customer service is several nodes?**
Each is placed under the same parent. Shown is the mean, weighted by the number of people, and the reasons of
the largest part.

**What if something is missing?**
A function the chart does not have is left out for every parent alike, and the page says how much of the need
is covered. A number that cannot be told is never replaced by a guess.
"""
st.title("Methods")
st.markdown(INTRODUCTION)
st.page_link("pages/assumptions.py", label="Look at the assumptions and change them", icon=":material/tune:")

st.header("The three headlines")
st.caption("Each has a score from 0 (best) to 100 (worst); the value with its unit always stands beside it.")
for item in HEADLINES:
    with st.container(border=True):
        st.subheader(item.title, anchor=item.name)
        show_definition(item)

st.header("How placements are ranked", anchor="ranking")
show_decision_rules()

st.header("How change orders are simulated", anchor="change-orders")
show_change_order_rules()

st.header("The other numbers")
for item in INDICATORS:
    if not item.headline:
        with st.expander(f"**{item.title}** ({unit_on_screen(item)}, {item.direction})"):
            show_definition(item)

st.header("How a file is read")
show_file_rules()

st.header("How the chart is read")
show_rules(RULES)

st.header("How drawing works")
show_drawing_rules()
