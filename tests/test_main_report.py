"""The command that writes a report about a chart or a saved scenario."""

import io
import json
from pathlib import Path

import pypdf
import pytest

from orgmodel.__main__ import main
from orgmodel.reports.kinds import REPORT_KINDS
from orgmodel.scenarios import written_scenario
from tests.reports.reports_for_tests import DATA, golden

GOLDEN = str(DATA / "golden_with_service.csv")
ALONE = str(DATA / "golden_12.csv")


@pytest.mark.parametrize("kind", REPORT_KINDS)
def test_every_kind_by_its_name(kind, tmp_path, capsys):
    target = tmp_path / "out"
    assert main(["report", ALONE, "--format", kind, "--out", str(target)]) == 0
    assert capsys.readouterr().out == f"Written to {target}.\n"
    assert target.stat().st_size > 500


def test_the_ending_says_the_kind_and_the_day_can_be_given(tmp_path):
    target = tmp_path / "board.pdf"
    assert main(["report", ALONE, "--out", str(target), "--date", "2026-11-22"]) == 0
    text = pypdf.PdfReader(io.BytesIO(target.read_bytes())).pages[0].extract_text()
    assert "22 November 2026" in text
    assert "No customer service is named" in text


def test_without_a_name_the_file_is_called_after_the_chart(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["report", ALONE]) == 0
    assert capsys.readouterr().out == "Written to golden_12-report.html.\n"
    assert [file.name for file in tmp_path.iterdir()] == ["golden_12-report.html"]


def test_a_chart_with_its_unit_answers_and_assumptions(tmp_path):
    answers, assumptions, target = tmp_path / "a.json", tmp_path / "a.toml", tmp_path / "r.html"
    answers.write_text(json.dumps({"replies": {"ops_errors": "yes"}}))
    assumptions.write_text("radius = 1\n")
    options = ["--unit", "CS", "--answers", str(answers), "--assumptions", str(assumptions)]
    assert main(["report", GOLDEN, *options, "--out", str(target)]) == 0
    text = target.read_text(encoding="utf-8")
    assert "It rests on the chart, with 1 question answered, 1 number set by hand." in text


def test_a_saved_scenario_is_reported_with_its_own_name_and_notes(tmp_path):
    file, target = tmp_path / "scenario.json", tmp_path / "report.html"
    file.write_bytes(written_scenario(golden(name="Plan B", notes="Spoke with Ann.", unit=())))
    assert main(["report", str(file), "--out", str(target)]) == 0
    text = target.read_text(encoding="utf-8")
    assert '<h1 dir="auto">Plan B</h1>' in text
    assert "Spoke with Ann." in text


def test_a_file_that_is_there_stays_unless_force_is_said(tmp_path, capsys):
    target = tmp_path / "report.csv.zip"
    target.write_text("mine")
    assert main(["report", ALONE, "--out", str(target)]) == 2
    assert "--force" in capsys.readouterr().err
    assert target.read_text() == "mine"
    assert main(["report", ALONE, "--out", str(target), "--force"]) == 0
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no such file.csv"], "no such file.csv"),
        ([GOLDEN, "--unit", "nobody"], "nobody"),
        ([ALONE, "--out", str(Path("no such folder") / "r.html")], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments, words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["report", *arguments]) == 2
    printed = capsys.readouterr()
    assert words in printed.err
    assert len(printed.err.strip().splitlines()) == 1


def test_a_broken_scenario_is_one_sentence(tmp_path, capsys):
    file = tmp_path / "scenario.json"
    file.write_text('{"format": "orgmodel-scenario", "version": 99}')
    assert main(["report", str(file)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
