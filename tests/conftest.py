"""Generated tests are the same in every run, and no test is timed: a busy machine changes nothing."""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "orgmodel", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("orgmodel")


@pytest.fixture(scope="session", autouse=True)
def _keep_elsewhere(tmp_path_factory):
    """Keep what the dashboard keeps in a folder of the tests, never beside the program."""
    os.environ["ORGMODEL_DATABASE_URL"] = f"sqlite:///{tmp_path_factory.mktemp('kept')}/orgmodel.sqlite3"
