"""The README's lines work as they stand there."""

import re
import tomllib
from pathlib import Path

import streamlit as st

from orgmodel.assumptions import Assumptions
from orgmodel.importing import DEFAULT_LIMITS
from orgmodel.importing.limits import LEAST_OF_A_ROW, MEMORY_MULTIPLE, NESTED_MEMORY_MULTIPLE

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_library_in_ten_lines(monkeypatch, capsys):
    monkeypatch.chdir(PROJECT)
    lines, deciding, _reading, working, *_ = blocks("python")
    known = {}
    exec(lines, known)  # noqa: S102  # our own README
    length, *reasons, last = capsys.readouterr().out.splitlines()
    assert float(length) == known["result"].values["feedback_path_length"]
    assert reasons == list(known["result"].sentences)
    assert last.split()[0] in {"True", "False"}
    assert known["Organization"].from_networkx(known["graph"]) == known["org"]
    exec(deciding, known)  # noqa: S102  # our own README
    assert known["decision"].recommendation.headline in capsys.readouterr().out
    assert known["everything"]["recommendation"]["placement"] == known["decision"].best.key
    exec(working, known)  # noqa: S102  # our own README
    assert len(capsys.readouterr().out.splitlines()) == len(known["document"].steps)
    same = known["Document"].from_json(known["org"], known["log"])
    assert same.organization == known["document"].undo().organization
    assert same.redo().organization == known["document"].organization


def test_a_file_that_is_wrong():
    known = {}
    exec(blocks("python")[2], known)  # noqa: S102  # our own README
    rows = known["rows"]
    assert (rows.total, rows.nodes + rows.merged + rows.lines + rows.rejected) == (5, 5)
    assert known["same"].organization != known["other"].organization
    assert known["other"].steps[-1].changes == "2 nodes with another manager"
    assert known["same"].steps == ()
    assert known["same"].organization.names.tolist() == [f"Person 000{number}" for number in range(1, 5)]
    assert known["report"].reading.mapping == known["mapping"]
    assert set(known["report"].organization.names) == {""}


def test_change_orders(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(PROJECT)
    known, plan = {}, (PROJECT / "data" / "study.toml").read_text(encoding="utf-8")
    shorter = tmp_path / "study.toml"
    shorter.write_text(plan.replace("replications = 20", "replications = 3"), encoding="utf-8")
    block = blocks("python")[4].replace("data/study.toml", shorter.as_posix())
    exec(block, known)  # noqa: S102  # our own README
    assert known["study"].plan.replications == 3
    said = capsys.readouterr().out
    assert all(finding.sentence in said for finding in known["findings"](known["study"]))
    assert known["study"].difference("top", (1, 0, -1), (0, 0, -1)).low > 0
    assert len(known["runs"]) == known["study"].plan.simulations


def test_the_stated_limits():
    said = " ".join(README.split())
    limits = DEFAULT_LIMITS
    for words in (
        f"at most {MEMORY_MULTIPLE} times the size of a file in memory",
        f"{NESTED_MEMORY_MULTIPLE} times of JSON",
        f"a row as at least {LEAST_OF_A_ROW} bytes",
        f"{limits.bytes >> 20} MB ({limits.nested_bytes >> 20} MB of JSON, GraphML and GEXF)",
        f"{limits.rows:,} rows, {limits.columns:,} columns",
        f"columns and {limits.files} files together",
        f"the dashboard takes {st.get_option('server.maxUploadSize')} MB",
    ):
        assert words in said


def test_the_assumptions_file():
    (text,) = blocks("toml")
    assert Assumptions.from_mapping(tomllib.loads(text)).radius == 3


def test_the_picture_of_the_house_is_whole():
    house = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = [*(PROJECT / "orgmodel").iterdir(), *(PROJECT / "orgmodel" / "importing").glob("*/")]
    for room in rooms:
        if not room.name.startswith("__"):
            assert f" {room.name}{'/' if room.is_dir() else ''} " in house, room.name


def test_files_it_names_are_there():
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (PROJECT / target).exists(), target


def test_a_scenario_is_kept_shared_compared_and_reported(monkeypatch, capsys):
    monkeypatch.chdir(PROJECT)
    known = {}
    exec(blocks("python")[5], known)  # noqa: S102  # our own README
    assert "under" in capsys.readouterr().out.lower()
    assert len(known["text"]) <= known["pack"].__globals__["LONGEST_PACKED"]
    assert known["found"].measures.shape[1] == 2
    assert known["page"].startswith(b"<!DOCTYPE html>")
