"""The roles of columns as data: proposed with evidence, edited, kept, and used for the next file."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.__main__ import main
from orgmodel.errors import OrgModelError
from orgmodel.importing import ROLE_TITLES, ColumnMapping, read_organization, remap
from tests.real_data import REAL_DATA, needs_real_data

SAMPLES = sorted(Path(__file__).parents[2].joinpath("data").glob("*.csv"))
CHART = b"Code;Who;Job;Boss;Nick\n1;Ann Lee;CEO;;a\n2;Bob Roe;COO;Ann Lee;b\n3;Cyd Poe;Clerk;Bob Roe;\n"


def said(report, *, confirmed=True):
    """Return the notices; whoever confirms a column that was chosen by its values is not told so again."""
    guess = " The column was chosen because its values are found there."
    return [
        (notice.code, notice.row, notice.message.removesuffix(guess if confirmed else ""))
        for notice in report.notices
    ]


def assert_the_proposal_changes_nothing(report):
    again = remap(report, report.mapping)
    assert again.organization == report.organization
    assert said(again) == said(report)
    assert again.columns == report.columns
    assert again.rows == report.rows
    assert report.mapping.fits(report.reading.table.header)
    assert [one.header for one in report.evidence] == list(report.reading.table.header)
    assert [(one.header, one.role) for one in report.evidence] == list(report.mapping.columns)
    assert ColumnMapping.from_json(report.mapping.to_json()) == report.mapping


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_proposed_mapping_makes_the_same_chart(path):
    assert_the_proposal_changes_nothing(read_organization(path))


@needs_real_data
@pytest.mark.parametrize("path", sorted(REAL_DATA.glob("**/*.csv")), ids=lambda path: path.stem)
def test_the_proposed_mapping_makes_the_same_chart_of_a_real_file(path):
    if "reference" in path.parts:
        pytest.skip("no chart")
    try:
        report = read_organization(path)
    except OrgModelError:
        pytest.skip("no chart by itself")
    assert_the_proposal_changes_nothing(report)


@needs_real_data
@pytest.mark.parametrize("pattern", ["uk_2013/dclg-*.csv", "companies/workday/*.csv", "networks/ht_*.csv"])
def test_the_proposed_mapping_makes_the_same_chart_of_several_files(pattern):
    paths = sorted(REAL_DATA.glob(pattern), reverse=pattern.startswith("uk"))
    assert_the_proposal_changes_nothing(read_organization(paths))


ROLES = st.sampled_from(sorted(ROLE_TITLES))


@given(st.dictionaries(st.text(max_size=20), ROLES, max_size=6), st.none() | st.text(max_size=20))
def test_a_mapping_is_kept_as_text(columns, refers_to):
    mapping = ColumnMapping(tuple(columns.items()), refers_to)
    assert ColumnMapping.from_json(mapping.to_json()) == mapping


@given(st.lists(ROLES, min_size=5, max_size=5), st.sampled_from([None, "Code", "Who", "Nick", "none"]))
def test_any_mapping_gives_a_sound_chart(roles, refers_to):
    header = ("Code", "Who", "Job", "Boss", "Nick")
    report = read_organization(
        CHART, mapping=ColumnMapping(tuple(zip(header, roles, strict=True)), refers_to)
    )
    rows = report.rows
    assert rows.total == rows.nodes + rows.merged + rows.lines + rows.rejected == 3
    assert len(report.organization) == rows.nodes + len(report.added)


@given(
    st.text(max_size=60)
    | st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=8), part, max_size=3),
    ).map(json.dumps)
)
def test_any_text_is_a_mapping_or_one_sentence(text):
    try:
        assert isinstance(ColumnMapping.from_json(text), ColumnMapping)
    except OrgModelError as error:
        sentence = str(error)
        assert sentence.endswith(".")


WRITTEN = {"format": "orgmodel column mapping", "version": 1, "columns": [], "refers_to": None}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "The mapping cannot be read: it is not JSON."),
        ("[" * 100_000, "The mapping cannot be read: it is not JSON."),
        ("[]" + " " * (1 << 20), "The mapping cannot be read: it is larger than 1 MB."),
        ("[]", 'The mapping cannot be read: it does not say "format": "orgmodel column mapping".'),
        (
            json.dumps(WRITTEN | {"version": 9}),
            'The mapping has the version "9"; this program reads version 1.',
        ),
        (
            json.dumps(WRITTEN | {"columns": [{"header": "Boss", "role": "chief"}]}),
            '"chief", said of the column "Boss", is no role. Roles are: ' + ", ".join(ROLE_TITLES) + ".",
        ),
        (
            json.dumps(WRITTEN | {"columns": [{"header": "A", "role": "id"}] * 2}),
            'The column "A" is in the mapping twice; say one role of it.',
        ),
        (
            json.dumps(WRITTEN | {"columns": ["Boss"]}),
            '"Boss" is no column of a mapping; it needs "header" and "role" as texts.',
        ),
        (
            json.dumps(WRITTEN | {"refers_to": 3}),
            '"refers_to" is "3"; it must be the header of a column.',
        ),
    ],
)  # fmt: skip
def test_what_is_no_mapping_is_refused_in_a_sentence(text, message):
    with pytest.raises(OrgModelError) as refused:
        ColumnMapping.from_json(text)
    assert str(refused.value) == message


def test_a_mapping_fits_the_same_headers_in_any_order():
    mapping = ColumnMapping((("A", "id"), ("B", "manager")))
    assert mapping.fits(["B", "A"])
    differs = mapping.fits(["A", "C"])
    assert not differs
    assert (differs.missing, differs.further) == (("B",), ("C",))


# ---------------------------------------------------------------------- every role is honoured

STATED = ColumnMapping(
    (("Code", "id"), ("Who", "name"), ("Job", "title"), ("Boss", "manager"), ("Nick", "drop")), "Who"
)


def test_what_a_reader_says_of_columns_is_done():
    report = read_organization(CHART, mapping=STATED)
    organization = report.organization
    assert organization.ids.tolist() == ["1", "2", "3"]
    assert organization.names.tolist() == ["Ann Lee", "Bob Roe", "Cyd Poe"]
    assert organization.titles.tolist() == ["CEO", "COO", "Clerk"]
    assert organization.manager.tolist() == [-1, 0, 1]
    assert not organization.attributes  # "Nick" is left out
    assert report.mapping == STATED
    evidence = {one.header: one for one in report.evidence}
    assert evidence["Nick"].reason == "You leave this column out."
    assert evidence["Boss"].reason == 'You chose this. 2 of 2 values are found in "Who" (100 %).'
    assert evidence["Code"].reason == "You chose this. A value of its own in every row."


def test_a_column_left_out_can_be_taken_back():
    report = read_organization(CHART, mapping=STATED)
    again = remap(report, STATED.with_role("Nick", "keep"))
    assert again.organization.attributes["Nick"].tolist() == ["a", "b", None]


def test_a_stated_manager_column_is_taken_whatever_is_found():
    data = b"id,name,manager,chief\n1,Ann,,\n2,Bob,1,x\n3,Cyd,1,y\n"
    report = read_organization(data)
    assert report.organization.manager.tolist() == [-1, 0, 0]
    mapping = report.mapping.with_role("manager", "keep").with_role("chief", "manager")
    report = remap(report, mapping)
    assert report.added == ("x", "y")
    assert report.organization.attributes["manager"].tolist()[:3] == [None, "1", "1"]


def test_what_the_managers_refer_to_can_be_forced():
    """Numbers that are positions and persons at once."""
    data = b"Person ID,Position ID,Manager\n1,2,\n2,1,1\n3,3,1\n"
    report = read_organization(data)
    assert report.organization.manager.tolist() == [-1, 0, 0]
    report = remap(report, ColumnMapping(report.mapping.columns, "Position ID"))
    assert report.columns["id"] == ("Position ID",)
    assert report.organization.manager.tolist() == [-1, -1, 1]  # row 3 has position 1 and names itself


def test_a_column_given_a_role_comes_before_one_that_headers_tell():
    data = b"id,Title,Trade\n1,Dr,Head\n2,Ms,Clerk\n"
    report = read_organization(data)
    assert report.organization.titles.tolist() == ["Dr", "Ms"]
    assert remap(report, report.mapping.with_role("Trade", "title")).organization.titles.tolist() == [
        "Head",
        "Clerk",
    ]


def test_what_a_mapping_does_not_name_is_told_by_headers():
    report = read_organization(CHART, mapping=ColumnMapping((("Who", "name"), ("Boss", "manager"))))
    assert report.organization.manager.tolist() == [-1, 0, 1]
    other = read_organization(b"ID,Name,Who\n1,x,Ann\n", mapping=ColumnMapping((("Who", "name"),)))
    assert other.organization.names.tolist() == ["Ann"]  # not the one whose header says so
    assert other.organization.ids.tolist() == ["1"]


def test_columns_that_a_file_lacks_are_passed_over_with_a_notice():
    mapping = ColumnMapping(
        (("Boss", "manager"), ("Site", "location"), ("Badge", "id"), ("Old", "keep")), "Badge"
    )
    report = read_organization(b"Boss,Name\n,Ann\nAnn,Bob\n", mapping=mapping)
    assert report.organization.manager.tolist() == [-1, 0]
    messages = [notice.message for notice in report.notices if notice.code == "mapping"]
    assert " ".join(messages) == (
        'The mapping names columns that the file does not have, and they could not be used: "Site", "Badge". '
        "It may have been made for another export."
    )


def test_a_mapping_of_another_file_altogether():
    mapping = ColumnMapping((("X", "id"), ("Y", "manager")))
    report = read_organization(b"id,manager\n1,\n2,1\n", mapping=mapping)
    assert report.organization.manager.tolist() == [-1, 0]


def test_the_next_file_of_the_same_shape():
    kept = ColumnMapping.from_json(STATED.to_json())
    report = read_organization(b"Nick;Boss;Code;Who;Job\n;;7;Zoe;CEO\nx;Zoe;8;Yan;COO\n", mapping=kept)
    assert report.mapping.fits(report.reading.table.header)
    assert report.organization.ids.tolist() == ["7", "8"]
    assert report.organization.manager.tolist() == [-1, 0]


def test_a_column_that_is_empty_now_may_be_filled_in_the_next_file():
    report = read_organization(b"id,manager,Dotted-Line Manager\n1,,\n2,1,\n3,1,\n")
    assert dict(report.mapping.columns)["Dotted-Line Manager"] == "second_managers"
    after = read_organization(b"id,manager,Dotted-Line Manager\n1,,\n2,1,\n3,1,2\n", mapping=report.mapping)
    assert after.organization.further.report.tolist() == [2]


def test_our_own_format_can_be_mapped_too():
    report = read_organization(SAMPLES[1])
    mapping = report.mapping.with_role("manager_id", "drop").with_role("id", "drop")
    report = remap(report, mapping)
    assert len(report.organization.roots) == len(report.organization)
    assert (
        len(
            remap(report, mapping.with_role("id", "id").with_role("manager_id", "manager")).organization.roots
        )
        == 1
    )


def test_a_table_of_one_column_that_is_left_out():
    report = read_organization(b"name\nAnn\nBob\n", mapping=ColumnMapping((("name", "drop"),)))
    assert report.rows.nodes == 2


# ---------------------------------------------------------------------- evidence, word for word


def reasons(data, **options):
    return {one.header: one.reason for one in read_organization(data, **options).evidence}


def test_the_evidence_of_a_manager_column():
    rows = "".join(
        f"{row},P{row} Lee,p{row}@x.org,{(row - 1) // 3 if row > 1 else ''}\n" for row in range(1, 119)
    )
    data = f"Employee ID,Name,Email,Manager\n0,P0 Lee,p0@x.org,\n{rows}119,A,a@x.org,900\n120,B,b@x.org,901\n"
    told = reasons(data.encode())
    assert told["Manager"] == (
        'The header is known. 117 of 119 values are found in "Employee ID" (98 %); 2 are not.'
    )
    assert told["Employee ID"] == "The header is known. A value of its own in every row."
    assert told["Email"] == "The header is known. 100 % are e-mail addresses."


def test_the_evidence_of_other_columns():
    data = (
        b"id,name,Job title,FTE,Division,Department,Hire Date,Pet,Notes,AltReportsTo\n"
        b'1,Ann,CEO,1,X,A,2020-01-01,cat,,\n2,Bob,COO,"0,5",X,B,2020-01-01,dog,,1\n2,Cyd,COO,12,X,B,,dog,,\n'
    )
    assert reasons(data) == {
        "id": "The header is known. 2 different values in 3 rows.",
        "name": "The header is known. A different one in nearly every row.",
        "Job title": "The header is known. 2 different values.",
        "FTE": "The header is known. Numbers from 0.5 to 12.",
        "Division": 'The header is known, but "Department" comes first; kept as it is.',
        "Department": "The header is known. 2 different values.",
        "Hire Date": "The header is known, but the chart does not need it; kept as it is.",
        "Pet": "No known header; kept as it is.",
        "Notes": "No cell is filled.",
        "AltReportsTo": "The header is known. 1 cell filled.",
    }


def test_the_evidence_of_columns_told_by_their_cells():
    data = b"1;Ann Lee;a@x.org;\n2;Bob Roe;b@x.org;1\n3;Cyd Poe;c@x.org;1\n4;Dee Foe;d@x.org;2\n"
    told = list(reasons(data).values())
    guess = "The header is not known; chosen because its values are found."
    assert told[1:] == [
        "There is no header that says it; told from the cells. A different one in nearly every row.",
        "There is no header that says it; told from the cells. 100 % are e-mail addresses.",
        f'{guess} 3 of 3 values are found in "column 1" (100 %).',
    ]


def test_other_columns_that_name_managers_and_other_targets():
    data = b"id,badge,name,manager id,manager name\n1,1,Ann,,\n2,3,Bob,1,Ann\n3,2,Cyd,1,Ann\n4,5,Dee,2,Bob\n"
    report = read_organization(data)
    manager, also = (one for one in report.evidence if one.role == "manager")
    assert manager.reason == (
        'The header is known. 3 of 3 values are found in "id" (100 %). Found elsewhere: "badge" 100 %.'
    )
    assert manager.alternatives == (("badge", 1.0),)
    assert also.reason == (
        'Names managers too; the lines are drawn from "manager id", and this column is compared with it.'
    )


def test_what_you_changed_is_said():
    report = read_organization(CHART.replace(b"Job", b"Title"))
    told = {
        one.header: one.reason for one in remap(report, report.mapping.with_role("Title", "keep")).evidence
    }
    assert told["Title"] == "You chose this; the header would stand for: Job title."


def test_samples_are_few_different_and_short():
    cells = ["x" * 500, "two\nlines", "b", "b", "c"]
    data = "id,Text\n" + "".join(f'{row},"{cell}"\n' for row, cell in enumerate(cells))
    evidence = next(one for one in read_organization(data.encode()).evidence if one.header == "Text")
    assert evidence.samples == ("x" * 59 + "…", "two lines", "b")
    assert evidence.filled == 1.0


# ---------------------------------------------------------------------- on the command line


def test_a_kept_mapping_on_the_command_line(tmp_path, capsys):
    chart, kept = tmp_path / "chart.csv", tmp_path / "kept.json"
    chart.write_bytes(CHART)
    kept.write_text(STATED.to_json(), encoding="utf-8")
    assert main(["check", str(chart), "--mapping", str(kept)]) == 0
    assert "id = Code; manager = Boss; name = Who; title = Job" in capsys.readouterr().out


def test_a_mapping_file_that_makes_no_sense(tmp_path, capsys):
    chart, kept = tmp_path / "chart.csv", tmp_path / "kept.json"
    chart.write_bytes(CHART)
    assert main(["check", str(chart), "--mapping", str(kept)]) == 2
    assert capsys.readouterr().err == f"The mapping file {kept} cannot be read: No such file or directory.\n"
    kept.write_bytes(b"\xff\x00")
    assert main(["sweep", str(chart), "--unit", "1", "--mapping", str(kept)]) == 2
    assert capsys.readouterr().err == "The mapping cannot be read: it is not JSON.\n"
