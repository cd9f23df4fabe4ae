"""Your chart: from a file to a chart, and everything that can be decided on the way."""

import pytest

from components import column_table, findings
from orgmodel import Assumptions
from orgmodel.edits import Edit
from orgmodel.importing import Choice, ColumnMapping, Notice, Privacy, Repair, read_organization, remap
from orgmodel.importing.writing.kinds import KINDS

HEADER = "id,name,title,manager_id\n"
TWO_MISSING = f"{HEADER}1,Ann,CEO,\n2,Bob,Head of Customer Service,1\n3,Cem,Clerk,77\n4,Dee,Clerk,88\n"
CYCLE = f"{HEADER}1,Ann,CEO,\n2,Bob,Head of Customer Service,1\n3,Cem,Clerk,4\n4,Dee,Clerk,3\n"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00"


def unfold(dashboard, key):
    """Unfold what is computed only when it is open."""
    dashboard.app.session_state[key] = True
    dashboard.app.run()
    return dashboard.check()


def unfold_kind(dashboard, code):
    return unfold(dashboard, f"kind-{code}-file{dashboard.app.session_state.opening}")


def button(dashboard, words):
    (found,) = [button for button in dashboard.app.button if button.label.startswith(words)]
    return found


def press(dashboard, words):
    button(dashboard, words).click().run()
    return dashboard.check()


def managers(dashboard):
    chart = dashboard.app.session_state.document.organization
    return {
        str(node): str(chart.ids[boss]) if boss >= 0 else ""
        for node, boss in zip(chart.ids, chart.manager, strict=True)
    }


# ---------------------------------------------------------------------- opening


def test_one_file(dashboard):
    dashboard.upload({"chart.csv": TWO_MISSING})
    assert "Open: **chart.csv**" in dashboard.text
    assert "4 rows → **4 nodes**" in dashboard.text
    assert "2 nodes added to the chart without a row in the file: 77, 88." in dashboard.text
    assert "Text in UTF-8, cells separated by commas." in dashboard.text
    assert dashboard.app.session_state.unit == ("2",)


def test_an_example_is_shown_too(dashboard):
    assert "manufacturer\\_150.csv" in dashboard.page("your_chart").text


def test_one_node(dashboard):
    dashboard.upload({"chart.csv": f"{HEADER}1,Ann,Owner,\n"})
    assert "1 row → **1 node**" in dashboard.text
    assert "Nothing in this file needs a decision." in dashboard.text
    assert dashboard.app.session_state.unit == ()


def test_several_files_are_one_chart(dashboard):
    nodes, edges = "id,name\na,Ann\nb,Bob\nc,Cem\n", "source,target\na,b\na,c\n"
    dashboard.upload({"nodes.csv": nodes, "edges.csv": edges})
    assert managers(dashboard) == {"a": "", "b": "a", "c": "a"}
    assert "nodes.csv, edges.csv" in dashboard.text
    assert any("read as one chart" in info.value for info in dashboard.app.info)


def test_one_of_several_files(dashboard):
    dashboard.upload({"one.csv": TWO_MISSING, "two.csv": CYCLE})
    (which,) = [radio for radio in dashboard.app.radio if radio.label == "Which of them to read"]
    which.set_value("two.csv").run()
    assert "Open: **two.csv**" in dashboard.check().text
    assert "run in a circle" in " ".join(expander.label for expander in dashboard.app.expander)


def test_a_file_chosen_again_takes_the_place_of_the_first(dashboard):
    dashboard.upload({"chart.csv": TWO_MISSING})
    dashboard.app.file_uploader[0].set_value(
        [("chart.csv", TWO_MISSING.encode(), "text/csv"), ("chart.csv", CYCLE.encode(), "text/csv")]
    ).run()
    assert "Open: **chart.csv**" in dashboard.check().text
    assert set(managers(dashboard)) == {"1", "2", "3", "4"}


def test_a_file_that_cannot_be_read_leaves_the_open_chart(dashboard):
    dashboard.upload({"picture.csv": PICTURE})
    (error,) = dashboard.app.error
    assert error.value.replace("\\", "").count("picture.csv") == 1
    assert "manufacturer_150.csv" in dashboard.text.replace("\\", "")
    dashboard.upload({"chart.csv": TWO_MISSING})
    assert not dashboard.app.error
    assert "Open: **chart.csv**" in dashboard.text


@pytest.mark.parametrize("way", ["clear the field", "another page"])
def test_the_error_of_a_file_is_forgotten(dashboard, way):
    dashboard.upload({"picture.csv": PICTURE})
    assert len(dashboard.app.error) == 1
    if way == "clear the field":
        dashboard.app.file_uploader[0].set_value(None).run()
    else:
        dashboard.page("methods").page("your_chart")
    assert not dashboard.check().app.error


# ---------------------------------------------------------------------- privacy


def test_pseudonyms_and_no_upload_left(dashboard):
    dashboard.page("your_chart")
    dashboard.app.toggle(key="pseudonyms").set_value(True).run()
    dashboard.upload({"chart.csv": TWO_MISSING})
    assert not {"Ann", "Bob"} & set(dashboard.app.session_state.document.organization.names)
    assert "Ann" not in dashboard.text
    assert not dashboard.app.file_uploader[0].value


def test_another_switch_reads_the_file_again_while_it_is_there(dashboard):
    pay = TWO_MISSING.replace("manager_id\n", "manager_id,Salary\n").replace("\n1,Ann,CEO,", "\n1,Ann,CEO,,9")
    dashboard.upload({"chart.csv": pay})
    assert "Salary" not in dashboard.app.session_state.document.organization.attributes
    assert any("Salary" in caption.value for caption in dashboard.app.caption)
    dashboard.app.toggle(key="keep-pay").set_value(True).run()
    assert "Salary" in dashboard.check().app.session_state.document.organization.attributes


def test_another_switch_without_the_file_asks_for_it(dashboard):
    dashboard.upload({"chart.csv": TWO_MISSING}).page("methods").page("your_chart")
    assert not dashboard.app.info
    dashboard.app.toggle(key="keep-pay").set_value(True).run()
    assert "Choose the file again" in dashboard.check().app.info[0].value


# ---------------------------------------------------------------------- columns


def test_an_edit_in_the_table_changes_one_role():
    mapping = ColumnMapping((("Nr", "id"), ("Boss", "keep")))
    edited = column_table.edited_mapping(mapping, {1: {"Read as": "Manager"}}, "Nr")
    assert edited == ColumnMapping((("Nr", "id"), ("Boss", "manager")), "Nr")
    assert column_table.edited_mapping(mapping, {}, None) == mapping


def test_managers_found_in_two_columns_read_as_one_are_no_edit(dashboard):
    dashboard.upload({"chart.csv": "Nr,First name,Last name,Manager\n1,Ann,Abt,\n2,Bob,Bohm,Ann Abt\n"})
    assert dashboard.app.session_state.report.mapping.refers_to == "First name + Last name"
    assert button(dashboard, "Use these columns").disabled


def test_only_a_table_has_cells_that_are_separated(dashboard):
    dashboard.upload({"chart.json": '{"name": "Ann", "children": [{"name": "Bob"}]}'})
    assert "Text in UTF-8." in dashboard.text


def load_columns(dashboard, columns):
    mapping = ColumnMapping(tuple(columns), "Nr")
    unfold(dashboard, "column-file")
    field = next(one for one in dashboard.app.file_uploader if one.label == "Load a saved file")
    field.set_value(("columns.json", mapping.to_json().encode(), "application/json")).run()
    dashboard.check()
    return mapping


def test_columns_are_used_kept_and_taken_back(dashboard):
    content = "Nr,Wer,Tut,Ueber\n1,Ann,CEO,\n2,Bob,Clerk,1\n"
    dashboard.upload({"chart.csv": content})
    columns = load_columns(dashboard, [("Nr", "id"), ("Wer", "name"), ("Tut", "title"), ("Ueber", "manager")])
    assert dashboard.app.session_state.report.mapping == columns
    assert managers(dashboard) == {"1": "", "2": "1"}

    dashboard.upload({"next.csv": content.replace("Bob", "Ben")})
    assert dashboard.app.session_state.report.mapping == columns
    assert any("earlier file with the same headers" in info.value for info in dashboard.app.info)
    press(dashboard, "Back to what was told")
    assert dashboard.app.session_state.report.reading.mapping is None
    dashboard.upload({"again.csv": content})
    assert dashboard.app.session_state.report.reading.mapping is None


def test_a_column_said_to_hold_names_is_hidden_too(dashboard):
    dashboard.page("your_chart")
    dashboard.app.toggle(key="pseudonyms").set_value(True).run()
    dashboard.upload({"chart.csv": "Nr,Wer,Tut,Ueber\n1,Ann Alt,CEO,\n2,Bob Bay,Clerk,1\n"})
    load_columns(dashboard, [("Nr", "id"), ("Wer", "name"), ("Tut", "title"), ("Ueber", "manager")])
    assert dashboard.app.session_state.report.mapping.columns[1] == ("Wer", "name")
    assert "Ann Alt" not in [*dashboard.app.session_state.document.organization.names, dashboard.text]
    assert managers(dashboard) == {"1": "", "2": "1"}


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{}", b'{"columns": [{"header": "a", "role": "id"}]}'])
def test_another_file_is_no_file_of_columns(dashboard, content):
    dashboard.page("your_chart")
    unfold(dashboard, "column-file")
    before = dashboard.app.session_state.report.mapping
    field = next(one for one in dashboard.app.file_uploader if one.label == "Load a saved file")
    field.set_value(("columns.json", content, "application/json")).run()
    assert "Save the columns of a file here first" in dashboard.check().app.error[0].value
    assert dashboard.app.session_state.report.mapping == before


# ---------------------------------------------------------------------- findings and decisions


def test_a_way_is_previewed_applied_taken_back_and_done_again(dashboard):
    dashboard.upload({"chart.csv": CYCLE})
    before = managers(dashboard)
    way = next(radio for radio in dashboard.app.radio if "Cut" in radio.options[0])
    other = next(
        repair
        for notice in dashboard.app.session_state.report.notices
        for repair in notice.repairs
        if repair.choice.code == "cycle" and not repair.applied
    )
    way.set_value(other.choice.option).run()
    assert "This would change" in dashboard.check().text
    assert managers(dashboard) == before
    press(dashboard, "Apply")
    after = managers(dashboard)
    assert after != before
    assert "Decided so far" in dashboard.text
    press(dashboard, "Undo")
    assert managers(dashboard) == before
    assert "Decided so far" not in dashboard.text
    press(dashboard, "Redo")
    assert managers(dashboard) == after
    assert button(dashboard, "Redo").disabled


def test_all_of_a_kind_at_once(dashboard):
    dashboard.upload({"chart.csv": TWO_MISSING})
    unfold_kind(dashboard, "missing_manager")
    (field,) = [box for box in dashboard.app.selectbox if box.label == "For all 2 at once"]
    field.set_value("top").run()
    press(dashboard, "Apply")
    assert [box for box in dashboard.app.selectbox if box.label == "For all 2 at once"]  # still unfolded
    assert managers(dashboard) == {"1": "", "2": "1", "3": "", "4": ""}
    assert "All 2: " in dashboard.text


def test_everything_that_is_proposed(dashboard):
    dashboard.upload({"chart.csv": TWO_MISSING})
    press(dashboard, "Do everything that is proposed")
    assert not [button for button in dashboard.app.button if button.label.startswith("Do everything")]
    assert list(managers(dashboard).values()).count("") == 1


def test_hundreds_of_findings_are_shown_page_by_page(dashboard):
    rows = "".join(f"{number},P{number},Clerk,missing{number}\n" for number in range(500))
    dashboard.upload({"chart.csv": f"{HEADER}0x,Boss,Chief,\n{rows}"})
    unfold_kind(dashboard, "missing_manager")
    assert any("500" in expander.label for expander in dashboard.app.expander)
    assert len(dashboard.app.expander) < 10
    assert len(dashboard.app.radio) < 20
    (search,) = [field for field in dashboard.app.text_input if field.label.startswith("Find among")]
    search.set_value("missing437").run()
    assert len([text for text in dashboard.check().texts if "missing437" in text]) == 1


def test_what_the_reader_said_outlasts_a_decision(dashboard):
    dashboard.upload({"chart.csv": TWO_MISSING}).page("start")
    dashboard.app.radio[0].set_value("none").run()
    press(dashboard.page("your_chart"), "Do everything that is proposed")
    assert dashboard.app.session_state.unit == ()


def test_a_unit_that_vanishes_is_proposed_anew(dashboard):
    dashboard.upload({"chart.csv": TWO_MISSING})
    dashboard.app.session_state.wanted_unit = ("gone",)
    press(dashboard, "Do everything that is proposed")
    assert dashboard.app.session_state.unit == ("2",)


def test_stated_functions_and_owners_are_kept_where_their_nodes_are(dashboard):
    dashboard.upload({"chart.csv": TWO_MISSING})
    state = dashboard.app.session_state
    state.document = state.document.do(Edit(("3",), "function", "sales"))
    state.assumptions = Assumptions(owners={"sales": ["3", "gone"], "product": ["gone"]})
    press(dashboard, "Do everything that is proposed")
    chart = dashboard.app.session_state.document.organization
    assert chart.functions[chart.row("3")] == "sales"
    assert dashboard.app.session_state.assumptions.owners == {"sales": ("3",)}


def notice(option="leave", code="cycle", title='Cut "a"', row=None, message="Sentence."):
    ways = tuple(
        Repair(Choice(code, "a", name), title if name == "leave" else name, name == option, name == "leave")
        for name in ("leave", "other")
    )
    return Notice(code, "error", message, row, "boss", "a", ways)


def test_kinds_are_worst_first():
    info = Notice("encoding", "info", "Windows.")
    waiting = notice("other", "self_reference")
    kinds = findings.kinds_of([info, notice(), notice(), waiting])
    assert [kind.code for kind in kinds] == ["cycle", "self_reference", "encoding"]
    assert [kind.waiting for kind in kinds] == [False, True, False]
    assert [kind.decidable for kind in kinds] == [True, True, False]


def test_what_needs_a_look_comes_first_and_is_counted():
    info = Notice("vacancy", "info", "Kept.")
    (kind,) = findings.kinds_of([info, Notice("vacancy", "warning", "Look.")])
    assert [notice.message for notice in kind.found] == ["Look.", "Kept."]
    assert kind.title.endswith("**2 findings, 1 to look at**")


def test_what_cannot_be_decided_is_said(dashboard):
    dashboard.upload({"chart.csv": "id,name\n1,Ann\n2,Bob\n"})
    assert "1 finding to look at. It cannot be decided here" in dashboard.text
    assert "has what I propose" not in dashboard.text


def test_ways_of_all_are_named_without_what_differs():
    kind = findings.Kind("cycle", found=[notice(title='Cut "a" (Ann)'), notice(title='Cut "b"')])
    assert kind.ways_for_all() == {"leave": "Cut …", "other": "other"}


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Sentence.", "Row 7: Sentence."),
        ("Row 7: wrong.", "Row 7: wrong."),
        ("Of rows 7, 8.", "Of rows 7, 8."),
        ("1 row is empty.", "Row 7: 1 row is empty."),
        ("22 posts are vacant.", "22 posts are vacant. First seen in row 7."),
    ],
)
def test_a_sentence_says_its_row_once(message, shown):
    assert findings.sentence(notice(row=7, message=message)) == shown


# ---------------------------------------------------------------------- the chart, taking away


def test_further_lines_are_counted_by_kind(dashboard):
    header = "id,name,title,unit,function,manager_id,further_managers,ties,headcount,location,status\n"
    rows = "1,Ann,,,,,,,1.0,,\n2,Bob,,,,1,,3,1.0,,\n3,Cem,,,,1,2,,1.0,,\n4,Dee,,,,1,2|0.3|shared;3,,2.0,,\n"
    dashboard.upload({"chart.csv": header + rows})
    shown = {one.label: one.value for one in dashboard.app.metric}
    assert shown == {"People": "5", "Nodes": "4", "Tops": "1", "Further lines": "4"}
    assert "At the top: Ann (3 below)." in dashboard.text
    assert "**2 dotted lines**, **1 shared manager**, **1 tie** without authority" in dashboard.text


def test_downloads_are_there(dashboard):
    dashboard.upload({"chart.csv": TWO_MISSING})
    labels = [one.proto.label for one in dashboard.app.get("download_button")]
    assert labels == ["Findings (CSV)", *(kind.title for kind in KINDS.values())]


def test_privacy_of_the_open_file_is_known(dashboard):
    dashboard.upload({"chart.csv": TWO_MISSING})
    _opening, privacy, reused = dashboard.app.session_state.read_with
    assert (privacy, reused) == (Privacy(), False)


def test_a_report_can_go_back_to_what_was_told():
    report = read_organization(TWO_MISSING.encode())
    assert remap(remap(report, report.mapping), None).mapping == report.mapping
