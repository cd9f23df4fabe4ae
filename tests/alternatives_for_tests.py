"""What the tests of alternatives share: a small chart, and what was found by its key."""

from pathlib import Path

from orgmodel import Organization, customer_service_proposals, read_organization, survey

DATA = Path(__file__).parents[1] / "data"
CHART = (
    ("ceo", None, "Chief Executive Officer"),
    ("sales", "ceo", "Head of Sales"),
    ("ops", "ceo", "Head of Operations"),
    ("cs", "ops", "Head of Customer Service"),
)


def chart_of(rows, **columns):
    ids, managers, titles = zip(*rows, strict=True)
    return Organization.from_columns(ids, managers, titles=titles, **columns)


def survey_of(file):
    chart = read_organization(file).organization
    return survey(chart, customer_service_proposals(chart)[0].ids)


def by_key(found):
    return {item.key: item for item in found.kept}


def reasons(found):
    return {item.structure: item.reason for item in found.missing}
