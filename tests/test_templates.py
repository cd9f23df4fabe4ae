"""Charts to start from."""

import pytest

from orgmodel import Organization, OrganizationError, business_functions, customer_service_proposals
from orgmodel.document import Document
from orgmodel.edits import Add
from orgmodel.importing import read_organization, write_organization
from orgmodel.operations import NewNode
from orgmodel.templates import TEMPLATES, template

LARGE = [key for key in TEMPLATES if key != "one_box"]


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_template_is_a_chart_with_one_top_that_is_read_without_findings(key):
    chart = template(key)
    assert isinstance(chart, Organization)
    assert len(chart.roots) == 1
    assert all(chart.titles)
    assert {notice.severity for notice in read_organization(write_organization(chart)).notices} <= {"info"}
    assert TEMPLATES[key].title
    assert TEMPLATES[key].describes.endswith(".")


@pytest.mark.parametrize("key", LARGE)
def test_every_function_of_a_template_is_known_and_customers_are_served(key):
    chart = template(key)
    functions = business_functions(chart).functions.tolist()
    assert "" not in functions
    assert {"executive", "sales", "operations", "finance", "customer_service"} <= set(functions)
    served = {
        node for node, function in zip(chart.ids, functions, strict=True) if function == "customer_service"
    }
    assert set(customer_service_proposals(chart)[0].ids) <= served


@pytest.mark.parametrize(
    ("key", "size"),
    [
        ("one_box", 1),
        ("startup", 12),
        ("functional", 34),
        ("divisional", 35),
        ("regional", 42),
        ("make_to_order", 32),
    ],
)
def test_templates_have_the_size_they_are_meant_to_have(key, size):
    assert len(template(key)) == size


def test_one_box_grows():
    document = Document.of(template("one_box"))
    box = document.organization.ids[0]
    grown = document.do(Add((NewNode("new-1", box, title="Customer service"),)))
    assert grown.organization.manager.tolist() == [-1, 0]


def test_the_plant_plans_its_orders():
    chart = template("make_to_order")
    assert {"order-desk", "head-of-production-planning"} <= set(chart.ids)
    assert ("order-desk", "production-planner") in {tie[:2] for tie in chart.tie_list}


def test_an_unknown_template_is_refused():
    with pytest.raises(OrganizationError, match='"matrix" is no chart to start from'):
        template("matrix")
