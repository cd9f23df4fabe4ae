"""Methods: every indicator with all of its definition."""

from components.definitions import sections_of
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
