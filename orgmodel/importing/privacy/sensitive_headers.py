"""Headers that speak of pay, or of persons beyond name and e-mail address: words of six languages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

#: Whole words. "Pay grade" and "salary band" count too: in the public service they tell the pay to the pound.
_PAY: Final = frozenset(
    {
        *("pay", "salary", "salaries", "payscale", "paygrade", "payrate", "paycheck", "compensation", "wage"),
        *("wages", "bonus", "bonuses", "remuneration", "earnings", "stipend", "allowance", "allowances"),
        *("ote", "ctc"),
        *("gehalt", "gehälter", "lohn", "löhne", "vergütung", "entgelt", "besoldung", "bezüge", "prämie"),
        *("prämien", "tantieme", "zulage", "zulagen", "bezahlung", "boni"),
        *("einkommen", "verdienst", "tarifgruppe", "traitement", "traitements", "nómina"),
        *(
            "salaire",
            "salaires",
            "rémunération",
            "paie",
            "primes",
            "appointements",
            "indemnité",
            "indemnités",
        ),
        *("salario", "salarios", "salarial", "sueldo", "sueldos", "remuneración", "retribución", "paga"),
        *("bonificación", "honorarios"),
        *("salari", "retribuzione", "retribuzioni", "stipendio", "stipendi", "compenso", "compensi", "ral"),
        *("salaris", "salarissen", "loon", "beloning", "vergoeding", "bezoldiging", "toeslag"),
        *("brutoloon", "nettoloon", "basisloon", "uurloon", "maandloon", "jaarloon", "loonschaal"),
    }
)
#: Parts of compound words ("Jahresgehalt", "basesalary") that mean nothing else.
_PAY_PARTS: Final = re.compile(
    r"salary|gehalt|vergütung|vergutung|verguetung|remunerat|rémunérat|remunerac|compensation|entgelt"
    r"|besoldung|retribuzion|retribuci|salariss?chaal|jaarsalaris|maandsalaris|(?<!be)lohn$|^lohn"
)
_NO_PAY: Final = re.compile(r"lohn(buch|büro|abrechnungs?stelle)|gehaltsbuch")
_PAY_PHRASES: Final = re.compile(
    r"\b((base|basic|hourly|daily|day|weekly|monthly|overtime) rate|cost to company|total comp)\b"
)

#: Whole words of headers of what says who somebody is, beside name and e-mail address.
_PERSONAL: Final = frozenset(
    {
        *("phone", "telephone", "tel", "mobile", "cellphone", "fax", "extension", "ext", "whatsapp"),
        *("handy", "durchwahl", "téléphone", "portable", "teléfono", "móvil", "celular", "telefono"),
        *("cellulare", "telefoon", "mobiel", "skype", "linkedin", "twitter", "slack"),
        *("photo", "image", "picture", "avatar", "headshot", "portrait", "thumbnail", "foto", "bild"),
        *("imagen", "immagine", "afbeelding"),
        *("birth", "birthday", "birthdate", "dob", "born", "age", "alter", "naissance", "âge", "nacimiento"),
        *("edad", "nascita", "età", "leeftijd"),
        *("address", "street", "zip", "zipcode", "postcode", "postal", "adresse", "straße", "strasse"),
        *("plz", "wohnort", "hausnummer", "rue", "dirección", "calle", "domicilio", "indirizzo", "adres"),
        *("straat", "woonplaats"),
        *("gender", "sex", "pronouns", "courtesy", "salutation", "honorific", "geschlecht", "anrede", "sexe"),
        *("genre", "civilité", "sexo", "género", "tratamiento", "sesso", "genere", "geslacht", "aanhef"),
        *("marital", "spouse", "nationality", "citizenship", "ethnicity", "race", "religion", "disability"),
        *("veteran", "familienstand", "konfession", "nationalité", "nacionalidad", "nazionalità"),
        *("nationaliteit", "emergency"),
        *("ssn", "passport", "nino", "iban", "bic", "kontonummer", "dni", "nif", "bsn", "fiscale"),
        *("note", "notes", "comment", "comments", "remark", "remarks", "bio", "biography", "notiz"),
        *("notizen", "bemerkung", "bemerkungen", "anmerkung", "anmerkungen", "kommentar", "kommentare"),
        *("remarque", "remarques", "commentaire", "commentaires", "notas", "comentarios", "observaciones"),
        *("commenti", "osservazioni", "opmerking", "opmerkingen", "notities"),
        *("username", "login", "logon", "samaccountname", "nickname", "maiden", "initials"),
        *("kürzel", "geburtsname", "rufname"),
    }
)
_PERSONAL_PARTS: Final = re.compile(
    r"telefon|geburt|geboorte|sozialversicherung|steuernummer|steuerid|privatadresse|anschrift|rufnummer"
    r"|staatsangehör|mobilnummer"
)
_PERSONAL_PHRASES: Final = re.compile(
    r"\b(user name|profile (url|link|page|picture)|middle (name|initial)|known as"
    r"|national (id|insurance|identifier)|social security|tax id|bank account"
    r"|sécurité sociale|seguridad social|zweiter vorname|second prénom|segundo nombre)\b"
)
_EMAIL: Final = re.compile(r"\be ?mails?\b|correo|courriel|\bmail\b")
#: Words of headers of columns that name somebody.
_SOMEBODY: Final = re.compile(
    r"\b(name|names|person|contact|mentor|buddy|coach|partner|assistant|assistent(in)?|deputy|owner|approver"
    r"|recruiter|hr|colleague|sponsor|backup|ansprechpartner(in)?|stellvertreter(in)?|vertretung|pate|nom"
    r"|adjoint|suplente|contacto|referente|sostituto|contactpersoon|vervanger"
    r"|chef(in)?|leiter(in)?|leitung|head|lead|leader|supervisor|manager|boss|jefe|jefa|capo|responsable|responsabile)\b|name$"
)
_LONGEST: Final = 200
_CAMEL: Final = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_WORDS: Final = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def words_of(header: str) -> tuple[str, ...]:
    """Return the words of a header, without case.

    >>> words_of("PayScale_max (£)"), words_of("titleOfCourtesy")
    (('pay', 'scale', 'max'), ('title', 'of', 'courtesy'))
    """
    text = unicodedata.normalize("NFC", header[:_LONGEST])
    return tuple(_WORDS.findall(_CAMEL.sub(" ", text).lower()))


def speaks_of_pay(header: str) -> bool:
    """Return whether a header speaks of what somebody earns.

    >>> [speaks_of_pay(header) for header in ("Jahresgehalt", "base_pay", "Payroll", "Nom du salarié")]
    [True, True, False, False]
    """
    words = words_of(header)
    if any(_NO_PAY.search(word) for word in words):
        return False
    return (
        not _PAY.isdisjoint(words)
        or any(_PAY_PARTS.search(word) for word in words)
        or _PAY_PHRASES.search(" ".join(words)) is not None
    )


def speaks_of_persons(header: str) -> bool:
    """Return whether a header is of what says who somebody is, beside their name and e-mail address.

    >>> [speaks_of_persons(header) for header in ("homePhone", "Geburtsdatum", "Notes", "Grade")]
    [True, True, True, False]
    """
    words = words_of(header)
    joined = " ".join(words)
    if _EMAIL.search(joined):
        return False
    return (
        not _PERSONAL.isdisjoint(words)
        or any(_PERSONAL_PARTS.search(word) for word in words)
        or _PERSONAL_PHRASES.search(joined) is not None
    )


def speaks_of_somebody(header: str) -> bool:
    """Return whether a header is of a column that may name a person.

    >>> speaks_of_somebody("HR partner"), speaks_of_somebody("Cost center")
    (True, False)
    """
    return _SOMEBODY.search(" ".join(words_of(header))) is not None
