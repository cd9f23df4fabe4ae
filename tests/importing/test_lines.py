"""Further managers and ties, in our own words and in those of other systems."""

import pytest

from orgmodel.importing import read_organization
from orgmodel.lines import FurtherManager, Tie
from tests.report_parts import messages

STAFF = "id,name,manager,{}\na,Ann,,\nb,Bob,a,\nc,Cyd,a,\nd,Dan,b,{}\n"


def read(header, cell):
    return read_organization(STAFF.format(header, f'"{cell}"').encode())


@pytest.mark.parametrize(
    ("header", "cell", "managers"),
    [
        ("AltReportsTo", "a;c", ["a", "c"]),
        ("Dottedids", "a:c", ["a", "c"]),
        ("refs", "a,c", ["a", "c"]),
        ("MATRIX_MANAGER", "c", ["c"]),
        ("MATRIX_MANAGER", "NO_MANAGER", []),
        ("Dotted-Line Manager", "Cyd", ["c"]),
        ("Dotted-Line Manager", "Cyd; ann", ["a", "c"]),
    ],
)
def test_second_managers_have_dotted_lines_without_authority(header, cell, managers):
    report = read(header, cell)
    assert report.organization.further_managers == [
        FurtherManager("d", boss, "dotted", 0.0) for boss in managers
    ]
    assert report.organization.solid_share.tolist() == [0, 1, 1, 1]
    assert header not in report.organization.attributes
    assert report.columns["second_managers"] == (header,)


def test_second_managers_who_are_not_in_the_file_are_kept_as_text():
    report = read("AltReportsTo", "a;x;y")
    assert report.organization.further_managers == [FurtherManager("d", "a", "dotted", 0.0)]
    assert report.organization.attributes["AltReportsTo"].tolist() == [None, None, None, "x;y"]
    assert messages(report, "further_manager") == [
        'Row 5: "x" is not in the file, so no line was drawn; the cell is kept as an attribute.',
        'Row 5: "y" is not in the file, so no line was drawn; the cell is kept as an attribute.',
    ]


def test_second_managers_can_be_placeholders():
    report = read_organization(b"id,manager,matrix manager\na,,\nb,x,\nc,x,\nd,a,x\n")
    assert report.organization.further_managers == [FurtherManager("d", "x", "dotted", 0.0)]


def test_two_columns_of_second_managers():
    report = read_organization(
        b"id,manager,matrix manager,functional manager\na,,,\nb,a,,\nc,b,a,b\nd,b,c,a\n"
    )
    assert [line[:2] for line in report.organization.further_managers] == [("c", "a"), ("d", "a"), ("d", "c")]
    assert messages(report, "further_manager") == [
        'The further line from "c" to "b" is the solid line already. It was left out.'
    ]


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("c", [("c", "dotted", 0.0)]),
        ("c|0.25", [("c", "shared", 0.25)]),
        ("c|0.25|shared;a|0.5|contract", [("a", "contract", 0.5), ("c", "shared", 0.25)]),
        ("c|0,25|Shared", [("c", "shared", 0.25)]),
        ("c|0|dotted; a ", [("a", "dotted", 0.0), ("c", "dotted", 0.0)]),
        ("c||contract", [("c", "contract", 0.0)]),
    ],
)
def test_further_managers_in_our_own_words(cell, lines):
    report = read("further_managers", cell)
    assert [line[1:] for line in report.organization.further_managers] == lines
    assert not messages(report, "further_manager")


@pytest.mark.parametrize(
    ("cell", "lines", "message"),
    [
        ("d|0.5", [], 'The further line from "d" to "d" leads to itself. It was left out.'),
        (
            "c|2",
            [("c", "dotted", 0.0)],
            'Row 5: "2" is no share of the authority (0 to 1); the line has none.',
        ),
        (
            "c|half",
            [("c", "dotted", 0.0)],
            'Row 5: "half" is no share of the authority (0 to 1); the line has none.',
        ),
        (
            "c|0.5|boss",
            [("c", "shared", 0.5)],
            'Row 5: "boss" is no kind of line (shared, dotted, contract); taken as shared.',
        ),
        (
            "c|0.9;a|0.9",
            [("a", "shared", 0.5), ("c", "shared", 0.5)],
            'The further managers of "d" have 1.8 of the authority; reduced to 1.',
        ),
        (
            "c;c",
            [("c", "dotted", 0.0)],
            'The further line from "d" to "c" is written twice. It was left out.',
        ),
    ],
)
def test_further_managers_that_cannot_be_taken_as_written(cell, lines, message):
    report = read("further_managers", cell)
    assert [line[1:] for line in report.organization.further_managers] == lines
    assert messages(report, "further_manager") == [message]


def test_authority_that_runs_in_a_circle_over_further_managers():
    report = read_organization(b"id,manager,further_managers\na,,c|0.5\nb,a,\nc,b,\nd,a,c|0.5\n")
    assert report.organization.further_managers == [
        FurtherManager("a", "c", "shared", 0.0),
        FurtherManager("d", "c", "shared", 0.5),
    ]
    assert messages(report, "further_manager") == [
        (
            '"c" is below "a" and has 0.5 of the authority over it: a circle. The line was kept without '
            "authority."
        )
    ]


@pytest.mark.parametrize(
    ("cell", "ties"),
    [
        ("a", [Tie("a", "d", 1.0)]),
        ("a|2.5;c", [Tie("a", "d", 2.5), Tie("c", "d", 1.0)]),
        ("a|3|e-mail", [Tie("a", "d", 3.0, "e-mail")]),
        (" Ann ; C", [Tie("a", "d", 1.0), Tie("c", "d", 1.0)]),
    ],
)
def test_ties_on_top_of_any_headers(cell, ties):
    report = read("ties", cell)
    assert report.organization.tie_list == ties
    assert not messages(report, "tie")


def test_a_tie_written_on_both_sides_is_one():
    report = read_organization(b"id,manager,ties\na,,b|2\nb,a,a|2\n")
    assert report.organization.tie_list == [Tie("a", "b", 2.0)]
    assert not messages(report, "tie")


@pytest.mark.parametrize(
    ("cells", "ties", "message"),
    [
        (
            ("b|2", "a|3"),
            [Tie("a", "b", 2.0)],
            (
                'Row 3: the tie with "a" is written differently on its two sides; weight 2 and relation '
                '"collaboration" '
                "were taken."
            ),
        ),
        (("b|-1", ""), [Tie("a", "b")], 'Row 2: "-1" is no weight of a tie (above 0); 1 was taken.'),
        (("b|x", ""), [Tie("a", "b")], 'Row 2: "x" is no weight of a tie (above 0); 1 was taken.'),
        (("a", ""), [], 'Row 2: the tie of "a" leads to itself and was left out.'),
        (
            ("z", ""),
            [],
            'Row 2: "z" is not in the file, so no line was drawn; the cell is kept as an attribute.',
        ),
    ],
)
def test_ties_that_cannot_be_taken_as_written(cells, ties, message):
    report = read_organization("id,manager,ties\na,,{}\nb,a,{}\n".format(*cells).encode())
    assert report.organization.tie_list == ties
    assert messages(report, "tie") == [message]


def test_ids_with_separators_in_them():
    report = read_organization(
        b'id,manager,ties,further_managers\na;1,,,\n"b|2",a;1,,\nc,b|2,a\\;1|2;b\\|2,a\\;1|0.5\n'
    )
    assert report.organization.tie_list == [Tie("a;1", "c", 2.0), Tie("b|2", "c")]
    assert report.organization.further_managers == [FurtherManager("c", "a;1", "shared", 0.5)]
