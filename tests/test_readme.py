"""The README's lines work as they stand there."""

import re
import tomllib
from pathlib import Path

from orgmodel.assumptions import Assumptions

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_library_in_ten_lines(monkeypatch, capsys):
    monkeypatch.chdir(PROJECT)
    (lines,) = blocks("python")
    known = {}
    exec(lines, known)  # noqa: S102  # our own README
    length, *reasons, last = capsys.readouterr().out.splitlines()
    assert float(length) == known["result"].values["feedback_path_length"]
    assert reasons == list(known["result"].sentences)
    assert last.split()[0] in {"True", "False"}
    assert known["Organization"].from_networkx(known["graph"]) == known["org"]


def test_the_assumptions_file():
    (text,) = blocks("toml")
    assert Assumptions.from_mapping(tomllib.loads(text)).radius == 3


def test_files_it_names_are_there():
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (PROJECT / target).exists(), target
