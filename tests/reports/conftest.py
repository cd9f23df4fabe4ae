"""The worked example and its report, made once: that takes some seconds."""

import pytest

from orgmodel.reports.report import report_of
from tests.reports.reports_for_tests import DAY, golden


@pytest.fixture(scope="session")
def scenario():
    return golden()


@pytest.fixture(scope="session")
def report(scenario):
    return report_of(scenario, made=DAY)
