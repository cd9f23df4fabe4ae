"""What is kept of a file makes the same report again, and nothing else makes any."""

import copy
import json
import pickle
import zlib

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from orgmodel import Organization
from orgmodel.errors import UnreadableFileError
from orgmodel.importing import Choice, ColumnMapping, decide, read_organization, undo, write_organization
from orgmodel.importing.deciding import decide_all, remap
from orgmodel.importing.keeping import read_report, written_report
from orgmodel.importing.limits import Limits
from orgmodel.importing.privacy.private import Privacy
from orgmodel.importing.report import ImportReport
from tests.importing.test_deciding import broken_files
from tests.importing.test_real_files import SETS
from tests.importing.test_round_trip import organizations
from tests.real_data import REAL_DATA, needs_real_data

FILE = (
    b"id,name,title,manager\n1,Ann Archer,CEO,\n2,Bob Baker,Head of Sales,Ann Archr\n\n"
    b"3,Cy Cole,Clerk,Bob Baker\n3,Cy Cole,Clerk,Ann Archer\n4,Di Dean,,4\n"
)
PARTS = (
    *("organization", "notices", "columns", "rows", "encoding", "separator", "sheet", "filename"),
    *("mapping", "evidence", "steps"),
)


def kept(report):
    """Return the report after it was kept, which must be the same."""
    written = written_report(report)
    again = read_report(written)
    for part in PARTS:
        assert getattr(again, part) == getattr(report, part), part
    files = [getattr(notice, "file", None) for notice in report.notices]
    assert [getattr(notice, "file", None) for notice in again.notices] == files
    assert list(again.reading.table.lines) == list(report.reading.table.lines)
    assert written_report(again) == written
    return again


def json_of(report):
    return json.loads(zlib.decompress(written_report(report)))


def packed(written):
    return zlib.compress(json.dumps(written).encode())


# ---------------------------------------------------------------------- there and back


@pytest.mark.parametrize("data", [b"id\n1\n", b"id,manager\n1,\n", b"name\nAnn\nAnn\n", FILE])
def test_the_smallest_files(data):
    kept(read_organization(data))


@given(broken_files())
@settings(max_examples=60, deadline=None)
def test_a_report_is_the_same_before_and_after_decisions(data):
    report = read_organization(data, filename="chart.csv")
    decided = decide_all(report)
    assert undo(kept(decided)).organization == report.organization
    after = decide_all(kept(report))
    assert after.organization == decided.organization
    assert after.steps == decided.steps


@given(organizations())
@settings(max_examples=60, deadline=None)
def test_hostile_texts_are_kept(organization):
    for kind in ("csv", "json"):
        assert kept(read_organization(write_organization(organization, kind))).organization == organization


def test_deciding_goes_on_as_without_a_break():
    report = read_organization(FILE, filename="staff.csv")
    choice = Choice("missing_manager", "Ann Archr", "placeholder")
    decided = decide(report, [choice], "Somebody else")
    again = kept(decided)
    assert [step.title for step in again.steps] == ["Somebody else"]
    assert again.steps[0].changes == decided.steps[0].changes
    mapping = ColumnMapping((("title", "unit"),))
    for turn in (undo, decide_all, lambda one: remap(one, mapping), lambda one: kept(remap(one, mapping))):
        one, other = turn(decided), turn(again)
        assert all(getattr(one, part) == getattr(other, part) for part in PARTS)
    assert again.reading.mapping is None
    assert kept(remap(decided, mapping)).reading.mapping == mapping


def test_rows_know_their_lines_and_files():
    """Files of one id and blank rows: notices name the line and the file in their sentences."""
    sources = [b"id,name,manager\n1,Ann,\n\n\n2,Bob,1\n2,Bo,1\n", b"id,name,manager\n\n3,Cy,1\n3,Di,9\n"]
    report = read_organization(sources, filename=["senior.csv", "junior.csv"])
    assert {notice.file for notice in report.notices} >= {"senior.csv", "junior.csv"}
    kept(decide_all(kept(report)))


def test_half_a_character_of_a_file_name_is_no_hindrance():
    report = read_organization(FILE, filename="caf\udce9.csv")
    assert read_report(written_report(report)).filename == "caf?.csv"


@needs_real_data
def test_real_files_are_kept():
    paths = [[path] for path in sorted(REAL_DATA.glob("*/*.csv"))]
    several = [[REAL_DATA / f"{name}.csv" for name in names] for names in SETS.values()]
    for group in [*paths, *several]:
        kept(decide_all(kept(read_organization(group))))


# ---------------------------------------------------------------------- what is not kept


def test_what_was_left_out_for_privacy_is_not_kept():
    data = (
        b"id,name,e-mail,phone,Annual salary,manager\n1,Ann Archer,ann@x.org,+49 30 777,123456,\n"
        b"2,Bob Baker,bob@x.org,+49 30 888,98765,Ann Archer\n"
    )
    for privacy, secrets in (
        (Privacy(), ["123456", "98765"]),
        (Privacy(pseudonyms=True), ["123456", "98765", "Archer", "Baker", "ann@", "777", "888"]),
    ):
        report = decide_all(read_organization(data, privacy=privacy))
        text = zlib.decompress(written_report(report)).decode()
        assert not [secret for secret in secrets if secret in text]
        assert kept(report).reading.privacy == privacy
    everything = zlib.decompress(written_report(read_organization(data, privacy=Privacy(keep_pay=True))))
    assert b"123456" in everything
    assert b"Archer" in everything


# ---------------------------------------------------------------------- what is refused


def deep(levels):
    return b"[" * levels + b"]" * levels


GOOD = json_of(read_organization(FILE))
BAD = {
    "nothing": b"",
    "no packed bytes": b"id,name\n1,Ann\n",
    "a pickle": pickle.dumps({"format": "orgmodel import report", "version": 1}),
    "no JSON": zlib.compress(b"{"),
    "no text": zlib.compress(b"\xff\xfe"),
    "not a number": zlib.compress(b"NaN"),
    "deep lists": zlib.compress(deep(1_000_000)),
    "a long number": zlib.compress(b"1" * 1_000_000),
    "a list": packed([GOOD]),
    "another format": packed(GOOD | {"format": "orgmodel"}),
    "no version": packed({key: value for key, value in GOOD.items() if key != "version"}),
    "a newer version": packed(GOOD | {"version": 2}),
    "no reading": packed(GOOD | {"reading": None}),
    "an unknown part": packed(GOOD | {"reading": GOOD["reading"] | {"__class__": "os.system"}}),
    "cut off": written_report(read_organization(FILE))[:-5],
    "something behind": written_report(read_organization(FILE)) + b"x",
    "a bomb": zlib.compress(b"[" + b"0," * (40 << 20) + b"0]"),
}


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused_with_a_sentence(name):
    with pytest.raises(UnreadableFileError, match=r"^What was kept of the file cannot be read: .*\.$"):
        read_report(BAD[name])


@pytest.mark.parametrize("size", [0, 1, 100, 10_000])
def test_bytes_cut_off_anywhere_are_refused(size):
    written = written_report(read_organization(FILE))
    with pytest.raises(UnreadableFileError):
        read_report(written[: min(size, len(written) - 1)])


def changed_table(**parts):
    reading = GOOD["reading"]
    return packed(GOOD | {"reading": reading | {"table": reading["table"] | parts}})


@pytest.mark.parametrize(
    "parts",
    [
        {"lines": [[2, 1 << 40, ""]]},
        {"lines": [[2, 1 << 20, name] for name in "ab"] * 10_000},
        {"lines": [[True, 5, ""]]},
        {"lines": [[-5, 5, ""]]},
        {"lines": []},
        {"header": ["id", "id", "title", "manager"]},
        {"header": ["\ud800", "name", "title", "manager"]},
        {"header": []},
        {"columns": []},
        {"columns": [[["a"], "AAAA////"]] * 4},
        {"columns": [[["a"] * 5]] * 3 + [[["\ud800"] * 5]]},
        {"columns": [[["a"] * 5]] * 3 + [[[None] * 5]]},
        {"columns": [["a" * 5]] * 4},
        {"columns": [[["a"] * 4]] * 4},
        {"besides": {"merged": -1}},
        {"besides": {"added": 6}},
    ],
)
def test_tables_that_no_file_makes_are_refused(parts):
    with pytest.raises(UnreadableFileError):
        read_report(changed_table(**parts))


def places_in(value, path=()):
    """Return the paths to every part of JSON."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in items for place in places_in(one, (*path, key)))]


JUNK = st.one_of(
    st.sampled_from(
        [None, True, -1, 0, 1 << 70, 1.5, "", "x", "\ud800", [], {}, [[]], [None], {"code": "x"}]
    ),
    st.sampled_from(["*", "proposed", "id", "drop", "path", "AAAA", ["id", "manager"], [["id"], "AAAA"]]),
)


@given(st.lists(st.tuples(st.sampled_from(places_in(GOOD)), JUNK), min_size=1, max_size=3))
@settings(max_examples=400, deadline=None)
def test_changed_parts_are_read_as_a_sound_report_or_refused(changes):
    written = copy.deepcopy(GOOD)
    for path, junk in changes:
        part = written
        try:
            for key in path[:-1]:
                part = part[key]
            part[path[-1]] = copy.deepcopy(junk)
        except (LookupError, TypeError):
            continue
    try:
        report = read_report(packed(written))
    except UnreadableFileError:
        return
    assert isinstance(report, ImportReport)
    assert isinstance(report.organization, Organization)
    assert report.rows.nodes + len(report.added) == len(report.organization)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data):
    for one in (data, zlib.compress(data)):
        with pytest.raises(UnreadableFileError):
            read_report(one)


def test_what_could_not_be_read_back_is_not_written():
    report = read_organization(FILE)
    assert written_report(report, Limits(unpacked_bytes=100)) == b""
    with pytest.raises(UnreadableFileError, match="larger"):
        read_report(written_report(report), Limits(unpacked_bytes=100))
    with pytest.raises(UnreadableFileError, match="rows"):
        read_report(written_report(report), Limits(rows=4))


def test_many_equal_rows_are_read_back():
    """As nothing packs better, it must not be taken for a bomb."""
    kept(read_organization(b"id,name,unit\n" + b"1,Ann,Sales\n" * 50_000))
