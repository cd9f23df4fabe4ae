"""The command line: ``python -m orgmodel check|convert|sweep|decide|study|report FILE...``."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from orgmodel.assumptions import Assumptions
from orgmodel.change_orders.outcomes import OUTCOME_TABLE
from orgmodel.change_orders.plan import read_plan
from orgmodel.change_orders.study import Study, run
from orgmodel.change_orders.summary import Interval
from orgmodel.decision import Decision, decide
from orgmodel.document import Document
from orgmodel.errors import OrgModelError
from orgmodel.functions import (
    FUNCTION_TITLES,
    business_functions,
    customer_service_proposals,
    why_none_is_proposed,
)
from orgmodel.importing import ColumnMapping, ImportReport, Privacy, read_organization, write_organization
from orgmodel.importing.writing.kinds import KINDS
from orgmodel.indicators import HEADLINES, INDICATORS
from orgmodel.questionnaire import Answers
from orgmodel.reports.kinds import REPORT_KINDS, write_report
from orgmodel.scenarios import FORMAT, Scenario, scenario_from_json
from orgmodel.sweep import Survey, survey

Row = dict[Hashable, Any]

_SHOWN_NOTICES = 5
_EXIT_REFUSED = 2
_EXIT_INTERRUPTED = 130  # as shells say it
_HEAD = 200  # bytes in which a scenario says what it is
_CELL = 16  # characters of a column of figures
#: Outcomes of a study that are printed; JSON has them all.
_STUDIED = ("dispute_time", "escalations", "top", "false_promises", "rework", "manager_hours")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0, or 2 with one sentence on standard error."""
    options = _parser().parse_args(arguments)
    try:
        text = options.command(options)
    except OrgModelError as error:
        print(error, file=sys.stderr)
        return _EXIT_REFUSED
    except KeyboardInterrupt:
        return _EXIT_INTERRUPTED
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Whoever reads has closed the pipe (`| head`); what is left shall not go there at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m orgmodel", description=__doc__)
    commands = parser.add_subparsers(required=True)

    check = commands.add_parser(
        "check", help="say what was read from files, and which unit is customer service"
    )
    check.add_argument("files", nargs="+", metavar="FILE")
    check.add_argument("--together", action="store_true", help="read all files as one chart")
    check.add_argument("--json", action="store_true", help="print JSON instead of text")
    _add_ways_of_reading(check)
    check.set_defaults(command=_check)

    convert = commands.add_parser("convert", help="read files as one chart and write it to another file")
    convert.add_argument("files", nargs="+", metavar="FILE")
    endings = "|".join(kind.ending for kind in KINDS.values())
    convert.add_argument(
        "--to", required=True, type=Path, metavar=f"OUT.({endings})", help="the file to write"
    )
    convert.add_argument("--force", action="store_true", help="overwrite a file that is there already")
    _add_ways_of_reading(convert)
    convert.set_defaults(command=_convert)

    compare = commands.add_parser("sweep", help="compare every possible parent of customer service")
    _add_unit(compare)
    compare.add_argument(
        "--top", type=_whole_number, metavar="N", help="print only the N with the least silo risk"
    )
    _add_ways_of_reading(compare)
    compare.set_defaults(command=_sweep)

    decide_ = commands.add_parser(
        "decide", help="say where customer service should report, how sure that is, and what comes next"
    )
    _add_unit(decide_)
    decide_.add_argument(
        "--answers", metavar="FILE.json", help="the answers to the questions about goals, as they were kept"
    )
    _add_ways_of_reading(decide_)
    decide_.set_defaults(command=_decide)

    study = commands.add_parser("study", help="simulate how changes of orders go, placement by placement")
    _add_unit(study)
    study.add_argument(
        "--plan", required=True, metavar="FILE.toml", help="what is compared; see data/study.toml"
    )
    study.add_argument(
        "--workers", type=_whole_number, metavar="N", help="processes; as many as cores unless said"
    )
    study.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="run on the workers of this Dask scheduler, such as tcp://10.0.0.5:8786",
    )
    _add_ways_of_reading(study)
    study.set_defaults(command=_study)

    report = commands.add_parser("report", help="write what was found about a chart or a saved scenario")
    _add_unit(report, needed=False)
    report.add_argument("--format", choices=REPORT_KINDS, help="as the name of --out ends, else html")
    report.add_argument("--out", type=Path, metavar="OUT", help="the file to write")
    report.add_argument("--force", action="store_true", help="overwrite a file that is there already")
    report.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="its day, else today")
    report.add_argument("--answers", metavar="FILE.json", help="the answers, as they were kept")
    _add_ways_of_reading(report)
    report.set_defaults(command=_report)
    return parser


def _add_unit(command: argparse.ArgumentParser, *, needed: bool = True) -> None:
    """Add what every command about customer service takes."""
    command.add_argument("files", nargs="+", metavar="FILE", help="several are read as one chart")
    command.add_argument(
        "--unit",
        required=needed,
        action="append",
        metavar="ID",
        help=f"customer service; repeat it for several{'' if needed else '; unless said what is proposed'}",
    )
    command.add_argument(
        "--assumptions", metavar="FILE.toml", help="what differs from the default assumptions"
    )
    if needed:
        command.add_argument("--json", action="store_true", help="print JSON instead of text")


def _add_ways_of_reading(command: argparse.ArgumentParser) -> None:
    """Add the options that say how a file is read."""
    command.add_argument("--mapping", metavar="FILE.json", help="the roles of the columns, as they were kept")
    command.add_argument(
        "--pseudonyms", action="store_true", help="replace names and e-mail addresses before anything is kept"
    )
    command.add_argument("--keep-pay", action="store_true", help="keep columns of salaries and other pay")


def _read(options: argparse.Namespace, files: str | list[str]) -> ImportReport:
    privacy = Privacy(options.pseudonyms, options.keep_pay)
    return read_organization(files, mapping=_mapping(options.mapping), privacy=privacy)


def _mapping(file: str | None) -> ColumnMapping | None:
    if file is None:
        return None
    try:
        return ColumnMapping.from_json(Path(file).read_bytes())
    except OSError as error:
        message = f"The mapping file {file} cannot be read: {error.strerror}."
        raise OrgModelError(message) from None


def _whole_number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"{text!r} is not a whole number of 1 or more"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _check(options: argparse.Namespace) -> str:
    if options.together:
        reports = [(", ".join(options.files), _read(options, options.files))]
    else:
        reports = [(file, _read(options, file)) for file in options.files]
    if options.json:
        return _json({"files": [_checked(file, report) for file, report in reports]})
    return "\n\n".join(_checked_text(file, report) for file, report in reports)


def _checked(file: str, report: ImportReport) -> dict[str, Any]:
    organization = report.organization
    functions = Counter(business_functions(organization).functions.tolist())
    proposals = customer_service_proposals(organization)
    return {
        "file": file,
        "rows": asdict(report.rows),
        "nodes": len(organization),
        "roots": len(organization.roots),
        "further_managers": len(organization.further.report),
        "ties": len(organization.ties.a),
        "columns": {role: list(headers) for role, headers in report.columns.items()},
        "functions": {name or "unknown": count for name, count in functions.most_common()},
        "notices": [asdict(notice) for notice in report.notices],
        "customer_service": [
            {"ids": list(found.ids), "name": found.name, "reason": found.reason, "certainty": found.certainty}
            for found in proposals
        ],
        "why_no_customer_service": "" if proposals else why_none_is_proposed(organization),
    }


def _checked_text(file: str, report: ImportReport) -> str:
    facts = _checked(file, report)
    lines = [
        _row_account(file, report),
        (
            f"  Chart: nodes {facts['nodes']}, roots {facts['roots']}, further managers "
            f"{facts['further_managers']}, ties {facts['ties']}."
        ),
        "  Columns: " + "; ".join(f"{role} = {', '.join(used)}" for role, used in facts["columns"].items()),
        "  Functions: "
        + ", ".join(f"{FUNCTION_TITLES.get(name, 'Unknown')} {n}" for name, n in facts["functions"].items()),
    ]
    by_code: dict[str, list[str]] = {}
    for notice in report.notices:
        where = f"row {notice.row}: " if notice.row is not None else ""
        by_code.setdefault(f"{notice.severity} {notice.code}", []).append(where + notice.message)
    for code, found in by_code.items():
        lines.append(f"  {code} ({len(found)})")
        lines += [f"    {message}" for message in found[:_SHOWN_NOTICES]]
        if len(found) > _SHOWN_NOTICES:
            lines.append(f"    ... and {len(found) - _SHOWN_NOTICES} more")
    for rank, found in enumerate(facts["customer_service"], start=1):
        lines.append(
            f"  Customer service, proposal {rank} ({found['certainty']}): {found['name']} "
            f"[{', '.join(found['ids'])}]. {found['reason']}"
        )
    if not facts["customer_service"]:
        lines.append(f"  Customer service: {facts['why_no_customer_service']}")
    return "\n".join(lines)


def _row_account(file: str, report: ImportReport) -> str:
    rows = report.rows
    return (
        f"{file}: {rows.total} rows: {rows.nodes} nodes, {rows.merged} merged, {rows.lines} lines, "
        f"{rows.rejected} rejected."
    )


def _convert(options: argparse.Namespace) -> str:
    target: Path = options.to
    # The longest ending first: that of one kind may end with that of another.
    endings = {kind.ending: name for name, kind in KINDS.items()}
    fitting = [ending for ending in endings if target.name.casefold().endswith(f".{ending}")]
    if not fitting:
        raise OrgModelError(
            f'"{target}" does not say what to write; let its name end with .{", .".join(endings)}.'
        )
    kind = endings[max(fitting, key=len)]
    report = _read(options, options.files)
    _write(target, write_organization(report.organization, kind), force=options.force)
    return f"{_row_account(', '.join(options.files), report)}\n  Written to {target}."


def _sweep(options: argparse.Namespace) -> str:
    organization = _read(options, options.files).organization
    found = survey(organization, options.unit, _assumptions(options.assumptions))
    ranked = found.table.sort_values(
        [item.name for item in HEADLINES], kind="stable", na_position="last"
    ).head(options.top)
    rows = ranked.reset_index().to_dict("records")
    return _swept_json(found, rows) if options.json else _swept_text(found, rows)


def _assumptions(file: str | None) -> Assumptions:
    if file is None:
        return Assumptions()
    try:
        values = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except OSError as error:
        message = f"The assumptions file {file} cannot be read: {error.strerror}."
        raise OrgModelError(message) from None
    except ValueError as error:
        message = f"The assumptions file {file} is not TOML: {error}."
        raise OrgModelError(message) from None
    return Assumptions.from_mapping(values)


def _swept_json(found: Survey, rows: Sequence[Row]) -> str:
    unit = found.unit[0] if len(found.unit) == 1 else list(found.unit)
    return _json(
        {
            "unit": unit,
            "coverage": found.coverage,
            "owners": found.owners,
            "notes": found.notes,
            "candidates": rows,
        }
    )


def _swept_text(found: Survey, rows: Sequence[Row]) -> str:
    names = [found.organization.label(found.organization.row(node)) for node in found.unit]
    width = max([len(f"{row['name']} [{row['id']}]") for row in rows], default=0)
    lines = [f"Customer service: {', '.join(names)}", *found.notes]
    if not rows:
        return "\n".join([*lines, "Everybody in this chart belongs to it, so there is no parent to choose."])
    lines.append(
        f"{'reports to':<{width}}  " + "  ".join(f"{item.title} ({item.unit})" for item in HEADLINES)
    )
    for row in rows:
        cells = "  ".join(
            f"{_number(row[item.name]):>{len(item.title) + len(item.unit) + 3}}" for item in HEADLINES
        )
        today = "  (today)" if row["current"] else ""
        lines.append(f"{row['name']} [{row['id']}]".ljust(width) + "  " + cells + today)
    lines.append(f"All {len(INDICATORS)} indicators: --json.")
    return "\n".join(lines)


def _decide(options: argparse.Namespace) -> str:
    organization = _read(options, options.files).organization
    answers, assumptions = _answers(options.answers), _assumptions(options.assumptions)
    found = decide(organization, options.unit, answers, assumptions)
    return _json(found.to_json()) if options.json else _decided_text(found)


def _answers(file: str | None) -> Answers:
    if file is None:
        return Answers()
    try:
        return Answers.from_json(Path(file).read_bytes())
    except OSError as error:
        raise OrgModelError(f"The file of answers {file} cannot be read: {error.strerror}.") from None


def _decided_text(found: Decision) -> str:
    ranking, sure = found.now, found.now.acceptability
    width = max(len(alternative.title) for alternative in ranking.alternatives)
    lines = [found.recommendation.text, "", f"The questions: {found.home.reason}", ""]
    lines.append(f"{'placement':<{width}}  total  first in")
    for row in ranking.order:
        alternative = ranking.alternatives[row]
        marks = ", ".join(
            mark for mark, holds in (("today", alternative.today), ("tie", row in ranking.ties)) if holds
        )
        lines.append(
            f"{alternative.title:<{width}}  {ranking.totals[row]:5.1f}  {100 * sure.first[row]:5.1f} % "
            f"+- {100 * sure.first_error[row]:.1f}" + (f"  ({marks})" if marks else "")
        )
    lines.append("Total: 0 is best, 100 worst. Beside the share of weightings its standard error.")
    for title, sentences in (
        ("What would turn it", [flip.sentence for flip in found.flips]),
        ("Single changes that help most", [f"{move.title}: {move.brings}" for move in found.moves]),
        ("Over time", [found.rotation.sentence]),
    ):
        lines += [
            "",
            f"{title}:",
            *(f"  {sentence}" for sentence in sentences[:_SHOWN_NOTICES] or ["nothing"]),
        ]
    return "\n".join([*lines, "", "Everything else: --json."])


def _study(options: argparse.Namespace) -> str:
    try:
        text = Path(options.plan).read_text(encoding="utf-8")
    except OSError as error:
        raise OrgModelError(f"The plan {options.plan} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise OrgModelError(f"The plan {options.plan} is not text in UTF-8.") from None
    organization = _read(options, options.files).organization
    plan = read_plan(text).on(survey(organization, options.unit, _assumptions(options.assumptions)))
    heard = _count if sys.stderr.isatty() else None
    try:
        found = run(plan, workers=options.workers, dask=options.dask, progress=heard)
    finally:
        if heard:
            print(file=sys.stderr)
    return _json(found.to_json()) if options.json else _studied_text(found)


def _count(done: int, simulations: int) -> None:
    print(f"\r{done:,} of {simulations:,} simulations", end="", file=sys.stderr, flush=True)


def _studied_text(found: Study) -> str:
    """Return a table for every policy and outcome: placements by how busy operations are."""
    plan = found.plan
    width = max(len(process.title) for process in plan.placements)
    heads = "".join(f"{f'{100 * busy:.3g} %':>{_CELL}}" for busy in plan.utilisations)
    lines = [
        f"{plan.replications} replications of {plan.changes} changes; +-: half a 95 % confidence interval.",
        "Columns: how busy those are who plan production.",
    ]
    for policy, about in enumerate(plan.policies):
        lines += ["", about.title]
        for outcome in OUTCOME_TABLE:
            if outcome.name not in _STUDIED:
                continue
            lines += [f"  {outcome.title} ({outcome.unit})", f"    {'':<{width}}{heads}"]
            for place, process in enumerate(plan.placements):
                cells = "".join(
                    f"{_interval(found.interval(outcome.name, place, policy, busy)):>{_CELL}}"
                    if (place, policy, busy) not in found.unstable
                    else f"{'unstable':>{_CELL}}"
                    for busy in range(len(plan.utilisations))
                )
                lines.append(f"    {process.title:<{width}}{cells}")
    if found.unstable:
        lines += ["", "Not simulated, because a queue would grow for ever:"]
    for (place, policy, busy), sentence in found.unstable.items():
        where = f"{plan.placements[place].title}, {plan.policies[policy].title}"
        lines.append(f"  {where}, {100 * plan.utilisations[busy]:.3g} %: {sentence}")
    return "\n".join([*lines, "", f"All {len(OUTCOME_TABLE)} outcomes: --json."])


def _interval(found: Interval) -> str:
    """Return the mean with half of its interval, to two digits of the latter."""
    half = found.high - found.mean
    if math.isnan(half):
        return "-" if math.isnan(found.mean) else f"{found.mean:.3g}"
    digits = max(0, 1 - math.floor(math.log10(half))) if half > 0 else 0
    return f"{found.mean:.{digits}f} +-{half:.{digits}f}"


def _report(options: argparse.Namespace) -> str:
    from orgmodel.reports.report import report_of  # noqa: PLC0415  # what draws starts slowly

    kind = options.format or _kind_by_name(options.out) or "html"
    target: Path = options.out or Path(f"{Path(options.files[0]).stem}-report.{REPORT_KINDS[kind].ending}")
    made = options.date or datetime.now(UTC).astimezone().date()
    _write(target, write_report(report_of(_scenario(options), made=made), kind), force=options.force)
    return f"Written to {target}."


def _kind_by_name(target: Path | None) -> str | None:
    ending = target.suffix.casefold().removeprefix(".") if target else ""
    return next((name for name, kind in REPORT_KINDS.items() if kind.ending == ending), None)


def _scenario(options: argparse.Namespace) -> Scenario:
    """Return a saved scenario as it is, a chart as one with what the options say."""
    first = Path(options.files[0])
    is_one = len(options.files) == 1 and first.is_file() and os.access(first, os.R_OK)
    data = first.read_bytes() if is_one else b""
    if FORMAT.encode() in data[:_HEAD]:
        return scenario_from_json(data)
    chart = _read(options, options.files).organization
    proposed = next((found.ids for found in customer_service_proposals(chart)), ())
    return Scenario(
        document=Document.of(chart),
        unit=tuple(options.unit or proposed),
        answers=_answers(options.answers),
        assumptions=_assumptions(options.assumptions),
        filename=first.name,
    )


def _write(target: Path, data: bytes, *, force: bool) -> None:
    try:
        with target.open("wb" if force else "xb") as file:
            file.write(data)
    except FileExistsError:
        raise OrgModelError(f'The file "{target}" is there already; say --force to overwrite it.') from None
    except OSError as error:
        raise OrgModelError(f'The file "{target}" cannot be written: {error.strerror}.') from None


def _number(value: float) -> str:
    if math.isnan(value):
        return "not defined"
    return "no way" if math.isinf(value) else f"{value:.2f}"


def _json(value: object) -> str:
    return json.dumps(_finite(value), ensure_ascii=False, indent=2)


def _finite(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Return the value with NaN and infinity as None: JSON has no word for them."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


if __name__ == "__main__":
    sys.exit(main())
