"""Exports of drawing programs, made for the test: shapes and lines in one table."""

from orgmodel.importing import read_organization

LUCIDCHART = """Id,Name,Shape Library,Page ID,Contained By,Group,Line Source,Line Destination,Text Area 1,\
Text Area 2
1,Document,,,,,,,Our company,
2,Page,,,,,,,Page 1,
3,Block,Org Charts,2,,,,,Ann Archer,CEO
4,Block,Org Charts,2,,,,,Bob Baker,COO
5,Block,Org Charts,2,,,,,Cy Cole,Head of Customer Service
6,Line,,2,,,3,4,,
7,Line,,2,,,4,5,,
8,Line,,2,,,4,,,
9,Block,Org Charts,2,,,,,,
"""


def test_shapes_and_lines_of_a_drawing_in_one_table():
    """Lucidchart's export: a row for the document, each page, shape and line."""
    report = read_organization(LUCIDCHART.encode(), filename="drawing.csv")
    organization = report.organization
    assert organization.names.tolist() == ["Ann Archer", "Bob Baker", "Cy Cole"]
    assert organization.titles.tolist() == ["CEO", "COO", "Head of Customer Service"]
    assert organization.manager.tolist() == [-1, 0, 1]
    rows = report.rows
    assert (rows.total, rows.nodes, rows.lines, rows.rejected) == (9, 3, 2, 4)
    (unused,) = [notice.message for notice in report.notices if notice.code == "row_rejected"]
    assert unused == (
        "4 rows of the drawing (rows 2, 3, 9, 10) not used: the document, pages, shapes without a text, "
        "lines that do not join two shapes."
    )


def test_a_drawing_without_lines_is_its_shapes():
    without = "\n".join(line for line in LUCIDCHART.splitlines() if ",Line," not in line)
    report = read_organization(without.encode())
    assert (report.rows.nodes, report.rows.rejected, len(report.organization.roots)) == (3, 3, 3)
