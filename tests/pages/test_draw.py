"""Draw: form, table, history and new charts change the one open chart, and say what they refuse."""

import pytest

from components import history, line_form
from orgmodel.assumptions import Assumptions
from orgmodel.edits import Add, Connect, Edit, Move, Remove
from orgmodel.lines import FurtherManager, Tie
from orgmodel.operations import NewNode
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from tests.pages.test_your_chart import unfold_kind

HEADER = "id,name,title,manager_id\n"
SMALL = (
    f"{HEADER}1,Ann,CEO,\n2,Bob,Head of Customer Service,1\n3,Cem,Head of Sales,1\n"
    "4,Dee,Agent,2\n5,Eve,Agent,2\n"
)
PAGES = ("start", "your_chart", "draw", "placement", "health", "assumptions", "methods")


@pytest.fixture
def drawing(dashboard):
    """The page Draw with a chart of five, and the form open."""
    return show(dashboard.upload({"chart.csv": SMALL}).page("draw"), "Form")


def chart(dashboard):
    return dashboard.app.session_state.document.organization


def managers(dashboard):
    now = chart(dashboard)
    return {
        str(node): str(now.ids[boss]) if boss >= 0 else ""
        for node, boss in zip(now.ids, now.manager.tolist(), strict=True)
    }


def steps(dashboard):
    return [step.title for step in dashboard.app.session_state.document.steps]


def key(dashboard, name):
    return f"{name}-{dashboard.app.session_state.generation}"


def press(dashboard, label, *, more=False):
    """Press the button of this label, or with ``more`` the one whose label begins with it."""
    (button,) = [
        one for one in dashboard.app.button if one.label == label or (more and one.label.startswith(label))
    ]
    assert not button.disabled
    button.click().run()
    return dashboard.check()


def show(dashboard, title):
    dashboard.app.segmented_control(key="beside-drawing").set_value(title).run()
    return dashboard.check()


def find(dashboard, name, words):
    dashboard.app.text_input(key=key(dashboard, f"{name}-search")).set_value(words).run()
    return dashboard.check()


def do(dashboard, *operations):
    """Change the chart as the drawing does."""
    state = dashboard.app.session_state
    for operation in operations:
        state.document = state.document.do(operation)
    dashboard.app.run()
    return dashboard.check()


def errors(dashboard):
    return [error.value for error in dashboard.app.error]


# ---------------------------------------------------------------------- the page


def test_the_drawing_is_there_with_the_headlines_of_now(drawing):
    assert len(drawing.app.get("bidi_component")) == 1
    assert "Silo risk" in drawing.text
    assert "= no change" not in drawing.text
    do(drawing, Edit(("4",), "name", "Dan"))
    assert drawing.text.count("= no change") == 3
    do(drawing, Move(("2",), "3"))
    assert "more: worse" in drawing.text


def test_what_is_not_looked_at_is_not_computed(drawing):
    shown = {
        "Form": "Who",
        "Table": "Find boxes",
        "History": "Undo",
        "New chart": "Begin",
        "Save as": "GraphML",
    }
    for title, label in shown.items():
        show(drawing, title)
        widgets = [
            *drawing.app.button,
            *drawing.app.selectbox,
            *drawing.app.text_input,
        ]
        labels = [widget.label for widget in widgets]
        labels += [one.proto.label for one in drawing.app.get("download_button")]
        assert label in labels
        assert not (set(shown.values()) - {label}) & set(labels)


def test_without_customer_service_it_can_be_chosen(drawing):
    drawing.page("start").app.radio[0].set_value("none").run()
    drawing.page("draw")
    assert any(one.label.startswith("No customer service yet") for one in drawing.app.expander)
    assert "Silo risk" not in drawing.text


# ---------------------------------------------------------------------- the form


def test_the_form_begins_with_customer_service_and_finds_others(drawing):
    person = drawing.app.selectbox(key=key(drawing, "form-list"))
    assert person.value == "2"
    find(drawing, "form", "dee")
    assert drawing.app.selectbox(key=key(drawing, "form-list")).value == "4"
    find(drawing, "form", "nobody of this name")
    assert "Nothing found." in drawing.text
    assert drawing.app.selectbox(key=key(drawing, "form-list")).value == "4"


def test_the_form_follows_the_drawing(drawing):
    drawing.app.session_state.drawn_selection = ("3", "4")
    drawing.app.run()
    assert drawing.check().app.selectbox(key=key(drawing, "form-list")).value == "3"
    find(drawing, "form", "eve")
    assert drawing.app.selectbox(key=key(drawing, "form-list")).value == "5"


def field(dashboard, kind, label):
    """Return the field of the form for a person, which stands before the one for somebody new."""
    return next(one for one in getattr(dashboard.app, kind) if one.label == label)


def test_fields_are_saved_as_one_step(drawing):
    field(drawing, "text_input", "Name").set_value("Bea")
    field(drawing, "text_input", "Unit").set_value("Service")
    field(drawing, "selectbox", "Function").set_value("operations")
    field(drawing, "number_input", "People").set_value(2.0)
    press(drawing, "Save")
    now = chart(drawing)
    row = now.row("2")
    assert (now.names[row], now.units[row], now.functions[row], now.headcount[row]) == (
        *("Bea", "Service", "operations"),
        2.0,
    )
    assert len(steps(drawing)) == 1
    assert "Done: " in drawing.app.toast[0].value
    drawing.app.run()
    assert not drawing.app.toast  # said once
    press(drawing, "Save")
    assert len(steps(drawing)) == 1  # nothing was changed
    show(drawing, "History")
    press(drawing, "Undo")
    assert managers(drawing) == {"1": "", "2": "1", "3": "1", "4": "2", "5": "2"}
    assert chart(drawing).names[1] == "Bob"
    show(drawing, "Form")
    assert field(drawing, "text_input", "Name").value == "Bob"


def test_a_function_is_told_from_the_texts_until_it_is_said(drawing):
    options = field(drawing, "selectbox", "Function").options
    assert options[0] == "Customer service (as title and unit say)"


def test_move_and_put_at_the_top(drawing):
    find(drawing, "form-boss", "cem")
    press(drawing, "Move")
    assert managers(drawing)["2"] == "3"
    press(drawing, "Put at the top")
    assert managers(drawing)["2"] == ""
    assert len(steps(drawing)) == 2


def test_a_refused_move_says_why_and_changes_nothing(drawing):
    find(drawing, "form-boss", "dee")
    press(drawing, "Move")
    (said,) = errors(drawing)
    assert "Bob" in said
    assert "Dee" in said
    assert not steps(drawing)
    drawing.app.run()
    assert not errors(drawing)


def test_reports_and_colleagues_are_added_one_after_the_other(drawing):
    find(drawing, "form", "dee")
    for name, where, boss in (("Fay", "report", "4"), ("Gus", "colleague", "2")):
        drawing.app.text_input(key=key(drawing, "add-name")).set_value(name)
        drawing.app.radio(key=key(drawing, "add-where")).set_value(where)
        press(drawing, "Add")
        now = chart(drawing)
        assert (now.names[-1], managers(drawing)[now.ids[-1]]) == (name, boss)
    press(drawing, "Add")
    assert errors(drawing) == ["Say a name or a title of the new person."]


@pytest.mark.parametrize(("too", "left"), [(False, {"1", "3", "4", "5"}), (True, {"1", "3"})])
def test_delete_lets_those_below_go_up_or_too(drawing, too, left):
    (way,) = [radio for radio in drawing.app.radio if radio.label == "What becomes of those below"]
    way.set_value(too).run()
    press(drawing, "Delete", more=True)
    assert set(managers(drawing)) == left
    assert too or managers(drawing)["4"] == "1"
    assert drawing.app.selectbox(key=key(drawing, "form-list")).value == "1"


def test_lines_with_kind_and_share(drawing):
    find(drawing, "form-other", "cem")
    drawing.app.selectbox(key=key(drawing, "line-kind")).set_value("shared").run()
    drawing.app.number_input(key=key(drawing, "line-share-shared")).set_value(30.0).run()
    press(drawing, "Add the line")
    assert chart(drawing).further_managers == [FurtherManager("2", "3", "shared", 0.3)]
    assert "Bob → Cem (shared manager, 30 % of the authority)" in drawing.text
    press(drawing, "Remove")
    assert chart(drawing).further_managers == []
    drawing.app.selectbox(key=key(drawing, "line-kind")).set_value("tie").run()
    press(drawing, "Add the line")
    assert chart(drawing).tie_list == [Tie("2", "3")]
    assert "Bob and Cem (work together, weight 1)" in drawing.text


def test_what_stays_with_the_manager_is_said(drawing):
    find(drawing, "form-other", "cem")
    assert "Without a share: Ann decides as before, the line only informs." in drawing.text
    drawing.app.number_input(key=key(drawing, "line-share-dotted")).set_value(30.0).run()
    assert "70 % of the authority stays with Ann." in drawing.text
    press(drawing, "Add the line")
    assert "70 % of the authority stays with Ann." in drawing.text  # it would be the same line
    drawing.app.selectbox(key=key(drawing, "line-kind")).set_value("contract").run()
    drawing.app.number_input(key=key(drawing, "line-share-contract")).set_value(80.0).run()
    assert "That is more than Ann has left to give." in drawing.text
    find(drawing, "form", "ann")
    assert "There is no manager here" in drawing.text
    assert any("2 direct reports then have no boss" in one.options for one in drawing.app.radio)


def test_a_refused_line(drawing):
    find(drawing, "form-other", "dee")
    drawing.app.selectbox(key=key(drawing, "line-kind")).set_value("shared").run()
    press(drawing, "Add the line")
    assert len(errors(drawing)) == 1
    assert not steps(drawing)


def test_somebody_else_becomes_customer_service(drawing):
    find(drawing, "form", "cem")
    press(drawing, "Make this customer service")
    assert drawing.app.session_state.unit == ("3",)
    assert not steps(drawing)  # the chart is the same


def test_the_last_box_stays(dashboard):
    show(dashboard.upload({"chart.csv": f"{HEADER}1,Ann,CEO,\n"}).page("draw"), "Form")
    press(dashboard, "Delete", more=True)
    assert len(errors(dashboard)) == 1
    assert len(chart(dashboard)) == 1


def test_lines_are_said_in_words():
    org = Organization.from_columns(
        ["a", "b", "c"],
        [None, "a", "a"],
        names=["*A*", "B", "C"],
        further_managers=[FurtherManager("b", "c")],
        ties=[Tie("a", "b", 2, "works with")],
    )
    assert [line_form.line_text(org, line) for line in line_form.lines_of(org, "b")] == [
        "B → C (dotted line)",
        r"\*A\* and B (works with, weight 2)",
    ]


# ---------------------------------------------------------------------- the table


def test_the_table_shows_a_page_and_finds(drawing):
    rows = "".join(f"n{number},P{number},Clerk,1\n" for number in range(450))
    drawing.upload({"chart.csv": f"{HEADER}1,Ann,CEO,\n{rows}"}).page("draw")
    show(drawing, "Table")
    assert len(drawing.app.dataframe[0].value) == 200
    find(drawing, "table", "p44")
    assert len(drawing.app.dataframe[0].value) == 11
    assert "11 boxes with" in drawing.text
    find(drawing, "table", "nobody of this name")
    assert "0 boxes with" in drawing.text


# ---------------------------------------------------------------------- history


def test_history_back_and_forward(drawing):
    do(drawing, Move(("4",), "3"), Edit(("3",), "name", "Cleo"), Remove(("5",)))
    show(drawing, "History")
    assert list(drawing.app.dataframe[0].value["What was done"]) == steps(drawing)
    assert "1 node is removed: Eve (5)." in drawing.text
    assert any("Dee (4): Bob (2) -> Cleo (3)" in text.replace("\\", "") for text in drawing.texts)
    (go,) = [box for box in drawing.app.selectbox if box.label == "Go to"]
    assert go.options[-1] == "The chart as it was opened"
    go.set_value(0).run()
    press(drawing, "Take back to here")
    assert steps(drawing) == []
    assert "the steps cancel out" in drawing.text
    assert list(drawing.app.dataframe[0].value[""]) == ["taken back"] * 3
    (go,) = [box for box in drawing.app.selectbox if box.label == "Go to"]
    go.set_value(2).run()
    press(drawing, "Do again to here")
    assert len(steps(drawing)) == 2
    press(drawing, "Redo")
    press(drawing, "Undo")
    assert len(steps(drawing)) == 2


def test_each_step_has_its_headlines(drawing):
    do(drawing, Edit(("4",), "name", "Dan"), Move(("2",), "3"), Move(("4",), "3"))
    show(drawing, "History")
    press(drawing, "Undo")
    numbers = drawing.app.dataframe[0].value["Sales-pressure conflict"]
    assert numbers.isna().tolist() == [False, False, True]
    assert numbers[0] != numbers[1]
    assert "The three headlines are those of the chart after each step." in drawing.text
    press(drawing, "Undo")
    fewer = drawing.app.dataframe[0].value["Sales-pressure conflict"]
    assert fewer.isna().tolist() == [False, True, True]
    assert fewer[0] == numbers[0]


@pytest.mark.parametrize("page", ["start", "your_chart", "placement", "health"])
def test_other_pages_say_that_the_chart_was_changed(drawing, page):
    assert "This is your chart with" not in drawing.page(page).text
    do(drawing, Move(("2",), "3"))
    assert "This is your chart with **1 change** made here." in drawing.page(page).text
    drawing.app.button(key="see-changes").click().run()
    assert "Different from the chart as it was opened" in drawing.check().text


def test_the_caption_says_what_became_better_and_worse(drawing):
    assert "Drag a box" in drawing.text
    do(drawing, Move(("2",), "3"))
    assert "Against the chart as it was opened: Silo risk is " in drawing.text
    assert "sales-pressure conflict is worse" in drawing.text


def test_nothing_changed_yet(drawing):
    show(drawing, "History")
    assert "Nothing has been changed" in drawing.text
    assert all(button.disabled for button in drawing.app.button if button.label in {"Undo", "Redo"})


def test_no_step_is_run_by_a_spreadsheet():
    assert history.steps_csv(["=1+1 moves", "b"]) == b"step,what was done\r\n1,'=1+1 moves\r\n2,b\r\n"


# ---------------------------------------------------------------------- what was chosen before


def test_customer_service_goes_and_comes_back(drawing):
    press(drawing, "Delete", more=True)
    assert drawing.app.session_state.unit != ("2",)
    show(drawing, "History")
    press(drawing, "Undo")
    assert drawing.app.session_state.unit == ("2",)


def test_customer_service_is_found_while_drawing(drawing):
    drawing.upload({"chart.csv": f"{HEADER}1,Ann,CEO,\n2,Bob,Head of Sales,1\n"}).page("draw")
    assert drawing.app.session_state.unit == ()
    drawing.app.text_input(key=key(drawing, "add-title")).set_value("Head of Customer Service")
    press(drawing, "Add")
    assert drawing.app.session_state.unit == (chart(drawing).ids[-1],)
    assert "Silo risk" in drawing.text
    assert "no change" not in drawing.text  # there is nothing to compare with


def test_what_was_chosen_stays_as_far_as_it_is_there(drawing):
    drawing.page("placement").choose_parent("3")
    state = drawing.app.session_state
    state.assumptions = Assumptions(owners={"sales": ["3", "1"]})
    generation = state.generation
    drawing.page("draw")
    find(drawing, "form", "eve")
    press(drawing, "Delete", more=True)
    assert state.parent == "3"
    assert state.placement == Placement.under("3")
    find(drawing, "form", "cem")
    press(drawing, "Delete", more=True)
    assert (state.parent, state.placement) == (None, None)
    assert state.assumptions.owners == {"sales": ("1",)}
    assert (state.unit, state.generation) == (("2",), generation)
    for page in PAGES:
        drawing.page(page)


def test_fields_of_a_placement_forget_who_is_gone(drawing):
    drawing.page("placement")
    structure = drawing.app.segmented_control(key=key(drawing, "structure"))
    structure.set_value("outsourced").run()
    (field,) = [box for box in drawing.app.selectbox if box.label == "Who oversees the contract"]
    field.set_value("3").run()
    drawing.page("draw")
    find(drawing, "form", "cem")
    press(drawing, "Delete", more=True)
    drawing.page("placement")
    drawing.app.segmented_control(key=key(drawing, "structure")).set_value("shared").run()
    drawing.check()


# ---------------------------------------------------------------------- decisions about the file


MISSING = f"{HEADER}1,Ann,CEO,\n2,Bob,Head of Customer Service,1\n3,Cem,Clerk,77\n4,Dee,Clerk,88\n"


def test_a_decision_about_the_file_keeps_the_changes(dashboard):
    dashboard.upload({"chart.csv": MISSING}).page("draw")
    do(dashboard, Edit(("2",), "name", "Bea"), Move(("4",), "2"))
    dashboard.page("your_chart")
    (button,) = [one for one in dashboard.app.button if one.label.startswith("Do everything")]
    button.click().run()
    dashboard.check()
    assert len(steps(dashboard)) == 2
    assert (chart(dashboard).names[1], managers(dashboard)["4"]) == ("Bea", "2")
    assert not dashboard.app.warning
    dashboard.app.button(key="undo").click().run()
    assert len(steps(dashboard.check())) == 2


def test_changes_that_fit_no_more_are_named_once(dashboard):
    dashboard.upload({"chart.csv": MISSING}).page("draw")
    do(dashboard, Edit(("2",), "name", "Bea"), Move(("77",), "2"))
    unfold_kind(dashboard.page("your_chart"), "missing_manager")
    (way,) = [box for box in dashboard.app.selectbox if box.label == "For all 2 at once"]
    way.set_value("top").run()
    press(dashboard, "Apply")
    assert "77" not in managers(dashboard)
    (said,) = [one.value for one in dashboard.app.warning]
    assert "77 moves under Bea" in said
    assert len(steps(dashboard)) == 1
    dashboard.app.run()
    assert not dashboard.app.warning


# ---------------------------------------------------------------------- strangers' names


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "$x$", ":material/x:", "*b*"]
)
def test_names_are_not_interpreted(dashboard, name):
    rows = f'1,"{name}",CEO,\n2,"{name} 2",Head of Customer Service,1\n3,"{name} 3","{name}",2\n'
    dashboard.upload({f"{name}.csv": HEADER + rows}).page("draw")
    do(
        dashboard,
        Edit(("3",), "unit", name),
        Connect(FurtherManager("2", "3", "dotted", 0.0)),
        Add((NewNode("9", "2", name=name),)),
    )
    show(dashboard, "Form")
    find(dashboard, "form-boss", "3")
    press(dashboard, "Move")
    assert errors(dashboard)
    written = list(dashboard.texts)
    for title in ("Table", "History", "New chart", "Save as", "Form"):
        show(dashboard, title)
        written += [
            *dashboard.texts,
            *(label for box in dashboard.app.radio for label in box.options),
            *(one.label for one in dashboard.app.checkbox),
            *(one.value for one in dashboard.app.toast),
        ]
    assert name not in "\n".join(written)


def test_a_chart_of_one_box(dashboard):
    dashboard.upload({"chart.csv": f"{HEADER}1,Cleo,Customer Service,\n"})
    assert (len(chart(dashboard)), dashboard.app.session_state.unit) == (1, ("1",))
    for title in ("Table", "History", "New chart", "Save as", "Form"):
        show(dashboard.page("draw"), title)
