"""Contacts by cause: how many customers make, for what reason, and which function can act on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

from orgmodel.assumptions import Assumptions
from orgmodel.errors import AssumptionError
from orgmodel.organization import BUSINESS_FUNCTIONS
from orgmodel.touchpoints.causes import CAUSES, Cause
from orgmodel.touchpoints.recognising import main_step

#: What customer service settles by itself is no need of anybody else.
OWN: Final = "customer_service"
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Contact:
    """Contacts of one cause.

    Attributes
    ----------
    cause
        In the words of the file, or of the vocabulary.
    kind
        The known cause it was read as; its own words where it is none of them.
    function, step
        Who can act, and where it arises; empty for what is not assigned.
    number
        Contacts in a file; the share of all contacts where they come from the needs.
    reason
        Why this function, in a sentence; empty for what is not assigned.

    """

    cause: str
    kind: str
    function: str
    step: str
    number: float
    reason: str


class LeftOut(NamedTuple):
    """Shares of all contacts that say nothing about whom customer service needs."""

    not_assigned: float
    own: float


def contacts_from_needs(assumptions: Assumptions) -> tuple[Contact, ...]:
    """Return the needs as contacts: each function's share spread equally over the causes it can act on.

    That a function's causes are equally frequent is our assumption; a ticket file knows better.

    >>> contacts = contacts_from_needs(Assumptions(needs={"finance": 1}))
    >>> [(contact.cause, contact.step, contact.number) for contact in contacts[:2]]
    [('Wrong or unclear invoice', 'billing', 0.25), ('Payments', 'billing', 0.25)]
    """
    of_function: dict[str, list[Cause]] = {}
    for cause in CAUSES:
        of_function.setdefault(cause.function, []).append(cause)
    return tuple(
        Contact(cause.title, cause.title, function, cause.step, need / len(causes), cause.reason)
        for function, need in assumptions.needs_rescaled.items()
        if need > 0
        for causes in [of_function[function]]
        for cause in causes
    )


def reassigned(contacts: Iterable[Contact], functions: Mapping[str, str]) -> tuple[Contact, ...]:
    """Return the contacts with other functions for some causes, as a reader has corrected them.

    An empty function takes the assignment away. What had no step gets the function's main one.

    >>> (contact,) = reassigned([Contact("Noise", "Noise", "", "", 3, "")], {"Noise": "operations"})
    >>> contact.function, contact.step, contact.reason
    ('operations', 'delivery', 'Assigned by hand.')

    Raises
    ------
    AssumptionError
        For a function there is none of.

    """
    for function in functions.values():
        if function and function not in BUSINESS_FUNCTIONS:
            message = f'"{function}" is no business function; known are {", ".join(BUSINESS_FUNCTIONS)}.'
            raise AssumptionError(message)
    return tuple(_by_hand(contact, functions.get(contact.cause)) for contact in contacts)


def _by_hand(contact: Contact, function: str | None) -> Contact:
    if function is None or function == contact.function:
        return contact
    step = (contact.step or main_step(function)) if function else ""
    return replace(contact, function=function, step=step, reason="Assigned by hand." if function else "")


def needs_from_contacts(contacts: Iterable[Contact]) -> Mapping[str, float]:
    """Return whom customer service needs, for `Assumptions.needs`: the share of contacts of each function.

    Contacts that are not assigned, and those that customer service settles by itself, are left out
    (`left_out` says how many they are).

    >>> needs_from_contacts([Contact("a", "a", "it", "support", 3, ""), Contact("b", "b", "", "", 9, "")])
    mappingproxy({'it': 1.0})

    Raises
    ------
    AssumptionError
        No contact is assigned to a function beside customer service.

    """
    shares = {name: share for name, share in function_shares(contacts).items() if name not in {"", OWN}}
    total = math.fsum(shares.values())
    if not total > 0:
        message = (
            "No contact is assigned to a function beside customer service, so the file does not say whom "
            "customer service needs. Assign some causes to functions."
        )
        raise AssumptionError(message)
    return MappingProxyType({name: share / total for name, share in shares.items() if share > 0})


def function_shares(contacts: Iterable[Contact]) -> dict[str, float]:
    """Return the share of all contacts of each function, the largest first; "" is not assigned."""
    return _shares((contact.function, contact.number) for contact in contacts)


def touchpoint_shares(contacts: Iterable[Contact]) -> dict[tuple[str, str], float]:
    """Return the share of all contacts of each function at each step; both "" where not assigned."""
    return _shares(((contact.function, contact.step), contact.number) for contact in contacts)


def left_out(contacts: Iterable[Contact]) -> LeftOut:
    """Return the shares of the contacts that make no need."""
    shares = function_shares(contacts)
    return LeftOut(shares.get("", 0.0), shares.get(OWN, 0.0))


def _shares(numbers: Iterable[tuple[_Key, float]]) -> dict[_Key, float]:
    sums: dict[_Key, float] = {}
    for key, number in numbers:
        sums[key] = sums.get(key, 0.0) + number
    total = math.fsum(sums.values())
    return {key: sums[key] / total if total else 0.0 for key in sorted(sums, key=lambda key: -sums[key])}
