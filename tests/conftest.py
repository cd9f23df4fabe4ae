"""Generated tests are the same in every run, and no test is timed: a busy machine changes nothing."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "orgmodel", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("orgmodel")
