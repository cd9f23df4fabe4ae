"""A report -> one HTML file that stands alone: no script, no network, and it prints well."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orgmodel.reports import drawings
from orgmodel.reports.content import Number, Picture, Report, Table

if TYPE_CHECKING:
    import jinja2
    import markupsafe

_FOLDER: Final = Path(__file__).parent
_WIDTH: Final = 900


def written_html(report: Report) -> bytes:
    """Return a report as one HTML file, whatever its texts hold: nothing in them is run or fetched.

    A Content Security Policy in the file forbids scripts and any address, should something ever slip through.
    """
    import markupsafe  # noqa: PLC0415  # only who writes HTML waits for it

    def as_svg(picture: Picture) -> markupsafe.Markup:
        drawn = drawings.svg(picture.drawing, width=_WIDTH)
        return markupsafe.Markup(drawn)  # noqa: S704  # made by us, its texts escaped there; it has no ids

    style = markupsafe.Markup((_FOLDER / "report.css").read_text(encoding="utf-8"))  # noqa: S704  # ours
    page = _template().render(
        report=report,
        style=style,
        drawn=as_svg,
        numeric=numeric_columns,
        kind_of=lambda block: type(block).__name__,
    )
    return page.encode()


def numeric_columns(table: Table) -> frozenset[int]:
    """Return the columns of a table that hold numbers alone, which stand at the right.

    >>> numeric_columns(Table("", ("a", "b"), (("x", Number(1.0, "1")),)))
    frozenset({1})
    """
    columns = range(len(table.header)) if table.rows else range(0)
    return frozenset(at for at in columns if all(isinstance(row[at], Number) for row in table.rows))


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    import jinja2  # noqa: PLC0415  # only who writes HTML waits for it

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, loader=jinja2.FileSystemLoader(_FOLDER)
    )
    return environment.get_template("report.html.jinja")
