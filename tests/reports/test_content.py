"""What a report is made of: texts that every format can hold."""

from hypothesis import given
from hypothesis import strategies as st

from orgmodel.reports.content import LONGEST, LONGEST_CELL, Number, Report, Table, printable
from tests.reports.reports_for_tests import DAY, small


@given(st.text())
def test_a_printable_text_is_one_line_without_what_prints_nothing(text):
    line = printable(text)
    assert printable(line) == line
    assert not any(
        ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 or 0xD800 <= ord(sign) < 0xE000 for sign in line
    )
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    line.encode()


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=200))
def test_what_is_printable_stays_as_it_is(text):
    assert printable(text) == text


def test_a_text_is_cut_at_the_length_of_its_place():
    report = small(["x" * 30_000])
    assert len(report.title) == LONGEST_CELL
    (section,) = report.sections
    assert len(section.blocks[1].text) == LONGEST
    assert max(map(len, report.texts)) == LONGEST
    assert all(text.endswith("…") for text in report.texts if "x" in text)


def test_tables_are_found_in_order_and_numbers_read_with_their_units():
    report = small(["a", "b"])
    assert [table.title for table in report.tables] == ["a"]
    assert [str(row[1]) for row in report.tables[0].rows] == ["0 steps", "1 steps"]
    assert report.day == "22 November 2026"


def test_the_smallest_report_has_a_title_alone():
    report = Report("", "", DAY, ())
    assert report.tables == ()
    assert report.texts == ("", "")
    assert Table("t", ("a",), ((Number(1.0, "1"),),)).rows[0][0].unit == ""
