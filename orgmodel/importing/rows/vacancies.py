"""Posts nobody holds: the many ways in which files say so."""

from __future__ import annotations

import re
from typing import Final

#: The status of a post nobody holds.
VACANT: Final = "vacant"
#: In the place of a name or a status.
_WORDS: Final = frozenset(
    {
        *("vacant", "vacancy", "vacancies", "vacant post", "vacant position", "vacant role", "post vacant"),
        *("position vacant", "currently vacant", "unfilled", "not filled", "not in post", "nobody in post"),
        *("eliminated", "post eliminated", "abolished", "open position", "open role", "open headcount"),
        *("to be hired", "to be recruited", "to be appointed", "to be confirmed", "tbh", "tbc", "tba"),
        *("n.n.", "n. n.", "nn", "n.n", "vakant", "unbesetzt", "nicht besetzt"),
        *("zu besetzen", "offene stelle", "vacante", "puesto vacante", "poste vacant", "poste à pourvoir"),
        *("à pourvoir", "por cubrir", "posto vacante", "posizione vacante", "scoperto", "vacature"),
        *("vacatuur", "openstaand", "onbezet"),
    }
)
#: Words that say it as the status of a post only.
_STATUSES: Final = frozenset(
    {"open", "frozen", "offen", "eingefroren", "vacant post - recruiting", "recruiting"}
)
#: In the place of a name: somebody holds the post, but the file does not say who. "N/D" is what the UK
#: government's organograms write for a name that is not disclosed (schema of the senior staff file).
_UNDISCLOSED: Final = frozenset(
    {
        *("n/d", "n.d.", "nd", "(name)", "not disclosed", "undisclosed", "name not disclosed", "withheld"),
        *("name withheld", "redacted", "(redacted)", "[redacted]", "confidential"),
    }
)
#: Titles are searched for less: there is a "Vacancy Manager", and a "Head of Vacant Property".
_TITLES: Final = frozenset(
    {"not in post", "vacant", "vacancy", "vacant post", "vacant position", "eliminated"}
)
# As in: Vacant - Head of IT / VACANT (from May) / Head of IT (vacant) / Vacancy: Clerk
_MARKED: Final = re.compile(
    r"(vacant|vacancy|vakant|vacante|eliminated)\s*([-–:(\[/].*)?"
    r"|.*[(\[]\s*(vacant|vacancy|vakant|vacante)\s*[)\]]",
    re.IGNORECASE | re.DOTALL,
)
_QUOTES: Final = " \t\n\"'()[]<>*-_.!"


_BESIDE: Final = rf"[{re.escape(_QUOTES)}\s\x0b\x1c-\x1f]*"
_PHRASES: Final = sorted(_WORDS | _STATUSES | _UNDISCLOSED | _TITLES)
#: What every text looks like in which a post is vacant or its holder not disclosed, by any of the functions
#: below; others may look so too. For RE2, with which a million names are gone through at once.
LIKE_A_VACANCY: Final = (
    rf"(?i:^{_BESIDE}(?:"
    + "|".join(r"[\s\x0b\x1c-\x1f]+".join(map(re.escape, phrase.split())) for phrase in _PHRASES)
    + rf"){_BESIDE}$|vacan|vakan|eliminated)|[^\x00-\x7f]"
)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_marked(text: str) -> bool:
    lower = text.casefold()
    return ("va" in lower or "elim" in lower) and _MARKED.fullmatch(text) is not None


def is_vacancy_word(text: str) -> bool:
    """Return whether a name or status says nothing but that nobody holds the post.

    >>> [is_vacancy_word(text) for text in ("VACANT ", '"Vacant"', "Eliminated", "Ann Vacante")]
    [True, True, True, False]
    """
    plain = _plain(text)
    return plain in _WORDS or plain.strip(_QUOTES) in _WORDS


def is_undisclosed_name(text: str) -> bool:
    """Return whether a name only says that it is not told; the post is held.

    >>> is_undisclosed_name("N/D"), is_undisclosed_name("Vacant")
    (True, False)
    """
    return _plain(text) in _UNDISCLOSED


def is_vacant_status(text: str) -> bool:
    """Return whether a status says that nobody holds the post.

    >>> is_vacant_status("Open"), is_vacant_status("Vacant (recruiting)"), is_vacant_status("Active")
    (True, True, False)
    """
    return is_vacancy_word(text) or _plain(text).strip(_QUOTES) in _STATUSES or _is_marked(text)


def protected(status: str) -> str:
    """Return a status as our own format writes it: a vacancy that is no plain ``vacant`` gets an apostrophe.

    >>> protected("vacant"), protected("Vacant"), protected("Active")
    ('vacant', "'Vacant", 'Active')
    """
    return f"'{status}" if status != VACANT and is_vacant_status(status.lstrip("'")) else status


def unprotected(status: str) -> str:
    """Return what `protected` was given."""
    return status[1:] if is_protected(status) else status


def is_protected(status: str) -> bool:
    """Return whether a status of our own format is to be taken as it stands after its apostrophe."""
    return status.startswith("'") and is_vacant_status(status.lstrip("'"))


def is_vacant_name(text: str) -> bool:
    """Return whether a name says that nobody holds the post.

    >>> is_vacant_name("Vacant - Head of IT"), is_vacant_name("Vacant, Ann")
    (True, False)
    """
    return is_vacancy_word(text) or _is_marked(text)


def is_vacant_title(text: str) -> bool:
    """Return whether a title says that nobody holds the post.

    >>> is_vacant_title("Not in Post"), is_vacant_title("Clerk (vacant)"), is_vacant_title("Vacancy Manager")
    (True, True, False)
    """
    return _plain(text).strip(_QUOTES) in _TITLES or _is_marked(text)
