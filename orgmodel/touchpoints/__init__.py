"""Touchpoints: why customers make contact, at which step, and which function can act on it.

* `orgmodel.touchpoints.causes`: `STEPS`, `TOUCHPOINTS`, `CAUSES`: the map and the words, as data;
* `orgmodel.touchpoints.recognising`: which cause a text names;
* `orgmodel.touchpoints.contacts`: contacts by cause, from the needs and back to them;
* `orgmodel.touchpoints.tickets`: contacts by cause from a ticket export.
"""

from orgmodel.touchpoints.causes import CAUSES, STEPS, TOUCHPOINTS, Cause, Touchpoint
from orgmodel.touchpoints.contacts import (
    OWN,
    Contact,
    LeftOut,
    contacts_from_needs,
    function_shares,
    left_out,
    needs_from_contacts,
    reassigned,
    touchpoint_shares,
)
from orgmodel.touchpoints.recognising import main_step
from orgmodel.touchpoints.tickets import TicketReport, Tickets, read_tickets, ticket_report, ticket_table

__all__ = [
    "CAUSES",
    "OWN",
    "STEPS",
    "TOUCHPOINTS",
    "Cause",
    "Contact",
    "LeftOut",
    "TicketReport",
    "Tickets",
    "Touchpoint",
    "contacts_from_needs",
    "function_shares",
    "left_out",
    "main_step",
    "needs_from_contacts",
    "read_tickets",
    "reassigned",
    "ticket_report",
    "ticket_table",
    "touchpoint_shares",
]
