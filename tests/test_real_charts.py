"""From a real file to every candidate's values."""

import math

import numpy as np
import pytest

from orgmodel import customer_service_proposals, read_organization, survey
from orgmodel.placement import Placement
from tests.real_data import REAL_DATA, needs_real_data

pytestmark = needs_real_data


def surveyed(file):
    organization = read_organization(REAL_DATA / file).organization
    return survey(organization, customer_service_proposals(organization)[0].ids)


@pytest.mark.parametrize("date", ["2022-02-28", "2022-08-31"])
def test_sourcegraph_has_finite_values_everywhere(date):
    found = surveyed(f"sourcegraph/team_{date}.csv")
    assert len(found.table) > 200
    headlines = found.table[["silo_risk", "sales_pressure_conflict", "feedback_path_length"]]
    assert np.isfinite(headlines).all(axis=None)


def test_gitlab_has_values_and_says_what_cannot_be_reached():
    """139 managers are not in the file: no tree has all functions, so every path length is infinite."""
    found = surveyed("companies/gitlab_2022-11.csv")
    table = found.table
    for column in ("silo_risk", "sales_pressure_conflict", "efficiency", "incentive_distortion"):
        assert np.isfinite(table[column]).sum() > 1000
    assert np.isinf(table["feedback_path_length"]).all()
    assert np.isfinite(table["reachable_path_length"]).sum() > 400
    assert (table["unreachable"].str.len() > 0).all()
    assert found.current.scores["feedback_path_length"] == 100


@pytest.mark.parametrize(
    "file",
    ["uk_2015/hmrc.csv", "uk_2013/british_library-senior.csv", "companies/gitlab_2022-11.csv"],
)
def test_one_placement_gives_its_row_of_the_sweep(file):
    found = surveyed(file)
    for node in found.table.index[:: max(1, len(found.table) // 5)]:
        values = found.assess(Placement.under(node)).values
        for name, value in values.items():
            expected = found.table.loc[node, name]
            assert value == pytest.approx(expected) or (math.isnan(value) and math.isnan(expected))
