"""What tests look at in the report of an import."""

from orgmodel.importing import Choice, read_organization


def read(text, *choices, **options):
    """Read a text or bytes with some decisions, each (code, subject, option)."""
    data = text if isinstance(text, bytes | list) else text.encode()
    return read_organization(data, choices=[Choice(*choice) for choice in choices], **options)


def said(report):
    """Return what the reader reads, sentence by sentence."""
    return [notice.message for notice in report.notices]


def notices_of(report, code):
    """Return the notices of a code."""
    return [notice for notice in report.notices if notice.code == code]


def messages(report, code):
    """Return the sentences of a code."""
    return [notice.message for notice in notices_of(report, code)]


def options_of(report, code):
    """Return option -> title of the first notice of a code; the applied option and the proposed one."""
    repairs = notices_of(report, code)[0].repairs
    applied = [repair.choice.option for repair in repairs if repair.applied]
    proposed = [repair.choice.option for repair in repairs if repair.proposed]
    assert len(applied) == len(proposed) == 1
    return {repair.choice.option: repair.title for repair in repairs}, applied[0], proposed[0]


def managers(report):
    """Return node -> manager as ids."""
    organization = report.organization
    return {
        node: organization.ids[boss] if boss >= 0 else None
        for node, boss in zip(organization.ids, organization.manager.tolist(), strict=True)
    }
