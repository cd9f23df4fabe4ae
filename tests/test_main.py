import json
from pathlib import Path

import pytest

from orgmodel.__main__ import main
from orgmodel.importing import read_organization
from orgmodel.importing.writing.kinds import KINDS

DATA = Path(__file__).parents[1] / "data"
GOLDEN = str(DATA / "golden_with_service.csv")


def test_check_says_what_was_read_and_proposes_the_unit(capsys):
    assert main(["check", GOLDEN, str(DATA / "golden_12.csv")]) == 0
    first, second = capsys.readouterr().out.split("\n\n")
    assert "13 rows: 13 nodes, 0 merged, 0 lines, 0 rejected" in first
    assert "nodes 13, roots 1, further managers 0, ties 1" in first
    assert "proposal 1 (high): Head of Customer Service [CS]" in first
    assert "Nothing in this chart looks like customer service" in second


def test_check_as_json_accounts_for_every_row(capsys):
    files = sorted(map(str, DATA.glob("*.csv")))
    assert main(["check", "--json", *files]) == 0
    checked = json.loads(capsys.readouterr().out)["files"]
    assert [item["file"] for item in checked] == files
    for item in checked:
        rows = item["rows"]
        assert rows["total"] == rows["nodes"] + rows["merged"] + rows["lines"] + rows["rejected"]
        assert item["nodes"] == rows["nodes"]
        assert item["roots"] == 1


def test_sweep_as_json_has_the_worked_example(capsys):
    """Values of the worked example, checked by a second implementation."""
    assert main(["sweep", GOLDEN, "--unit", "CS", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["unit"] == "CS"
    rows = {row["id"]: row for row in found["candidates"]}
    assert len(rows) == 12
    assert rows["Sales"]["silo_risk"] == pytest.approx(70)
    assert rows["Ops"]["feedback_path_length"] == pytest.approx(2.2)
    assert rows["Ops"]["current"] is True
    assert rows["Mkt"]["sales_pressure_conflict"] == pytest.approx(44.54, abs=0.005)


def test_sweep_prints_the_best_first(capsys):
    assert main(["sweep", GOLDEN, "--unit", "CS", "--top", "4"]) == 0
    lines = capsys.readouterr().out.splitlines()
    ranked = [line.split("[")[1].split("]")[0] for line in lines if "[" in line]
    assert ranked == ["CEO", "Plant", "Logistics", "Ops"]
    assert "(today)" in next(line for line in lines if "[Ops]" in line)


def test_what_has_no_value_is_null_with_its_reason(tmp_path, capsys):
    file = tmp_path / "two.csv"
    file.write_text(
        "id,name,function,manager_id\na,A,other,\nb,B,operations,\nu,Support,customer_service,a\n"
    )
    assert main(["sweep", str(file), "--unit", "u", "--json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)["candidates"]}
    assert rows["a"]["feedback_path_length"] is None
    assert rows["a"]["unreachable"] == ["operations"]
    assert rows["a"]["sales_pressure_conflict"] is None
    assert "known function" in rows["a"]["undefined"]["sales_pressure_conflict"]
    assert rows["b"]["feedback_path_length"] == 1


def test_several_files_are_one_chart_if_asked(tmp_path, capsys):
    people, lines = tmp_path / "people.csv", tmp_path / "lines.csv"
    people.write_text("id,name,title\na,Ann,CEO\nb,Bob,COO\nc,Cy,Head of Customer Service\n")
    lines.write_text("parent,child\na,b\nb,c\n")
    assert main(["check", str(people), str(lines), "--json"]) == 0
    assert [file["roots"] for file in json.loads(capsys.readouterr().out)["files"]] == [3, 1]
    assert main(["check", str(people), str(lines), "--together", "--json"]) == 0
    (both,) = json.loads(capsys.readouterr().out)["files"]
    assert (both["nodes"], both["roots"], both["rows"]["lines"]) == (3, 1, 2)
    assert main(["sweep", str(people), str(lines), "--unit", "c", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["candidates"]
    assert {row["id"]: row["current"] for row in rows} == {"a": False, "b": True}


def test_assumptions_come_from_a_file(tmp_path, capsys):
    file = tmp_path / "mine.toml"
    file.write_text("radius = 3\n[needs]\nsales = 1\n")
    assert main(["sweep", GOLDEN, "--unit", "CS", "--assumptions", str(file), "--json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)["candidates"]}
    assert rows["Plant"]["silo_risk"] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "no such file.csv"], "no such file.csv"),
        (["sweep", GOLDEN, "--unit", "nobody"], '"nobody"'),
        (["sweep", GOLDEN, "--unit", "CS", "--assumptions", "missing.toml"], "missing.toml"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(arguments, words, capsys):
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
    assert len(printed.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "words"), [("[needs]\nsales = 0\n", "All needs are zero"), ("radius", "is not TOML"), ("", None)]
)
def test_an_assumptions_file_that_makes_no_sense(tmp_path, capsys, text, words):
    file = tmp_path / "mine.toml"
    file.write_text(text)
    code = main(["sweep", GOLDEN, "--unit", "CS", "--assumptions", str(file)])
    assert code == (2 if words else 0)
    assert (words or "") in capsys.readouterr().err


def test_a_chart_that_is_customer_service_altogether(capsys):
    assert main(["sweep", GOLDEN, "--unit", "CEO"]) == 0
    assert "no parent to choose" in capsys.readouterr().out


@pytest.mark.parametrize("kind", list(KINDS))
def test_convert_writes_what_reads_back_equal(tmp_path, capsys, kind):
    target = tmp_path / f"chart.{KINDS[kind].ending}"
    assert main(["convert", GOLDEN, "--to", str(target)]) == 0
    assert capsys.readouterr().out == (
        f"{GOLDEN}: 13 rows: 13 nodes, 0 merged, 0 lines, 0 rejected.\n  Written to {target}.\n"
    )
    assert read_organization(target).organization == read_organization(GOLDEN).organization


def test_convert_overwrites_nothing_unasked(tmp_path, capsys):
    target = tmp_path / "chart.csv"
    target.write_text("mine")
    assert main(["convert", GOLDEN, "--to", str(target)]) == 2
    assert capsys.readouterr().err == (
        f'The file "{target}" is there already; say --force to overwrite it.\n'
    )
    assert target.read_text() == "mine"
    assert main(["convert", GOLDEN, "--to", str(target), "--force"]) == 0
    assert target.read_text().startswith("id,name,title,")


@pytest.mark.parametrize(
    ("name", "words"), [("chart.txt", "does not say what"), ("no/chart.csv", "cannot be")]
)
def test_convert_to_what_cannot_be_written(tmp_path, capsys, name, words):
    assert main(["convert", GOLDEN, "--to", str(tmp_path / name)]) == 2
    assert words in capsys.readouterr().err


def test_a_picture_renamed_to_csv_is_refused(tmp_path, capsys):
    picture = tmp_path / "chart.csv"
    picture.write_bytes((DATA / "icon.png").read_bytes())
    assert main(["check", str(picture)]) == 2
    assert "chart.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["sweep", GOLDEN], ["sweep", GOLDEN, "--unit", "CS", "--top", "0"]]
)
def test_a_wrong_call_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err
