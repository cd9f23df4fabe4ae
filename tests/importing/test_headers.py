"""Every header that systems are documented to write is known; a whole file in every language is read."""

import pytest

from orgmodel.importing import read_organization
from orgmodel.importing.columns.headers import role_of, speaks_of_manager

# Role -> headers as the systems write them (vendor documentation, sample files).
WRITTEN = {
    "id": [
        *("ID", "Unique ID", "Unique_Identifier", "Person ID", "PersonID", "Employee ID", "EmployeeID"),
        *("Empl ID", "Employee Number", "employeeNumber", "External User ID", "USERID", "User ID"),
        *("Associate ID", "AssociateOID", "Worker ID", "WorkerID", "Position ID", "PositionID"),
        *("Post Unique Reference", "employee_id_in_company", "objectId", "userPrincipalName"),
        "organizationId",
    ],
    "manager": [
        *("Supervisor ID", "SupervisorID", "Boss ID", "Manager ID", "ManagerID", "Parent ID", "parentId"),
        *("pid", "MANAGER", "Reports to Senior Post", "Manager's Position ID", "Manager's Employee ID"),
        *("Reports To Associate ID", "ReportsToAssociateOID", "ReportsToWorkerID", "supervisorEId"),
        *("reports_to_id_in_company", "superiorOrganizationId", "managerPosition", "Reports To"),
        *("Reports_To", "Manager Email", "Manager's Email", "Managers Email", "Manager Email Address"),
        *("Supervisor email", "supervisorEmail", "Manager - Work email", "Supervisor"),
        *("Supervisor Full Name", "Worker's Manager", "Reports To Full Name", "Reporting Senior Post"),
    ],
    "second_managers": ["AltReportsTo", "Dottedids", "MATRIX_MANAGER", "Dotted-Line Manager", "refs"],
    "name": ["Name", "Full Name", "Employee name", "Display name", "displayName"],
    "first": ["First name", "Firstname", "FIRSTNAME", "givenName", "Legal First Name"],
    "last": ["Last name", "Lastname", "surname", "Legal Last Name", "Legal Name - Last Name"],
    "title": [
        *("Title", "Job Title", "jobTitle", "Business Title", "businessTitle", "Position", "Position Title"),
        *("positionName", "Role", "Role Title", "jobRole", "Job"),
    ],
    "unit": [
        *("Department", "DEPARTMENT", "Subdepartment", "Division", "Unit", "Organization", "Organisation"),
        *("organizationName", "Org Unit Path", "Job Family", "Cost Center - Name"),
    ],
    "email": ["Email", "E-mail", "Work email", "workEmail", "mail", "Email Address", "Business Email",
              "Email - Primary Work"],
    "status": ["STATUS", "Active", "Active Status", "Employment Status", "accountEnabled"],
    "headcount": ["FTE", "Number of Posts in FTE"],
    "location": ["Location", "Office Location", "physicalDeliveryOfficeName", "City"],
    "salary": ["Salary"],
    "start": ["Start Date", "startDate", "Hire Date", "hireDate", "Started at"],
    "photo": ["Photo", "Image", "imageUrl"],
    "assistant": ["Is Assistant", "IsAssistant", "Is assistant?"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "header"), [(role, one) for role, all_of in WRITTEN.items() for one in all_of]
)
def test_the_header(role, header):
    assert role_of(header) == role
    assert role_of(f" {header.upper()} ".replace(" ", "_")) == role


@pytest.mark.parametrize(
    "header",
    [
        "manager_role_slug",
        "unidad_organica_superior_id",
        "Leitung (Vorgesetzte)",
        "N+1 hiérarchique",
        "Jefe de área",
    ],
)
def test_a_header_that_only_speaks_of_managers(header):
    assert role_of(header) is None
    assert speaks_of_manager(header)


@pytest.mark.parametrize(
    "header", ["Payroll", "Shoe size", "HR", "ToolTip", "url", "Salary Cost of Reports (£)", "", "x" * 5000]
)
def test_a_header_that_says_neither(header):
    assert role_of(header) is None
    assert not speaks_of_manager(header)


# ---------------------------------------------------------------------- one whole file per language

HEADS = {
    "German": "Personalnummer;Vorname;Nachname;E-Mail;Stellenbezeichnung;Abteilung;Standort;{manager}",
    "French": "Matricule;Prénom;Nom;Adresse e-mail;Intitulé du poste;Département;Lieu de travail;{manager}",
    "Spanish": "Número de empleado;Nombre;Apellidos;Correo electrónico;Puesto;Departamento;Oficina;{manager}",
    "Italian": "Matricola;Nome;Cognome;E-mail;Posizione;Reparto;Sede;{manager}",
    "Dutch": "Personeelsnummer;Voornaam;Achternaam;E-mailadres;Functie;Afdeling;Vestiging;{manager}",
}
PEOPLE = {
    "German": ["Jörg;Müßig", "Änne;Öztürk", "Özlem;Groß", "Jürgen;Läßig"],
    "French": ["Hélène;L'Hôpital", "François;D'Aubigné", "Anaïs;Lefèvre", "Gaël;Noël"],
    "Spanish": ["José;García Núñez", "Begoña;Ibáñez", "Íñigo;de la Peña", "Ángel;Muñoz"],
    "Italian": ["Niccolò;D'Angelo", "Zoè;Forlì", "Desirée;Cantù", "José;Nardò"],
    "Dutch": ["Daniëlle;van 't Hof", "André;de Vries", "Zoë;in 't Veld", "Renée;Coëlho"],
}
# Who reports to whom, by row.
BOSSES = [-1, 0, 0, 1]
BY = {
    "name": {
        "German": "Vorgesetzte(r)",
        "French": "Responsable hiérarchique",
        "Spanish": "Jefe directo",
        "Italian": "Responsabile diretto",
        "Dutch": "Leidinggevende",
    },
    "email": {
        "German": "E-Mail Vorgesetzter",
        "French": "E-mail du responsable",
        "Spanish": "Correo del supervisor",
        "Italian": "Email responsabile",
        "Dutch": "E-mail leidinggevende",
    },
    "id": {
        "German": "Personalnummer Vorgesetzter",
        "French": "Matricule du responsable",
        "Spanish": "ID del supervisor",
        "Italian": "Matricola responsabile",
        "Dutch": "Personeelsnummer leidinggevende",
    },
}


def export(language, by, encoding="utf-8"):
    people = [one.split(";") for one in PEOPLE[language]]
    known_as = {
        "name": [" ".join(one) for one in people],
        "email": [f"p{row}@example.org" for row in range(4)],
        "id": [f"00{row}7" for row in range(4)],
    }
    lines = [HEADS[language].format(manager=BY[by][language])]
    for row, (first, last) in enumerate(people):
        boss = "" if BOSSES[row] < 0 else known_as[by][BOSSES[row]]
        lines.append(f"00{row}7;{first};{last};p{row}@example.org;Título {row};Unité {row};Ort {row};{boss}")
    return "\n".join(lines).encode(encoding)


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_the_export_in(language, by, encoding):
    report = read_organization(export(language, by, encoding))
    organization = report.organization
    assert organization.names.tolist() == [one.replace(";", " ") for one in PEOPLE[language]]
    assert organization.ids.tolist() == ["0007", "0017", "0027", "0037"]
    assert organization.manager.tolist() == BOSSES
    assert organization.titles.tolist() == [f"Título {row}" for row in range(4)]
    assert organization.units.tolist() == [f"Unité {row}" for row in range(4)]
    assert organization.locations.tolist() == [f"Ort {row}" for row in range(4)]
    manager = next(one for one in report.evidence if one.role == "manager")
    assert manager.header == BY[by][language]
    assert "3 of 3 values are found in" in manager.reason
    assert organization.attributes.keys() == {report.columns["email"][0]}


# ---------------------------------------------------------------------- what one manager column may hold


@pytest.mark.parametrize(
    ("held", "target"),
    [(("", "Ann Lee", "Ann Lee"), "Name"), (("", "a@x.org", "A@X.ORG"), "Email"), (("", "1", "1"), "ID")],
)
def test_what_reports_to_holds_is_told_by_its_values(held, target):
    names = ["Ann Lee", "Bob Roe", "Cyd Poe"]
    rows = [f"{row + 1},{names[row]},{names[row][0].lower()}@x.org,{held[row]}" for row in range(3)]
    report = read_organization("\n".join(["ID,Name,Email,Reports To", *rows]).encode())
    assert report.organization.manager.tolist() == [-1, 0, 0]
    assert f'found in "{target}"' in next(one.reason for one in report.evidence if one.role == "manager")


def test_a_distinguished_name_is_looked_up_whole():
    """Active Directory: two people of one name in different units differ by the rest of the name."""
    data = (
        "distinguishedName;name;manager\n"
        '"CN=Ann Lee,OU=Board,DC=x";Ann Lee;\n'
        '"CN=Ann Lee,OU=Sales,DC=x";Ann Lee;CN=Ann Lee,OU=Board,DC=x\n'
        '"CN=Roe\\, Bob,OU=Sales,DC=x";Roe, Bob;CN=Ann Lee,OU=Sales,DC=x\n'
        '"CN=Cyd Poe,OU=Sales,DC=x";Cyd Poe;CN=Roe\\, Bob,OU=Sales,DC=x\n'
    )
    report = read_organization(data.encode())
    assert report.organization.manager.tolist() == [-1, 0, 1, 2]


def test_a_slug_of_a_role():
    """Sourcegraph: who reports names the slug of the manager's role, which stands in a column of its own."""
    data = b"id,role,manager_role_slug,reports_to\nP1,CEO,ceo,none\nP2,VP,vp_sales,ceo\nP3,Seller,,vp_sales\n"
    assert read_organization(data).organization.manager.tolist() == [-1, 0, 1]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("AltReportsTo", "2;3"),  # OrgPlus
        ("Dottedids", "2:3"),  # Organimi
        ("refs", "2,3"),  # draw.io
        ("MATRIX_MANAGER", "2|3"),  # SAP, where it is one; several by a general separator
        ("Fachlicher Vorgesetzter", "2;3"),
        ("Responsable fonctionnel", "2;3"),
    ],
)
def test_further_managers_come_in(header, cell):
    data = f"ID\tName\tManager ID\t{header}\n1\tAnn\t\t\n2\tBob\t1\t\n3\tCyd\t1\t\n4\tDee\t1\t{cell}\n"
    organization = read_organization(data.encode()).organization
    assert organization.further.report.tolist() == [3, 3]
    assert organization.further.manager.tolist() == [1, 2]
    assert organization.manager.tolist() == [-1, 0, 0, 0]


def test_a_single_cell_that_slipped_is_nothing_to_refer_to():
    rows = "".join(f"{row},Board,\n" for row in range(4))
    report = read_organization(f"id,Parent Department,Other\n{rows}4,x,Board\n".encode())
    assert "manager" not in report.columns


def test_a_date_is_no_manager():
    """Workday: "supervisory_position_availability_date" speaks of one, and dates come again."""
    data = b"id,manager_id,supervisory_position_date,start\na,x,,2020-01-01\nb,y,2020-01-01,2021-01-01\n"
    assert read_organization(data).columns["manager"] == ("manager_id",)


@pytest.mark.parametrize(
    "header",
    [
        "objectId,displayName,userPrincipalName,jobTitle,department,accountEnabled",  # Entra ID
        "employeeNumber,displayName,workEmail,jobTitle,department,status",  # BambooHR directory
    ],
)
def test_a_directory_without_managers_asks_for_them(header):
    report = read_organization(f"{header}\n1,Ann,a@x.org,CEO,A,true\n2,Bob,b@x.org,COO,B,true\n".encode())
    notice = next(one for one in report.notices if one.code == "no_manager_column")
    assert notice.severity == "error"
    assert notice.message == (
        "No column says who reports to whom, so all 2 rows are tops. Add a column with each person's manager "
        "(their id, e-mail address or name) and read the file again. An export that has it is usually called "
        '"reporting lines", "org chart" or "employees with manager".'
    )
