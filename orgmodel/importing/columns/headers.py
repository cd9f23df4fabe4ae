"""What systems call their columns: headers in six languages, and the role each stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

#: Role -> headers, the likelier column first. English as the systems write it (SAP, Workday, ADP, BambooHR,
#: Visio, OrgPlus, UK organograms ...), then German, French, Spanish, Italian, Dutch.
ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        *("id", "unique id", "unique identifier", "person id", "employee id", "empl id", "emp id"),
        *("employee number", "external user id", "user id", "associate id", "associate oid", "worker id"),
        *("position id", "post unique reference", "employee id in company", "staff id", "personnel number"),
        *("job id", "post id", "node id", "object id", "user principal name", "organization id"),
        *("personalnummer", "personal nr", "mitarbeiternummer", "mitarbeiter id", "mitarbeiter nr"),
        *("matricule", "identifiant", "numéro d'employé", "id employé", "id salarié"),
        *("número de empleado", "id de empleado", "id empleado", "identificador", "código de empleado"),
        *("unidad orgánica id",),
        *("matricola", "id dipendente", "codice dipendente"),
        *("personeelsnummer", "medewerkernummer", "medewerker id", "werknemersnummer", "numero dipendente"),
        *("numéro de salarié", "número de personal", "legajo", "numero matricola"),
    ),
    # An id, a name or an e-mail address: the values tell (see `orgmodel.importing.managers.directory`).
    "manager": (
        *("superior organization id", "manager id", "supervisor id", "boss id", "parent id", "pid"),
        *("manager's position id", "manager's employee id", "reports to associate id"),
        *("reports to associate oid", "reports to worker id", "supervisor eid", "reports to id in company"),
        *("reports to id", "reports to senior post", "reporting senior post", "manager position"),
        *("reporting to job id", "line manager id", "parent", "manager", "line manager", "reports to"),
        *("reporting to", "manager email", "manager's email", "managers email", "manager email address"),
        *("supervisor email", "manager - work email", "line manager email", "worker's manager"),
        *("supervisor", "supervisor full name", "reports to full name", "manager name", "boss", "superior"),
        *("vorgesetzter", "vorgesetzte", "vorgesetzte(r)", "vorgesetzte/r", "vorgesetzte*r"),
        *("direkter vorgesetzter", "führungskraft", "vorgesetzten id", "vorgesetzter id"),
        *("personalnummer vorgesetzter", "vorgesetzter e-mail", "e-mail vorgesetzter", "berichtet an"),
        *("responsable", "supérieur", "supérieur hiérarchique", "responsable hiérarchique", "n+1"),
        *("matricule du responsable", "matricule responsable", "e-mail du responsable", "rapporte à"),
        *("jefe", "jefe directo", "jefe inmediato", "gerente", "id del supervisor", "reporta a"),
        *("correo del supervisor", "correo electrónico del supervisor", "id supervisor"),
        *("responsabile", "responsabile diretto", "superiore", "supervisore", "capo", "riporta a"),
        *("matricola responsabile", "email responsabile", "id responsabile"),
        *("leidinggevende", "direct leidinggevende", "rapporteert aan", "leidinggevende id"),
        *("personeelsnummer leidinggevende", "e-mail leidinggevende"),
        *("name vorgesetzter", "name des vorgesetzten", "vorgesetzter name", "e-mail des vorgesetzten"),
        *("personalnummer des vorgesetzten", "disziplinarischer vorgesetzter", "direkte führungskraft"),
        *("manager direct", "nom du manager", "nom du responsable", "e-mail du manager", "superviseur"),
        *("e-mail du supérieur", "superior jerárquico", "superior inmediato", "responsable directo"),
        *("nombre del supervisor", "supervisor directo", "superiore diretto", "superiore gerarchico"),
        *("nome responsabile", "e-mail responsabile", "naam leidinggevende", "leidinggevende e-mail"),
        "lijnmanager",
    ),
    "second_managers": (
        *("alt reports to", "dotted ids", "matrix manager", "dotted-line manager", "dotted line manager"),
        *("refs", "second manager", "functional manager", "matrix manager id", "fachlicher vorgesetzter"),
        *("fachliche führungskraft", "responsable fonctionnel", "responsable funcional"),
        *("responsabile funzionale", "functioneel leidinggevende"),
    ),
    "further_managers": ("further managers",),
    "ties": ("ties",),
    "path": (
        *("path", "hierarchy path", "org path", "reporting path", "management chain", "hierarchyid"),
        *("pfad", "hierarchiepfad", "chemin hiérarchique", "ruta jerárquica", "percorso gerarchico", "pad"),
    ),
    # One column each, the top first.
    "level": tuple(
        f"{word} {number}"
        for number in range(21)
        for word in (
            *(
                "level",
                "l",
                "org level",
                "hierarchy level",
                "manager level",
                "management level",
                "unit level",
            ),
            *("ebene", "hierarchieebene", "niveau", "nivel", "livello"),
        )
    ),
    "name": (
        *("name", "full name", "employee name", "display name", "legal name", "preferred name", "employee"),
        *("worker", "vollständiger name", "mitarbeiter", "nom complet", "nom et prénom", "nom"),
        *("nombre completo", "nombre y apellidos", "nombre", "nome completo", "nome e cognome", "nome"),
        *("volledige naam", "naam", "medewerker"),
    ),
    "first": (
        *("first name", "given name", "legal first name", "legal name - first name", "forename"),
        *("preferred first name", "vorname", "prénom", "primer nombre", "voornaam"),
    ),
    "last": (
        *("last name", "surname", "legal last name", "legal name - last name", "family name"),
        *("preferred last name", "nachname", "familienname", "nom de famille", "apellido", "apellidos"),
        *("cognome", "achternaam"),
    ),
    "title": (
        *(
            "job title",
            "title",
            "business title",
            "position title",
            "position name",
            "position",
            "role title",
            "job",
            "line detail",
        ),
        *("role", "job role", "generic job title", "designation", "stellenbezeichnung", "jobtitel"),
        *("berufsbezeichnung", "positionsbezeichnung", "stelle", "intitulé du poste", "poste", "fonction"),
        *("titre", "puesto", "cargo", "puesto de trabajo", "posizione", "ruolo", "mansione", "qualifica"),
        *("puesto nombre", "nombre del puesto"),
        *("functietitel", "functie", "funktie", "funktion", "emploi", "intitulé de poste"),
        *("denominación del puesto", "titolo professionale", "functiebenaming"),
    ),
    "unit": (
        *(
            "department",
            "unit",
            "subdepartment",
            "sub department",
            "division",
            "departments",
            "department name",
        ),
        *("organization", "organisation", "organization name", "org unit path", "org unit", "team"),
        *("business unit", "job family", "cost center - name", "cost center", "area", "dept", "abteilung"),
        *("bereich", "organisationseinheit", "département", "service", "unité", "direction"),
        *("departamento", "unidad", "área", "reparto", "dipartimento", "unità", "afdeling", "organisatie"),
        *("unidad orgánica nombre", "nombre de la unidad"),
        *("équipe", "equipo", "squadra"),
    ),
    "function": ("function", "business function"),
    "email": (
        *("email", "e-mail", "work email", "mail", "email address", "e-mail address", "business email"),
        *("email - primary work", "e-mail-adresse", "adresse e-mail", "courriel", "correo electrónico"),
        *("correo", "indirizzo e-mail", "e-mailadres", "geschäftliche e-mail", "e-mail professionnel"),
        *("adresse e-mail professionnelle", "e-mail aziendale", "zakelijk e-mailadres"),
    ),
    "status": (
        *("status", "employment status", "active status", "position status", "vacancy status"),
        *("account enabled", "active", "beschäftigungsstatus", "statut", "estado", "stato"),
    ),
    "headcount": (
        *(
            "headcount",
            "head count",
            "number of posts in fte",
            "number of posts",
            "fte",
            "full time equivalent",
        ),
        *("vzä", "vollzeitäquivalent", "etp", "effectif", "effectifs"),
    ),
    "location": (
        *("location", "office location", "physical delivery office name", "work location", "city", "site"),
        *("standort", "arbeitsort", "lieu", "lieu de travail", "ubicación", "sede", "localidad", "luogo"),
        *("locatie", "vestiging", "standplaats", "büro", "niederlassung", "bureau", "oficina", "ufficio"),
        "kantoor",
    ),
    # Says of every row what it is, a vacancy among others.
    "kind": ("kind", "record type", "position type"),
    # Known as words of a header only; their columns are kept as attributes.
    "salary": ("salary", "gehalt", "salaire", "salario", "stipendio", "salaris"),
    "start": (
        *("start date", "hire date", "started at", "eintrittsdatum", "date d'embauche", "date d'entrée"),
        *("fecha de inicio", "fecha de contratación", "data di assunzione", "startdatum", "datum in dienst"),
    ),
    "photo": ("photo", "image", "image url"),
    "assistant": ("is assistant",),
}
#: Several managers in one cell: separator by header.
SEVERAL_MANAGERS: Final[Mapping[str, str]] = {"altreportsto": ";", "dottedids": ":", "refs": ","}
#: Headers of names that mean the family name beside a first name, or the first name beside a family name.
HALF_NAMES: Final = frozenset({"name", "nom", "nombre", "nome", "naam"})
LONGEST_HEADER: Final = 100
#: Rows near the top among which the header is looked for, and the known words that make a row one.
SEARCHED_ROWS: Final = 30
LEAST_KNOWN_HEADERS: Final = 2
#: Words in a header that speak of a manager although the header is not known.
_MANAGER_WORDS: Final = re.compile(
    r"manager|supervisor|boss|report(s|ing|ed)?[\W_]*to|reporting|parent|superior|vorgesetzt|führungskraft"
    r"|responsable|responsabile|jefe|leidinggevend|supérieur|hiérarchique",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def normalised(header: str) -> str:
    """Return what headers are compared by: letters and digits, without case and accents.

    >>> normalised(" Worker's_Manager "), normalised("Führungskraft")
    ('workersmanager', 'fuhrungskraft')
    """
    plain = unicodedata.normalize("NFKD", header.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


_ROLES: Final[Mapping[str, tuple[str, int]]] = {
    normalised(header): (role, rank)
    for role, headers in reversed(list(ALIASES.items()))
    for rank, header in reversed(list(enumerate(headers)))
}


def role_of(header: str) -> str | None:
    """Return the role a header stands for.

    >>> role_of("employeeNumber"), role_of("Leidinggevende"), role_of("Shoe size")
    ('id', 'manager', None)
    """
    if len(header) > LONGEST_HEADER:
        return None
    known = _ROLES.get(normalised(header))
    return known[0] if known else None


def most_known(rows: Sequence[Sequence[str]]) -> int:
    """Return how many headers are known in the row near the top that has the most of them."""
    return max(sum(role_of(cell) is not None for cell in row) for row in rows[:SEARCHED_ROWS])


def rank_of(header: str) -> int:
    """Return the place of a known header among those of its role; the smaller, the likelier."""
    return _ROLES[normalised(header)][1]


def speaks_of_manager(header: str) -> bool:
    """Return whether a header contains a word for a manager.

    >>> speaks_of_manager("unidad_organica_superior_id"), speaks_of_manager("Salary Cost of Reports")
    (True, False)
    """
    return bool(_MANAGER_WORDS.search(header))
