"""Which column plays which role: the headers of real systems, in six languages."""

import pytest

from orgmodel.importing import read_organization
from orgmodel.importing.columns.headers import ALIASES, normalised, role_of

# System -> (header, row of the boss, row of the report); the report is found under the boss in each.
SYSTEMS = {
    "Visio, names": ("Name,Reports_To,Title,Department", "Ann,,CEO,Board", "Bob,Ann,COO,Ops"),
    "Visio, ids": ("Employee ID,Name,Reports To,Title", "7,Ann,,CEO", "8,Bob,7,COO"),
    "OrgChart Now": (
        "PersonID,SupervisorID,Name,Title,Department,IsAssistant",
        "7,-1,Ann,CEO,,No",
        "8,7,Bob,COO,,No",
    ),
    "OrgPlus": ("Person ID,Supervisor ID,Full Name,Job Title,AltReportsTo", "7,,Ann,CEO,", "8,7,Bob,COO,"),
    "Organimi": ("Unique ID,Boss ID,Firstname,Lastname,Role Title", "7,,Ann,One,CEO", "8,7,Bob,Two,COO"),
    "Pingboard": (
        "First Name,Last Name,Email,Manager's Email,Job Title",
        "Ann,One,A@x.org,,",
        "Bob,Two,b@x.org,a@x.org ,",
    ),
    "ChartHop": (
        "Work email,First name,Last name,Job title,Manager",
        "a@x.org,Ann,One,,",
        "b@x.org,Bob,Two,,a@x.org",
    ),
    "Agentnoon": ("Position ID,Manager's Position ID,Job Title", "P1,,CEO", "P2,P1,COO"),
    "BambooHR": ("employeeNumber,firstName,lastName,supervisorEId", "7,Ann,One,", "8,Bob,Two,7"),
    "BambooHR, names": ("Employee #,Name,Supervisor,Job Title", "7,Ann One,,CEO", "8,Bob Two,Ann One,COO"),
    "Workday": (
        "Employee ID,Legal Name - First Name,Legal Name - Last Name,Worker's Manager",
        "7,Ann,One,",
        "8,Bob,Two,Ann One",
    ),
    "Workday, number": ("Employee ID,Worker,Worker's Manager", "7,Ann One,", "8,Bob Two,Ann One (7)"),
    "ADP": (
        "Associate ID,Legal First Name,Legal Last Name,Reports To Associate ID",
        "00124,Ann,One,",
        "00089,Bob,Two,00124",
    ),
    "HiBob": ("employee_id_in_company,Display name,reports_to_id_in_company", "7,Ann,", "8,Bob,7"),
    "Rippling": (
        "Employee name,Work email,Title,Manager - Work email",
        "Ann,a@x.org,CEO,",
        "Bob,b@x.org,COO,a@x.org",
    ),
    "draw.io": (
        "name,position,id,location,manager,email,refs,url,image",
        "Ann,CEO,a,,,,,,",
        "Bob,COO,b,,Ann,,,,",
    ),
    "Google Charts": ("Name,Manager,ToolTip", "Ann,,CEO", "Bob,Ann,COO"),
    "Orgvue": ("ID,Parent ID,Full Name", "7,,Ann", "8,7,Bob"),
    "d3-org-chart": ("name,positionName,id,parentId", "Ann,CEO,O-1,", "Bob,COO,O-2,O-1"),
    "BALKAN": ("id,pid,name,title", "7,,Ann,CEO", "8,7,Bob,COO"),
    "Active Directory": (
        "distinguishedName;displayName;title;manager",
        "CN=Ann One,OU=Board;Ann One;CEO;",
        "CN=Bob Two,OU=Ops;Bob Two;COO;CN=Ann One,OU=Board",
    ),
    "German": (
        "Personalnummer;Vorname;Nachname;Position;Abteilung;Vorgesetzte(r)",
        "7;Ann;One;CEO;A;",
        "8;Bob;Two;COO;B;Ann One",
    ),
    "French": (
        "Matricule;Nom;Prénom;Poste;Service;Supérieur hiérarchique",
        "7;One;Ann;CEO;A;",
        "8;Two;Bob;COO;B;One, Ann",
    ),
    "Spanish": (
        "Número de empleado;Nombre;Apellidos;Puesto;Departamento;Jefe directo",
        "7;Ann;One;CEO;A;",
        "8;Bob;Two;COO;B;Ann One",
    ),
    "Italian": ("Matricola;Nome;Cognome;Ruolo;Reparto;Responsabile", "7;Ann;One;CEO;A;", "8;Bob;Two;COO;B;7"),
    "Dutch": (
        "Personeelsnummer;Voornaam;Achternaam;Functie;Afdeling;Leidinggevende",
        "7;Ann;One;CEO;A;",
        "8;Bob;Two;COO;B;7",
    ),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_export_of(system):
    header, *rows = SYSTEMS[system]
    separator = ";" if ";" in header else ","
    third = rows[1].replace("8", "9").replace("Bob", "Cyd").replace("Two", "Six").replace("P2", "P3")
    third = third.replace("O-2", "O-3").replace("b@", "c@").replace("089", "090").replace(",b,", ",c,")
    report = read_organization("\n".join([header, *rows, third]).encode())
    organization = report.organization
    assert report.separator == separator
    assert organization.manager.tolist() == [-1, 0, 0]
    if organization.names.any():
        assert [name.split()[0] for name in organization.names] == ["Ann", "Bob", "Cyd"]
    assert all(organization.titles) or not organization.titles.any()


def test_every_alias_has_one_role():
    seen = {}
    for role, headers in ALIASES.items():
        for header in headers:
            assert seen.setdefault(normalised(header), role) == role, header
            assert role_of(header.upper().replace(" ", "_")) == role


def test_a_name_beside_first_and_last_name_fills_what_is_empty():
    report = read_organization(b"id,Name,First name,Last name\n1,Dr Ann One,Ann,One\n2,,Bob,Two\n")
    assert report.organization.names.tolist() == ["Dr Ann One", "Bob Two"]
    assert report.columns["name"] == ("Name", "First name", "Last name")


def test_the_unit_is_the_column_that_tells_rows_apart():
    report = read_organization(b"id,Department,Division\n1,Example Ltd,Sales\n2,Example Ltd,IT\n")
    assert report.organization.units.tolist() == ["Sales", "IT"]
    assert report.organization.attributes["Department"].tolist() == ["Example Ltd"] * 2


def test_of_two_columns_of_ids_the_one_the_managers_refer_to():
    report = read_organization(b"Employee ID,Position ID,Manager ID\n1,P1,\n2,P2,P1\n3,P3,P1\n")
    assert report.organization.ids.tolist() == ["P1", "P2", "P3"]
    assert report.organization.attributes["Employee ID"].tolist() == ["1", "2", "3"]


def test_without_ids_the_names_serve_and_then_row_numbers():
    report = read_organization(b"Name,Title\nAnn,CEO\nBob,COO\n")
    assert report.organization.ids.tolist() == ["Ann", "Bob"]
    report = read_organization(b"Job title,Department\nClerk,A\nClerk,A\n\nClerk,A\n")
    assert report.organization.ids.tolist() == ["row 2", "row 3", "row 5"]
    assert report.rows.merged == 0  # three clerks are three posts


def test_words_of_the_vocabulary_are_stated_functions():
    report = read_organization(b"id,Function,Department\n1,Customer Service,A\n2,IT,B\n3,,C\n4,hr,D\n")
    assert report.organization.functions.tolist() == ["customer_service", "it", "", "hr"]
    assert "function" not in [notice.code for notice in report.notices]


def test_other_words_of_a_function_column_are_units():
    report = read_organization(b"id,Function\n1,Sales\n2,Data Science\n3,\n")
    organization = report.organization
    assert organization.functions.tolist() == ["sales", "", ""]
    assert organization.units.tolist() == ["", "Data Science", ""]
    assert organization.attributes["function (file)"].tolist() == [None, "Data Science", None]
    notice = next(notice for notice in report.notices if notice.code == "function")
    assert (notice.row, notice.column, notice.value) == (3, "Function", "Data Science")
    assert notice.message.startswith(
        '1 value of the function column are none of the business functions ("Data Science"); they were '
        "taken as "
        'units, and kept as the attribute "function (file)".'
    )


def test_further_columns_are_kept():
    report = read_organization(b"id,Hire Date,Shoe size,Email\n1,2020-01-02,,a@x\n2,,41,\n")
    attributes = {name: column.tolist() for name, column in report.organization.attributes.items()}
    assert attributes == {
        "Hire Date": ["2020-01-02", None],
        "Shoe size": [None, "41"],
        "Email": ["a@x", None],
    }
    assert report.columns["start"] == ("Hire Date",)


def test_headcounts():
    report = read_organization(b'id;FTE\na;1\nb;"0,6"\nc;\nd;-2\ne;two\nf;1e999\ng;"1.234,5"\n')
    assert report.organization.headcount.tolist() == [1, 0.6, 1, 1, 1, 1, 1234.5]
    assert [(notice.row, notice.value) for notice in report.notices if notice.code == "headcount"] == [
        (5, "-2"),
        (6, "two"),
        (7, "1e999"),
    ]
    report = read_organization(b"id,FTE %,Note\na,100,\nb,60%,\nc,80,\n")
    assert report.organization.headcount.tolist() == [1, 0.6, 0.8]


@pytest.mark.parametrize("parent", ["Parent Department", "\u00dcbergeordnete Abteilung"])
def test_a_table_of_departments_and_those_above_them(parent):
    data = f"Department,{parent},Head\nBoard,,Ann Lee\nSales,Board,Bob Ray\nIT,Board,\n".encode()
    organization = read_organization(data).organization
    assert organization.ids.tolist() == ["Board", "Sales", "IT"]
    assert organization.manager.tolist() == [-1, 0, 0]
