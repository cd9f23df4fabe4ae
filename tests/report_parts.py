"""What tests look at in the report of an import."""

from orgmodel.importing import Choice, read_organization


def read(text, *choices, **options):
    """Read a text or bytes with some decisions, each (code, subject, option)."""
    data = text if isinstance(text, bytes | list) else text.encode()
    return read_organization(data, choices=[Choice(*choice) for choice in choices], **options)


def said(report):
    """Return what the reader reads, sentence by sentence."""
    return [notice.message for notice in report.notices]


def chart(report):
    """Return node -> manager."""
    organization = report.organization
    return {
        node: organization.ids[boss] if boss >= 0 else None
        for node, boss in zip(organization.ids, organization.manager.tolist(), strict=True)
    }
