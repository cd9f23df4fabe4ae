"""Files made to keep a reader busy: each ends in a sound report or a refusal.

No test is timed: a reader whose work grows with the square of a size would seem to hang here.
"""

import pytest

from orgmodel.errors import UnreadableFileError
from orgmodel.importing import read_organization
from orgmodel.importing.limits import Limits

MANY = 100_000


def many(row, number=MANY // 10):
    return "".join(row.format(place, place + 1) for place in range(number))


FILES = {
    "a name of brackets and blanks": "id,name,manager\n1,Ann,\n2,Bob,(" + " " * MANY + "x\n",
    "a name of opening brackets": "id,name,manager\n1," + "(" * MANY + ",\n2,Bob," + "(" * MANY + "x\n",
    "a name of blanks": 'id,name,manager\n1,"a' + " " * MANY + 'b",\n2,Bob,1\n',
    "a title of digits without a header": "1" * MANY + "x,a b\n2,c d\n",
    "words and blanks without a header": "a" + " b" * MANY + "1,x\nc,d\n",
    "a headcount of digits": "id,headcount\n1," + "9" * MANY + "x\n2," + "9" * MANY + "\n",
    "a list of backslashes": "id,manager,ties\n1,,\n2,1," + "\\\\" * MANY + "\n",
    "a list of unknown managers": "id,manager,further_managers\n1,,\n2,1," + "x;" * MANY + "\n",
    "a list of one manager": "id,manager,further_managers\n1,,\n2,,\n3,1," + "2;" * MANY + "\n",
    "a cell of many managers": "id,manager\n1,\n2," + "1;" * MANY + "\n",
    "a comment of separators": "# " + "," * MANY + "\nid,name\n1,Ann\n",
    "lines of comments": "#\n" * MANY + "id,name\n1,Ann\n",
    "open quotation marks": "id,name\n" + '1,"\n' * MANY,
    "columns of one name": ",".join(["manager"] * 999) + ",id\n" + many("," * 999 + "{0}\n", 10),
    "columns that speak of managers": ",".join(f"superior {n}" for n in range(999))
    + ",id\n"
    + ("x," * 999 + "1\n") * 9,
    "columns of one value": ",".join(f"x{n}" for n in range(99))
    + ",id\n"
    + ("1," * 99 + "{}\n").format(1) * 99,
    "one id": "id,name\n" + many("x,{}\n"),
    "one id and its copies": "id,name\n" + many("x,{}\n") + many("x (2),\n", 100) + many("x ({}),\n"),
    "one name, asked for": "id,name,manager\n" + many("{0},Ann,Ann\n"),
    "pairs of names, asked for": "id,name,manager\n" + many("{0},N{0},N{1}\n") + many("b{0},N{0},N{1}\n"),
    "a chain": "id,manager\n" + many("{0},{1}\n"),
    "a chain, twice": "id,name,manager\n" + many("{0},a,{1}\n") + many("{0},b,{1}\n"),
    "circles of two": "id,manager\n" + many("a{0},b{0}\nb{0},a{0}\n"),
    "a circle": "id,manager\n" + many("{0},{1}\n") + f"{MANY // 10},0\n",
    "managers outside": "id,manager\n" + many("{0},x{0}\n"),
    "no ids": "id,name\n" + many(",Ann\n"),
    "no names": "id,name,x\n" + many(",,y\n"),
    "long rows": "id,name\n" + many("{0},a,b\n"),
    "short rows": "id,name,unit\n" + many("{0}\n"),
    "spellings of vacancies": "id,name\n" + many("{0},Vacant - {0}\n"),
    "functions": "id,function\n" + many("{0},f{0}\n"),
    "headcounts": "id,headcount\n" + many("{0},x{0}\n"),
    "shares above one": "id,manager,further_managers\na,,\nb,,\nc,,\n" + many("{0},a,b|0.9;c|0.9\n"),
    "shares in a circle": "id,manager,further_managers\n" + many("{0},,{1}|0.9\n") + f"{MANY // 10},,0|0.9\n",
    "ties to everybody": "id,manager,ties\n"
    + many("{0},,\n", 1000)
    + "x,,"
    + ";".join(map(str, range(1000)))
    + "\n",
}


@pytest.mark.parametrize("name", FILES)
def test_is_read_or_refused(name):
    try:
        report = read_organization(FILES[name].encode())
    except UnreadableFileError:
        pass  # both ways out are right
    else:
        assert len(report.organization) == report.rows.nodes + len(report.added)


@pytest.mark.parametrize(
    "text",
    [
        "id,name\n1,Ann" + "," * MANY + "\n",  # one row makes all others as long
        ",".join(f"x{place}" for place in range(1001)) + "\n1\n",
        "id,name" + "," * 990 + "\n" + "1\n" * (50_000_000 // 992 + 1),
    ],
)
def test_what_would_not_fit_the_memory_is_refused(text):
    with pytest.raises(UnreadableFileError, match="which is more than is read: 1,000 columns"):
        read_organization(text.encode())


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(rows=2), "has 3 rows, which is more than is read: 2. Leave out what the chart does not need"),
        (Limits(columns=1), "has 2 cells in row 1 and 4 rows, which is more than is read: 1 columns"),
        (
            Limits(cells=7),
            "has 2 cells in row 1 and 4 rows, which is more than is read: 1,000 columns, 7 cells",
        ),
        (Limits(cell_characters=4), "has a cell of 5 characters in row 3, which is more than is read: 4."),
        (Limits(bytes=9), "is larger than 0 MB, the most that is read."),
    ],
)
def test_each_limit_has_its_sentence(limits, sentence):
    with pytest.raises(UnreadableFileError) as caught:
        read_organization("id,name\n1,Ann\n2,Zoë B\n3,Cyd\n".encode(), limits=limits, filename="x.csv")
    assert str(caught.value).startswith(f'The file "x.csv" {sentence}')


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'[{"id": 1}, {"id": 2, "pid": 1}]', "JSON"),
        (
            (
                b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">'
                b'<node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>'
            ),
            "GraphML and GEXF",
        ),
    ],
)
def test_what_is_nested_has_a_limit_of_its_own(data, kind):
    limits = Limits(nested_bytes=len(data))
    assert len(read_organization(data, limits=limits).organization) == 2
    with pytest.raises(UnreadableFileError) as caught:
        read_organization(data + b" ", limits=limits, filename="x")
    assert str(caught.value) == f'The file "x" is larger than 0 MB, the most that is read of {kind}.'


def test_characters_are_counted_not_bytes():
    data = "id,name\n1,Zoë Ä\n2,Cyd\n".encode()
    assert len(read_organization(data, limits=Limits(cell_characters=5)).organization) == 2


def test_at_most_so_many_files_are_read_together():
    with pytest.raises(UnreadableFileError, match="Give 1 to 2 files to read together, not 3"):
        read_organization([b"id\n1\n"] * 3, limits=Limits(files=2))


def test_whatever_is_as_large_as_a_limit_is_read():
    data = b"id,name\n1,Ann\n2,Bob\n"
    limits = Limits(bytes=len(data), rows=2, columns=2, cells=6, cell_characters=4)
    assert len(read_organization(data, limits=limits).organization) == 2
