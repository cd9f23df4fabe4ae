"""Managers who look wrong, for a reason that can be said: few rules that are nearly always right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from orgmodel.importing.files.cells import Column
from orgmodel.importing.managers.directory import folded
from orgmodel.importing.managers.forest import Authority
from orgmodel.importing.notices import Findings, Severity
from orgmodel.lines import Ints, manager_cycles
from orgmodel.wording import quoted

#: Who leads a part of the organization, at the start or the end of a title, or as the word for the top.
_SENIOR: Final = re.compile(
    r"(managing |executive |general |regional |deputy )?(director|direktor(in)?|directeur|directrice|"
    r"directora|direttore|direttrice)\b(?!'s)|(chief|head of|president|vice[- ]president|ceo|cfo|"
    r"coo|cto|leiter(in)?|hoofd|jefe|jefa|chef de|responsabile)\b|.*\b(director|president|direktor(in)?|"
    r"leiter(in)?)"
)
#: Who works for somebody who leads; of the others with such a word ("Assistant Director", "Permanent
#: Secretary", "Clerk of the Parliaments") nothing is said.
_JUNIOR: Final = re.compile(
    r"((executive|personal|administrative|office|team|management|pa|senior|junior|student) )*"
    r"(assistant|secretary|intern|trainee|apprentice|receptionist|office clerk|filing clerk|clerk|"
    r"(call cent(er|re)|service|customer service|support) agent|"
    r"assistent(in)?|sekretar(in)?|praktikant(in)?|azubi|auszubildende[r]?|stagiaire|"
    r"becari[oa]|stagiair|tirocinante)( (to|of) (the )?[^,]{3,}| i{1,3}| \d)?"
)
# For RE2, with which a million titles are gone through at once: what either of the two above may match.
_LIKE_A_JUNIOR: Final = (
    r"(?i)assist|secret|sekret|intern|trainee|apprentice|receptionist|clerk|agent|praktik|azubi"
    r"|auszubild|stagiair|becari|tirocin"
)
_NO_JUNIORS: Final = re.compile(
    r"(executive )?secretary($| general| of | to the (board|cabinet))|assistant to the (board|cabinet)|"
    r"clerk (of|to) "
)
_ELIMINATED: Final = re.compile(r"eliminated|abolished|gestrichen|supprim|suprimid|soppress|opgeheven")
_CUSTOMER_SERVICE: Final = re.compile(
    r"\b(customer (service|support|care)s?|(contact|call) cent(re|er)|kundenservice|kundendienst|"
    r"service clients?|atencion al cliente|servizio clienti|klantenservice)\b"
)
_LIKE_SERVICE: Final = r"(?i)customer|contact|call|kunden|client|klanten"
#: Who does not lead work for customers.
_INNER: Final = re.compile(
    r"\b(human resources|hr|learning|organi[sz]ational development|training|internal audit|"
    r"personal(wesen|abteilung)|ressources humaines|recursos humanos|risorse umane|personeelszaken)\b"
)
_LIKE_INNER: Final = (
    r"(?i)human|\bhr\b|learning|organi[sz]ational|training|audit|personal|ressources|"
    r"recursos|risorse|personeel"
)
_HEAD_WORDS: Final = frozenset(
    {
        *("head", "director", "chief", "leiter", "leiterin", "leitung", "directeur", "directrice"),
        *("directora", "jefe", "jefa", "direttore", "direttrice", "responsabile", "hoofd", "chef"),
    }
)
_LIKE_A_HEAD: Final = (
    r"(?i)head|director|chief|leiter|leitung|directeur|directrice|jef[ea]|diret|responsabile|hoofd|chef"
)
_SMALL_WORDS: Final = frozenset(
    {*("of", "the", "for", "and", "der", "die", "des", "fur", "du", "de", "la", "del", "di", "van"), "&"}
)
_LEVELS: Final = 200
_WITHIN_THE_UNIT: Final = 3
_CHECKED_OF_A_UNIT: Final = 20
_CHECKED_AT_MOST: Final = 5000
# Findings looked at for one file; more than these are no slips but the way the file is written.
_FOUND_AT_MOST: Final = 500
_ROUNDS: Final = 5


@dataclass(frozen=True)
class _Finding:
    """A node whose manager looks wrong: the reason, and who else could be the manager."""

    node: int
    reason: str
    options: dict[str, tuple[int, str]]  # option -> manager, title
    proposed: str = "leave"
    severity: Severity = "warning"


def settle_implausible_managers(authority: Authority, notices: Findings) -> None:
    """Point to managers who look wrong, and change them where the reader says so.

    * Somebody who leads a part reports to an assistant, an intern, a clerk.
    * The manager is a post that is eliminated, and has a manager itself; the node is a post that is held.
    * Customer service reports to somebody for staff, training or audit in another unit.
    * The unit has exactly one head by title ("Director of Operations" of Operations), but one of its people
      reports to another unit that is not above that head, and no other does.

    Nodes whose manager the reader has said are passed over. A change that would make a circle with another
    one is not made.
    """
    found: dict[int, _Finding] = {}
    for rule in (_under_juniors, _under_eliminated_posts, _customer_service, _past_the_head):
        for finding in rule(authority):
            if finding.node not in authority.decided:
                found.setdefault(finding.node, finding)
            if len(found) >= _FOUND_AT_MOST:
                break
    if not found:
        return
    answers = {}
    for node, finding in sorted(found.items()):
        options = {"leave": "Leave it as it is"}
        options |= {option: title for option, (_boss, title) in finding.options.items()}
        subject = authority.ids[node]
        answers[node] = notices.decisions.about(
            "implausible_manager", subject, options, "leave", finding.proposed
        )
    wanted = {
        node: found[node].options[answer.option][0]
        for node, answer in answers.items()
        if answer.option != "leave"
    }
    made = _apply(authority, wanted)
    for node, answer in answers.items():
        finding = found[node]
        done = "It was left as it is."
        if node in made:
            boss = int(authority.bosses[node])
            done = f"It was put under {authority.called(boss)}, as you decided."
        elif node in wanted:
            done = "It was left as it is, because the change you chose would make a circle with another one."
        message = f"Row {authority.reporting.line(node)}: {finding.reason}. {done}"
        notices.append(
            authority.reporting.notice("implausible_manager", finding.severity, message, node, answer.repairs)
        )


def _apply(authority: Authority, wanted: dict[int, int]) -> set[int]:
    """Give nodes other managers; return those for which it makes no circle."""
    before = authority.bosses.copy()
    authority.bosses[list(wanted)] = list(wanted.values())
    made = set(wanted)
    for _ in range(_ROUNDS):
        on_cycles = {node for cycle in manager_cycles(authority.bosses) for node in cycle}
        if not on_cycles:
            return made
        for node in made & on_cycles:
            authority.bosses[node] = before[node]
        made -= on_cycles
    authority.bosses = before
    return set()


# ---------------------------------------------------------------------- the rules


def _under_juniors(authority: Authority) -> Iterator[_Finding]:
    titles = _of_nodes(authority, authority.reporting.posts.titles)
    juniors = titles.where(titles.places(_is_junior, like=_LIKE_A_JUNIOR))
    for node in _reports_of(authority, juniors):
        if not _is_senior(titles[node]):
            continue
        boss = int(authority.bosses[node])
        reason = (
            f"{authority.called(node)} is {quoted(titles[node])} and reports to {authority.called(boss)}, "
            f"whose title is {quoted(titles[boss])}"
        )
        yield _Finding(node, reason, _above(authority, boss))


def _under_eliminated_posts(authority: Authority) -> Iterator[_Finding]:
    posts, reporting = authority.reporting.posts, authority.reporting
    marks = posts.attributes.get("vacancy")
    eliminated = np.zeros(len(reporting.table), dtype=np.bool_)
    if marks is None:
        return
    vacant, held = np.flatnonzero(posts.vacant), authority.held()
    texts = [f"{marks[row] or ''} {posts.names[row]} {posts.titles[row]}" for row in vacant.tolist()]
    eliminated[vacant] = [bool(_ELIMINATED.search(folded(text))) for text in texts]
    for node in _reports_of(authority, eliminated[reporting.nodes.rows]):
        boss = int(authority.bosses[node])
        if held[node] and (options := _above(authority, boss)):
            reason = (
                f"{authority.called(node)} reports to {authority.called(boss)}, a post that is eliminated"
            )
            yield _Finding(node, reason, options, proposed="above")


def _customer_service(authority: Authority) -> Iterator[_Finding]:
    posts = authority.reporting.posts
    titles, units = _of_nodes(authority, posts.titles), _of_nodes(authority, posts.units)
    inner = titles.places(lambda text: _INNER.search(folded(text)), like=_LIKE_INNER)
    serving = titles.places(lambda text: _CUSTOMER_SERVICE.search(folded(text)), like=_LIKE_SERVICE)
    serves = titles.where(np.setdiff1d(serving, inner))
    for node in _reports_of(authority, titles.where(inner)):
        if not serves[node]:
            continue
        boss = int(authority.bosses[node])
        if folded(units[boss]) in {folded(units[node]), ""} or not units[node]:
            continue
        reason = (
            f"{authority.called(node)} works for customers in {quoted(units[node])}, but reports to "
            f"{authority.called(boss)}, {quoted(titles[boss])} in {quoted(units[boss])}"
        )
        yield _Finding(node, reason, _above(authority, boss))


def _past_the_head(authority: Authority) -> Iterator[_Finding]:
    units = _of_nodes(authority, authority.reporting.posts.units)
    bosses = authority.bosses[: len(units)]
    inside = (bosses >= 0) & (bosses < len(units))
    places = np.where(inside, units.index[np.where(inside, bosses, 0)], -1)
    apart = inside & units.filled & (places != units.index) & units.texts.astype(np.bool_)[places]
    heads = _heads(authority, units) if apart.any() else {}
    by_unit = np.argsort(units.index, kind="stable")
    start = np.searchsorted(units.index[by_unit], np.arange(len(units.texts) + 1))
    checked = 0
    for unit, head in heads.items():
        nodes = by_unit[start[unit] : start[unit + 1]]
        above = _way_up(authority.bosses, head) or set()
        outside = nodes[apart[nodes] & (nodes != head) & ~np.isin(bosses[nodes], list(above))]
        within = np.count_nonzero(~apart[nodes])
        checked += len(outside)
        # Where several do, or hardly anybody reports within the unit, its people work all over the place.
        if not above or within < _WITHIN_THE_UNIT or len(outside) > _CHECKED_OF_A_UNIT:
            continue
        if checked > _CHECKED_AT_MOST:
            return
        others = [node for node in outside.tolist() if not _is_related(authority.bosses, node, above, head)]
        if len(others) == 1:
            yield _past(authority, units, others[0], head)


def _past(authority: Authority, units: Column, node: int, head: int) -> _Finding:
    boss = int(authority.bosses[node])
    reason = (
        f"{authority.called(node)} is in {quoted(units[node])}, whose head is {authority.called(head)}, but "
        f"reports to {authority.called(boss)} in {quoted(units[boss])}"
    )
    options = {"unit head": (head, f"Put it under {authority.called(head)}")}
    return _Finding(node, reason, options, severity="info")


def _heads(authority: Authority, units: Column) -> dict[int, int]:
    """Return for every unit (its place among the texts) the only node whose title says it is its head."""
    titles = _of_nodes(authority, authority.reporting.posts.titles)
    places = titles.places(lambda title: not _HEAD_WORDS.isdisjoint(_words(title)), like=_LIKE_A_HEAD)
    leads = {
        place: _words(str(titles.texts[place])) - _HEAD_WORDS - _SMALL_WORDS for place in places.tolist()
    }
    led = np.array([place for place, words in leads.items() if words], dtype=np.int64)
    nodes = np.flatnonzero(titles.where(led) & authority.held()[: len(titles)])
    pairs = titles.index[nodes] * len(units.texts) + units.index[nodes]
    _, first, number = np.unique(pairs, return_index=True, return_counts=True)
    heads: dict[int, list[int]] = {}
    words_of: dict[int, frozenset[str]] = {}
    for node, times in zip(nodes[first].tolist(), number.tolist(), strict=True):
        unit = int(units.index[node])
        if unit not in words_of:
            words_of[unit] = _words(str(units.texts[unit])) - _SMALL_WORDS
        if leads[int(titles.index[node])] == words_of[unit]:
            heads.setdefault(unit, []).extend([node] * times)
    return {unit: those[0] for unit, those in heads.items() if len(those) == 1}


# ---------------------------------------------------------------------- what they share


def _of_nodes(authority: Authority, column: Column) -> Column:
    return authority.reporting.nodes.of(column)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", folded(text)[:300]))


def _is_junior(title: str) -> bool:
    """Return whether a title is that of somebody who works for somebody who leads.

    >>> [_is_junior(title) for title in ("Executive Assistant to the CEO", "Assistant Director", "Intern")]
    [True, False, True]
    """
    text = folded(title)[:300]
    return bool(_JUNIOR.fullmatch(text)) and not _NO_JUNIORS.match(text)


def _is_senior(title: str) -> bool:
    """Return whether a title is that of somebody who leads a part of the organization.

    >>> [_is_senior(title) for title in ("Finance Director", "Head of IT", "Assistant to the Director")]
    [True, True, False]
    """
    text = folded(title)[:300]
    return not re.search(_LIKE_A_JUNIOR, text) and bool(_SENIOR.match(text))


def _reports_of(authority: Authority, chosen: np.ndarray) -> list[int]:
    """Return the nodes of rows that report to one of the chosen nodes of rows."""
    bosses = authority.bosses[: len(chosen)]
    inside = (bosses >= 0) & (bosses < len(chosen))
    result: list[int] = np.flatnonzero(inside & chosen[np.where(inside, bosses, 0)]).tolist()
    return result


def _above(authority: Authority, boss: int) -> dict[str, tuple[int, str]]:
    """Return the option to report to the manager's own manager, if there is one."""
    above = int(authority.bosses[boss])
    return {} if above < 0 else {"above": (above, f"Put it under {authority.called(above)}")}


def _way_up(bosses: Ints, node: int) -> set[int] | None:
    """Return a node and all above it; None if they are too many."""
    way = {node}
    for _ in range(_LEVELS):
        node = int(bosses[node])
        if node < 0:
            return way
        way.add(node)
    return None


def _is_related(bosses: Ints, node: int, above: set[int], head: int) -> bool:
    """Return whether a node is above a head, or its manager below it."""
    way = _way_up(bosses, int(bosses[node]))
    return node in above or way is None or head in way
