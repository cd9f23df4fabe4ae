"""The library behind Orgmodel: where should customer service report, and what happens if it moves.

The public face is what this file imports; everything else may change.
"""

from orgmodel.assumptions import Assumptions
from orgmodel.errors import (
    AssumptionError,
    OrganizationError,
    OrgModelError,
    PlacementError,
    UnknownNodeError,
    UnreadableFileError,
)
from orgmodel.functions import business_functions, customer_service_proposals
from orgmodel.health import Health, organization_health
from orgmodel.importing import read_organization, write_organization
from orgmodel.lines import FurtherManager, Tie
from orgmodel.operations import move, state_functions
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization
from orgmodel.placement import Placed, Placement, apply, place
from orgmodel.sweep import Assessment, Survey, assess, survey, sweep

__all__ = [
    "BUSINESS_FUNCTIONS",
    "Assessment",
    "AssumptionError",
    "Assumptions",
    "FurtherManager",
    "Health",
    "OrgModelError",
    "Organization",
    "OrganizationError",
    "Placed",
    "Placement",
    "PlacementError",
    "Survey",
    "Tie",
    "UnknownNodeError",
    "UnreadableFileError",
    "apply",
    "assess",
    "business_functions",
    "customer_service_proposals",
    "move",
    "organization_health",
    "place",
    "read_organization",
    "state_functions",
    "survey",
    "sweep",
    "write_organization",
]
