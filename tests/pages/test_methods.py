"""Methods: every indicator with all of its definition."""

import streamlit as st

from components.account import rows_text
from components.definitions import sections_of
from components.file_rules import file_rules
from orgmodel.change_orders.outcomes import OUTCOME_TABLE
from orgmodel.change_orders.parameters import PARAMETERS, Parameters
from orgmodel.change_orders.policies import POLICIES, PRESETS
from orgmodel.importing import Limits, read_organization
from orgmodel.importing.limits import MEMORY_MULTIPLE
from orgmodel.indicators import INDICATORS


def test_every_indicator_is_defined(dashboard):
    dashboard.page("methods")
    for item in INDICATORS:
        summary, sections = sections_of(item.definition)
        assert {"Formula", "Unit, range", "Edge cases", "Source"} <= set(sections)
        assert f"**{summary}**" in dashboard.text
        for text in sections.values():
            assert text in dashboard.text
            assert "``" not in text


def test_how_a_file_is_read(dashboard):
    """The page says what the upload field takes, and a host's lower limits."""
    shown = dashboard.page("methods").text.replace("?**  \n", "?**\n")
    most = st.get_option("server.maxUploadSize")
    assert file_rules(most) in shown
    assert f"\n{most:,} MB (" in shown
    assert f"at most {MEMORY_MULTIPLE} times the size" in shown
    lower = file_rules(
        most, Limits(bytes=9 << 20, nested_bytes=7 << 20, rows=1234, columns=5, cells=6789, files=3)
    )
    for said in ("\n9 MB (7 MB of JSON", "1,234 rows and 5 columns, 6,789 cells", "up to 3 files"):
        assert said in lower


def test_the_rows_are_counted_in_the_words_of_the_rules():
    people = b"id,name,manager\na,Ann,\nb,Bob,a\nb,Bob,a\nc,Cy,b\n,,x\n"
    counted = rows_text(read_organization([people, b"source,target,kind\na,c,dotted\n"]))
    assert counted == "6 rows → **3 nodes, 1 merged into another, 1 read as lines, 1 not used**"
    for words in ("node", "merged into another", "read as lines", "not used"):
        assert f"**{words}**" in file_rules(1)


def test_how_change_orders_are_simulated(dashboard):
    """Every number of the process stands there with its value, every policy, preset and outcome too."""
    page = dashboard.page("methods")
    cells = {str(cell) for table in page.app.table for cell in table.value.to_numpy().ravel()}
    for info in PARAMETERS:
        assert {info.title, info.unit, info.meaning, f"{getattr(Parameters(), info.name):g}"} <= cells
    assert {item.title for item in (*POLICIES.values(), *PRESETS.values(), *OUTCOME_TABLE)} <= cells
    for source in ("Garnett", "Harris and Raviv", "Alonso", "Bloom", "Jin and Levitt", "Jackson", "Baker"):
        assert source in page.text
    assert "Nothing is calibrated with data" in page.text
