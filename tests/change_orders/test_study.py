import json
import math
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from orgmodel.change_orders import executors, study
from orgmodel.change_orders.outcomes import OUTCOME_NAMES
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.policies import POLICIES
from orgmodel.change_orders.process import Process
from orgmodel.change_orders.simulation import simulate
from orgmodel.change_orders.study import Plan, run
from orgmodel.change_orders.summary import interval, summarise
from orgmodel.errors import AssumptionError, StudyError
from tests.change_orders.processes_for_tests import CONTRACT, DESK, HEAD, ONE_BOSS, TWO_PARTS

PROJECT = Path(__file__).parents[2]
SMALL = Plan(
    (ONE_BOSS, TWO_PARTS),
    (POLICIES["as_today"], POLICIES["all"]),
    Parameters(),
    (0.7, 0.9),
    replications=4,
    changes=100,
)
SEVERAL_TASKS = replace(SMALL, replications=40)


class Stopped(BaseException):
    """What a click on Stop raises in a page: no Exception."""


@pytest.fixture
def small_tasks(monkeypatch):
    """Two simulations a task, so that a small study has many tasks."""
    monkeypatch.setattr(study, "_CHANGES_OF_A_TASK", 250)


@pytest.fixture(scope="module")
def wanted():
    """What one core gives, in tasks of another size."""
    return content(run(SEVERAL_TASKS, workers=1))


def content(found):
    arrays = [*found.samples.values(), found.by_level, found.decision_times, *found.hours]
    return b"".join(array.tobytes() for array in arrays)


# ---------------------------------------------------------------------- what a study is


def test_every_number_is_that_of_its_own_simulation():
    found = run(SMALL, workers=1)
    parameters = POLICIES["all"].applied(Parameters()).replaced(planning_utilisation=0.9)
    records = simulate(TWO_PARTS, parameters, changes=125, seed=1, replication=3)
    summary = summarise(records, 0.2)
    cell = (1, 1, 1)
    np.testing.assert_array_equal(
        [found.samples[name][*cell, 3] for name in OUTCOME_NAMES], list(summary.values.values())
    )
    np.testing.assert_array_equal(found.hours[1][1, 1, 3], summary.hours)
    np.testing.assert_array_equal(found.by_level[*cell, 3], list(summary.by_level.values()))
    np.testing.assert_array_equal(found.decision_times[*cell, 3], summary.decision_times)
    assert found.expected[1][1][1].values.keys() == set(OUTCOME_NAMES)


def test_the_smallest_study():
    plan = Plan(
        (ONE_BOSS,), (POLICIES["as_today"],), Parameters(), (0.9,), replications=1, changes=1, warm_up=0
    )
    found = run(plan)
    assert found.samples["disputes"].shape == (1, 1, 1, 1)
    assert math.isnan(found.interval("disputes", 0, 0, 0).low)  # one replication has no spread
    assert json.dumps(found.to_json())


def test_intervals_of_what_is_never_below_none_are_not_below_it_either():
    """One quarrel in one of four runs; a difference may be below 0."""
    found = run(SMALL, workers=1)
    cell, samples = (0, 0, 1), np.zeros((2, 2, 2, 4))
    samples[*cell, 0] = 1.0
    found = replace(
        found,
        samples={**found.samples, "top": samples},
        by_level=np.broadcast_to(samples[..., None], found.by_level.shape),
        hours=tuple(np.broadcast_to(samples[0, ..., None], one.shape) for one in found.hours),
        decision_times=np.broadcast_to(samples[..., None], found.decision_times.shape),
    )
    assert found.interval("top", *cell).low == 0.0
    assert found.difference("top", cell, (0, 1, 1)).low < 0.0
    written = next(one for one in found.to_json()["cells"] if one["outcomes"]["top"]["mean"] > 0)
    for one in (*written["decided_by_level"], *written["decision_times"], *written["hours"]):
        assert one["low"] == 0.0 < one["mean"]


def test_what_a_contract_decides_is_what_climbs_and_no_manager_decides():
    found = run(
        replace(SMALL, placements=(ONE_BOSS, CONTRACT), policies=(POLICIES["delegation"],)), workers=1
    )
    assert found.by_contract((0, 0, 1)) == pytest.approx(np.zeros(4))
    assert found.by_contract((1, 0, 1)) == pytest.approx(found.samples["escalations"][1, 0, 1])


def test_equal_placements_have_equal_customers():
    plan = replace(SMALL, placements=(ONE_BOSS, replace(ONE_BOSS, title="The same")))
    found = run(plan, workers=1)
    for samples in found.samples.values():
        np.testing.assert_array_equal(samples[0], samples[1])
    assert tuple(found.difference("disputes", (0, 0, 1), (1, 0, 1))) == (0, 0, 0)


def test_a_difference_is_paired_by_replication():
    found = run(SMALL, workers=1)
    samples = found.samples["disputes"]
    assert found.difference("disputes", (1, 0, 1), (0, 0, 1)) == interval(samples[1, 0, 1] - samples[0, 0, 1])


def test_the_frame_has_every_replication_once():
    found = run(SMALL, workers=1)
    frame = found.frame()
    assert len(frame) == SMALL.simulations
    row = frame.query("placement == 'Two parts' and policy == 'All three' and utilisation == 0.9").iloc[2]
    assert row["replication"] == 2
    assert row["rework"] == found.samples["rework"][1, 1, 1, 2]


def test_json_has_every_cell_with_its_intervals():
    found = run(SMALL, workers=1)
    written = json.loads(json.dumps(found.to_json()))
    assert len(written["cells"]) == len(found.cells) == 8
    last = written["cells"][-1]
    assert (last["placement"], last["policy"], last["utilisation"]) == ("Two parts", "all", 0.9)
    assert last["outcomes"]["rework"]["mean"] == found.interval("rework", 1, 1, 1).mean
    assert [hours["id"] for hours in last["hours"]] == [manager.id for manager in TWO_PARTS.managers]
    assert set(OUTCOME_NAMES) == set(last["outcomes"])


def test_json_has_what_was_simulated_where_a_policy_keeps_more():
    plan = replace(SMALL, parameters=Parameters(transparency=0.9), changes=1, replications=1)
    (today, together) = run(plan, workers=1).to_json()["plan"]["policies"]
    assert today["changes"] == {}
    assert together["changes"] == {"transparency": 0.9, "rule_coverage": 0.6, "delegation": 0.7}


def test_what_is_unstable_is_said_and_not_simulated():
    """One decision in a hundred days: the boss can never keep up, the rules of the second policy can."""
    slow = Parameters(decisions_per_day=0.01, change_share=1.0)
    rules = replace(POLICIES["rules"], changes={"rule_coverage": 1.0})
    plan = replace(SMALL, policies=(POLICIES["as_today"], rules), parameters=slow)
    called = []
    found = run(plan, workers=1, progress=lambda done, simulations: called.append((done, simulations)))
    assert set(found.unstable) == {(place, 0, busy) for place in (0, 1) for busy in (0, 1)}
    assert all("without end" in sentence for sentence in found.unstable.values())
    assert np.isnan(found.samples["disputes"][:, 0]).all()
    assert np.isnan(found.by_level[:, 0]).all()
    assert np.isfinite(found.samples["disputes"][:, 1]).all()
    assert called[-1] == (16, 16)
    assert found.to_json()["cells"][0]["unstable"]


def test_a_study_in_which_nothing_is_stable():
    plan = replace(SMALL, policies=(POLICIES["as_today"],), parameters=Parameters(decisions_per_day=0.01))
    plan = replace(plan, parameters=plan.parameters.replaced(change_share=1.0))
    assert len(run(plan).unstable) == 4


# ---------------------------------------------------------------------- plans that cannot be


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"placements": ()}, "no placement"),
        ({"policies": ()}, "no policy"),
        ({"utilisations": ()}, "no utilisation"),
        ({"utilisations": (1.0,)}, "1.0 .* never come to rest"),
        ({"utilisations": (0.9999999,)}, r"0.9999999 .* to 0.9999,"),
        ({"utilisations": (10**400,)}, "never come to rest"),
        ({"utilisations": (0.5, -0.1)}, "-0.1 .* nothing to do"),
        ({"utilisations": (0.0,)}, "0.0 .* nothing to do"),
        ({"utilisations": (1e-300,)}, "1e-300 .* from 0.001"),
        ({"utilisations": (math.nan,)}, "nan .* no number"),
        ({"utilisations": (True,)}, "True .* no number"),
        ({"utilisations": ("busy",)}, "busy' .* no number"),
        ({"utilisations": (0.5, 0.5)}, "twice"),
        ({"placements": (ONE_BOSS, ONE_BOSS)}, "One boss"),
        ({"policies": (POLICIES["all"], POLICIES["all"])}, "All three"),
        ({"replications": 0}, "replications 0"),
        ({"replications": 2.5}, "replications 2.5"),
        ({"changes": -5}, "changes -5"),
        ({"seed": -1}, "seed -1"),
        ({"warm_up": 1.0}, "warm_up 1.0"),
        ({"replications": 10**6}, "fewer"),
        ({"changes": 10**9}, "fewer"),
        ({"placements": (Process("Nobody", (), ()),)}, "Nobody"),
        ({"placements": (Process("Empty desk", (replace(DESK, agents=0),), (HEAD,)),)}, "0 people"),
        ({"placements": (Process("Odd", (replace(DESK, load=-2.0),), (HEAD,)),)}, "-2.0"),
    ],
)
def test_a_plan_that_cannot_be_gets_a_sentence(changes, words):
    with pytest.raises(StudyError, match=words) as refused:
        replace(SMALL, **changes)
    assert str(refused.value).endswith(".")


def test_numbers_of_the_process_are_checked_at_once():
    with pytest.raises(AssumptionError, match="-1"):
        replace(SMALL, parameters=Parameters(slack=-1))


def test_plans_are_equal_where_they_say_the_same():
    assert replace(SMALL) == SMALL
    assert hash(replace(SMALL)) == hash(SMALL)
    assert replace(SMALL, seed=2) != SMALL


# ---------------------------------------------------------------------- this machine


@pytest.mark.usefixtures("small_tasks")
def test_progress_is_told_here_from_nothing_to_everything():
    called = []
    run(SMALL, workers=1, progress=lambda *numbers: called.append((*numbers, threading.get_ident())))
    done = [number for number, _, _ in called]
    assert (done[0], done[-1]) == (0, SMALL.simulations)
    assert done == sorted(done)
    assert {(simulations, thread) for _, simulations, thread in called} == {
        (SMALL.simulations, threading.get_ident())
    }


@pytest.mark.usefixtures("small_tasks")
@pytest.mark.parametrize("workers", [1, 2])
def test_stop_cancels_what_is_left(workers):
    def stop(done, _simulations):
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        run(SEVERAL_TASKS, workers=workers, progress=stop)
    if workers > 1:  # and nobody is still busy with it
        begun = time.monotonic()
        assert executors.results(len, ["a"], workers=workers) == [1]
        assert time.monotonic() - begun < 5


def test_an_error_of_a_task_is_passed_on():
    with pytest.raises(TypeError):
        executors.results(len, [3], workers=1)
    with pytest.raises(TypeError):
        executors.results(len, [3], workers=2)


def test_another_version_is_refused(monkeypatch):
    monkeypatch.setattr(executors, "version", lambda: "another")
    with pytest.raises(StudyError, match="another version"):
        executors.results(len, ["a"], workers=2)


@pytest.mark.usefixtures("small_tasks")
def test_two_processes_give_the_same_bytes_and_a_killed_one_loses_nothing(wanted):
    assert content(run(SEVERAL_TASKS, workers=2)) == wanted
    killed = []

    def kill(done, _simulations):
        if done > 20 and not killed:
            killed.append(next(iter(executors._pools[2, 0]._processes)))  # noqa: SLF001  # the victim
            os.kill(killed[0], 9)

    assert content(run(SEVERAL_TASKS, workers=2, progress=kill)) == wanted
    assert killed


def test_what_kills_its_process_each_time_is_given_up(monkeypatch):
    monkeypatch.setattr(executors, "_TRIES", 1)
    with pytest.raises(StudyError, match="died"):
        executors.results(os._exit, [1], workers=2)


def test_nothing_to_do_and_nobody_to_do_it():
    assert executors.results(len, []) == []
    with pytest.raises(StudyError, match="0 workers"):
        executors.results(len, ["a"], workers=0)


def test_what_starts_processes_is_loaded_only_where_it_is_used():
    code = (
        "import sys, orgmodel.change_orders.study; "
        "print({'loky', 'distributed', 'dask', 'tornado'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


# ---------------------------------------------------------------------- a cluster


class Cluster:
    """A Dask scheduler and workers in processes of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.workers = []
        self.address = None
        self._processes = []
        file = folder / "scheduler.json"
        self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
        )
        deadline = time.monotonic() + 30
        while not file.exists() or not file.read_text():
            assert time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.05)
        self.address = json.loads(file.read_text())["address"]

    def work(self, number, folder=PROJECT):
        """Start workers; more than are there already have to come."""
        from distributed import Client  # noqa: PLC0415  # only the tests of a cluster

        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder))
        self.workers += [self._start("worker", self.address, *options, folder=folder) for _ in range(number)]
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=30)

    def _start(self, *arguments, folder=PROJECT):
        # Its imports are of the folder that it starts in, and of nothing that these tests run in.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process

    def end(self):
        for process in reversed(self._processes):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        found.work(2)
        yield found
    finally:
        found.end()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(executors, "_ANSWERS_WITHIN", 0.5)


@pytest.mark.usefixtures("small_tasks")
def test_two_dask_workers_give_the_same_bytes(cluster, wanted):
    assert content(run(SEVERAL_TASKS, dask=cluster.address)) == wanted


@pytest.mark.usefixtures("small_tasks")
def test_stop_on_a_cluster(cluster):
    def stop(done, _simulations):
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        run(SEVERAL_TASKS, dask=cluster.address, progress=stop)
    assert executors.results(len, ["a"], dask=cluster.address) == [1]


def test_another_version_on_a_cluster_is_refused(cluster, monkeypatch):
    monkeypatch.setattr(executors, "version", lambda: "another")
    with pytest.raises(StudyError, match="another version"):
        executors.results(len, ["a"], dask=cluster.address)


@pytest.mark.usefixtures("small_tasks")
def test_a_killed_dask_worker_loses_nothing(cluster, wanted):
    victim = cluster.workers.pop()

    def kill(done, _simulations):
        if done > 20:
            victim.kill()

    assert content(run(SEVERAL_TASKS, dask=cluster.address, progress=kill)) == wanted
    assert victim.wait() == -9


@pytest.mark.usefixtures("small_tasks")
def test_a_cluster_that_goes_away_in_the_middle(cluster, monkeypatch):
    """The last test of this cluster: it ends it."""
    monkeypatch.setattr(executors, "_WORKER_BACK_WITHIN", 0.5)

    def end_workers(done, _simulations):
        if done:
            for worker in cluster.workers:
                worker.kill()

    with pytest.raises(StudyError, match=r"All workers .* are gone"):
        run(SEVERAL_TASKS, dask=cluster.address, progress=end_workers)
    cluster.workers.clear()
    cluster.work(1)

    def end_all(done, _simulations):
        if done:
            cluster.end()

    with pytest.raises(StudyError, match="went away"):
        run(SEVERAL_TASKS, dask=cluster.address, progress=end_all)


@pytest.mark.usefixtures("impatient")
def test_a_cluster_without_workers_with_wrong_ones_and_one_that_ends(tmp_path):
    found = Cluster(tmp_path)
    try:
        with pytest.raises(StudyError, match="has no workers"):
            run(SMALL, dask=found.address)
        found.work(1, folder=tmp_path)
        with pytest.raises(StudyError, match="No module named 'orgmodel'"):
            run(SMALL, dask=found.address)
    finally:
        found.end()
    with pytest.raises(StudyError, match="No Dask scheduler answers"):
        run(SMALL, dask=found.address)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("address", ["", "nonsense", "tcp://", "tcp://127.0.0.1:1"])
def test_an_address_without_a_scheduler_gets_a_sentence(address):
    with pytest.raises(StudyError, match="No Dask scheduler answers"):
        run(SMALL, dask=address)


@pytest.mark.usefixtures("impatient")
def test_somebody_who_does_not_speak_dask():
    import socket  # noqa: PLC0415  # only here

    with socket.create_server(("127.0.0.1", 0)) as mute:
        begun = time.monotonic()
        with pytest.raises(StudyError, match="No Dask scheduler answers"):
            run(SMALL, dask=f"tcp://127.0.0.1:{mute.getsockname()[1]}")
        assert time.monotonic() - begun < 10
