"""The page that makes reports."""

from lxml import html

from orgmodel.reports.chart_files import CHART_KINDS
from orgmodel.reports.kinds import REPORT_KINDS

HOSTILE = """id,name,title,manager_id,function
a,<script>alert(1)</script>,Chief executive,,executive
b,#set page(width: 1pt) $x$,Head of operations,a,operations
c,=1+1 *bold* :smile:,Head of customer service,b,customer_service
d,{{ 7*7 }},Head of sales,a,sales
"""


def preview(dashboard):
    (frame,) = dashboard.app.get("iframe")
    return frame.proto.srcdoc


def test_the_report_of_the_open_chart_is_shown_and_offered_in_every_kind(dashboard):
    dashboard.open_data("golden_with_service.csv").page("report")
    text = html.fromstring(preview(dashboard)).text_content()
    assert "The answer" in text
    assert "These numbers point to" in text or "Stay" in text
    offered = {button.proto.id.rsplit("-", 1)[-1] for button in dashboard.app.get("download_button")}
    assert set(REPORT_KINDS) <= offered


def test_title_and_sections_can_be_chosen(dashboard):
    dashboard.open_data("golden_12.csv").page("report")
    (title,) = [field for field in dashboard.app.text_input if field.label == "Title"]
    title.set_value("The <b>board</b>").run()
    (left_out,) = [field for field in dashboard.app.multiselect if field.label == "Leave out"]
    left_out.set_value(["charts"]).run()
    page = html.fromstring(preview(dashboard.check()))
    assert page.find(".//h1").text_content() == "The <b>board</b>"
    assert [section.get("id") for section in page.iter("section")] == ["answer"]


def test_a_placement_that_is_chosen_is_in_the_report(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("Fin")
    dashboard.page("report")
    assert "Chosen here all the same: Finance" in preview(dashboard)
    (which,) = [field for field in dashboard.app.button_group if field.label == "Which chart"]
    which.set_value(["After the placement"]).run()
    dashboard.check()


def test_hostile_names_are_shown_as_written(dashboard):
    dashboard.open(HOSTILE).page("report")
    page = html.fromstring(preview(dashboard))
    assert not list(page.iter("script"))
    assert "<script>alert(1)</script>" in page.text_content()
    assert "#set page(width: 1pt) $x$" in page.text_content()
    assert "49" not in {text.strip() for text in page.itertext()}


def test_the_chart_can_be_taken_along_in_every_kind(dashboard):
    dashboard.open_data("golden_12.csv").page("report")
    for kind in CHART_KINDS:
        (field,) = [field for field in dashboard.app.selectbox if field.label == "As what"]
        field.set_value(kind).run()
        dashboard.check()
        labels = [button.proto.label for button in dashboard.app.get("download_button")]
        assert f"Download the chart: {CHART_KINDS[kind].title}" in labels


def test_names_of_people_can_be_left_out(dashboard):
    dashboard.open_data("startup_12.csv").page("report")
    chart = dashboard.app.session_state.document.organization
    names = [name for name in chart.names.tolist() if name]
    assert names
    assert names[0] in preview(dashboard)
    (field,) = [field for field in dashboard.app.toggle if field.label == "With names of people"]
    field.set_value(False).run()
    dashboard.check()
    assert not [name for name in names if name in preview(dashboard)]
