"""The library behind Orgmodel: where should customer service report, and what happens if it moves.

The public face is what this file imports; everything else may change.
"""

from orgmodel.assumptions import Assumptions
from orgmodel.changes import Change, change_between
from orgmodel.connections import connect, disconnect
from orgmodel.decision import Decision, decide
from orgmodel.document import Document
from orgmodel.edits import Add, Connect, Disconnect, Edit, Move, Operation, Remove, Several
from orgmodel.errors import (
    AssumptionError,
    OrganizationError,
    OrgModelError,
    PlacementError,
    StudyError,
    UnknownNodeError,
    UnreadableFileError,
)
from orgmodel.functions import business_functions, customer_service_proposals
from orgmodel.health import Health, organization_health
from orgmodel.importing import read_organization, write_organization
from orgmodel.lines import FurtherManager, Tie
from orgmodel.operations import NewNode, add_nodes, edit, move, remove, state_functions
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization
from orgmodel.placement import Placed, Placement, apply, place
from orgmodel.questionnaire import Answers, Reply
from orgmodel.sweep import Assessment, Survey, assess, survey, sweep
from orgmodel.templates import TEMPLATES, template

__all__ = [
    "BUSINESS_FUNCTIONS",
    "TEMPLATES",
    "Add",
    "Answers",
    "Assessment",
    "AssumptionError",
    "Assumptions",
    "Change",
    "Connect",
    "Decision",
    "Disconnect",
    "Document",
    "Edit",
    "FurtherManager",
    "Health",
    "Move",
    "NewNode",
    "Operation",
    "OrgModelError",
    "Organization",
    "OrganizationError",
    "Placed",
    "Placement",
    "PlacementError",
    "Remove",
    "Reply",
    "Several",
    "StudyError",
    "Survey",
    "Tie",
    "UnknownNodeError",
    "UnreadableFileError",
    "add_nodes",
    "apply",
    "assess",
    "business_functions",
    "change_between",
    "connect",
    "customer_service_proposals",
    "decide",
    "disconnect",
    "edit",
    "move",
    "organization_health",
    "place",
    "read_organization",
    "remove",
    "state_functions",
    "survey",
    "sweep",
    "template",
    "write_organization",
]
