"""Whatever the bytes, the reader gives a sound report or one clear sentence; never anything else."""

import io
import zipfile

import hypothesis.strategies as st
import openpyxl
from hypothesis import given, settings

from orgmodel import Organization
from orgmodel.errors import UnreadableFileError
from orgmodel.importing import NOTICE_CODES, read_organization, write_organization

CELLS = st.sampled_from(
    [
        *("", "", "1", "2", "3", "0", "-1", "00417", "417", "xx", "a", "b", "A ", "a;b", "a|b", "x,y"),
        *(
            "Ann",
            "Bob",
            "Smith, Ann",
            "Ann Smith",
            "ann@x.org",
            "Ann (a)",
            "Vacant",
            "N/D",
            "sales",
            "Dreams",
        ),
        *("=1+1", "'", '"', '"a', 'a"', "\\", "\n", "\r", "\x00", "é", "🙂", "#", "# a", "sep=;", "Total: 3"),
        *("-3", "0,5", "1e999", "nan", "a|2|shared", "b|0.7;a|0.7", "a|-1|x", "2020-01-01", "true"),
    ]
)
HEADERS = st.sampled_from(
    [
        *(
            "id",
            "id",
            "ID",
            "manager_id",
            "Manager",
            "Reports To",
            "Vorgesetzter",
            "manager_role_slug",
            "x",
            "",
        ),
        *("name", "First name", "Last name", "title", "Department", "unit", "function", "function (file)"),
        *("headcount", "FTE %", "status", "kind", "vacancy", "Email", "Location"),
        *("ties", "further_managers", "refs", "AltReportsTo"),
    ]
)
SEPARATORS = st.sampled_from([",", ";", "\t", "|", ", "])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1"])


@st.composite
def tables(draw):
    """Draw the bytes of something like a table."""
    width = draw(st.integers(1, 6))
    header = draw(st.lists(HEADERS, min_size=width, max_size=width))
    above = draw(st.lists(st.lists(CELLS, max_size=2), max_size=2))
    length = st.integers(max(0, width - 1), width + 1)
    rows = draw(
        st.lists(length.flatmap(lambda size: st.lists(CELLS, min_size=size, max_size=size)), max_size=9)
    )
    separator, end = draw(SEPARATORS), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    rows = [*above, *([header] if draw(st.booleans()) or header else []), *rows]
    text = end.join(separator.join(row) for row in rows)
    return text.encode(draw(ENCODINGS), errors="ignore")


def check(data):
    """Read bytes; what is read must be sound, complete and writable."""
    try:
        report = read_organization(data, filename="chart.csv")
    except UnreadableFileError as error:
        report, sentence = None, str(error)
    if report is None:
        assert sentence.startswith('The file "chart.csv" ')
        assert sentence.endswith(".")
        return
    rows, organization = report.rows, report.organization
    assert rows.total == rows.nodes + rows.merged + rows.lines + rows.rejected > 0
    assert len(organization) == rows.nodes + len(report.added)
    assert {organization.statuses[organization.row(node)] for node in report.added} <= {
        "placeholder",
        "",
    }
    assert {notice.code for notice in report.notices} <= NOTICE_CODES.keys()
    assert all(notice.message.endswith((".", "?")) for notice in report.notices)
    assert read_organization(write_organization(organization)).organization == organization
    assert checked_again(organization) == organization


def checked_again(organization):
    """Make an organization of the same columns anew: the reader leaves out the checks of `from_columns`."""
    columns = {
        key: getattr(organization, key)
        for key in (
            "names",
            "titles",
            "units",
            "functions",
            "headcount",
            "locations",
            "statuses",
            "attributes",
        )
    }
    managers = [organization.ids[boss] if boss >= 0 else None for boss in organization.manager]
    return Organization.from_columns(
        organization.ids,
        managers,
        **columns,
        further_managers=organization.further_managers,
        ties=organization.tie_list,
    )


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_random_bytes(data):
    check(data)


@given(st.text(max_size=200), ENCODINGS)
@settings(max_examples=100)
def test_random_text(text, encoding):
    check(text.encode(encoding, errors="ignore"))


@given(tables())
@settings(max_examples=1000)
def test_random_tables(data):
    check(data)


def workbook_members():
    """Return the files inside a small workbook."""
    workbook = openpyxl.Workbook()
    for row in (["id", "name", "manager"], [1, "Ann", None], [2, "Bob", 1], [3, 0.5, "x"]):
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


MEMBERS = workbook_members()


@given(st.data())
@settings(max_examples=100)
def test_random_workbooks(data):
    """The members of a workbook, changed at random before packing, so that the archive itself is whole."""
    name = data.draw(st.sampled_from(sorted(MEMBERS)))
    content = MEMBERS[name]
    start = data.draw(st.integers(0, len(content)))
    end = start + data.draw(st.integers(0, 8))
    changed = content[:start] + data.draw(st.binary(max_size=8)) + content[end:]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for member, whole in MEMBERS.items():
            packed.writestr(member, changed if member == name else whole)
    check(file.getvalue())


@given(st.data())
@settings(max_examples=100)
def test_damaged_archives(data):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, whole in MEMBERS.items():
            packed.writestr(member, whole)
    content = bytearray(file.getvalue())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))]))
