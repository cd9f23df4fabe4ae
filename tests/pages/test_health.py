"""Organization health: the whole chart in cards and pictures, whatever customer service does."""

import pytest

HEADER = "id,name,title,function,manager_id\n"


def cards(dashboard):
    return {metric.label: metric.value for metric in dashboard.app.metric}


def test_the_worked_example(dashboard):
    dashboard.open_data("golden_with_service.csv").page("health")
    found = cards(dashboard)
    assert found["Layers"] == "3"
    assert found["Direct reports per manager"] == "2.5"
    assert found["One-to-one reporting"] == "1"
    assert found["Connectedness"] == "100 %"
    assert "25 % of the managers have exactly one direct report." in dashboard.text
    assert "The median of 4 managers; their mean is 3.0." in dashboard.text
    assert (
        "**Information Technology (Head of IT)** manages only **Development (Development Manager)**"
        in dashboard.text
    )


def test_it_says_that_it_ranks_nothing_and_where_the_comparison_is_from(dashboard):
    dashboard.page("health")
    assert "None of this enters the comparison of parents" in dashboard.text
    assert "[Gallup](https://www.gallup.com/" in dashboard.text
    assert len(dashboard.app.get("plotly_chart")) == 2


def test_a_pure_hierarchy(dashboard):
    rows = "1,Top,CEO,,\n2,A,Head,,1\n3,B,Head,,1\n4,C,Clerk,,2\n5,D,Clerk,,2\n"
    dashboard.open(HEADER + rows).page("health")
    found = cards(dashboard)
    names = ("Connectedness", "Hierarchy", "Efficiency", "Common boss")
    assert [found[name] for name in names] == ["100 %"] * 4
    assert "Any two who are joined have one nearest boss in common" in dashboard.text
    assert "No manager has exactly one direct report." in dashboard.text
    assert "Managers with exactly one report" not in dashboard.text


def test_several_trees_are_not_connected(dashboard):
    dashboard.open(f"{HEADER}1,Top,CEO,,\n2,A,Head,,1\n3,B,Top,,\n4,C,Clerk,,3\n").page("health")
    found = cards(dashboard)
    assert found["Connectedness"] == "33 %"
    assert found["Common boss"] == "cannot be told"
    assert "Lines never join more than two nodes of this chart." in dashboard.text


def test_one_node(dashboard):
    dashboard.open(f"{HEADER}1,Ann,Clerk,,\n").page("health")
    found = cards(dashboard)
    assert found["Layers"] == "1"
    assert list(found.values()).count("cannot be told") == 6
    assert "Nobody has direct reports in this chart." in dashboard.text


def test_two_nodes(dashboard):
    dashboard.open(f"{HEADER}1,Ann,CEO,executive,\n2,Ben,Clerk,sales,1\n").page("health")
    assert "**Ann (CEO)** manages only **Ben (Clerk)**" in dashboard.text
    assert cards(dashboard)["Modularity by branch"] == "-0.50"


def test_names_are_escaped(dashboard):
    dashboard.open(f"{HEADER}1,[x](javascript:alert(1)),$x$,,\n2,<b>B</b>,`c`,,1\n").page("health")
    (named,) = [text for text in dashboard.texts if "manages only" in text]
    for harmful in ("](", "<b>", "$x$", " (`"):
        assert harmful not in named.replace("\\]", "").replace("\\$", "").replace("\\`", "")


def test_only_the_first_are_named(dashboard):
    rows = "".join(f"n{number},P{number},Clerk,,n{number - 1}\n" for number in range(1, 40))
    dashboard.open(f"{HEADER}n0,Top,CEO,,\n{rows}").page("health")
    (named,) = [text for text in dashboard.texts if "manages only" in text]
    assert named.count("manages only") == 8
    assert "and 31 more" in dashboard.text


@pytest.mark.parametrize("name", ["startup_12.csv", "software_400.csv", "bank_1200.csv"])
def test_the_examples(dashboard, name):
    dashboard.open_data(name).page("health")
    found = cards(dashboard)
    assert "nan" not in "".join(found.values())
    assert "cannot be told" not in found.values()


def test_a_correction_of_the_chart_is_counted_anew(dashboard):
    rows = "1,Top,CEO,executive,\n2,A,Head,sales,1\n3,B,Head,sales,1\n4,C,Clerk,it,2\n"
    dashboard.open(HEADER + rows).page("health")
    before = cards(dashboard)["Modularity by business function"]
    dashboard.open(HEADER + rows.replace("Clerk,it", "Clerk,sales")).page("health")
    assert cards(dashboard)["Modularity by business function"] != before
