"""Touchpoints: the map, causes in people's own words, ticket files with every row accounted for."""

import io
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from orgmodel.assumptions import Assumptions
from orgmodel.errors import AssumptionError, UnreadableFileError
from orgmodel.functions.reading import folded_words, spellings
from orgmodel.importing.limits import Limits
from orgmodel.organization import BUSINESS_FUNCTIONS
from orgmodel.touchpoints import (
    CAUSES,
    OWN,
    STEPS,
    TOUCHPOINTS,
    Contact,
    contacts_from_needs,
    function_shares,
    left_out,
    main_step,
    needs_from_contacts,
    read_tickets,
    reassigned,
    touchpoint_shares,
)
from orgmodel.touchpoints.recognising import LONGEST_CAUSE, CauseReader

HEADER = b"Ticket ID,Created at,Contact reason\n"
FUNCTIONS = st.sampled_from(["", *BUSINESS_FUNCTIONS])
NUMBERS = st.floats(0, 1e6, allow_nan=False)


@st.composite
def contacts(draw):
    causes = draw(st.lists(st.text(max_size=8), unique=True, max_size=8))
    return [
        Contact(cause, cause, function, main_step(function), draw(NUMBERS), "")
        for cause in causes
        for function in [draw(FUNCTIONS)]
    ]


# ---------------------------------------------------------------------- the map


def test_every_cause_is_at_a_touchpoint_of_its_function():
    map_of = {(point.function, point.step) for point in TOUCHPOINTS}
    assert len(map_of) == len(TOUCHPOINTS)
    assert {(cause.function, cause.step) for cause in CAUSES} <= map_of
    assert {point.step for point in TOUCHPOINTS} == set(STEPS)
    assert all(item.reason.endswith(".") for item in (*CAUSES, *TOUCHPOINTS))


def test_every_function_has_a_touchpoint_and_a_cause():
    assert {point.function for point in TOUCHPOINTS} == set(BUSINESS_FUNCTIONS)
    assert {cause.function for cause in CAUSES} == set(BUSINESS_FUNCTIONS)
    assert len({cause.title for cause in CAUSES}) == len(CAUSES)


def test_no_phrase_belongs_to_two_causes():
    owner = {}
    for cause in CAUSES:
        for spelling in spellings((*cause.words, *cause.general)):
            assert folded_words(spelling), spelling
            assert owner.setdefault(tuple(folded_words(spelling)), cause.title) == cause.title, spelling


# ---------------------------------------------------------------------- reading a cause


@pytest.mark.parametrize(
    ("text", "function", "step"),
    [
        # Values of usual exports: Zendesk (types, tags), Salesforce, ServiceNow, Jira Service Management.
        ("Question", "customer_service", "support"),
        ("Incident", "it", "support"),
        ("order__wrong_item", "operations", "delivery"),
        ("Equipment Complexity", "operations", "support"),
        ("Breakdown", "operations", "delivery"),
        ("Feedback", "marketing", "support"),
        ("Inquiry / Help", "customer_service", "support"),
        ("Password Reset", "it", "support"),
        ("Get IT help", "it", "support"),
        ("Report a system problem", "it", "support"),
        # Of several phrases the longest counts, and any better than a general word.
        ("Billing - refund for damaged item", "operations", "delivery"),
        ("Complaint about the price", "sales", "order"),
        ("Order is late", "operations", "delivery"),
        ("cancel my subscription", "sales", "support"),
        ("URGENT: INVOICE #4711 WRONG", "finance", "billing"),
        # German, French, Spanish, and long words.
        ("Rechnungskorrektur", "finance", "billing"),
        ("Mahngebuehr", "finance", "billing"),
        ("Lieferverzögerung", "operations", "delivery"),
        ("Retard de livraison", "operations", "delivery"),
        ("mot de passe oublié", "it", "support"),
        ("Devolución de dinero", "finance", "billing"),
        # Teams, as in columns of groups.
        ("Customer Service", "customer_service", "support"),
        ("Logistics", "operations", "delivery"),
        ("Sales", "sales", "order"),
        # Nothing to go by.
        ("quantum flux", "", ""),
        ("4711", "", ""),
        ("", "", ""),
    ],
)
def test_what_a_text_is_read_as(text, function, step):
    read = CauseReader().read(text)
    assert (read.function, read.step) == (function, step)
    assert bool(read.reason) == bool(function)


@given(st.text())
def test_any_text_is_read_and_the_same_again(text):
    read = CauseReader().read(text)
    assert read == CauseReader().read(text)
    assert bool(read.function) == bool(read.step)
    assert read.function in {"", *BUSINESS_FUNCTIONS}
    assert len(read.title) <= LONGEST_CAUSE


# ---------------------------------------------------------------------- needs


@given(st.dictionaries(st.sampled_from(BUSINESS_FUNCTIONS), st.floats(0.001, 1), min_size=1))
def test_needs_become_contacts_and_needs_again(needs):
    """There and back is the identity, but for what customer service settles by itself."""
    assumptions = Assumptions(needs=needs)
    made = contacts_from_needs(assumptions)
    assert math.isclose(math.fsum(contact.number for contact in made), 1.0)
    assert function_shares(made) == pytest.approx(assumptions.needs_rescaled)
    others = {name: need for name, need in needs.items() if name != OWN}
    if others:
        total = math.fsum(others.values())
        assert needs_from_contacts(made) == pytest.approx({k: v / total for k, v in others.items()})


@given(contacts())
def test_needs_are_shares_of_what_is_assigned(made):
    gone = left_out(made)
    if sum(contact.number for contact in made if contact.function not in {"", OWN}) > 0:
        needs = needs_from_contacts(made)
        assert math.isclose(math.fsum(needs.values()), 1.0)
        assert Assumptions(needs=needs).needs == needs
        shares = function_shares(made)
        assert all(math.isclose(need * (1 - sum(gone)), shares[name]) for name, need in needs.items())
    else:
        with pytest.raises(AssumptionError, match="No contact is assigned"):
            needs_from_contacts(made)
    if any(contact.number for contact in made):
        assert math.isclose(math.fsum(touchpoint_shares(made).values()), 1.0)


def test_no_contacts_at_all():
    assert function_shares([]) == {}
    assert left_out([]) == (0, 0)
    with pytest.raises(AssumptionError):
        needs_from_contacts([])


def test_causes_are_reassigned_by_hand():
    made = contacts_from_needs(Assumptions(needs={"finance": 1}))
    refunds = next(contact.cause for contact in made if contact.cause.startswith("Refunds"))
    (changed,) = [contact for contact in reassigned(made, {refunds: "it"}) if contact.cause == refunds]
    assert (changed.function, changed.step, changed.reason) == ("it", "billing", "Assigned by hand.")
    assert needs_from_contacts(reassigned(made, {refunds: "it"})) == pytest.approx(
        {"finance": 0.75, "it": 0.25}
    )
    assert left_out(reassigned(made, {refunds: ""})).not_assigned == pytest.approx(0.25)
    assert reassigned(made, {refunds: "finance", "nobody called for this": "it"}) == made
    with pytest.raises(AssumptionError, match='"gardening" is no business function'):
        reassigned(made, {refunds: "gardening"})


# ---------------------------------------------------------------------- ticket files


def accounted(report):
    assert report.rows == report.used + report.unknown + report.without_cause + report.without_number
    return report


def test_a_ticket_file():
    rows = b"1,2026-01-01,Late delivery\n2,,late  DELIVERY\n3,,Blue moon\n4,,\n5,,n/a\n6,,Refund\n"
    report = accounted(read_tickets(HEADER + rows, "export.csv"))
    assert report.cause_column == "Contact reason"
    assert report.count_column is None
    assert report.reason == '"Contact reason" names causes; 50 % of its cells are understood.'
    assert (report.rows, report.used, report.unknown, report.without_cause) == (6, 3, 1, 2)
    assert [(contact.cause, contact.function, contact.number) for contact in report.contacts] == [
        ("Late delivery", "operations", 2),
        ("Blue moon", "", 1),
        ("Refund", "finance", 1),
    ]
    assert left_out(report.contacts).not_assigned == 0.25
    assert needs_from_contacts(report.contacts) == pytest.approx({"operations": 2 / 3, "finance": 1 / 3})


def test_rows_that_are_counted_already():
    rows = b"Invoice;1.200\nLogin;300\nRepair;many\nRepair;-4\n;5\nInvoice;7\nOther;0\n"
    data = b"Category;Number of tickets\n" + rows
    report = accounted(read_tickets(data, count_column="Number of tickets"))
    assert (report.used, report.unknown, report.without_cause, report.without_number) == (3, 1, 1, 2)
    assert {contact.cause: contact.number for contact in report.contacts} == {
        "Invoice": 1207,
        "Login": 300,
        "Other": 0,
    }
    # Too few numbers to be told by its header; nothing said: every row is one contact.
    assert read_tickets(data).count_column is None
    assert read_tickets(b"Category,Count\nInvoice,3\nLogin,4\n").count_column == "Count"
    assert read_tickets(b"Category,Count\nInvoice,3\nLogin,4\n", count_column="").count_column is None


@pytest.mark.parametrize(
    "header",
    ["Case Reason", "Request Type", "category", "Ticket Category", "Kontaktgrund", "Motif", "Motivo", "tags"],
)
def test_headers_of_help_desks(header):
    report = read_tickets(
        f"Number,Status,{header}\nINC1,Closed,Invoice error\nINC2,Open,Late delivery\n".encode()
    )
    assert report.cause_column == header
    assert report.count_column is None
    assert report.used == 2


def test_the_column_that_is_understood_comes_before_one_that_is_not():
    data = b"Id,Category,Subject\n1,A1,Late delivery of bolts\n2,B7,Invoice 4 is wrong\n"
    assert read_tickets(data).cause_column == "Subject"
    assert read_tickets(data, cause_column="Category").unknown == 2


def test_without_a_known_header_the_reader_chooses():
    data = b"Id,Colour\n1,Late delivery\n2,Invoice error\n"
    report = accounted(read_tickets(data))
    assert (report.cause_column, report.contacts) == (None, ())
    assert report.columns == ("Id", "Colour")
    assert read_tickets(data, cause_column="Colour").used == 2
    with pytest.raises(UnreadableFileError, match='no column "Taste"; it has "Id", "Colour"'):
        read_tickets(data, cause_column="Taste")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding, separator):
    text = f"Nr{separator}Kontaktgrund\n1{separator}Rückerstattung\n2{separator}Gebühr\n"
    report = read_tickets(text.encode(encoding))
    assert [contact.cause for contact in report.contacts] == ["Gebühr", "Rückerstattung"]
    assert needs_from_contacts(report.contacts) == {"finance": 1}


def test_a_workbook():
    book = Workbook()
    for row in (("Case", "Case Reason", "Cases"), (1, "Refund", 12), (2, "Login", 4.0)):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    report = accounted(read_tickets(file.getvalue(), "cases.xlsx"))
    assert (report.cause_column, report.count_column) == ("Case Reason", "Cases")
    assert [contact.number for contact in report.contacts] == [12, 4]


def test_the_smallest_files():
    assert read_tickets(b"Cause\nRefund\n").used == 1
    assert read_tickets(b"Grund,Anzahl\nMahnung,2\n").contacts[0].number == 2
    for data, fault in (
        (b"", "is empty"),
        (b"Cause\n", "no rows below it|does not contain a table of contacts"),
        (b"hello world", "does not contain a table of contacts"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\x89PNG\r\n", "picture"),
    ):
        with pytest.raises(UnreadableFileError, match=fault) as caught:
            read_tickets(data, "export.csv")
        assert '"export.csv"' in str(caught.value)


def test_limits_are_those_of_the_importer():
    data = HEADER + b"1,,Refund\n" * 50
    with pytest.raises(UnreadableFileError, match="50 rows, which is more than is read: 10"):
        read_tickets(data, limits=Limits(rows=10))
    with pytest.raises(UnreadableFileError, match="larger than 0 MB"):
        read_tickets(data, limits=Limits(bytes=100))


def test_hostile_causes_are_kept_as_they_are_and_cut():
    texts = [
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "%{customdata}",
        "x" * 5000,
        "a\x00b",
        "\u202edeliver\u2066y",
    ]
    quoted = "".join(f'1,,"{text}"\n' for text in texts)
    report = accounted(read_tickets(HEADER + quoted.encode()))
    assert all(len(contact.cause) <= LONGEST_CAUSE for contact in report.contacts)
    assert report.rows == len(texts)
    assert not any("\u202e" in contact.cause or "\x00" in contact.cause for contact in report.contacts)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data):
    try:
        accounted(read_tickets(data, "any"))
    except UnreadableFileError as error:
        assert str(error).startswith('The file "any"')  # noqa: PT017  # only where it is raised


CELLS = st.sampled_from(["Refund", "late", "", "n/a", "4", "-1", "1e400", "nan", '"', "é", "\t", "Blue moon"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=12), st.booleans())
def test_any_rows_are_accounted_for(rows, counted):
    lines = "".join(f"{cause};{number}\n" for cause, number in rows)
    data = f"Reason;Count\n{lines}".encode()
    try:
        report = accounted(read_tickets(data, cause_column="Reason", count_column="Count" if counted else ""))
    except UnreadableFileError:
        return
    assert all(math.isfinite(contact.number) for contact in report.contacts)
    assert len({contact.cause for contact in report.contacts}) == len(report.contacts)


ROWS = ["1,,Late delivery"] * 3 + ["2,,Refund"] * 2 + ["3,,Blue moon", "4,,"]


@settings(max_examples=20, deadline=None)
@given(st.permutations(ROWS))
def test_the_order_of_rows_does_not_matter(shuffled):
    first, second = (read_tickets(HEADER + "\n".join(order).encode()) for order in (ROWS, shuffled))
    assert first.contacts == second.contacts


def test_a_column_of_numbers_that_holds_too_few_is_named():
    report = read_tickets(b"reason;count\nlate;inf\nlate;-3\n")
    assert (report.count_column, report.contacts[0].number) == (None, 2.0)
    assert "not used" in report.notices[-1]
    assert "count" in report.notices[-1]
    assert read_tickets(b"reason;count\nlate;1,234.5\n").contacts[0].number == 1234.5


@pytest.mark.parametrize("text", ["Noise / vibration complaint", "Product complaint"])
def test_a_complaint_about_the_product_is_not_the_owners(text):
    assert CauseReader().read(text).function == "operations"
    assert CauseReader().read("Complaint").function != "executive"
