"""docs/hosting.md says what is so: the settings, the sentences people read, the files it has one write."""

import re
from configparser import ConfigParser
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from hosting import limits
from hosting.settings import TABLE, Settings, settings

PROJECT = Path(__file__).parents[2]
TEXT = (PROJECT / "docs" / "hosting.md").read_text(encoding="utf-8")


def blocks(language):
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```", TEXT, flags=re.DOTALL | re.MULTILINE)
    return [dedent(block) for block in found]


def written(value):
    """Return a default as it would be typed."""
    match value:
        case bool():
            return "1" if value else "0"
        case str() | tuple():
            return ",".join(value) if isinstance(value, tuple) else value
    return str(value)


def table():
    """Return the table of all settings."""
    lines = ["| setting | meaning | default | in demo mode |", "|---|---|---|---|"]
    for row in TABLE:
        default, demo = written(row.default), written(row.demo_default)
        cells = (f"`{default}`" if default else "", f"`{demo}`" if demo != default else "")
        lines.append(f"| `{row.variable}` | {row.meaning} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)


def test_the_table_holds_every_setting():
    begin, end = "<!-- settings: made from hosting/settings.py; a test compares -->\n", "\n<!-- /settings -->"
    assert TEXT.partition(begin)[2].partition(end)[0] == table()


def test_people_read_the_sentences_that_stand_there(monkeypatch):
    monkeypatch.setattr(
        limits, "settings", lambda: Settings(boxes=2_000, study_runs=2_000, tabs=10, sessions=200)
    )
    monkeypatch.setattr(limits, "_tabs", {})
    with pytest.raises(limits.LimitError) as refused:
        limits.check_boxes(25_000)
    said = [str(refused.value), limits.refused_study(4_000)]
    for tab in range(200):
        limits.admit(f"visitor {tab // 10}", f"tab {tab}")
    said += [limits.admit("visitor 0", "another"), limits.admit("somebody", "another")]
    for sentence in said:
        assert sentence
        assert f"| {sentence} |" in TEXT


def test_the_secrets_of_community_cloud_are_settings(monkeypatch):
    (line,) = blocks("toml")
    name, _, value = line.strip().partition(" = ")
    monkeypatch.setenv(name, value.strip('"'))
    settings.cache_clear()
    assert settings().demo
    settings.cache_clear()


def test_sign_in_is_added_to_the_replicas():
    (added,) = map(yaml.safe_load, blocks("yaml"))
    services = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert set(added["services"]) == {name for name, service in services.items() if "build" in service}
    for service in added["services"].values():
        named = {value.removeprefix("/run/secrets/") for value in service["environment"].values()}
        assert named == set(service["secrets"]) == set(added["secrets"])


def test_the_service_starts_what_the_container_starts():
    (text,) = blocks("ini")
    unit = ConfigParser(interpolation=None)
    unit.optionxform = str
    unit.read_string(text)
    assert "-m streamlit run app.py" in unit["Service"]["ExecStart"]
    assert unit["Service"]["User"] == "orgmodel"


def test_what_it_links_to_is_there():
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        file, _, part = target.partition("#")
        if file.startswith("https://"):
            continue
        text = (PROJECT / "docs" / file).resolve().read_text(encoding="utf-8") if file else TEXT
        titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
        found = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
        assert not part or part in found, target
