import json
import sys
from pathlib import Path

import pytest

from orgmodel.__main__ import main
from orgmodel.change_orders.outcomes import OUTCOME_NAMES

DATA = Path(__file__).parents[1] / "data"
GOLDEN = str(DATA / "golden_with_service.csv")
PLAN = """
placements = ["today", "sales"]
policies = ["as_today", "rules"]
utilisations = [0.7, 0.9]
replications = 2
changes = 50
"""


@pytest.fixture
def plan(tmp_path):
    def written(text=PLAN):
        file = tmp_path / "plan.toml"
        file.write_text(text, encoding="utf-8")
        return str(file)

    return written


def test_a_study_as_json_has_every_figure_with_its_interval(plan, capsys):
    assert main(["study", GOLDEN, "--unit", "CS", "--plan", plan(), "--json"]) == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert printed.err == ""
    assert [(cell["placement"], cell["policy"], cell["utilisation"]) for cell in found["cells"]] == [
        (placement, policy, utilisation)
        for placement in ("Operations (today)", "Sales")
        for policy in ("as_today", "rules")
        for utilisation in (0.7, 0.9)
    ]
    for cell in found["cells"]:
        assert list(cell["outcomes"]) == list(OUTCOME_NAMES)
        for outcome in cell["outcomes"].values():
            assert set(outcome) == {"mean", "low", "high", "expected"}
    assert found["plan"]["replications"] == 2


def test_a_study_as_a_table_names_policies_placements_and_utilisations(plan, capsys):
    assert main(["study", GOLDEN, "--unit", "CS", "--plan", plan()]) == 0
    printed = capsys.readouterr().out
    for words in (
        "Nothing changed\n",
        "Rules\n",
        "Operations (today)",
        "Sales",
        "70 %",
        "90 %",
        "Quarrels that climb",
    ):
        assert words in printed
    assert "unstable" not in printed


def test_the_same_seed_prints_the_same(plan, capsys):
    outputs = []
    for workers in ("1", "2"):
        assert main(["study", GOLDEN, "--unit", "CS", "--plan", plan(), "--workers", workers]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]


def test_what_is_unstable_is_said(plan, capsys):
    slow = f"{PLAN}\n[parameters]\ndecisions_per_day = 0.01\nchange_share = 1.0\nquarrel_floor = 1.0\n"
    assert main(["study", GOLDEN, "--unit", "CS", "--plan", plan(slow)]) == 0
    printed = capsys.readouterr().out
    assert "unstable" in printed
    assert (
        "Not simulated, because a queue would grow for ever:\n  Operations (today), Nothing changed, 70 %: "
        in printed
    )


def test_assumptions_hold_in_a_study(plan, tmp_path, capsys):
    mine = tmp_path / "mine.toml"
    mine.write_text("transparency = 1\n")
    arguments = ["study", GOLDEN, "--unit", "CS", "--plan", plan(), "--json", "--assumptions", str(mine)]
    assert main(arguments) == 0
    cells = json.loads(capsys.readouterr().out)["cells"]
    assert {cell["outcomes"]["false_promises"]["mean"] for cell in cells} == {0}


def test_progress_is_shown_at_a_terminal(plan, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["study", GOLDEN, "--unit", "CS", "--plan", plan()]) == 0
    assert capsys.readouterr().err.endswith("\r16 of 16 simulations\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("placements", "not TOML"),
        (PLAN.replace("0.9", "1.3"), "1.3"),
        (PLAN.replace("rules", "magic"), "magic"),
        (PLAN.replace('"sales"', '"nobody"'), "nobody"),
        (f"{PLAN}\n[parameters]\nslack = -1\n", "-1"),
        (PLAN.replace("changes = 50", "changes = 5000000000"), "fewer"),
    ],
)
def test_a_plan_that_makes_no_sense_is_one_sentence_and_exit_code_2(plan, capsys, text, words):
    assert main(["study", GOLDEN, "--unit", "CS", "--plan", plan(text)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
    assert len(printed.err.splitlines()) == 1


def test_a_plan_that_cannot_be_read(capsys):
    assert main(["study", GOLDEN, "--unit", "CS", "--plan", "missing.toml"]) == 2
    assert "missing.toml" in capsys.readouterr().err
    picture = str(DATA / "icon.png")
    assert main(["study", GOLDEN, "--unit", "CS", "--plan", picture]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_an_address_without_a_scheduler(plan, capsys):
    assert main(["study", GOLDEN, "--unit", "CS", "--plan", plan(), "--dask", "nonsense"]) == 2
    assert "No Dask scheduler" in capsys.readouterr().err


def test_customer_service_that_is_operations(plan, capsys):
    assert main(["study", GOLDEN, "--unit", "Ops", "--plan", plan('placements = ["today"]')]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_ctrl_c_ends_without_a_traceback(plan, capsys, monkeypatch):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("orgmodel.__main__.run", interrupted)
    assert main(["study", GOLDEN, "--unit", "CS", "--plan", plan()]) == 130
    assert capsys.readouterr().out == ""
