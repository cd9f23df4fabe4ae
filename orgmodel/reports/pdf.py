"""A report -> a PDF, set by typst from data: no text of a chart is ever read as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from orgmodel.errors import ReportError
from orgmodel.reports import drawings
from orgmodel.reports.content import (
    LONGEST_CELL,
    Block,
    Paragraph,
    Picture,
    Points,
    Report,
    Section,
    Table,
    printable,
)
from orgmodel.reports.drawings.fonts import without_glyphs
from orgmodel.reports.html import numeric_columns
from orgmodel.reports.typesetting import typeset

_MOST_LETTERS: Final = 20
_FOLDER: Final = Path(__file__).parent
_WIDTH: Final = 720
#: What a picture may be high at most, as a share of its width: a page holds no more.
_HIGHEST: Final = 1.36
#: The same for an org chart, which has a turned page of its own, and its width.
_TURNED_HIGHEST: Final = 0.56
_TURNED_WIDTH: Final = 1000
# Taken in turn for letters that the first does not have; typst goes on with any other font of the machine.
_FONTS: Final = ("Liberation Sans", "Arial", "Noto Sans", "DejaVu Sans")
_OWN_PAGE: Final = frozenset({"today-and-after", "alternatives", "assumptions", "methods"})
_SIZE: Final = re.compile(r"""<svg\b[^>]*?viewBox=["'][\d.eE+-]+ [\d.eE+-]+ ([\d.eE+-]+) ([\d.eE+-]+)["']""")


def written_pdf(report: Report) -> bytes:
    """Return a report as a PDF of A4 pages, tagged for screen readers.

    Everything goes to typst as files in memory: its program, the data as JSON, the pictures as SVG. It sees
    no folder of this machine.

    Raises
    ------
    ReportError
        The report cannot be set.

    """
    files: dict[str, bytes] = {"main": (_FOLDER / "report.typ").read_bytes()}
    data = {
        "title": report.title,
        "subtitle": report.subtitle,
        "day": report.day,
        "fonts": _FONTS,
        "note": _about_letters(report),
        "sections": [_section(section, at, files) for at, section in enumerate(report.sections)],
    }
    files["report.json"] = json.dumps(data, ensure_ascii=False).encode()
    made = datetime(report.made.year, report.made.month, report.made.day, 12, tzinfo=UTC)
    try:
        return typeset(files, format="pdf", timestamp=made)
    except ReportError as error:
        raise ReportError("This report cannot be set as a PDF; take it as HTML and print that.") from error


def _about_letters(report: Report) -> str:
    """Say which letters cannot be drawn here; empty where all can."""
    charts = [
        block.drawing.organization
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Picture) and isinstance(block.drawing, drawings.OrgChart)
    ]
    names = (printable(text, LONGEST_CELL) for chart in charts for text in {*chart.labels, *chart.titles})
    if not (missing := without_glyphs((*report.texts, *names))):
        return ""
    more = f" and {len(missing) - _MOST_LETTERS:,} more" if len(missing) > _MOST_LETTERS else ""
    codes = ", ".join(f"U+{ord(letter):04X}" for letter in missing[:_MOST_LETTERS])
    return (
        "The computer on which this file was made has no font for some of the characters in it, which are "
        f"shown as boxes: {codes}{more}. As a web page the report has the fonts of whoever reads it."
    )


def _section(section: Section, at: int, files: dict[str, bytes]) -> Mapping[str, Any]:
    blocks = list(_blocks(section.blocks, files))
    return {"heading": section.heading, "break_before": at > 0 and section.key in _OWN_PAGE, "blocks": blocks}


def _blocks(blocks: Iterable[Block], files: dict[str, bytes]) -> Iterable[Mapping[str, Any]]:
    """Yield the blocks as data; pictures are put to the files."""
    for block in blocks:
        if isinstance(block, Paragraph | Points):
            yield {"type": type(block).__name__, **block._asdict()}
        elif isinstance(block, Table):
            rows = [[str(cell) for cell in row] for row in block.rows]
            numeric = sorted(numeric_columns(block))
            yield {"type": "Table", **block._asdict(), "rows": rows, "numeric": numeric}
        else:
            yield _picture(block, files)


def _picture(picture: Picture, files: dict[str, bytes]) -> Mapping[str, Any]:
    name = f"picture-{len(files)}.svg"
    turned = isinstance(picture.drawing, drawings.OrgChart)
    drawn = drawings.svg(picture.drawing, width=_TURNED_WIDTH if turned else _WIDTH)
    files[name] = drawn.encode()
    size = _SIZE.search(drawn)
    height = float(size[2]) / float(size[1]) if size else 1.0
    width = min(1.0, (_TURNED_HIGHEST if turned else _HIGHEST) / height)
    return {
        "type": "Picture",
        "title": picture.title,
        "alt": picture.alt,
        "note": picture.note,
        "file": name,
        "width": width,
        "turned": turned,
    }
