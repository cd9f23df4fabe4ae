"""Privacy at the door: what is left out or replaced before anything is kept."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.__main__ import main
from orgmodel.importing import Privacy, read_organization, write_organization
from orgmodel.importing.managers.directory import folded
from orgmodel.importing.privacy.people import People
from orgmodel.importing.privacy.sensitive_headers import speaks_of_pay, speaks_of_persons
from tests.real_data import REAL_DATA, needs_real_data

HIDDEN = Privacy(pseudonyms=True)
SAID_AT_THE_DOOR = {"pseudonyms", "personal_dropped", "pay_dropped"}


def codes(report):
    return Counter(notice.code for notice in report.notices if notice.code not in SAID_AT_THE_DOOR)


def everything_in(report):
    """Return all texts a report holds, as one text."""
    organization = report.organization
    table = report.reading.table
    texts = [
        *(repr(part) for part in (report.notices, report.reading.notices, report.evidence, report.mapping)),
        *(text for column in table.columns for text in column.texts.tolist()),
        *table.header,
        write_organization(organization).decode(),
    ]
    return "\n".join(texts)


def assert_same_but_for_names(data, **options):
    """Check that pseudonyms change nothing but names; return the reports without and with them."""
    plain = read_organization(data, privacy=Privacy(keep_pay=True), **options)
    hidden = read_organization(data, privacy=HIDDEN, **options)
    one, other = plain.organization, hidden.organization
    assert other.manager.tolist() == one.manager.tolist()
    assert other.titles.tolist() == one.titles.tolist()
    assert other.units.tolist() == one.units.tolist()
    assert other.functions.tolist() == one.functions.tolist()
    assert other.headcount.tolist() == one.headcount.tolist()
    assert other.statuses.tolist() == one.statuses.tolist()
    assert other.locations.tolist() == one.locations.tolist()
    for column in ("report", "manager", "share"):
        assert getattr(other.further, column).tolist() == getattr(one.further, column).tolist()
    assert other.ties.a.tolist() == one.ties.a.tolist()
    assert codes(hidden) == codes(plain)
    assert hidden.rows == plain.rows
    pairs = set(zip(map(folded, one.names.tolist()), map(folded, other.names.tolist()), strict=True))
    assert len({before for before, _ in pairs}) == len(pairs) == len({after for _, after in pairs})
    return plain, hidden


# ---------------------------------------------------------------------- pay


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Salary",
            "Base salary",
            "annualSalary",
            "PayScale",
            "Payscale Minimum (£)",
            "Actual Pay Floor (£)",
        ),
        *(
            "Salary Cost of Reports (£)",
            "payFloor",
            "Compensation",
            "compensation_grade_id",
            "Wage",
            "Bonus %",
        ),
        *("Remuneration", "Rate of pay", "Hourly rate", "BaseRate", "base_pay", "Pay grade", "OTE"),
        *(
            "Gehalt",
            "Jahresgehalt",
            "Gehaltsstufe",
            "Stundenlohn",
            "Lohngruppe",
            "Vergütung",
            "Entgeltgruppe",
        ),
        *("Prämie", "Salaire", "salaire brut", "Rémunération", "Primes", "Salario", "Sueldo base"),
        *(
            "Banda salarial",
            "Retribución",
            "Retribuzione annua lorda",
            "RAL",
            "Stipendio",
            "Salaris",
            "Uurloon",
            "Nómina",
            "Cost to company",
            "Tarifgruppe",
        ),
    ],
)
def test_a_header_of_pay(header):
    assert speaks_of_pay(header)
    data = f"id;manager;{header}\n1;;100\n2;1;90\n".encode()
    report = read_organization(data)
    assert report.reading.table.header == ("id", "manager")
    assert "pay_dropped" in [notice.code for notice in report.notices]
    assert header in read_organization(data, privacy=Privacy(keep_pay=True)).organization.attributes


@pytest.mark.parametrize(
    "header",
    [
        *("Payroll", "Payroll entity", "Company", "Grade", "Band", "Lohnbuchhaltung", "Belohnungssystem"),
        *(
            "Nom du salarié",
            "ID salarié",
            "Salariés",
            "Payment terms",
            "Saloon",
            "Paid FTE",
            "Primary contact",
        ),
        *("Bonn", "Ratepayer", "Corporate rate", "", "x" * 5000),
    ],
)
def test_a_header_that_is_none_of_pay(header):
    assert not speaks_of_pay(header)


def test_what_is_said_of_pay():
    report = read_organization(b"id,manager,Salary,Unit,Bonus\n1,,9,Payroll,1\n2,1,8,Lohn,1\n")
    (notice,) = [notice for notice in report.notices if notice.code == "pay_dropped"]
    assert (notice.severity, notice.column) == ("info", "Salary")
    assert notice.message == (
        "Columns left out, because what people earn is not needed for the chart: "
        '"Salary", "Bonus". To have them, say that pay columns are to be kept, and read the file again.'
    )
    assert report.organization.units.tolist() == ["Payroll", "Lohn"]


def test_a_column_with_a_role_is_not_dropped_for_a_word():
    report = read_organization(b"id,Title\n1,CEO\n")
    mapping = report.mapping.with_role("Pay group", "unit")
    report = read_organization(b"id,Title,Pay group\n1,CEO,Board\n", mapping=mapping)
    assert report.organization.units.tolist() == ["Board"]


def test_our_own_format_keeps_its_pay():
    organization = read_organization(b"id,Salary\n1,9\n", privacy=Privacy(keep_pay=True)).organization
    assert "Salary" in read_organization(write_organization(organization)).organization.attributes


def test_a_file_of_pay_alone():
    report = read_organization(b"Salary\n1\n2\n")
    assert report.rows.nodes == 2
    assert "9" not in everything_in(read_organization(b"Salary\n99\n98\n"))


# ---------------------------------------------------------------------- pseudonyms

PEOPLE = (
    "Employee ID,First name,Last name,Work email,Job title,Department,Manager,"
    "Mentor,Say on team,Mobile phone,Notes\n"
    "1,Ann,O'Brien,ann.obrien@x.org,CEO,Board,,,Team Ann O'Brien,+44 1,likes tea\n"
    "2,José,García,jose@x.org,COO,Ops,Ann O'Brien,Ann O'Brien,mail ann.obrien@x.org,+44 2,\n"
    "3,Zoë,van 't Hof,z@x.org,Clerk,Ops,jose garcia,Zed Nine,was with GARCÍA before,+44 3,x\n"
    '4,Jean-Luc,Picard,jl@x.org,Captain,Ops,"García, José",Ann O\'Brien,,+44 4,x\n'
    "5,Bo,Li,bo@x.org,Clerk,Ops,Nobody Known,Bo Li,ann.obrien wrote,+44 5,x\n"
)
SECRET = [
    *("ann o'brien", "o'brien", "josé", "garcía", "jose garcia", "van 't hof", "jean-luc", "picard", "bo li"),
    *("nobody known", "zed nine", "@x.org", "ann.obrien", "+44", "likes tea"),
]


def test_nothing_that_names_a_person_is_left():
    _, hidden = assert_same_but_for_names(PEOPLE.encode())
    left = everything_in(hidden).casefold()
    assert [secret for secret in SECRET if secret in left] == []


def test_one_person_has_one_pseudonym_everywhere():
    _, hidden = assert_same_but_for_names(PEOPLE.encode())
    table = dict(zip(hidden.reading.table.header, hidden.reading.table.columns, strict=True))
    assert hidden.organization.names.tolist()[:3] == ["Person 0001", "Person 0002", "Person 0003"]
    assert table["Work email"][0] == "person0001@example.invalid"
    assert list(table["Manager"])[1:4] == ["Person 0001", "Persón 0002", "0002, Person"]
    assert list(table["Mentor"])[1] == "Person 0001"
    assert list(table["Say on team"])[:2] == ["Team Person 0001", "mail person0001@example.invalid"]
    assert hidden.organization.titles.tolist()[0] == "CEO"  # a title stays, although it can identify
    assert hidden.added == (hidden.organization.ids[-1],)
    assert re.fullmatch(r"Person \d{4}", hidden.organization.names[-1])


def test_what_is_said_of_pseudonyms():
    report = read_organization(PEOPLE.encode(), privacy=HIDDEN, filename="people.csv")
    said = {notice.code: notice.message for notice in report.notices}
    assert said["personal_dropped"] == (
        "Columns left out, because pseudonyms were asked for and this tells who somebody is: "
        '"Mobile phone", "Notes". Without pseudonyms they are kept.'
    )
    assert said["pseudonyms"] == (
        "Names and e-mail addresses were replaced by pseudonyms before anything was kept: "
        '"First name", "Last name", "Work email", "Manager", "Mentor" and 1 more. Titles, units and ids that '
        "are no names stay as they are: a title can tell who somebody is."
    )
    assert report.filename == "people.csv"


OWN = (
    "id,name,title,unit,function,manager_id,further_managers,ties,headcount,location,status\n"
    "Ann Lee,Ann Lee,CEO,Board,,,,,1,,\nBob Roe,Bob Roe,COO,Ops,,Ann Lee,,Ann Lee|1,1,,\n"
    "c@x.org,Cyd Poe,COO,Ops,,Ann Lee,Bob Roe|0.5|shared,,1,,\n"
)


@pytest.mark.parametrize(
    "data",
    [
        'Name,Manager\nAnn Lee,\nBob Roe,Ann Lee\nCyd Poe,ann LEE\nDee Foe,"Lee, Ann"\nEve Moe,Zed Nine\n',
        "Name,Manager\nAnn,\nBob,Ann\nCyd,Bob\n",
        "Name,Manager\nAnn Lee,\nBob Roe,\nCyd Poe,Ann Lee; Bob Roe\nDee Foe,Ann Lee & Bob Roe\n",
        'Name,Manager\n"Lee, Ann",\n"Roe, Bob",Ann Lee\nVacant,Ann Lee\nN/D,Ann Lee\n',
        "ID,Name,Manager\n7,Ann Lee,\n8,Bob Roe,Ann Lee (7)\n9,Cyd Poe,none\n",
        "Name,Email,Reports To\nAnn Lee,a@x.org,\nBob Roe,b@x.org,A@x.org\nCyd Poe,c@x.org,gone@x.org\n",
        'name,dn,manager\nAnn Lee,"CN=Ann Lee,OU=A",\nBob Roe,"CN=Bob Roe,OU=B","CN=Ann Lee,OU=A"\n',
        'dn,title,manager\n"CN=Ann Lee,OU=A",CEO,\n"CN=Bob Roe,OU=B",COO,"CN=Ann Lee,OU=A"\n',
        "id,name,reports_to\n0_Ann_Lee,Ann Lee,\n1_Bob_Roe,Bob Roe,0_Ann_Lee\n2_Ann_Lee,Ann Lee,1_Bob_Roe\n",
        "id,manager\nAnn Lee,\nBob Roe,Ann Lee\nCyd Poe,Ann Lee\n",
        "id,name,manager,AltReportsTo\n1,Ann Lee,,\n2,Bob Roe,1,\n3,Cyd Poe,Ann Lee,Bob Roe;Ann Lee\n",
        OWN,
        "Nom;Prénom;Responsable\nLee;Ann;\nRoe;Bob;Lee Ann\nPoe;Cyd;Roe, Bob\n",
        "Ann Lee;CEO;\nBob Roe;COO;Ann Lee\nCyd Poe;Clerk;Ann Lee\nDee Foe;Clerk;Bob Roe\n",
    ],
)  # fmt: skip
def test_the_chart_is_the_same_but_for_the_names(data):
    _, hidden = assert_same_but_for_names(data.encode())
    left = everything_in(hidden).casefold()
    full = {
        "ann lee",
        "bob roe",
        "cyd poe",
        "dee foe",
        "eve moe",
        "zed nine",
        "lee, ann",
        "roe, bob",
        "lee ann",
    }
    assert [name for name in full if name in left] == []
    assert not re.search(r"[a-z_]+@x\.org|ann_lee|bob_roe", left)


NAMES = st.sampled_from(
    [
        "Ann Lee",
        "ANN LEE",
        "Lee, Ann",
        "Ánn Lee",
        "Ann  Lee",
        "Lee Ann",
        "Bob Roe",
        "Jean-Luc Poe",
        "Bo",
        "",
        "Vacant",
    ]
)


@given(st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["Sales", "IT"])), min_size=1, max_size=8))
def test_any_chart_of_names_keeps_its_structure(rows):
    """Namesakes, other spellings, vacancies, circles: whatever is in a file is so under pseudonyms too."""
    lines = [f'{row},"{name}","{boss}",{unit}' for row, (name, boss, unit) in enumerate(rows, start=10)]
    data = "\n".join(["id,name,manager,unit", *lines]).encode()
    plain = read_organization(data)
    hidden = read_organization(data, privacy=HIDDEN)
    assert hidden.organization.manager.tolist() == plain.organization.manager.tolist()
    assert codes(hidden) == codes(plain)
    assert "lee" not in everything_in(hidden).casefold()


def test_a_manager_who_is_not_in_the_file_is_hidden_too():
    data = (
        b"id,name,reports_to\n1_Ann_Lee,Ann Lee,\n2_Bob_Roe,Bob Roe,1_Ann_Lee\n3_Cyd_Poe,Cyd Poe,9_Zed_Nine\n"
    )
    _, hidden = assert_same_but_for_names(data)
    assert "Zed" not in everything_in(hidden)
    data = b"id,name,reports_to\n1,Ann Lee,\n2,Bob Roe,1\n3,Cyd Poe,Zed Nine\n4,Dee Foe,77\n"
    _, hidden = assert_same_but_for_names(data)
    assert hidden.added == ("Person 0005", "77")


def test_units_and_vacancies_in_the_place_of_names_stay():
    data = b"id,name,unit,manager\n1,Sales,Sales,\n2,Vacant,Sales,1\n3,N/D,Sales,1\n4,Ann Lee,Sales,1\n"
    _, hidden = assert_same_but_for_names(data)
    table = hidden.reading.table
    assert list(table.columns[1]) == ["Sales", "Vacant", "N/D", "Person 0001"]


def test_a_team_called_after_its_head_is_no_name_of_a_unit():
    data = b"id,name,unit,email,manager\n1,Ann Lee,Ann Lee,a@x.org,\n2,Bob Roe,Ann Lee,b@x.org,1\n"
    hidden = read_organization(data, privacy=HIDDEN)
    assert hidden.organization.units.tolist() == ["Person 0001", "Person 0001"]


def test_what_was_said_before_quotes_nobody():
    data = b"Staff of Ann Lee\nid,name,manager\n1,Ann Lee,\n2,Bob Roe,1,Ann Lee\n"
    hidden = read_organization(data, privacy=HIDDEN)
    assert {"lines_above_header", "long_row"} <= {notice.code for notice in hidden.notices}
    assert "Ann Lee" not in everything_in(hidden)


def test_whoever_only_a_line_that_is_not_used_names_is_quoted_by_nobody():
    nodes = b"name,manager\nZaphod Bee,\nTrill Mac,Zaphod Bee\n"
    lines = b"from,to,weight\nZaphod Bee,Trill Mac,3\nArthur Quib,Trill Mac,2\n"
    report = read_organization([nodes, lines], privacy=Privacy(pseudonyms=True))
    assert report.rows.rejected == 1
    assert not re.search("Zaphod|Trill|Quib", everything_in(report))


def test_levels_that_lead_over_persons_without_a_column_of_names():
    data = b"Level 1,Level 2\nZaphod Bee,\nZaphod Bee,Trill Mac\nZaphod Bee,Arthur Quib\n"
    hidden = read_organization(data, privacy=Privacy(pseudonyms=True))
    assert not re.search("Zaphod|Trill|Quib", everything_in(hidden))
    assert hidden.organization.manager.tolist() == read_organization(data).organization.manager.tolist()


@pytest.mark.parametrize(
    "data",
    [
        b"Made by Zaphod Bee,,\n\nid,name,manager\n1,Ann Lee,\n2,Bob Ray,1\n",
        b"id,name,manager\n1,Ann Lee,\n2,Bob Ray,1,Zaphod Bee\n3,Cy Fox,1\n",
        b"Department,Parent Department,Head\nBoard,,Zaphod Bee\nSales,Board,Trill Mac\n",
        b"id,name,manager\nAnn Lee,Ann Lee,\nBob Ray,Bob Ray,Ann Lee\nZaphod Bee,,Bob Ray\n",
    ],
)
def test_whoever_stands_elsewhere(data):
    hidden = read_organization(data, privacy=Privacy(pseudonyms=True))
    assert not re.search("Zaphod|Trill", everything_in(hidden))
    assert hidden.organization.manager.tolist() == read_organization(data).organization.manager.tolist()


def test_a_column_of_heads_beside_the_managers():
    data = b"id,name,manager id,Chef\n1,Ann Lee,,\n2,Bob Ray,1,Zaphod Bee\n"
    hidden = read_organization(data, privacy=Privacy(pseudonyms=True))
    assert "Zaphod" not in everything_in(hidden)


def test_phones_in_a_table_without_headers():
    rows = [
        f"{row};Ann Number{'abcdef'[row]};020-7946-010{row};2020-01-0{row + 1};1{row}.4500"
        for row in range(6)
    ]
    hidden = read_organization("\n".join(rows).encode(), privacy=HIDDEN)
    left = everything_in(hidden)
    assert "020-7946" not in left
    assert "2020-01-01" in left
    assert "10.4500" in left


@pytest.mark.parametrize(
    "header",
    [
        *("Phone", "homePhone", "Mobile phone", "Photo", "imageUrl", "photoPath", "Birth Date", "dob", "Age"),
        *(
            "Home address",
            "postalCode",
            "Gender",
            "titleOfCourtesy",
            "Nationality",
            "SSN",
            "Notes",
            "Comment",
        ),
        *("Geburtsdatum", "Telefonnummer", "Anrede", "Bemerkungen", "Anschrift", "Sozialversicherungsnummer"),
        *("Téléphone", "Date de naissance", "Civilité", "Teléfono", "Fecha de nacimiento", "Dirección"),
        *("Cellulare", "Codice fiscale", "Mobiel", "Geboortedatum", "BSN", "USERNAME", "Middle name"),
    ],
)
def test_a_header_of_what_tells_who_somebody_is(header):
    assert speaks_of_persons(header)


@pytest.mark.parametrize(
    "header",
    ["Grade", "Start Date", "Email address", "Adresse e-mail", "Region", "Cost center", "Language", ""],
)
def test_a_header_that_tells_nothing_of_a_person(header):
    assert not speaks_of_persons(header)


def test_the_same_name_in_any_spelling_is_one_person():
    people = People(3)
    assert people.name("Ann Lee") == "Person 0001"
    assert people.name("ann lee") == "PERSON 0001"
    assert people.name("Lee, Ann") == "0001, Person"
    assert people.name("Ann Lee") == "Person 0001"
    assert people.within("see ann_lee and x@y.org") == "see PERSON_0001 and person0002@example.invalid"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_a_name(name, text):
    people = People(1)
    new = people.name(name)
    assert people.name(name) == new
    assert isinstance(people.within(text), str)
    assert isinstance(people.reference(text, lambda _text: None, strict=True), str)


def test_privacy_on_the_command_line(tmp_path, capsys):
    chart = tmp_path / "chart.csv"
    chart.write_bytes(
        b"id,name,title,manager,Salary\n1,Ann Lee,Head of Customer Service,,9\n2,Bob Roe,Clerk,1,8\n"
    )
    assert main(["check", str(chart), "--pseudonyms", "--json"]) == 0
    told = capsys.readouterr().out
    assert "pay_dropped" in told
    assert "Lee" not in told
    assert main(["check", str(chart), "--keep-pay"]) == 0
    assert "pay_dropped" not in capsys.readouterr().out


# ---------------------------------------------------------------------- real files

WITH_NAMES = {
    "companies/chinook_employee": ("FirstName", "LastName"),
    "companies/northwind_employees": ("firstName", "lastName"),
    "companies/classicmodels_employees": ("firstName", "lastName"),
    "companies/eajay_org_chart": ("Name",),
    "companies/d3_org_chart_org": ("name",),
    "companies/adventureworksdw_DimEmployee": ("column 7", "column 8"),
}


def words_of(text):
    return " ".join(re.findall(r"[^\W_]+", text))


@needs_real_data
@pytest.mark.parametrize("name", WITH_NAMES)
def test_no_name_of_a_real_file_is_left(name):
    plain, hidden = assert_same_but_for_names(REAL_DATA / f"{name}.csv")
    table = plain.reading.table
    columns = [table.columns[table.header.index(header)] for header in WITH_NAMES[name]]
    names = {" ".join(filter(None, cells)).casefold() for cells in zip(*columns, strict=True)} - {""}
    emails = {
        text.casefold()
        for column in table.columns
        for text in column.texts.tolist()
        if "@" in text and len(text) < 80
    }
    left = everything_in(hidden).casefold()
    assert [one for one in names if f" {words_of(one)} " in f" {words_of(left)} "] == []
    assert [one for one in emails if one in left] == []


@needs_real_data
@pytest.mark.parametrize("path", sorted(REAL_DATA.glob("*/*.csv")), ids=lambda path: path.stem)
def test_pseudonyms_change_no_real_chart(path):
    if path.parent.name == "reference":
        pytest.skip("no chart")
    assert_same_but_for_names(path)


@needs_real_data
@pytest.mark.parametrize("pattern", ["uk_2013/dclg-*.csv", "companies/workday/*.csv", "networks/ht_*.csv"])
def test_pseudonyms_change_no_chart_of_several_files(pattern):
    assert_same_but_for_names(sorted(REAL_DATA.glob(pattern), reverse=pattern.startswith("uk")))
